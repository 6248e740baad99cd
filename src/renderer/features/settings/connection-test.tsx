// A connection's test step by step, with the peer's own words, and the host key to approve.

import type { ReactNode } from 'react';
import type { Connection, TestStep } from '../../../shared/schema/connection.ts';
import { wordsForCause } from '../../../shared/words/cause-words.ts';
import { useSay } from '../../state/ui-context.tsx';
import { useCommand } from '../../state/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Badge } from '../../ui/state-badge.tsx';
import { Failure, Note } from '../../ui/views.tsx';
import { useFormats, useLanguage, useWords } from '../../words/use-words.ts';

const looks = {
  ok: { tone: 'good', icon: 'check' },
  failed: { tone: 'bad', icon: 'failed' },
  skipped: { tone: 'calm', icon: 'minus' },
} as const;

/** The steps of one test. */
export function ConnectionTest({
  connection,
  steps,
}: {
  readonly connection: Connection;
  readonly steps: readonly TestStep[];
}): ReactNode {
  const t = useWords('settings');
  const formats = useFormats();
  const nameOf = (step: TestStep['step']): string =>
    step === 'transport' ? t(`step.transport.${connection.channel}`) : t(`step.${step}`);
  const shownKey = steps.find(({ hostKey }) => hostKey !== null)?.hostKey ?? null;
  const needsApproval =
    shownKey !== null && connection.config.channel === 'sftp' && connection.config.hostKey !== shownKey;
  return (
    <div className="connection-test" role="status" aria-label={t('testResult', { name: connection.name })}>
      <ol className="test-steps">
        {steps.map((step) => (
          <li key={step.step}>
            <strong className="test-step">{nameOf(step.step)}</strong>
            <Badge {...looks[step.state]}>{t(`stepState.${step.state}`)}</Badge>
            <span className="soft spread">
              {step.code !== null && <Cause code={step.code} detail={step.detail} />}
              {step.detail !== null && step.detail !== '' && (
                <>
                  <span className="visually-hidden">{t('peerSays')}: </span>
                  <q className="peer-words">{step.detail}</q>
                </>
              )}
            </span>
            {step.state !== 'skipped' && <span className="faint">{formats.count(step.tookMs)} ms</span>}
          </li>
        ))}
      </ol>
      {needsApproval && <HostKey connection={connection} hostKey={shownKey} />}
    </div>
  );
}

/** What a code means and what to do. */
function Cause({ code, detail }: { readonly code: string; readonly detail: string | null }): ReactNode {
  const { title, next } = wordsForCause({ code, detail, isRetried: false }, useLanguage());
  return (
    <span className="test-cause">
      {title} {next}
    </span>
  );
}

function HostKey({ connection, hostKey }: { readonly connection: Connection; readonly hostKey: string }): ReactNode {
  const t = useWords('settings');
  const say = useSay();
  const approve = useCommand('connection.approveHostKey');
  const confirm = async (): Promise<void> => {
    const result = await approve.run({ connectionId: connection.id, hostKey });
    if (result?.ok === true) say({ tone: 'good', text: t('keyApproved') });
  };
  return (
    <>
      <Note
        tone="warn"
        icon="key"
        title={t('hostKeyTitle')}
        action={
          <Button onPress={() => void confirm()} isPending={approve.isRunning}>
            {t('approveKey')}
          </Button>
        }
      >
        <code className="host-key">{hostKey}</code>
        <p>{t('hostKeyText')}</p>
      </Note>
      {approve.error !== null && <Failure error={approve.error} />}
    </>
  );
}
