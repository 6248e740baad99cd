// The form of one connection to SendRegning. What is wrong stands beside its field.

import { useRef, useState } from 'react';
import type { ReactNode, SubmitEvent } from 'react';
import { flushSync } from 'react-dom';
import type { Connection } from '../../../shared/schema/connection.ts';
import { useSay } from '../../state/ui-context.tsx';
import { useCommand } from '../../state/use-command.ts';
import { Button, SubmitButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Choice, Select, TextField } from '../../ui/fields.tsx';
import { Failure } from '../../ui/views.tsx';
import { useWords } from '../../words/use-words.ts';
import { LimitsFields } from './limits-fields.tsx';
import type { LimitProblems } from './limits-draft.ts';
import { checkSendRegningDraft, shipments } from './sendregning-draft.ts';
import type { SendRegningDraft, SendRegningField, SendRegningProblems } from './sendregning-draft.ts';
import { ServiceLoginFields } from './service-login-fields.tsx';

/** Adds a connection, or changes `existing`. */
export function SendRegningForm({
  start,
  existing,
  hasKeychain,
  onClose,
}: {
  readonly start: SendRegningDraft;
  /** Null for a new connection. */
  readonly existing: Connection | null;
  readonly hasKeychain: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const t = useWords('settings');
  const words = useWords('sendregning');
  const common = useWords('common');
  const say = useSay();
  const box = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(start);
  const [problems, setProblems] = useState<SendRegningProblems>({});
  const [limitProblems, setLimitProblems] = useState<LimitProblems>({});
  const add = useCommand('connection.add');
  const update = useCommand('connection.update');
  const error = useFieldError(problems);
  const change = (part: Partial<SendRegningDraft>): void => {
    setDraft((now) => ({ ...now, ...part }));
    setProblems((now) => Object.fromEntries(Object.entries(now).filter(([field]) => !(field in part))));
    if (part.limits !== undefined) setLimitProblems({});
  };
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const checked = checkSendRegningDraft(draft);
    if ('problems' in checked) {
      // Drawn at once, so that the first wrong field can take the focus.
      flushSync(() => {
        setProblems(checked.problems);
        setLimitProblems(checked.limitProblems);
      });
      box.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      return;
    }
    const saved =
      existing === null
        ? await add.run(checked.input)
        : await update.run({ connectionId: existing.id, connection: checked.input });
    if (saved?.ok !== true) return;
    say({ tone: 'good', text: t('connectionSaved', { name: saved.value.name }) });
    onClose();
  };
  const failure = add.error ?? update.error;
  return (
    <Dialog
      title={existing === null ? words('addTitle') : t('editTitle', { name: existing.name })}
      isOpen
      onClose={onClose}
    >
      <form className="stack connection-form" onSubmit={(event) => void submit(event)} noValidate ref={box}>
        <div className="form-grid">
          <ServiceFields draft={draft} change={change} error={error} />
          <ServiceLoginFields
            draft={draft}
            change={change}
            error={error}
            isNew={existing === null}
            hasKeychain={hasKeychain}
          />
        </div>
        <LimitsFields
          draft={draft.limits}
          problems={limitProblems}
          hasOther={false}
          onChange={(limits) => change({ limits })}
        >
          {null}
        </LimitsFields>
        {failure !== null && <Failure error={failure} />}
        <div className="form-actions">
          <SubmitButton isPending={add.isRunning || update.isRunning}>{common('save')}</SubmitButton>
          <Button onPress={onClose}>{common('cancel')}</Button>
        </div>
      </form>
    </Dialog>
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
