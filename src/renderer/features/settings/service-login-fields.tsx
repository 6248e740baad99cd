// User and password of a service that takes data, as its connection's form asks for them.

import type { ReactNode } from 'react';
import { Select, TextField } from '../../ui/fields.tsx';
import { Note } from '../../ui/views.tsx';
import { useWords } from '../../words/use-words.ts';
import type { LoginDraft, LoginField } from './service-login.ts';

/** The fields; `isNew`: nothing is stored yet that an empty password would leave. */
export function ServiceLoginFields({
  draft,
  change,
  error,
  isNew,
  hasKeychain,
}: {
  readonly draft: LoginDraft;
  readonly change: (part: Partial<LoginDraft>) => void;
  readonly error: (field: LoginField) => string | null;
  readonly isNew: boolean;
  readonly hasKeychain: boolean;
}): ReactNode {
  const t = useWords('settings');
  const kinds = [
    ...(hasKeychain ? (['keychain'] as const) : []),
    'environment' as const,
    ...(draft.secret === 'none' ? (['none'] as const) : []),
  ];
  return (
    <>
      <TextField
        label={t('user')}
        value={draft.username}
        onChange={(username) => change({ username })}
        error={error('username')}
        isRequired
      />
      <Select
        label={t('secret')}
        value={draft.secret}
        options={kinds.map((id) => ({ id, label: t(`secret.${id}`) }))}
        onChange={(secret) => change({ secret })}
      />
      {draft.secret === 'keychain' && (
        <TextField
          label={t('password')}
          type="password"
          value={draft.password}
          onChange={(password) => change({ password })}
          help={isNew ? t('passwordHelp') : t('passwordKeep')}
        />
      )}
      {draft.secret === 'environment' && (
        <TextField
          label={t('variable')}
          value={draft.variable}
          onChange={(variable) => change({ variable })}
          error={error('variable')}
          isRequired
        />
      )}
      {!hasKeychain && (
        <div className="field-wide">
          <Note tone="warn" icon="key" title={t('noKeychain')} />
        </div>
      )}
    </>
  );
}
