// The form of one connection to SendRegning. What is wrong stands beside its field.

import type { ReactNode } from 'react';
import { Choice, Select, TextField } from '../../ui/fields.tsx';
import { useWords } from '../../words/use-words.ts';
import { ConnectionDialog, useConnectionForm } from './connection-dialog.tsx';
import type { ConnectionFormProps } from './connection-dialog.tsx';
import { LimitsFields } from './limits-fields.tsx';
import { checkSendRegningDraft, shipments } from './sendregning-draft.ts';
import type { SendRegningDraft, SendRegningField, SendRegningProblems } from './sendregning-draft.ts';
import { ServiceLoginFields } from './service-login-fields.tsx';

/** Adds a connection, or changes `existing`. */
export function SendRegningForm(props: ConnectionFormProps<SendRegningDraft>): ReactNode {
  const { existing, hasKeychain, onClose } = props;
  const words = useWords('sendregning');
  const form = useConnectionForm(props, checkSendRegningDraft);
  const { draft, change } = form;
  const fields = { draft, change, error: useFieldError(form.problems) };
  return (
    <ConnectionDialog title={words('addTitle')} existing={existing} form={form} onClose={onClose}>
      <div className="form-grid">
        <ServiceFields {...fields} />
        <ServiceLoginFields {...fields} isNew={existing === null} hasKeychain={hasKeychain} />
      </div>
      <LimitsFields
        draft={draft.limits}
        problems={form.limitProblems}
        hasOther={false}
        onChange={(limits) => change({ limits })}
      >
        {null}
      </LimitsFields>
    </ConnectionDialog>
  );
}

function useFieldError(problems: SendRegningProblems): (field: SendRegningField) => string | null {
  const t = useWords('settings');
  const words = useWords('sendregning');
  return (field) => {
    const problem = problems[field];
    if (problem === undefined) return null;
    return problem === 'url' ? words('urlError') : t(`error.${problem}`);
  };
}

function ServiceFields({
  draft,
  change,
  error,
}: {
  readonly draft: SendRegningDraft;
  readonly change: (part: Partial<SendRegningDraft>) => void;
  readonly error: (field: SendRegningField) => string | null;
}): ReactNode {
  const t = useWords('settings');
  const words = useWords('sendregning');
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
        label={words('url')}
        type="url"
        value={draft.url}
        onChange={(url) => change({ url })}
        error={error('url')}
        isRequired
        isWide
      />
      <div className="field-wide">
        <Choice
          label={words('mode')}
          value={draft.isTest ? 'test' : 'real'}
          options={(['real', 'test'] as const).map((id) => ({ id, label: words(`mode.${id}`) }))}
          onChange={(mode) => change({ isTest: mode === 'test' })}
        />
      </div>
      <Select
        label={words('shipment')}
        value={draft.shipment}
        options={shipments.map((id) => ({ id, label: words(`shipment.${id}`) }))}
        onChange={(shipment) => change({ shipment })}
        help={words('shipmentHelp')}
      />
      <div aria-hidden="true" />
    </>
  );
}
