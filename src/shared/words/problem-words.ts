// Builds the words of a problem in a language from its rule id and facts. The texts stand in the catalogues beside this file.

import type { Mender } from '../schema/problem.ts';
import type { Language } from '../schema/settings.ts';
import { channelTexts, isChannelRuleId } from './channel-words.ts';
import { factsOf } from './problem-text.ts';
import type { ProblemCatalogue, ProblemText, WordedProblem } from './problem-text.ts';
import { en } from './problem-words.en.ts';
import { enExplanations } from './rule-explanations.en.ts';
import { nbExplanations } from './rule-explanations.nb.ts';
import { svExplanations } from './rule-explanations.sv.ts';
import { nb } from './problem-words.nb.ts';
import { sv } from './problem-words.sv.ts';
import { isRuleId, ruleFacts } from './rule-facts.ts';
import type { RuleId } from './rule-facts.ts';
import { isStandardRuleId } from './standard-rule-facts.ts';
import { standardText } from './standard-words.ts';
import type { StandardVocabulary } from './standard-words.ts';
import { enStandard } from './standard-words.en.ts';
import { nbStandard } from './standard-words.nb.ts';
import { svStandard } from './standard-words.sv.ts';

/** What a person reads about a problem. */
export interface ProblemWords {
  /** Names the cause; the same for all problems of one rule. */
  readonly title: string;
  readonly message: string;
  readonly suggestion: string;
  readonly mender: Mender;
}

const catalogues = { sv, nb, en } as const satisfies Readonly<Record<Language, ProblemCatalogue>>;

const vocabularies = { sv: svStandard, nb: nbStandard, en: enStandard } as const satisfies Readonly<
  Record<Language, StandardVocabulary>
>;

/** Words for a rule that this version does not know (a problem stored by a newer one). */
const unknownRule = {
  sv: {
    title: 'Okänd anmärkning',
    message: ({ text, found }) =>
      `En kontroll som den här versionen inte känner till (${text('ruleId')}) har anmärkt på ${found}.`,
    suggestion: () => 'Uppdatera programmet för att se vad anmärkningen gäller.',
  },
  nb: {
    title: 'Ukjent merknad',
    message: ({ text, found }) =>
      `En kontroll som denne versjonen ikke kjenner (${text('ruleId')}), har reagert på ${found}.`,
    suggestion: () => 'Oppdater programmet for å se hva merknaden gjelder.',
  },
  en: {
    title: 'Unknown finding',
    message: ({ text, found }) => `A check that this version does not know (${text('ruleId')}) has marked ${found}.`,
    suggestion: () => 'Update the application to see what the finding is about.',
  },
} as const satisfies Readonly<Record<Language, ProblemText>>;

/** Title, message, next step and who can mend the cause. Amounts and dates are written as the language writes them. */
export function wordsForProblem(problem: WordedProblem, language: Language): ProblemWords {
  const { ruleId } = problem;
  if (!isRuleId(ruleId)) {
    const facts = factsOf({ ...problem, params: { ...problem.params, ruleId } }, language);
    return wordsOf(unknownRule[language], facts, 'vendor');
  }
  return wordsOf(textOfRule(ruleId, language), factsOf(problem, language), ruleFacts[ruleId].mender);
}

const explanations = { sv: svExplanations, nb: nbExplanations, en: enExplanations } as const;

/** What a person reads about a rule when there is no finding: for the list of rules and its page. */
export interface RuleWords {
  readonly title: string;
  /** What the rule demands. */
  readonly explanation: string;
}

/** Title and explanation of a rule. */
export function wordsForRule(ruleId: RuleId, language: Language): RuleWords {
  if (isStandardRuleId(ruleId)) return standardText(ruleId, vocabularies[language], language);
  if (isChannelRuleId(ruleId)) return channelTexts[language][ruleId];
  return { title: catalogues[language][ruleId].title, explanation: explanations[language][ruleId] };
}

function textOfRule(ruleId: RuleId, language: Language): ProblemText {
  if (isStandardRuleId(ruleId)) return standardText(ruleId, vocabularies[language], language);
  return catalogues[language][ruleId];
}

function wordsOf(text: ProblemText, facts: ReturnType<typeof factsOf>, mender: Mender): ProblemWords {
  return { title: text.title, message: text.message(facts), suggestion: text.suggestion(facts), mender };
}
