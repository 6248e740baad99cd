// The shape of the words of a channel's rules. No texts here.

import type { Language } from '../schema/settings.ts';
import type { RuleIdOf } from './channel-rule-facts.ts';
import type { ProblemText } from './problem-text.ts';

/** Words of one rule: of a finding, and of the rule itself. */
export interface ChannelRuleText extends ProblemText {
  /** What the rule demands, in a sentence or two. */
  readonly explanation: string;
}

/** What a channel's file holds: every rule of it in every language. */
export type ChannelRuleWords<C extends string> = Readonly<
  Record<Language, Readonly<Record<RuleIdOf<C>, ChannelRuleText>>>
>;
