// The further part of a mail connection's form: login with tokens, own authorities, archive copies, DKIM. Closed until it is needed.

import type { ReactNode } from 'react';
import { emailLogins } from '../../../shared/schema/connection.ts';
import { Select, TextField } from '../../ui/fields.tsx';
import { useWords } from '../../words/use-words.ts';
import { FormPart } from './form-part.tsx';
import { isEmailMoreUsed } from './email-more.ts';
import type { EmailMore, EmailMoreField, EmailMoreProblems } from './email-more.ts';

interface MoreProps {
  readonly more: EmailMore;
  readonly start: EmailMore;
  readonly problems: EmailMoreProblems;
  readonly change: (part: Partial<EmailMore>) => void;
}

/** The fields. */
export function EmailMoreFields({ more, start, problems, change }: MoreProps): ReactNode {
  const t = useWords('emailMore');
  const isWrong = Object.keys(problems).length > 0;
  const line = (
    field: EmailMoreField,
    options: { readonly help?: string; readonly isWide?: boolean } = {},
  ): ReactNode => {
    const problem = problems[field];
    return (
      <TextField
        label={t(field)}
        value={more[field]}
        onChange={(text) => change({ [field]: text })}
        error={problem === undefined ? null : t(`error.${problem}`)}
        {...options}
      />
    );
  };
  return (
    <FormPart title={t('title')} startsOpen={isEmailMoreUsed(start)} isWrong={isWrong}>
      <div className="form-grid">
        <Select
          label={t('login')}
          value={more.login}
          options={emailLogins.map((id) => ({ id, label: t(`login.${id}`) }))}
          onChange={(login) => change({ login })}
          help={t('loginHelp')}
        />
        {more.login === 'clientCredentials' && (
          <>
            {line('tokenUrl')}
            {line('clientId')}
            {line('scope')}
          </>
        )}
        {line('caPath', { help: t('caPathHelp'), isWide: true })}
        <Select
          label={t('copy')}
          value={more.copyKind}
          options={(['none', 'bcc', 'cc'] as const).map((id) => ({ id, label: t(`copy.${id}`) }))}
          onChange={(copyKind) => change({ copyKind })}
        />
        {more.copyKind === 'none' ? <div aria-hidden="true" /> : line('copyAddress')}
        {line('dkimDomain', { help: t('dkimHelp') })}
        {line('dkimSelector')}
        {line('dkimKeyPath', { isWide: true })}
      </div>
    </FormPart>
  );
}
