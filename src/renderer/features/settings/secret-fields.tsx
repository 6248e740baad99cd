// Where a connection's password is kept, and what goes there. Which connections have one is decided by their forms.

import type { ReactNode } from 'react';
import { Select, TextField } from '../../ui/fields.tsx';
import { Note } from '../../ui/views.tsx';
import { useWords } from '../../words/use-words.ts';
import type { LoginDraft } from './service-login.ts';

/** The secret's texts. */
export type SecretDraft = Pick<LoginDraft, 'secret' | 'password' | 'variable'>;

/** The fields. `isNew`: nothing is stored yet that an empty password would leave; `mayLack`: a login without one makes sense. */
export function SecretFields({
  draft,
  change,
  error,
  isNew,
  mayLack,
  hasKeychain,
}: {
  readonly draft: SecretDraft;
  readonly change: (part: Partial<SecretDraft>) => void;
  /** Of the variable's name. */
  readonly error: string | null;
  readonly isNew: boolean;
  readonly mayLack: boolean;
  readonly hasKeychain: boolean;
}): ReactNode {
  const t = useWords('settings');
  const kinds = [
    ...(hasKeychain ? (['keychain'] as const) : []),
    'environment' as const,
    ...(mayLack ? (['none'] as const) : []),
  ];
  return (
    <>
      {!hasKeychain && (
        <div className="field-wide">
          <Note tone="warn" icon="key" title={t('noKeychain')} />
        </div>
      )}
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
          error={error}
          isRequired
        />
      )}
    </>
  );
}
