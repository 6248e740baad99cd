// What every connection's form has in common: its texts and what is wrong with them, the way to the engine, and the dialog around its fields.

import { useRef, useState } from 'react';
import type { ReactNode, RefObject, SubmitEvent } from 'react';
import { flushSync } from 'react-dom';
import type { AppError } from '../../../shared/result.ts';
import type { Connection, ConnectionInput } from '../../../shared/schema/connection.ts';
import { useSay } from '../../state/ui-context.tsx';
import { useCommand } from '../../state/use-command.ts';
import { Button, SubmitButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/views.tsx';
import { useWords } from '../../words/use-words.ts';
import type { LimitProblems, LimitsDraft } from './limits-draft.ts';

/** A form's way into the window. */
export interface ConnectionFormProps<Draft> {
  readonly start: Draft;
  /** Null for a new connection. */
  readonly existing: Connection | null;
  readonly hasKeychain: boolean;
  readonly onClose: () => void;
}

/** The contract's input, or what is wrong field by field. */
export type CheckedDraft<Problems> =
  { readonly input: ConnectionInput } | { readonly problems: Problems; readonly limitProblems: LimitProblems };

/** A form as it stands. */
export interface ConnectionFormState<Draft, Problems> {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly problems: Problems;
  readonly limitProblems: LimitProblems;
  /** Somebody wanted to save it, and something was wrong. */
  readonly hasTried: boolean;
  readonly submit: (event: SubmitEvent) => Promise<void>;
  readonly isSaving: boolean;
  readonly failure: AppError | null;
  readonly box: RefObject<HTMLFormElement | null>;
}

/** Keeps a form; saves it, and closes it when that went well. A problem goes when its field is changed. */
export function useConnectionForm<Draft extends { readonly limits: LimitsDraft }, Problems extends object>(
  { start, existing, onClose }: ConnectionFormProps<Draft>,
  check: (draft: Draft) => CheckedDraft<Partial<Problems>>,
): ConnectionFormState<Draft, Partial<Problems>> {
  const t = useWords('settings');
  const say = useSay();
  const box = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(start);
  const [problems, setProblems] = useState<Partial<Problems>>({});
  const [limitProblems, setLimitProblems] = useState<LimitProblems>({});
  const [hasTried, setHasTried] = useState(false);
  const add = useCommand('connection.add');
  const update = useCommand('connection.update');
  const change = (part: Partial<Draft>): void => {
    setDraft((now) => ({ ...now, ...part }));
    setProblems((now) => {
      const left = { ...now };
      for (const field of Object.keys(part)) Reflect.deleteProperty(left, field);
      return left;
    });
    // What stands under a limit may be about another one; it is looked for again when saving.
    if (part.limits !== undefined) setLimitProblems({});
  };
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const checked = check(draft);
    if ('problems' in checked) {
      // Drawn at once, so that the first wrong field can take the focus.
      flushSync(() => {
        setHasTried(true);
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
    if (saved?.ok === false && saved.error.details?.field === 'hours') setLimitProblems({ hours: 'neverOpen' });
    if (saved?.ok !== true) return;
    say({ tone: 'good', text: t('connectionSaved', { name: saved.value.name }) });
    onClose();
  };
  return {
    draft,
    change,
    problems,
    limitProblems,
    hasTried,
    submit,
    isSaving: add.isRunning || update.isRunning,
    failure: add.error ?? update.error,
    box,
  };
}

/** The dialog around a form's fields. */
export function ConnectionDialog({
  title,
  existing,
  form: { submit, isSaving, failure, box },
  onClose,
  children,
}: {
  /** Of a new connection; one that is changed is named. */
  readonly title: string;
  readonly existing: Connection | null;
  readonly form: Pick<ConnectionFormState<never, never>, 'submit' | 'isSaving' | 'failure' | 'box'>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const t = useWords('settings');
  const common = useWords('common');
  return (
    <Dialog title={existing === null ? title : t('editTitle', { name: existing.name })} isOpen onClose={onClose}>
      <form className="stack connection-form" onSubmit={(event) => void submit(event)} noValidate ref={box}>
        {children}
        {failure !== null && <Failure error={failure} />}
        <div className="form-actions">
          <SubmitButton isPending={isSaving}>{common('save')}</SubmitButton>
          <Button onPress={onClose}>{common('cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
