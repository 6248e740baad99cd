// The text that is laid beside a file that did not come in from a watched folder, in three languages: what, where, what to do.

import type { AppError } from '../result.ts';
import type { Problem } from '../schema/problem.ts';
import type { Language } from '../schema/settings.ts';
import { wordsForError } from './error-words.ts';
import { wordsForProblem } from './problem-words.ts';

/** One part of a file that did not come in: the file itself, or a file in a zip. */
export interface FailedPart {
  readonly name: string;
  readonly error: AppError;
  readonly problems: readonly Problem[];
}

/** A cause that keeps invoices of a file back. */
export interface FailedCause {
  readonly count: number;
  readonly sample: Problem;
}

/** All that is said about one failed file. */
export interface FailedFile {
  readonly name: string;
  /** `YYYY-MM-DD HH:MM`. */
  readonly time: string;
  readonly parts: readonly FailedPart[];
  /** Invoices that were read but did not come in, by cause. */
  readonly causes: readonly FailedCause[];
  /** Invoices that came in of the file all the same. */
  readonly imported: number;
}

/** Problems told one by one; beyond them their number is enough. */
const mostTold = 100;

interface Words {
  readonly none: (name: string) => string;
  readonly some: (name: string, count: number) => string;
  readonly time: string;
  readonly place: (line: number, column: number) => string;
  readonly times: (count: number) => string;
  readonly more: (count: number) => string;
  readonly next: string;
}

const words: Readonly<Record<Language, Words>> = {
  sv: {
    none: (name) => `${name} importerades inte.`,
    some: (name, count) => `${name} importerades bara delvis: ${String(count)} fakturor kom in.`,
    time: 'Tid',
    place: (line, column) => `rad ${String(line)}, kolumn ${String(column)}`,
    times: (count) => `${String(count)} gånger, först på`,
    more: (count) => `… och ${String(count)} till`,
    next: 'Lägg en rättad fil i den bevakade mappen. Den här filen läses inte igen där den ligger nu.',
  },
  nb: {
    none: (name) => `${name} ble ikke importert.`,
    some: (name, count) => `${name} ble bare delvis importert: ${String(count)} fakturaer kom inn.`,
    time: 'Tid',
    place: (line, column) => `linje ${String(line)}, kolonne ${String(column)}`,
    times: (count) => `${String(count)} ganger, først på`,
    more: (count) => `… og ${String(count)} til`,
    next: 'Legg en rettet fil i den overvåkede mappen. Denne filen leses ikke igjen der den ligger nå.',
  },
  en: {
    none: (name) => `${name} was not imported.`,
    some: (name, count) => `${name} was imported in part only: ${String(count)} invoices came in.`,
    time: 'Time',
    place: (line, column) => `line ${String(line)}, column ${String(column)}`,
    times: (count) => `${String(count)} times, first on`,
    more: (count) => `… and ${String(count)} more`,
    next: 'Put a corrected file into the watched folder. This file is not read again where it lies now.',
  },
};

/** The text, with CRLF so that every editor shows its lines. */
export function failedFileText(file: FailedFile, language: Language): string {
  const say = words[language];
  const lines = [
    file.imported === 0 ? say.none(file.name) : say.some(file.name, file.imported),
    `${say.time}: ${file.time}`,
    '',
  ];
  for (const part of file.parts) lines.push(...partLines(part, file.name, language), '');
  for (const { count, sample } of file.causes) {
    const told = problemLines(sample, language);
    lines.push(...(count === 1 ? told : [`${say.times(count)} ${told[0] ?? ''}`, ...told.slice(1)]));
  }
  return [...lines, '', say.next, ''].join('\r\n').replaceAll(/(?:\r\n){3,}/gu, '\r\n\r\n');
}

function partLines({ name, error, problems }: FailedPart, fileName: string, language: Language): string[] {
  const { title, next } = wordsForError(error, language);
  const told = problems.slice(0, mostTold).flatMap((problem) => problemLines(problem, language));
  const more = problems.length > mostTold ? [words[language].more(problems.length - mostTold)] : [];
  return [...(name === fileName ? [] : [`${name}:`]), `${error.code}: ${title}`, next, ...told, ...more];
}

function problemLines(problem: Problem, language: Language): string[] {
  const { message, suggestion } = wordsForProblem(problem, language);
  const place = problem.line === null ? '' : `${words[language].place(problem.line, problem.column ?? 1)}: `;
  const path = problem.path === null ? '' : ` [${problem.path}]`;
  return [`${place}${message} (${problem.ruleId})${path}`, ...(suggestion === '' ? [] : [`  → ${suggestion}`])];
}
