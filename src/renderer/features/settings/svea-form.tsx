// The form of one connection to Svea: one client number, which means one country and one kind of order. What is wrong stands beside its field.

import type { ReactNode } from 'react';
import { endpointKinds } from '../../../shared/schema/connection.ts';
import { Choice, Select, TextField } from '../../ui/fields.tsx';
import { useWords } from '../../words/use-words.ts';
import { ConnectionDialog, useConnectionForm } from './connection-dialog.tsx';
import type { ConnectionFormProps } from './connection-dialog.tsx';
import { LimitsFields } from './limits-fields.tsx';
import type { LimitProblems } from './limits-draft.ts';
import { ServiceLoginFields } from './service-login-fields.tsx';
import {
  checkSveaDraft,
  distributionsOf,
  mostSveaParallel,
  sveaAddresses,
  sveaCountries,
  sveaOrderTypes,
} from './svea-draft.ts';
import type { SveaDraft, SveaField, SveaProblems } from './svea-draft.ts';

interface FieldsProps {
  readonly draft: SveaDraft;
  readonly change: (part: Partial<SveaDraft>) => void;
  readonly error: (field: SveaField) => string | null;
}

/** Adds a connection, or changes `existing`. */
export function SveaForm(props: ConnectionFormProps<SveaDraft>): ReactNode {
  const { existing, hasKeychain, onClose } = props;
  const svea = useWords('svea');
  const form = useConnectionForm(props, checkSveaDraft);
  const { draft, change } = form;
  const fields = { draft, change, error: useFieldError(form.problems) };
  return (
    <ConnectionDialog title={svea('addSveaTitle')} existing={existing} form={form} onClose={onClose}>
      <div className="form-grid">
        <PlaceFields {...fields} />
        <OrderFields {...fields} />
        <ServiceLoginFields {...fields} isNew={existing === null} hasKeychain={hasKeychain} />
      </div>
      <FlowFields {...fields} limitProblems={form.limitProblems} />
    </ConnectionDialog>
  );
}

function useFieldError(problems: SveaProblems): (field: SveaField) => string | null {
  const t = useWords('settings');
  const svea = useWords('svea');
  return (field) => {
    const problem = problems[field];
    if (problem === undefined) return null;
    switch (problem) {
      case 'url':
      case 'number':
      case 'days':
        return svea(`error.${problem}`);
      case 'required':
      case 'parallel':
      case 'variable':
      case 'controlCharacter':
        return t(`error.${problem}`, { max: mostSveaParallel });
    }
  };
}

function PlaceFields({ draft, change, error }: FieldsProps): ReactNode {
  const t = useWords('settings');
  const svea = useWords('svea');
  const common = useWords('common');
  const endpoints = endpointKinds.filter((kind) => kind !== 'practice' || draft.endpoint === 'practice');
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
      <div className="field-wide">
        <Choice
          label={t('endpoint')}
          value={draft.endpoint}
          options={endpoints.map((id) => ({ id, label: common(`endpoint.${id}`) }))}
          onChange={(endpoint) =>
            change(endpoint === 'practice' ? { endpoint } : { endpoint, url: sveaAddresses[endpoint] })
          }
        />
      </div>
      <TextField
        label={svea('sveaUrl')}
        type="url"
        value={draft.url}
        onChange={(url) => change({ url })}
        error={error('url')}
        isRequired
        isWide
      />
    </>
  );
}

function OrderFields({ draft, change, error }: FieldsProps): ReactNode {
  const t = useWords('settings');
  const svea = useWords('svea');
  const distributions = distributionsOf(draft.country);
  return (
    <>
      <Select
        label={svea('sveaCountry')}
        value={draft.country}
        options={sveaCountries.map((id) => ({ id, label: svea(`sveaCountry.${id}`) }))}
        onChange={(country) =>
          change({
            country,
            distribution: distributionsOf(country).includes(draft.distribution) ? draft.distribution : 'Post',
          })
        }
      />
      <Select
        label={svea('orderType')}
        value={draft.orderType}
        options={sveaOrderTypes.map((id) => ({ id, label: svea(`orderType.${id}`) }))}
        onChange={(orderType) => change({ orderType })}
      />
      <TextField
        label={t('clientNumber')}
        value={draft.clientNumber}
        onChange={(clientNumber) => change({ clientNumber })}
        error={error('clientNumber')}
        help={svea('clientNumberHelp')}
        isRequired
      />
      {draft.orderType === 'Invoice' ? (
        <Select
          label={svea('distribution')}
          value={draft.distribution}
          options={distributions.map((id) => ({ id, label: svea(`distribution.${id}`) }))}
          onChange={(distribution) => change({ distribution })}
        />
      ) : (
        <TextField
          label={svea('campaignCode')}
          value={draft.campaignCode}
          onChange={(campaignCode) => change({ campaignCode })}
          error={error('campaignCode')}
          isRequired={draft.orderType === 'PaymentPlan'}
        />
      )}
      <TextField
        label={svea('creditDays')}
        value={draft.creditDays}
        onChange={(creditDays) => change({ creditDays })}
        error={error('creditDays')}
        help={svea('creditDaysHelp')}
        isNumber
      />
      <div aria-hidden="true" />
    </>
  );
}

/** How many at once, and the connection's own limits. */
function FlowFields({
  draft,
  change,
  error,
  limitProblems,
}: FieldsProps & { readonly limitProblems: LimitProblems }): ReactNode {
  const t = useWords('settings');
  return (
    <LimitsFields
      draft={draft.limits}
      problems={limitProblems}
      hasOther={error('parallel') !== null}
      onChange={(limits) => change({ limits })}
    >
      <TextField
        label={t('parallel')}
        value={draft.parallel}
        onChange={(parallel) => change({ parallel })}
        error={error('parallel')}
        isNumber
      />
    </LimitsFields>
  );
}
