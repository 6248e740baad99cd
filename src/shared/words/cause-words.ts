// Builds the words for why an attempt, a lane or a connection's test ended as it did. The texts stand in the catalogues beside this file.

import type { Language } from '../schema/settings.ts';
import { causeCodes } from './cause-codes.ts';
import type { CauseCatalogue } from './cause-codes.ts';
import { enCauses } from './cause-words.en.ts';
import { nbCauses } from './cause-words.nb.ts';
import { svCauses } from './cause-words.sv.ts';
import { sveaWords } from './svea-words.ts';
import { channelTexts, isChannelRuleId } from './channel-words.ts';
import { factsOf } from './problem-text.ts';
import { quote } from './value-words.ts';

/** What a person reads about a cause. */
export interface CauseWords {
  readonly title: string;
  readonly next: string;
}

const catalogues = { sv: svCauses, nb: nbCauses, en: enCauses } as const satisfies Readonly<
  Record<Language, CauseCatalogue>
>;

/** Why something ended as it did. */
export interface Cause {
  readonly code: string;
  /** The peer's own words; callers show them beside the words. Only an unknown code has them in its title. */
  readonly detail: string | null;
  /** True while another attempt follows without anybody's doing (a delivery that is queued or waiting); false in a connection's test and for a failed delivery. */
  readonly isRetried: boolean;
}

/** Words for a cause. */
export function wordsForCause(cause: Cause, language: Language): CauseWords {
  // What a channel objects to at the release has the words it has at import.
  if (isChannelRuleId(cause.code)) {
    const { title, suggestion } = channelTexts[language][cause.code];
    const facts = factsOf({ ruleId: cause.code, found: null, expected: null, params: {} }, language);
    return { title: `${title}.`, next: suggestion(facts) };
  }
  const { known, other, goesByItself, tryAgain } = catalogues[language];
  const code = causeCodes.find((each) => each === cause.code);
  const words = cause.detail === null || cause.detail === '' ? '' : quote(cause.detail, language);
  const [title, next] =
    code === undefined ? (sveaWords(cause.code, language) ?? other(cause.code, words)) : known[code];
  return { title, next: cause.isRetried ? next : next.replace(goesByItself, tryAgain) };
}
