// The shape of a problem's words and the facts they are built from. No texts here.

import type { Problem } from '../schema/problem.ts';
import type { Language } from '../schema/settings.ts';
import { fieldName } from './field-names.ts';
import type { OwnRuleId } from './rule-facts.ts';
import { capitalise, quote, writeCount, writeDate, writeDecimal, writeMoney } from './value-words.ts';

/** Words of one rule in one language. */
export interface ProblemText {
  /** State, for a group of equal problems: no facts of one invoice. */
  readonly title: string;
  /** What is wrong here. */
  readonly message: (facts: ProblemFacts) => string;
  /** The next step. */
  readonly suggestion: (facts: ProblemFacts) => string;
}

/** A catalogue: each of the product's own rules has words. */
export type ProblemCatalogue = Readonly<Record<OwnRuleId, ProblemText>>;

/** The parts of a problem that words are made of. */
export type WordedProblem = Pick<Problem, 'ruleId' | 'found' | 'expected' | 'params'>;

/** A problem's facts, written as the language writes them. Names that are not there give empty text. */
export interface ProblemFacts {
  /** A param as it is. */
  readonly text: (name: string) => string;
  /** A param as an amount in the currency named by the param `currency`. */
  readonly money: (name: string) => string;
  /** The same without its sign, for differences. */
  readonly size: (name: string) => string;
  /** A param as a date. */
  readonly date: (name: string) => string;
  /** A param as a count. */
  readonly count: (name: string) => string;
  /** A decimal text (a rate, a price, a quantity). */
  readonly decimal: (name: string) => string;
  /** Decimal texts separated by commas, as `25 / 12 / 6`. */
  readonly decimals: (name: string) => string;
  /** What stood there, in quotation marks. */
  readonly found: string;
  /** What stood there, bare. */
  readonly rawFound: string;
  readonly expected: string;
  /** The field's name in the language, capitalised to begin a sentence. */
  readonly field: string;
  /** Names of several fields, separated by commas, as they stand in a sentence. */
  readonly fields: (name: string) => string;
}

/** Facts of a problem in a language. */
export function factsOf(problem: WordedProblem, language: Language): ProblemFacts {
  const { params } = problem;
  const text = (name: string): string => String(params[name] ?? '');
  const amount = (name: string): number => {
    const value = params[name];
    return typeof value === 'number' ? value : 0;
  };
  const field = fieldName(text('field'), language) ?? quote(text('element'), language);
  return {
    text,
    money: (name) => writeMoney(amount(name), text('currency'), language),
    size: (name) => writeMoney(Math.abs(amount(name)), text('currency'), language),
    date: (name) => writeDate(text(name), language),
    count: (name) => writeCount(amount(name), language),
    decimal: (name) => writeDecimal(text(name), language),
    decimals: (name) =>
      text(name)
        .split(', ')
        .map((part) => writeDecimal(part, language))
        .join(' / '),
    found: quote(problem.found ?? '', language),
    rawFound: problem.found ?? '',
    expected: problem.expected ?? '',
    field: capitalise(field),
    fields: (name) =>
      text(name)
        .split(', ')
        .map((part) => fieldName(part, language) ?? part)
        .join(', '),
  };
}

/** `1 234,50` → `1234.50`: what was probably meant, for a suggestion; null when that can't be told. */
export function likelyDecimal(text: string): string | null {
  const compact = text.replace(/[\s\u00A0\u202F]/gu, '');
  if (/^-?\d{1,3}(?:\.\d{3})+,\d+$/u.test(compact)) return compact.replaceAll('.', '').replace(',', '.');
  return /^-?\d+,\d+$/u.test(compact) || (/^-?\d+(?:\.\d+)?$/u.test(compact) && compact !== text)
    ? compact.replace(',', '.')
    : null;
}
