// The bar above the problems: what is shown of them, and ways to take what is shown elsewhere.

import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { severities } from '../../../shared/schema/problem.ts';
import type { ProblemGroup, Severity } from '../../../shared/schema/problem.ts';
import { wordsForProblem } from '../../../shared/words/problem-words.ts';
import { dataOf, useQuery } from '../../state/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { Chip, ChipRow } from '../../ui/chip.tsx';
import { SearchField, Select } from '../../ui/fields.tsx';
import { MenuButton } from '../../ui/menu-button.tsx';
import { useFormats, useLanguage, useWords } from '../../words/use-words.ts';
import { useExport } from './use-export.ts';
import type { ProblemsView } from './use-problems.ts';
import { VendorMailDialog } from './vendor-mail-dialog.tsx';

/** The choice that restricts nothing. */
const all = '*';
/** While somebody types, the store is asked at most this often. */
const typingPauseMs = 200;

/** Filter and export. Nothing is drawn for a batch without problems. */
export function ProblemTools({ batchId, view }: { readonly batchId: string; readonly view: ProblemsView }): ReactNode {
  const groups = dataOf(useQuery('problem.groups', { batchId }))?.groups ?? [];
  if (groups.length === 0) return null;
  return (
    <div className="problems-tools">
      <SeverityChips groups={groups} view={view} />
      <RuleChoice groups={groups} view={view} />
      <FieldChoice batchId={batchId} view={view} />
      <ProblemSearch view={view} />
      <span className="spread" />
      <Found view={view} />
      <ExportMenu batchId={batchId} view={view} />
    </div>
  );
}

function SeverityChips({ groups, view }: GroupsProps): ReactNode {
  const t = useWords('problems');
  const common = useWords('common');
  const formats = useFormats();
  const { filter, changeFilter } = view;
  const countOf = (severity: Severity): number =>
    groups.reduce((sum, group) => sum + (group.severity === severity ? group.count : 0), 0);
  const toggle = (severity: Severity, isOn: boolean): void =>
    changeFilter({
      severities: severities.filter((each) => (each === severity ? isOn : filter.severities.includes(each))),
    });
  return (
    <ChipRow label={t('filter')}>
      {severities
        .filter((severity) => countOf(severity) > 0)
        .map((severity) => (
          <Chip
            key={severity}
            label={common(`severity.${severity}`)}
            count={formats.count(countOf(severity))}
            isOn={filter.severities.includes(severity)}
            onChange={(isOn) => toggle(severity, isOn)}
          />
        ))}
    </ChipRow>
  );
}

interface GroupsProps {
  readonly groups: readonly ProblemGroup[];
  readonly view: ProblemsView;
}

function RuleChoice({ groups, view }: GroupsProps): ReactNode {
  const t = useWords('problems');
  const language = useLanguage();
  const rules = [...new Map(groups.map((group) => [group.ruleId, group])).values()];
  return (
    <div className="problems-choice">
      <Select
        label={t('rule')}
        hideLabel
        value={view.filter.ruleIds[0] ?? all}
        options={[
          { id: all, label: t('allRules') },
          ...rules.map(({ ruleId, sample }) => ({
            id: ruleId,
            label: wordsForProblem(sample, language).title,
            detail: ruleId,
          })),
        ]}
        onChange={(ruleId) => view.changeFilter({ ruleIds: ruleId === all ? [] : [ruleId] })}
      />
    </div>
  );
}

function FieldChoice({ batchId, view }: { readonly batchId: string; readonly view: ProblemsView }): ReactNode {
  const t = useWords('problems');
  const formats = useFormats();
  const fields = dataOf(useQuery('problem.fields', { batchId }))?.fields ?? [];
  return (
    <div className="problems-choice">
      <Select
        label={t('field')}
        hideLabel
        value={view.filter.fields[0] ?? all}
        options={[
          { id: all, label: t('allFields') },
          ...fields.map(({ field, count }) => ({
            id: field,
            label: field.split('/').at(-1) ?? field,
            detail: `${field} · ${formats.count(count)}`,
          })),
        ]}
        onChange={(field) => view.changeFilter({ fields: field === all ? [] : [field] })}
      />
    </div>
  );
}

function ProblemSearch({ view }: { readonly view: ProblemsView }): ReactNode {
  const t = useWords('problems');
  const { filter, changeFilter } = view;
  const [text, setText] = useState(filter.search);
  // "Show all" empties the filter from outside.
  useEffect(() => setText(filter.search), [filter.search]);
  useEffect(() => {
    if (text === filter.search) return undefined;
    const timer = setTimeout(() => changeFilter({ search: text }), typingPauseMs);
    return () => clearTimeout(timer);
  }, [text, filter.search, changeFilter]);
  return (
    <div className="problems-search">
      <SearchField
        label={t('search')}
        hint={t('searchHint')}
        value={text}
        onChange={setText}
        onSubmit={(wanted) => changeFilter({ search: wanted })}
      />
    </div>
  );
}

function Found({ view }: { readonly view: ProblemsView }): ReactNode {
  const t = useWords('problems');
  const { causes, isFiltered, changeFilter } = view;
  const places = causes.reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      <span className="soft clip problems-found-count" role="status">
        {t('causes', { count: causes.length })}
        {', '}
        {t('places', { count: places })}
      </span>
      {isFiltered && (
        <Button tone="quiet" onPress={() => changeFilter({ severities: [], ruleIds: [], fields: [], search: '' })}>
          {t('showAll')}
        </Button>
      )}
    </>
  );
}

function ExportMenu({ batchId, view }: { readonly batchId: string; readonly view: ProblemsView }): ReactNode {
  const t = useWords('problems');
  const [isMailing, setIsMailing] = useState(false);
  const { save, isRunning } = useExport(batchId, { filter: view.filter, onMail: () => setIsMailing(true) });
  return (
    <>
      <MenuButton
        label={t('export')}
        icon="download"
        isPending={isRunning}
        choices={[
          { id: 'mail', label: t('exportMail'), detail: t('exportMailDetail') },
          { id: 'html', label: t('exportHtml'), detail: t('exportHtmlDetail') },
          { id: 'csv', label: t('exportCsv'), detail: t('exportCsvDetail') },
          { id: 'json', label: t('exportJson'), detail: t('exportJsonDetail') },
        ]}
        onChoose={(form) => (form === 'mail' ? setIsMailing(true) : save(form))}
      />
      {isMailing && <VendorMailDialog batchId={batchId} filter={view.filter} onClose={() => setIsMailing(false)} />}
    </>
  );
}
