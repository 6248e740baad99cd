// Every rule with its severity, who mends the cause and what it demands; the severity can be set where the program does not need it.

import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { ownSeverities } from '../../../shared/schema/rules.ts';
import type { OwnSeverity, RuleEntry } from '../../../shared/schema/rules.ts';
import { wordsForRule } from '../../../shared/words/problem-words.ts';
import { isRuleId } from '../../../shared/words/rule-facts.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { SearchField, Select } from '../../ui/fields.tsx';
import { Failure, QueryView } from '../../ui/views.tsx';
import { useLanguage, useWords } from '../../words/use-words.ts';
import { findRules } from './find-rules.ts';
import type { WordedRule } from './find-rules.ts';

/** Drawn at first; a search narrows the list further than scrolling would. */
const mostShown = 60;

/** The list with its search. */
export function RulesSection(): ReactNode {
  const t = useWords('settings');
  const rules = useQuery('rule.list', {});
  return (
    <section className="settings-section" aria-labelledby="settings-heading">
      <h2 id="settings-heading">{t('section.rules')}</h2>
      <p className="soft">{t('rulesHelp')}</p>
      <QueryView query={rules}>{({ rules: all }) => <RuleList all={all} />}</QueryView>
    </section>
  );
}

function RuleList({ all }: { readonly all: readonly RuleEntry[] }): ReactNode {
  const t = useWords('settings');
  const language = useLanguage();
  const [search, setSearch] = useState('');
  const worded = useMemo(
    () =>
      all.flatMap((entry): WordedRule[] => {
        if (!isRuleId(entry.id)) return [];
        const { title, explanation } = wordsForRule(entry.id, language);
        return [{ ...entry, title, explanation }];
      }),
    [all, language],
  );
  const found = findRules(worded, search);
  const set = useCommand('rule.set');
  return (
    <>
      <SearchField label={t('rulesSearch')} value={search} onChange={setSearch} />
      <p className="faint" role="status">
        {found.length === 0
          ? t('rulesNone')
          : t('rulesCount', { shown: Math.min(found.length, mostShown), total: found.length })}
      </p>
      {set.error !== null && <Failure error={set.error} />}
      <ul className="rule-list">
        {found.slice(0, mostShown).map((rule) => (
          <RuleRow
            key={rule.id}
            rule={rule}
            onSet={(severity) =>
              void set.run({ ruleId: rule.id, severity: severity === rule.severity ? null : severity })
            }
          />
        ))}
      </ul>
    </>
  );
}

function RuleRow({
  rule,
  onSet,
}: {
  readonly rule: WordedRule;
  readonly onSet: (severity: OwnSeverity) => void;
}): ReactNode {
  const t = useWords('settings');
  const common = useWords('common');
  const nameOf = (severity: OwnSeverity): string =>
    severity === 'off' ? t('severityOff') : common(`severity.${severity}`);
  return (
    <li className="rule-row">
      <div className="rule-text">
        <strong>{rule.title}</strong>
        <span className="faint mono">{rule.id}</span>
        <span className="soft">{rule.explanation}</span>
        <span className="faint">{t(`mender.${rule.mender}`)}</span>
      </div>
      <div className="rule-severity">
        {rule.canBeSet ? (
          <Select
            label={t('severityOf', { rule: rule.id })}
            hideLabel
            value={rule.ownSeverity ?? rule.severity}
            options={ownSeverities.map((id) => ({
              id,
              label: id === rule.severity ? t('severityUsual', { severity: nameOf(id) }) : nameOf(id),
            }))}
            onChange={onSet}
          />
        ) : (
          <>
            <span>{nameOf(rule.severity)}</span>
            <span className="faint">{t('severityFixed')}</span>
          </>
        )}
      </div>
    </li>
  );
}
