// The form of one connection; what is wrong stands beside its field.

import type { ReactNode } from 'react';
import { endpointKinds } from '../../../shared/schema/connection.ts';
import { Choice, Select, TextField } from '../../ui/fields.tsx';
import { useWords } from '../../words/use-words.ts';
import { ConnectionDialog, useConnectionForm } from './connection-dialog.tsx';
import type { ConnectionFormProps } from './connection-dialog.tsx';
import { checkDraft, mostParallel, namePatternFault, usesSecret } from './connection-draft.ts';
import type { ConnectionDraft, DraftField } from './connection-draft.ts';
import { emailMoreProblems } from './email-more.ts';
import { EmailMoreFields } from './email-more-fields.tsx';
import { LimitsFields } from './limits-fields.tsx';
import type { LimitProblems } from './limits-draft.ts';
import { NamePatternFields } from './name-pattern-fields.tsx';
import { SecretFields } from './secret-fields.tsx';

interface FormState {
  readonly draft: ConnectionDraft;
  readonly change: (part: Partial<ConnectionDraft>) => void;
  readonly error: (field: DraftField) => string | null;
  readonly limitProblems: LimitProblems;
  /** Somebody wanted to save it, and something was wrong. */
  readonly hasTried: boolean;
}

/** Adds a connection, or changes `existing`. */
export function ConnectionForm(props: ConnectionFormProps<ConnectionDraft>): ReactNode {
  const { existing, hasKeychain, onClose } = props;
  const t = useWords('settings');
  const common = useWords('common');
  const kept = useConnectionForm(props, checkDraft);
  const { draft, change, problems } = kept;
  const error = (field: DraftField): string | null => {
    const problem = problems[field];
    return problem === undefined ? null : t(`error.${problem}`, { max: mostParallel[draft.channel] });
  };
  const form: FormState = { ...kept, error };
  const endpoints = endpointKinds.filter((kind) => kind !== 'practice' || draft.endpoint === 'practice');
  return (
    <ConnectionDialog title={t('addTitle')} existing={existing} form={kept} onClose={onClose}>
      <div className="form-grid">
        <PlaceFields form={form} />
        {draft.channel === 'email' ? <EmailFields form={form} /> : <SftpFields form={form} />}
        {usesSecret(draft) && (
          <SecretFields
            draft={draft}
            change={change}
            error={error('variable')}
            isNew={existing === null}
            mayLack={draft.login === 'key'}
            hasKeychain={hasKeychain}
          />
        )}
      </div>
      <Choice
        label={t('endpoint')}
        value={draft.endpoint}
        options={endpoints.map((id) => ({ id, label: common(`endpoint.${id}`) }))}
        onChange={(endpoint) => change({ endpoint })}
      />
      {draft.channel === 'email' && (
        <EmailMoreFields
          more={draft.more}
          start={props.start.more}
          problems={form.hasTried ? emailMoreProblems(draft.more) : {}}
          change={(part) => change({ more: { ...draft.more, ...part } })}
        />
      )}
      {draft.channel === 'sftp' && (
        <NamePatternFields
          pattern={draft.namePattern}
          start={props.start.namePattern}
          fault={namePatternFault(draft)}
          isTold={form.hasTried}
          onChange={(namePattern) => change({ namePattern })}
        />
      )}
      <LimitsFields
        draft={draft.limits}
        problems={form.limitProblems}
        hasOther={form.error('parallel') !== null}
        onChange={(limits) => change({ limits })}
      >
        <TextField
          label={t('parallel')}
          value={draft.parallel}
          onChange={(parallel) => change({ parallel })}
          error={form.error('parallel')}
          isNumber
        />
      </LimitsFields>
    </ConnectionDialog>
  );
}

function PlaceFields({ form }: { readonly form: FormState }): ReactNode {
  const t = useWords('settings');
  const { draft, change, error } = form;
  return (
    <>
      <TextField
        label={t('name')}
        value={draft.name}
        onChange={(name) => change({ name })}
        error={error('name')}
        help={t('nameHelp')}
        isRequired
        autoFocus
        isWide
      />
      <TextField
        label={t('host')}
        value={draft.host}
        onChange={(host) => change({ host })}
        error={error('host')}
        isRequired
      />
      <TextField
        label={t('port')}
        value={draft.port}
        onChange={(port) => change({ port })}
        error={error('port')}
        isNumber
        isRequired
      />
    </>
  );
}

function EmailFields({ form }: { readonly form: FormState }): ReactNode {
  const t = useWords('settings');
  const { draft, change, error } = form;
  const ports = { tls: '465', starttls: '587', none: draft.port } as const;
  return (
    <>
      <Select
        label={t('tls')}
        value={draft.tls}
        options={(['starttls', 'tls', 'none'] as const).map((id) => ({ id, label: t(`tls.${id}`) }))}
        onChange={(tls) => change({ tls, port: ports[tls] })}
      />
      <TextField
        label={t('user')}
        value={draft.user}
        onChange={(user) => change({ user })}
        error={error('user')}
        help={t('userHelp')}
      />
      <TextField
        label={t('fromAddress')}
        type="email"
        value={draft.fromAddress}
        onChange={(fromAddress) => change({ fromAddress })}
        error={error('fromAddress')}
        isRequired
      />
      <TextField
        label={t('fromName')}
        value={draft.fromName}
        onChange={(fromName) => change({ fromName })}
        error={error('fromName')}
      />
    </>
  );
}

function SftpFields({ form }: { readonly form: FormState }): ReactNode {
  const t = useWords('settings');
  const { draft, change, error } = form;
  return (
    <>
      <TextField
        label={t('user')}
        value={draft.user}
        onChange={(user) => change({ user })}
        error={error('user')}
        isRequired
      />
      <TextField
        label={t('path')}
        value={draft.path}
        onChange={(path) => change({ path })}
        error={error('path')}
        isRequired
      />
      <Select
        label={t('login')}
        value={draft.login}
        options={(['password', 'key', 'agent'] as const).map((id) => ({ id, label: t(`login.${id}`) }))}
        onChange={(login) => change({ login })}
      />
      {draft.login !== 'password' && (
        <TextField
          label={t(draft.login === 'key' ? 'keyPath' : 'agentKeyPath')}
          value={draft.privateKeyPath}
          onChange={(privateKeyPath) => change({ privateKeyPath })}
          error={error('privateKeyPath')}
          isRequired={draft.login === 'key'}
          {...(draft.login === 'agent' ? { help: t('agentKeyHelp') } : {})}
        />
      )}
    </>
  );
}
