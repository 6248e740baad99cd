// The rehearsal of a release with a service that has a test mode: one button, and a report of what it refuses and where its totals are not ours.

import { useState } from 'react';
import type { ReactNode } from 'react';
import type { MethodInput } from '../../../shared/contract/methods.ts';
import type { Rehearsal } from '../../../shared/schema/accounts.ts';
import { wordsForCause } from '../../../shared/words/cause-words.ts';
import { wordsForRule } from '../../../shared/words/problem-words.ts';
import { isRuleId } from '../../../shared/words/rule-facts.ts';
import { useSay } from '../../state/ui-context.tsx';
import { useCommand } from '../../state/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Failure, Note } from '../../ui/views.tsx';
import { useFormats, useLanguage, useWords } from '../../words/use-words.ts';

type Plan = Pick<MethodInput<'account.rehearse'>, 'batchId' | 'connections'>;

/** Lines shown of each kind; the counts say how many there are. */
const shown = 5;

/** The button, and the report of the plan as it was when it was pressed. */
export function RehearsalPart({ plan }: { readonly plan: Plan }): ReactNode {
  const t = useWords('account');
  const rehearse = useCommand('account.rehearse');
  const [report, setReport] = useState<{ readonly key: string; readonly lanes: readonly Rehearsal[] } | null>(null);
  const key = JSON.stringify(plan);
  const run = async (): Promise<void> => {
    const result = await rehearse.run(plan);
    if (result?.ok === true) setReport({ key, lanes: result.value.lanes });
  };
  return (
    <section className="release-rehearsal" aria-label={t('rehearse')}>
      <div className="line-up">
        <Button icon="check" onPress={() => void run()} isPending={rehearse.isRunning}>
          {t('rehearse')}
        </Button>
        <span className="soft">{t('rehearseText')}</span>
      </div>
      {rehearse.error !== null && <Failure error={rehearse.error} />}
      {report?.key === key &&
        report.lanes.map((lane) => <Report key={lane.connectionId} lane={lane} batchId={plan.batchId} />)}
    </section>
  );
}

function Report({ lane, batchId }: { readonly lane: Rehearsal; readonly batchId: string }): ReactNode {
  const t = useWords('account');
  const formats = useFormats();
  const language = useLanguage();
  const { accepted, compared, differing, refused, unfit, left, fault } = lane;
  const money = (amountMinor: number): string => formats.money({ amountMinor: Math.abs(amountMinor), currency: 'NOK' });
  const isClean = differing.count + refused.count + unfit.count + left === 0 && fault === null;
  const comparison = compared > 0 ? t('compared', { count: compared }) : accepted > 0 ? t('notCompared') : '';
  return (
    <>
      <Note
        tone={isClean ? 'good' : 'warn'}
        icon={isClean ? 'check' : 'attention'}
        title={t('rehearsal', { connection: lane.connectionName })}
      >
        {[
          t('rehearsed', { count: accepted }),
          comparison,
          left > 0 ? t('rehearsalLeft', { count: left }) : '',
          isClean ? t('rehearsalClean') : '',
        ]
          .filter((line) => line !== '')
          .join(' ')}
      </Note>
      {fault !== null && (
        <Note
          tone="bad"
          icon="failed"
          title={t('rehearsalFault', { cause: wordsForCause({ ...fault, isRetried: false }, language).title })}
        >
          {fault.detail}
        </Note>
      )}
      <Named
        title={t('differing', { count: differing.count })}
        list={differing}
        batchId={batchId}
        say={({ invoiceNumber: number, ownMinor, peerMinor }) =>
          t('differingOne', { number, own: money(ownMinor), peer: money(peerMinor) })
        }
      />
      <Named
        title={t('refusedCount', { count: refused.count })}
        list={refused}
        batchId={batchId}
        say={({ invoiceNumber, detail }) => `${invoiceNumber}: ${detail}`}
      />
      <Named
        title={t('unfitCount', { count: unfit.count })}
        list={unfit}
        batchId={batchId}
        say={({ invoiceNumber: number, code, found, expected }) =>
          t('unfitOne', {
            number,
            title: isRuleId(code) ? wordsForRule(code, language).title : code,
            found: found === '' ? '–' : found,
            expected: expected === '' ? '–' : expected,
          })
        }
      />
    </>
  );
}

/** Invoices that need attention, with the way to hold them. */
function Named<T extends { readonly invoiceId: number }>({
  title,
  list,
  batchId,
  say,
}: {
  readonly title: string;
  readonly list: { readonly count: number; readonly invoices: readonly T[] };
  readonly batchId: string;
  readonly say: (invoice: T) => string;
}): ReactNode {
  const t = useWords('account');
  const sayNow = useSay();
  const hold = useCommand('invoice.hold');
  if (list.count === 0) return null;
  const ids = list.invoices.map(({ invoiceId }) => invoiceId);
  const onHold = async (): Promise<void> => {
    const result = await hold.run({ batchId, selection: { ids }, isHeld: true });
    if (result?.ok === true) sayNow({ tone: 'good', text: t('heldThese', { count: result.value.changed }) });
  };
  const more = list.count - Math.min(shown, list.invoices.length);
  return (
    <Note
      tone="bad"
      icon="attention"
      title={title}
      action={
        // All that are named: where there are more than that, something is wrong with the whole batch.
        list.count === ids.length && (
          <Button icon="hold" onPress={() => void onHold()} isPending={hold.isRunning}>
            {t('holdThese')}
          </Button>
        )
      }
    >
      <ul>
        {list.invoices.slice(0, shown).map((invoice) => (
          <li key={invoice.invoiceId}>{say(invoice)}</li>
        ))}
        {more > 0 && <li>{t('more', { count: more })}</li>}
      </ul>
      {hold.error !== null && <Failure error={hold.error} />}
    </Note>
  );
}
