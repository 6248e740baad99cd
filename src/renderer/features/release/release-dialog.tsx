// The question before invoices leave: a sentence with how many, to whom, how much, what stays, and what can't be recalled.

import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReleaseSummary } from '../../../shared/contract/methods.ts';
import { addressOf } from '../../../shared/schema/connection.ts';
import type { Connection } from '../../../shared/schema/connection.ts';
import type { PdfChannel } from '../../../shared/schema/delivery.ts';
import { isPdfChannel, pdfChannels } from '../../../shared/schema/delivery.ts';
import { parseLocalTime } from '../../../shared/local-time.ts';
import { go } from '../../state/route.ts';
import { useAppState } from '../../state/use-app.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select } from '../../ui/fields.tsx';
import { TimeChoice } from '../../ui/steer/time-choice.tsx';
import { Failure, Note, QueryView } from '../../ui/views.tsx';
import { useWords } from '../../words/use-words.ts';
import { RehearsalPart } from './rehearsal-part.tsx';
import { ReleaseSentence } from './release-sentence.tsx';
import './release.css';

/** Sent before the rest, to see that all is well: the rest waits for a decision. */
const firstFew = 20;
const noConnection = 'none';

type Chosen = Readonly<Record<PdfChannel, string | null>>;

/** The dialog for one batch. */
export function ReleaseDialog({
  batchId,
  onClose,
}: {
  readonly batchId: string;
  readonly onClose: () => void;
}): ReactNode {
  const connections = useQuery('connection.list', {});
  return (
    <QueryView query={connections}>
      {(data) => <ReleaseForm batchId={batchId} connections={data.connections} onClose={onClose} />}
    </QueryView>
  );
}

function ReleaseForm({
  batchId,
  connections,
  onClose,
}: {
  readonly batchId: string;
  readonly connections: readonly Connection[];
  readonly onClose: () => void;
}): ReactNode {
  const t = useWords('release');
  const isPractice = useAppState()?.isPractice === true;
  const [chosen, setChosen] = useState<Chosen>(() => ({
    email: firstOf(connections, 'email'),
    sftp: firstOf(connections, 'sftp'),
  }));
  const [time, setTime] = useState<string | null>(null);
  const [isTold, setIsTold] = useState(false);
  const preview = useQuery('release.preview', { batchId, connections: chosen });
  const start = useCommand('release.start');
  const total = preview.state === 'ready' ? preview.data.total : 0;
  const send = async (few: number | null): Promise<void> => {
    setIsTold(true);
    const notBeforeMs = time === null ? null : parseLocalTime(time);
    if (time !== null && (notBeforeMs === null || notBeforeMs <= Date.now())) return;
    const result = await start.run({ batchId, connections: chosen, firstFew: few, notBeforeMs });
    if (result?.ok === true) onClose();
  };
  return (
    <Dialog
      title={t('title')}
      isOpen
      onClose={onClose}
      role="alertdialog"
      actions={
        <ReleaseButtons total={total} isPending={start.isRunning} onSend={(few) => void send(few)} onClose={onClose} />
      }
    >
      <div className="release">
        {connections.length === 0 ? (
          <NoConnections onLeave={onClose} />
        ) : (
          <ConnectionChoices connections={connections} chosen={chosen} onChange={setChosen} />
        )}
        <QueryView query={preview} lines={3}>
          {(summary: ReleaseSummary) => <ReleaseSentence summary={summary} />}
        </QueryView>
        {total > 0 && hasTestMode(connections, chosen) && <RehearsalPart plan={{ batchId, connections: chosen }} />}
        <TimeChoice time={time} isTold={isTold} onChange={setTime} />
        {total > firstFew && <p className="soft">{t('firstFewText', { count: firstFew })}</p>}
        <Note
          tone={isPractice ? 'wait' : 'warn'}
          icon={isPractice ? 'info' : 'attention'}
          title={isPractice ? t('practiceNote') : t('noRecall')}
        />
        {start.error !== null && <Failure error={start.error} />}
      </div>
    </Dialog>
  );
}

function ReleaseButtons({
  total,
  isPending,
  onSend,
  onClose,
}: {
  readonly total: number;
  readonly isPending: boolean;
  readonly onSend: (few: number | null) => void;
  readonly onClose: () => void;
}): ReactNode {
  const t = useWords('release');
  const common = useWords('common');
  return (
    <>
      <Button tone="primary" onPress={() => onSend(null)} isDisabled={total === 0} isPending={isPending}>
        {t('send', { count: total })}
      </Button>
      {total > firstFew && (
        <Button onPress={() => onSend(firstFew)} isPending={isPending}>
          {t('sendFirst', { count: firstFew })}
        </Button>
      )}
      <Button onPress={onClose} autoFocus>
        {common('cancel')}
      </Button>
    </>
  );
}

function ConnectionChoices({
  connections,
  chosen,
  onChange,
}: {
  readonly connections: readonly Connection[];
  readonly chosen: Chosen;
  readonly onChange: (chosen: Chosen) => void;
}): ReactNode {
  const t = useWords('release');
  const common = useWords('common');
  const detail = (connection: Connection): string => {
    const test = connection.lastTest;
    const tested = test === null ? [t('untested')] : test.isOk ? [] : [t('lastTestFailed')];
    return [
      ...(connection.endpoint === 'production' ? [] : [common(`endpoint.${connection.endpoint}`)]),
      addressOf(connection.config),
      ...tested,
    ].join(' · ');
  };
  return (
    <div className="release-choices">
      {pdfChannels.map((channel) => {
        // A service that takes data takes either kind of invoice.
        const fitting = connections.filter((each) => each.channel === channel || !isPdfChannel(each.channel));
        const options = [
          ...fitting.map((connection) => ({ id: connection.id, label: connection.name, detail: detail(connection) })),
          { id: noConnection, label: t('none') },
        ];
        return (
          <Select
            key={channel}
            label={t('connectionFor', { channel: common(`channel.${channel}`) })}
            value={chosen[channel] ?? noConnection}
            options={options}
            onChange={(id) => onChange({ ...chosen, [channel]: id === noConnection ? null : id })}
          />
        );
      })}
    </div>
  );
}

function NoConnections({ onLeave }: { readonly onLeave: () => void }): ReactNode {
  const t = useWords('release');
  const leave = (): void => {
    onLeave();
    go({ screen: 'settings', section: 'connections' });
  };
  return (
    <Note
      tone="warn"
      icon="plug"
      title={t('noConnection')}
      action={<Button onPress={leave}>{t('openSettings')}</Button>}
    />
  );
}

/** Whether something goes to a service that can look at invoices without sending them. */
function hasTestMode(connections: readonly Connection[], chosen: Chosen): boolean {
  const ids = Object.values(chosen);
  return connections.some(({ id, channel }) => channel === 'sendregning' && ids.includes(id));
}

function firstOf(connections: readonly Connection[], channel: PdfChannel): string | null {
  return connections.find((connection) => connection.channel === channel)?.id ?? null;
}
