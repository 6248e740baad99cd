// The form's part about limits and hours: closed until somebody wants it, open when something in it is set or wrong.

import type { ReactNode } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { Chip, ChipRow } from '../../ui/chip.tsx';
import { TextField } from '../../ui/fields.tsx';
import { useWords } from '../../words/use-words.ts';
import { FormPart } from './form-part.tsx';
import { countLimits, newWindow } from './limits-draft.ts';
import type { LimitField, LimitProblems, LimitsDraft, WindowDraft } from './limits-draft.ts';
import './limits-fields.css';

interface LimitsForm {
  readonly draft: LimitsDraft;
  readonly problems: LimitProblems;
  readonly onChange: (draft: LimitsDraft) => void;
}

/** The part, with its heading to open and close it. `children` are fields that stand before the others. */
export function LimitsFields({
  children,
  hasOther,
  ...form
}: LimitsForm & {
  readonly children: ReactNode;
  /** Something is wrong in `children`. */
  readonly hasOther: boolean;
}): ReactNode {
  const t = useWords('limits');
  const { draft, problems } = form;
  const count = countLimits(draft);
  return (
    <FormPart
      title={t('title')}
      note={count === 0 ? t('nothing') : t('set', { count })}
      startsOpen={count > 0}
      isWrong={hasOther || Object.keys(problems).length > 0}
    >
      <p className="field-help">{t('text')}</p>
      <RateFields form={form}>{children}</RateFields>
      <HoursFields form={form} />
    </FormPart>
  );
}

function useError(problems: LimitProblems): (field: LimitField) => string | null {
  const t = useWords('limits');
  return (field) => {
    const problem = problems[field];
    return problem === undefined ? null : t(`error.${problem}`);
  };
}

function RateFields({ form, children }: { readonly form: LimitsForm; readonly children: ReactNode }): ReactNode {
  const t = useWords('limits');
  const { draft, onChange, problems } = form;
  const error = useError(problems);
  return (
    <div className="form-grid">
      {children}
      {(['maxSize', 'perMinute', 'perHour', 'perDay'] as const).map((field) => (
        <TextField
          key={field}
          label={t(field)}
          value={draft[field]}
          onChange={(value) => onChange({ ...draft, [field]: value })}
          error={error(field)}
          placeholder={t('noLimit')}
          isNumber
        />
      ))}
    </div>
  );
}

function HoursFields({ form }: { readonly form: LimitsForm }): ReactNode {
  const t = useWords('limits');
  const { draft, onChange, problems } = form;
  const error = useError(problems);
  const add = (list: 'open' | 'closed', kind: WindowDraft['kind']): void =>
    onChange({ ...draft, [list]: [...draft[list], newWindow(draft, kind)] });
  const hasHours = draft.open.length + draft.closed.length > 0;
  const together = error('hours');
  return (
    <>
      <WindowList form={form} list="open" label={t('open')} empty={t('alwaysOpen')} />
      <div className="line-up">
        <Button icon="plus" tone="quiet" onPress={() => add('open', 'weekly')}>
          {t('addOpen')}
        </Button>
      </div>
      <WindowList form={form} list="closed" label={t('closed')} empty={t('neverClosed')} />
      <div className="line-up">
        <Button icon="plus" tone="quiet" onPress={() => add('closed', 'weekly')}>
          {t('addClosedWeekly')}
        </Button>
        <Button icon="plus" tone="quiet" onPress={() => add('closed', 'dated')}>
          {t('addClosedDated')}
        </Button>
      </div>
      {hasHours && (
        <div className="form-grid">
          <TextField
            label={t('timeZone')}
            value={draft.timeZone}
            onChange={(timeZone) => onChange({ ...draft, timeZone })}
            error={error('timeZone')}
            help={t('timeZoneHelp')}
            isRequired
          />
        </div>
      )}
      {together !== null && (
        <p className="field-error" role="alert">
          {together}
        </p>
      )}
    </>
  );
}

function WindowList({
  form,
  list,
  label,
  empty,
}: {
  readonly form: LimitsForm;
  readonly list: 'open' | 'closed';
  readonly label: string;
  readonly empty: string;
}): ReactNode {
  const { draft, onChange, problems } = form;
  const error = useError(problems);
  const rows = draft[list];
  const change = (key: number, row: WindowDraft | null): void =>
    onChange({ ...draft, [list]: rows.flatMap((other) => (other.key === key ? (row ?? []) : other)) });
  return (
    <fieldset className="limit-windows">
      <legend className="field-label">{label}</legend>
      {rows.length === 0 ? (
        <p className="soft">{empty}</p>
      ) : (
        rows.map((row) => (
          <WindowRow
            key={row.key}
            row={row}
            error={error(`window.${row.key}`)}
            onChange={(changed) => change(row.key, changed)}
          />
        ))
      )}
    </fieldset>
  );
}

function WindowRow({
  row,
  error,
  onChange,
}: {
  readonly row: WindowDraft;
  readonly error: string | null;
  /** Null removes it. */
  readonly onChange: (row: WindowDraft | null) => void;
}): ReactNode {
  const t = useWords('limits');
  const isDated = row.kind === 'dated';
  return (
    <div className="limit-window">
      <div className={isDated ? 'limit-window-line is-dated' : 'limit-window-line'}>
        {row.kind === 'weekly' && (
          <ChipRow label={t('days')}>
            {([1, 2, 3, 4, 5, 6, 7] as const).map((day) => (
              <Chip
                key={day}
                label={t(`day.${day}`)}
                isOn={row.days.includes(day)}
                onChange={(isOn) =>
                  onChange({ ...row, days: isOn ? [...row.days, day] : row.days.filter((other) => other !== day) })
                }
              />
            ))}
          </ChipRow>
        )}
        <TextField
          label={t('from')}
          value={row.from}
          onChange={(from) => onChange({ ...row, from })}
          placeholder={t(isDated ? 'datePlace' : 'timePlace')}
          error={error === null ? null : ''}
        />
        <TextField
          label={t('to')}
          value={row.to}
          onChange={(to) => onChange({ ...row, to })}
          placeholder={t(isDated ? 'datePlace' : 'timePlace')}
          error={error === null ? null : ''}
        />
        <IconButton icon="close" label={t('remove')} onPress={() => onChange(null)} />
      </div>
      {error !== null && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
