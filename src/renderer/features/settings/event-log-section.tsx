// The event log: what was done, when and by whom, with a filter, one event's facts, and the export of what the filter shows.

import { useCallback, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { auditActions } from '../../../shared/schema/audit.ts';
import type { AuditEntry, AuditFilter, AuditForm } from '../../../shared/schema/audit.ts';
import { wordsForAct } from '../../../shared/words/audit-words.ts';
import { useEngine } from '../../state/client-context.tsx';
import { useCommand } from '../../state/use-command.ts';
import { usePagedRows } from '../../state/use-paged-rows.ts';
import { Button } from '../../ui/button.tsx';
import { DataGrid } from '../../ui/data-grid.tsx';
import { SearchField, Select } from '../../ui/fields.tsx';
import { MenuButton } from '../../ui/menu-button.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { EmptyState, Failure } from '../../ui/views.tsx';
import { useLanguage, useWords } from '../../words/use-words.ts';
import { ChosenEvent, useEventColumns } from './event-facts.tsx';

const allActs = 'all';

interface Shown {
  readonly search: string;
  readonly act: string;
  /** Days as the operator's calendar has them; empty = open. */
  readonly from: string;
  readonly to: string;
}

const everything: Shown = { search: '', act: allActs, from: '', to: '' };

/** The section. */
export function EventLogSection(): ReactNode {
  const t = useWords('storage');
  const [shown, setShown] = useState(everything);
  const [chosen, setChosen] = useState<AuditEntry | null>(null);
  const filter = useMemo(() => filterOf(shown), [shown]);
  const rows = useEntries(filter);
  const columns = useEventColumns();
  const activate = useCallback((row: AuditEntry) => setChosen(row), []);
  return (
    <section className="settings-section event-log" aria-labelledby="settings-heading">
      <h2 id="settings-heading">{t('log')}</h2>
      <p className="soft">{t('logHelp')}</p>
      <Tools shown={shown} filter={filter} onChange={setShown} />
      {rows.state === 'failed' && rows.error !== null && <Failure error={rows.error} onRetry={rows.reload} />}
      {rows.state === 'ready' && rows.total === 0 && (
        <EmptyState
          icon="list"
          title={t('logEmptyTitle')}
          actions={<Button onPress={() => setShown(everything)}>{t('clear')}</Button>}
        >
          {t('logEmpty')}
        </EmptyState>
      )}
      {rows.total > 0 && (
        <div className="event-log-body">
          <div className="event-log-grid">
            <DataGrid
              label={t('log')}
              columns={columns}
              total={rows.total}
              rowAt={rows.rowAt}
              rowId={(row) => row.id}
              onShow={rows.show}
              activeId={chosen?.id ?? null}
              onActivate={activate}
              onOpen={activate}
              sort={null}
              onSort={() => undefined}
            />
          </div>
          {chosen !== null && <ChosenEvent entry={chosen} onClose={() => setChosen(null)} />}
        </div>
      )}
    </section>
  );
}

function Tools({
  shown,
  filter,
  onChange,
}: {
  readonly shown: Shown;
  readonly filter: AuditFilter;
  readonly onChange: (shown: Shown) => void;
}): ReactNode {
  const t = useWords('storage');
  const language = useLanguage();
  const exported = useCommand('audit.export');
  const acts = useMemo(
    () =>
      auditActions
        .map((id): { id: string; label: string } => ({ id, label: wordsForAct(id, language) }))
        .toSorted((one, other) => one.label.localeCompare(other.label, language)),
    [language],
  );
  const save = async (form: AuditForm): Promise<void> => {
    const made = await exported.run({ filter, form, language });
    if (made?.ok === true)
      saveFile(made.value.fileName, made.value.text, form === 'csv' ? 'text/csv' : 'application/jsonl');
  };
  return (
    <>
      <div className="event-log-tools">
        <SearchField
          label={t('logSearch')}
          hint={t('logSearchHint')}
          value={shown.search}
          onChange={(search) => onChange({ ...shown, search })}
        />
        <Select
          label={t('logAct')}
          hideLabel
          value={shown.act}
          options={[{ id: allActs, label: t('logAll') }, ...acts]}
          onChange={(act) => onChange({ ...shown, act })}
        />
        <Day label={t('logFrom')} value={shown.from} onChange={(from) => onChange({ ...shown, from })} />
        <Day label={t('logTo')} value={shown.to} onChange={(to) => onChange({ ...shown, to })} />
        <span className="spread" />
        <MenuButton
          label={t('exportLog')}
          icon="download"
          isPending={exported.isRunning}
          choices={[
            { id: 'csv', label: t('exportCsv'), detail: t('exportCsvAbout') },
            { id: 'jsonl', label: t('exportJsonl'), detail: t('exportJsonlAbout') },
          ]}
          onChoose={(form) => void save(form)}
        />
      </div>
      {exported.error !== null && <Failure error={exported.error} />}
    </>
  );
}

function Day({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const t = useWords('storage');
  return (
    <label className="event-log-day">
      <span className="soft">{label}</span>
      <input
        className="input numeric"
        value={value}
        placeholder={t('day')}
        maxLength={10}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}

function useEntries(filter: AuditFilter): ReturnType<typeof usePagedRows<AuditEntry, null>> {
  const { client } = useEngine();
  return usePagedRows<AuditEntry, null>({
    method: 'audit.page',
    key: JSON.stringify(filter),
    fetchPage: async (range) => {
      const result = await client.call('audit.page', { filter, ...range });
      return result.ok
        ? { ok: true, value: { total: result.value.total, rows: result.value.entries, whole: null } }
        : result;
    },
  });
}

function filterOf({ search, act, from, to }: Shown): AuditFilter {
  return {
    search: search.trim().slice(0, 200),
    actions: act === allActs ? [] : [act],
    fromMs: startOfDay(from, 0),
    beforeMs: startOfDay(to, 1),
  };
}

/** `2026-11-21` in the computer's time zone, so many days later; null for no day, also one that is still being typed. */
function startOfDay(day: string, daysLater: number): number | null {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(day.trim()) ?? [];
  return year === undefined ? null : new Date(Number(year), Number(month) - 1, Number(date) + daysLater).getTime();
}
