// The words of every channel's rules together, by language. The types name a rule that has none. No texts here.

import type { Language } from '../schema/settings.ts';
import { channelRuleFacts } from './channel-rule-facts.ts';
import type { ChannelRuleId } from './channel-rule-facts.ts';
import type { ChannelRuleText } from './channel-text.ts';
import { emailRuleWords } from './channels/email.ts';
import { sftpRuleWords } from './channels/sftp.ts';

/** By language. */
export const channelTexts: Readonly<Record<Language, Readonly<Record<ChannelRuleId, ChannelRuleText>>>> = {
  sv: { ...emailRuleWords.sv, ...sftpRuleWords.sv },
  nb: { ...emailRuleWords.nb, ...sftpRuleWords.nb },
  en: { ...emailRuleWords.en, ...sftpRuleWords.en },
};

/** Whether a rule is a channel's. */
export function isChannelRuleId(id: string): id is ChannelRuleId {
  return Object.hasOwn(channelRuleFacts, id);
}
