// User and password of a service that takes data, as its connection's form asks for them.

import type { ReactNode } from 'react';
import { TextField } from '../../ui/fields.tsx';
import { useWords } from '../../words/use-words.ts';
import { SecretFields } from './secret-fields.tsx';
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
  return (
    <>
      <TextField
        label={t('user')}
        value={draft.username}
        onChange={(username) => change({ username })}
        error={error('username')}
        isRequired
      />
      <SecretFields
        draft={draft}
        change={change}
        error={error('variable')}
        isNew={isNew}
        // A stored connection without a password is shown as what it is.
        mayLack={draft.secret === 'none'}
        hasKeychain={hasKeychain}
      />
    </>
  );
}
