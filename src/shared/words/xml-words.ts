// The shape of the words for what makes a file no readable XML. No texts here.

import type { ProblemFacts } from './problem-text.ts';

/** Reasons a file is not well-formed, as the reader names them. */
export const xmlReasons = [
  'bareAmpersand',
  'unknownEntity',
  'wrongEndTag',
  'unclosedElement',
  'strayEndTag',
  'lessThanInAttribute',
  'unquotedAttribute',
  'missingAttributeValue',
  'missingSpace',
  'duplicateAttribute',
  'controlCharacter',
  'cdataEndInText',
  'textOutsideRoot',
  'secondRoot',
  'unboundPrefix',
  'badNamespace',
  'badName',
  'badComment',
  'badDeclaration',
  'badInstruction',
  'unfinished',
  'noRoot',
  'other',
] as const;
/** One of {@link xmlReasons}. */
export type XmlReason = (typeof xmlReasons)[number];

/** Message and next step of every reason, in one language. */
export type ReasonWords = Readonly<
  Record<XmlReason, (facts: ProblemFacts) => readonly [message: string, suggestion: string]>
>;

/** Words for the reason among the facts; a reason this version does not know gets the words of `other`. */
export function reasonWords(words: ReasonWords, facts: ProblemFacts): readonly [message: string, suggestion: string] {
  const reason = xmlReasons.find((known) => known === facts.text('reason')) ?? 'other';
  return words[reason](facts);
}
