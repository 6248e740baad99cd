// Connections as cards: what they are, how their last test went, and the way to add, change, test and remove them.

import { useState } from 'react';
import type { ReactNode } from 'react';
import { addressOf } from '../../../shared/schema/connection.ts';
import type { ChannelConfig, Connection } from '../../../shared/schema/connection.ts';
import type { AppState } from '../../../shared/schema/settings.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { channelIcons } from '../../ui/channel-icons.ts';
import { RemoveDialog } from '../../ui/remove-dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Badge, Tag } from '../../ui/state-badge.tsx';
import { EmptyState, Failure, QueryView } from '../../ui/views.tsx';
import { useFormats, useWords } from '../../words/use-words.ts';
import type { Words } from '../../words/use-words.ts';
import { AccountLists } from './account-lists.tsx';
import { ConnectionForm } from './connection-form.tsx';
import { draftOf, emptyDraft } from './connection-draft.ts';
import type { ConnectionDraft } from './connection-draft.ts';
import { ConnectionTest } from './connection-test.tsx';
import { emptySendRegningDraft, sendRegningDraftOf } from './sendregning-draft.ts';
import type { SendRegningDraft } from './sendregning-draft.ts';
import { SendRegningForm } from './sendregning-form.tsx';
import { emptySveaDraft, sveaDraftOf } from './svea-draft.ts';
import type { SveaDraft } from './svea-draft.ts';
import { SveaForm } from './svea-form.tsx';

type Editing = { readonly existing: Connection | null } & (
  | { readonly kind: 'pdf'; readonly start: ConnectionDraft }
  | { readonly kind: 'svea'; readonly start: SveaDraft }
  | { readonly kind: 'sendregning'; readonly start: SendRegningDraft }
);

/** The section. */
export function ConnectionsSection({ app }: { readonly app: AppState }): ReactNode {
  const t = useWords('settings');
  const query = useQuery('connection.list', {});
  const [editing, setEditing] = useState<Editing | null>(null);
  const { hasKeychain } = app;
  const adders = (
    <>
      <Button
        icon="plus"
        onPress={() => setEditing({ kind: 'pdf', start: emptyDraft('email', hasKeychain), existing: null })}
      >
        {t('addEmail')}
      </Button>
      <Button
        icon="plus"
        onPress={() => setEditing({ kind: 'pdf', start: emptyDraft('sftp', hasKeychain), existing: null })}
      >
        {t('addSftp')}
      </Button>
      <Button
        icon="plus"
        onPress={() => setEditing({ kind: 'svea', start: emptySveaDraft(hasKeychain), existing: null })}
      >
        {t('addSvea')}
      </Button>
      <Button
        icon="plus"
        onPress={() => setEditing({ kind: 'sendregning', start: emptySendRegningDraft(hasKeychain), existing: null })}
      >
        {t('addSendRegning')}
      </Button>
    </>
  );
  return (
    <section className="settings-section" aria-labelledby="settings-heading">
      <div className="line-up">
        <h2 className="spread" id="settings-heading">
          {t('section.connections')}
        </h2>
        {query.state === 'ready' && query.data.connections.length > 0 && adders}
      </div>
      <QueryView query={query}>
        {({ connections }) =>
          connections.length === 0 ? (
            <EmptyState icon="plug" title={t('noConnectionsTitle')} actions={adders}>
              {t('noConnectionsText')}
            </EmptyState>
          ) : (
            <ul className="stack">
              {connections.map((connection) => (
                <ConnectionCard
                  key={connection.id}
                  connection={connection}
                  onEdit={() => setEditing(editingOf(connection))}
                />
              ))}
            </ul>
          )
        }
      </QueryView>
      {editing?.kind === 'pdf' && (
        <ConnectionForm {...editing} hasKeychain={hasKeychain} onClose={() => setEditing(null)} />
      )}
      {editing?.kind === 'svea' && <SveaForm {...editing} hasKeychain={hasKeychain} onClose={() => setEditing(null)} />}
      {editing?.kind === 'sendregning' && (
        <SendRegningForm {...editing} hasKeychain={hasKeychain} onClose={() => setEditing(null)} />
      )}
    </section>
  );
}

/** What its form starts from. Throws for a channel that has no form: there is none. */
function editingOf(connection: Connection): Editing {
  const svea = sveaDraftOf(connection);
  if (svea !== null) return { kind: 'svea', start: svea, existing: connection };
  const sendRegning = sendRegningDraftOf(connection);
  if (sendRegning !== null) return { kind: 'sendregning', start: sendRegning, existing: connection };
  const start = draftOf(connection);
  if (start === null) throw new TypeError(`no form changes a connection of ${connection.channel}`);
  return { kind: 'pdf', start, existing: connection };
}

