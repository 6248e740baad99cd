// The sender as printed on invoices where the file leaves it out.

import { useState } from 'react';
import type { ReactNode, SubmitEvent } from 'react';
import type { Organisation, Settings } from '../../../shared/schema/settings.ts';
import { useSay } from '../../state/ui-context.tsx';
import { useCommand } from '../../state/use-command.ts';
import { SubmitButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Failure } from '../../ui/views.tsx';
import { useWords } from '../../words/use-words.ts';

type AddressPart = keyof Organisation['address'];

/** A form that is saved as a whole. */
export function OrganisationSection({ settings }: { readonly settings: Settings }): ReactNode {
  const t = useWords('settings');
  const common = useWords('common');
  const say = useSay();
  const save = useCommand('app.saveSettings');
  const [draft, setDraft] = useState(settings.organisation);
  const change = (part: Partial<Organisation>): void => setDraft((now) => ({ ...now, ...part }));
  const address = (part: AddressPart, value: string): void =>
    change({ address: { ...draft.address, [part]: value === '' ? null : value } });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void save.run({ organisation: draft }).then((result) => {
      if (result?.ok === true) say({ tone: 'good', text: t('saved') });
    });
  };
  return (
    <form className="settings-section" onSubmit={submit} aria-labelledby="settings-heading">
      <h2 id="settings-heading">{t('section.organisation')}</h2>
      <p className="soft">{t('orgHelp')}</p>
      <div className="form-grid">
        <TextField label={t('orgName')} value={draft.name} onChange={(name) => change({ name })} isWide />
        <TextField
          label={t('orgNumber')}
          value={draft.registrationNumber}
          onChange={(registrationNumber) => change({ registrationNumber })}
        />
        <TextField label={t('vatNumber')} value={draft.vatNumber} onChange={(vatNumber) => change({ vatNumber })} />
        <TextField
          label={t('street')}
          value={draft.address.street ?? ''}
          onChange={(value) => address('street', value)}
          isWide
        />
        <TextField
          label={t('street2')}
          value={draft.address.street2 ?? ''}
          onChange={(value) => address('street2', value)}
          isWide
        />
        <TextField
          label={t('postalCode')}
          value={draft.address.postalCode ?? ''}
          onChange={(value) => address('postalCode', value)}
        />
        <TextField label={t('city')} value={draft.address.city ?? ''} onChange={(value) => address('city', value)} />
        <TextField
          label={t('country')}
          value={draft.address.country ?? ''}
          onChange={(value) => address('country', value.toUpperCase())}
          help={t('countryHelp')}
        />
        <TextField label={t('phone')} value={draft.phone} onChange={(phone) => change({ phone })} />
        <TextField label={t('email')} type="email" value={draft.email} onChange={(email) => change({ email })} />
        <TextField label={t('website')} type="url" value={draft.website} onChange={(website) => change({ website })} />
      </div>
      {save.error !== null && <Failure error={save.error} />}
      <div>
        <SubmitButton isPending={save.isRunning}>{common('save')}</SubmitButton>
      </div>
    </form>
  );
}
