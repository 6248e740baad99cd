// Builds the words of the public standards' rules from a language's vocabulary: many rules say the same about another term. No texts here.

import type { Language } from '../schema/settings.ts';
import { fieldName } from './field-names.ts';
import type { ProblemFacts, ProblemText } from './problem-text.ts';
import type { StandardRuleId } from './standard-rule-facts.ts';
import { capitalise } from './value-words.ts';

/** Words of one rule, with what it is there for. */
export interface RuleText extends ProblemText {
  /** What the rule demands, for the list of rules and its page: no facts of one invoice. */
  readonly explanation: string;
}

/** VAT categories that have words, UNCL5305. */
export type WordedCategory = 'S' | 'Z' | 'E' | 'AE' | 'O';
/** Number of a category's rule; 11 to 14 are about not mixing and exist for O only. */
export type CategoryPart =
  '01' | '02' | '03' | '04' | '05' | '06' | '07' | '08' | '09' | '10' | '11' | '12' | '13' | '14';
/** Rules that have words of their own. */
export type SingleRuleId = Extract<StandardRuleId, `BR-CO-${string}` | `SE-R-${string}` | `NO-R-${string}`>;

/** What a language brings. */
export interface StandardVocabulary {
  /** A term that must be there. `name` is its name in the language, capitalised. */
  readonly missing: (name: string) => RuleText;
  /** An amount with more than two decimals. */
  readonly decimals: (name: string) => RuleText;
  readonly category: Readonly<Record<CategoryPart, (category: WordedCategory) => RuleText>>;
  readonly single: Readonly<Record<SingleRuleId, RuleText>>;
}

const presenceNames: Readonly<Record<string, string>> = {
  'BR-01': 'customizationId',
  'BR-02': 'invoiceNumber',
  'BR-03': 'invoiceDate',
  'BR-04': 'typeCode',
  'BR-05': 'currency',
  'BR-06': 'seller.name',
  'BR-07': 'buyer.name',
  'BR-08': 'seller.address',
  'BR-09': 'seller.address.country',
  'BR-10': 'buyer.address',
  'BR-11': 'buyer.address.country',
  'BR-12': 'totals.lineNetMinor',
  'BR-13': 'totals.netMinor',
  'BR-14': 'totals.grossMinor',
  'BR-15': 'totals.payableMinor',
  'BR-16': 'lines',
};

const decimalNames: Readonly<Record<string, string>> = {
  'BR-DEC-01': 'allowanceAmount',
  'BR-DEC-02': 'allowanceBase',
  'BR-DEC-05': 'chargeAmount',
  'BR-DEC-06': 'chargeBase',
  'BR-DEC-09': 'totals.lineNetMinor',
  'BR-DEC-10': 'totals.allowanceMinor',
  'BR-DEC-11': 'totals.chargeMinor',
  'BR-DEC-12': 'totals.netMinor',
  'BR-DEC-13': 'totals.vatMinor',
  'BR-DEC-14': 'totals.grossMinor',
  'BR-DEC-15': 'accountingVat',
  'BR-DEC-16': 'totals.prepaidMinor',
  'BR-DEC-17': 'totals.roundingMinor',
  'BR-DEC-18': 'totals.payableMinor',
  'BR-DEC-19': 'taxableMinor',
  'BR-DEC-20': 'taxMinor',
  'BR-DEC-23': 'netMinor',
  'BR-DEC-24': 'rowAllowanceAmount',
  'BR-DEC-25': 'rowAllowanceBase',
  'BR-DEC-27': 'rowChargeAmount',
  'BR-DEC-28': 'rowChargeBase',
};

const categoryForm = /^BR-(S|Z|E|AE|O)-(\d\d)$/u;

/** Words of a standard's rule in the vocabulary's language. */
export function standardText(id: StandardRuleId, vocabulary: StandardVocabulary, language: Language): RuleText {
  const missing = presenceNames[id];
  if (missing !== undefined) return vocabulary.missing(nameOf(missing, language));
  const long = decimalNames[id];
  if (long !== undefined) return vocabulary.decimals(nameOf(long, language));
  const [, category, part] = categoryForm.exec(id) ?? [];
  if (isCategory(category) && isPart(part, vocabulary)) return vocabulary.category[part](category);
  if (isSingle(id, vocabulary)) return vocabulary.single[id];
  throw new Error(`the rule ${id} has no words`);
}

/** Message and next step that need no facts. */
export function plainText(words: {
  readonly title: string;
  readonly message: string | ((facts: ProblemFacts) => string);
  readonly suggestion: string | ((facts: ProblemFacts) => string);
  readonly explanation: string;
}): RuleText {
  const { message, suggestion } = words;
  return {
    title: words.title,
    explanation: words.explanation,
    message: typeof message === 'string' ? () => message : message,
    suggestion: typeof suggestion === 'string' ? () => suggestion : suggestion,
  };
}

function nameOf(field: string, language: Language): string {
  return capitalise(fieldName(field, language) ?? field);
}

function isCategory(text: string | undefined): text is WordedCategory {
  return text === 'S' || text === 'Z' || text === 'E' || text === 'AE' || text === 'O';
}

function isPart(text: string | undefined, vocabulary: StandardVocabulary): text is CategoryPart {
  return text !== undefined && Object.hasOwn(vocabulary.category, text);
}

function isSingle(id: StandardRuleId, vocabulary: StandardVocabulary): id is SingleRuleId {
  return Object.hasOwn(vocabulary.single, id);
}
