// The columns of the event log, and one event with all its facts.

import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { AuditEntry } from '../../../shared/schema/audit.ts';
import { wordsForFact, wordsForFactValue } from '../../../shared/words/audit-fact-words.ts';
import { wordsForAct } from '../../../shared/words/audit-words.ts';
import { dataOf, useQuery } from '../../state/use-query.ts';
import { IconButton } from '../../ui/button.tsx';
import type { GridColumn } from '../../ui/grid-types.ts';
import { Moment } from '../../ui/values.tsx';
import { useFormats, useLanguage, useWords } from '../../words/use-words.ts';

/** A fact with its words; `isPath`: its name is the path of a setting, not language. */
interface WordedFact {
  readonly name: string;
  readonly value: string;
  readonly isPath: boolean;
}

/** The columns. */
export function useEventColumns(): readonly GridColumn<AuditEntry>[] {
  const t = useWords('storage');
  const formats = useFormats();
  const language = useLanguage();
  const worded = useWordedFacts();
  return useMemo(
    () => [
      { id: 'at', header: t('at'), width: 138, cell: (row) => formats.dateTime(row.atMs) },
      { id: 'act', header: t('logAct'), width: 210, cell: (row) => wordsForAct(row.action, language) },
      { id: 'who', header: t('who'), width: 90, hideBelow: 640, cell: (row) => row.actor },
      {
        id: 'batch',
        header: t('batch'),
        width: 150,
        hideBelow: 760,
        cell: (row) => row.batchName ?? <span className="faint">–</span>,
      },
      {
        id: 'facts',
        header: t('facts'),
        width: 160,
        grow: 1,
        cell: (row) => (
          <span className="clip">
            {worded(row)
              .map(({ name, value }) => `${name}: ${value}`)
              .join(' · ')}
          </span>
        ),
      },
      {
        id: 'concerned',
        header: t('concerned'),
        width: 72,
        align: 'right',
        hideBelow: 700,
        cell: (row) => (row.concerned === 0 ? <span className="faint">–</span> : formats.count(row.concerned)),
      },
    ],
    [t, formats, language, worded],
  );
}

/** One event whole. */
export function ChosenEvent({
  entry,
  onClose,
}: {
  readonly entry: AuditEntry;
  readonly onClose: () => void;
}): ReactNode {
  const t = useWords('storage');
  const formats = useFormats();
  const language = useLanguage();
  const facts = useWordedFacts()(entry);
  return (
    <div className="event-log-chosen">
      <div className="line-up">
        <strong>{wordsForAct(entry.action, language)}</strong>
        <span className="soft">
          <Moment atMs={entry.atMs} hasZone /> · {entry.actor}
        </span>
        <span className="spread" />
        <IconButton icon="close" label={t('closeEntry')} onPress={onClose} />
      </div>
      <dl className="event-facts">
        <dt>{t('batch')}</dt>
        <dd>{entry.batchName ?? t('wholeWorkspace')}</dd>
        {facts.map(({ name, value, isPath }) => (
          <Fact key={name} name={name} value={value} isPath={isPath} />
        ))}
        {entry.concerned > 0 && <Fact name={t('concerned')} value={formats.count(entry.concerned)} isPath={false} />}
        <dt>{t('number')}</dt>
        <dd>{formats.count(entry.id)}</dd>
        <dt>{t('hash')}</dt>
        <dd className="mono faint">{entry.hash}</dd>
      </dl>
    </div>
  );
}

function Fact({ name, value, isPath }: WordedFact): ReactNode {
  return (
    <>
      <dt className={isPath ? 'mono' : ''}>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

/** Facts in words: a value before and after on one line, a connection by its name, a moment as one. */
function useWordedFacts(): (entry: AuditEntry) => readonly WordedFact[] {
  const t = useWords('storage');
  const formats = useFormats();
  const language = useLanguage();
  const connections = dataOf(useQuery('connection.list', {}))?.connections;
  return useMemo(() => {
    const nameOf = (id: string): string => connections?.find((connection) => connection.id === id)?.name ?? id;
    const text = (name: string, value: string | number | null): string => {
      if (value === null) return t('nothing');
      if (name === 'connectionId') return nameOf(String(value));
      if (name === 'notBeforeMs' && typeof value === 'number') return formats.dateTime(value);
      return typeof value === 'number' && !isCode(name)
        ? formats.count(value)
        : wordsForFactValue(name, value, language);
    };
    return ({ facts }) => {
      const simple = Object.entries(facts).flatMap(([name, value]): WordedFact[] => {
        const isNamed = name === 'connectionId' && 'name' in facts;
        if (name.startsWith('before.') || name.startsWith('after.') || value === null || isNamed) return [];
        return [{ name: wordsForFact(name, language), value: text(name, value), isPath: false }];
      });
      const paths = new Set(Object.keys(facts).flatMap((name) => /^(?:before|after)\.(.+)$/u.exec(name)?.[1] ?? []));
      const changed = [...paths].flatMap((path): WordedFact[] => {
        const before = facts[`before.${path}`] ?? null;
        const after = facts[`after.${path}`] ?? null;
        if (before === null && after === null) return [];
        const value = before === null ? text(path, after) : `${text(path, before)} → ${text(path, after)}`;
        return [{ name: path, value, isPath: true }];
      });
      return [...simple, ...changed];
    };
  }, [t, formats, language, connections]);
}

/** Numbers that stand for yes and no. */
function isCode(name: string): boolean {
  return name === 'isOk' || name === 'isKeptBack';
}