function ConnectionCard({
  connection,
  onEdit,
}: {
  readonly connection: Connection;
  readonly onEdit: () => void;
}): ReactNode {
  const t = useWords('settings');
  const common = useWords('common');
  const svea = useWords('svea');
  const [isRemoving, setIsRemoving] = useState(false);
  const test = useCommand('connection.test');
  const [testedAt, setTestedAt] = useState(0);
  const [steps, setSteps] = useState<Parameters<typeof ConnectionTest>[0]['steps'] | null>(null);
  const run = async (): Promise<void> => {
    const result = await test.run({ connectionId: connection.id });
    if (result?.ok !== true) return;
    setSteps(result.value.steps);
    setTestedAt((count) => count + 1);
  };
  const { config } = connection;
  return (
    <li className="connection-card">
      <div className="line-up">
        <Icon name={channelIcons[connection.channel]} />
        <h3 className="clip">{connection.name}</h3>
        {connection.endpoint !== 'production' && (
          <Tag tone={connection.endpoint === 'practice' ? 'practice' : 'wait'}>
            {common(`endpoint.${connection.endpoint}`)}
          </Tag>
        )}
        <span className="spread" />
        <Button onPress={() => void run()} isPending={test.isRunning}>
          {test.isRunning ? t('testing') : t('test')}
        </Button>
        <Button onPress={onEdit}>{t('edit')}</Button>
        <Button tone="quiet" onPress={() => setIsRemoving(true)}>
          {t('remove')}
        </Button>
      </div>
      <p className="soft mono">
        {'url' in config || config.user === null ? '' : `${config.user}@`}
        {addressOf(config)}
      </p>
      <p className="soft">{factsOf(config, { t, svea })}</p>
      <LastTest connection={connection} />
      {connection.channel === 'sendregning' && <AccountLists connectionId={connection.id} />}
      {test.error !== null && <Failure error={test.error} />}
      {steps !== null && <ConnectionTest key={testedAt} connection={connection} steps={steps} />}
      {isRemoving && <RemoveConnection connection={connection} onClose={() => setIsRemoving(false)} />}
    </li>
  );
}

function factsOf(
  config: ChannelConfig,
  { t, svea }: { readonly t: Words<'settings'>; readonly svea: Words<'svea'> },
): string {
  switch (config.channel) {
    case 'email':
      return `${t('fromAddress')}: ${config.fromAddress}`;
    case 'sftp':
      return `${t('path')}: ${config.path}`;
    case 'svea':
      return `${t('clientNumber')}: ${config.clientNumber} · ${svea(`sveaCountry.${config.country}`)} · ${svea(`orderType.${config.orderType}`)}`;
    case 'sendregning':
      return `${t('user')}: ${config.user}`;
  }
}

function LastTest({ connection }: { readonly connection: Connection }): ReactNode {
  const t = useWords('settings');
  const formats = useFormats();
  const { lastTest } = connection;
  if (lastTest === null)
    return (
      <Badge tone="calm" icon="circle">
        {t('neverTested')}
      </Badge>
    );
  const time = formats.dateTime(lastTest.atMs);
  if (lastTest.isOk)
    return (
      <Badge tone="good" icon="check">
        {t('lastTestOk', { time })}
      </Badge>
    );
  const steps: Readonly<Record<string, string>> = {
    address: t('step.address'),
    transport: t(`step.transport.${connection.channel}`),
    login: t('step.login'),
    permission: t('step.permission'),
  };
  return (
    <Badge tone="bad" icon="failed">
      {t('lastTestFailed', { time, step: (steps[lastTest.failedStep ?? ''] ?? '').toLocaleLowerCase() })}
    </Badge>
  );
}

function RemoveConnection({
  connection,
  onClose,
}: {
  readonly connection: Connection;
  readonly onClose: () => void;
}): ReactNode {
  const t = useWords('settings');
  const remove = useCommand('connection.remove');
  const confirm = async (): Promise<void> => {
    const result = await remove.run({ connectionId: connection.id });
    if (result?.ok === true) onClose();
  };
  return (
    <RemoveDialog
      title={t('removeTitle', { name: connection.name })}
      text={t('removeText')}
      isRunning={remove.isRunning}
      error={remove.error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    />
  );
}
