// The words of every channel's rules together, by language. The types name a rule that has none. No texts here.

import type { Language } from '../schema/settings.ts';
import { channelRuleFacts } from './channel-rule-facts.ts';
import type { ChannelRuleId } from './channel-rule-facts.ts';
import type { ChannelRuleText } from './channel-text.ts';
import { emailRuleWords } from './channels/email.ts';
import { sendRegningRuleWords } from './channels/sendregning.ts';
import { sftpRuleWords } from './channels/sftp.ts';
import { sveaRuleWords } from './channels/svea.ts';

/** By language. */
export const channelTexts: Readonly<Record<Language, Readonly<Record<ChannelRuleId, ChannelRuleText>>>> = {
  sv: { ...emailRuleWords.sv, ...sftpRuleWords.sv, ...sveaRuleWords.sv, ...sendRegningRuleWords.sv },
  nb: { ...emailRuleWords.nb, ...sftpRuleWords.nb, ...sveaRuleWords.nb, ...sendRegningRuleWords.nb },
  en: { ...emailRuleWords.en, ...sftpRuleWords.en, ...sveaRuleWords.en, ...sendRegningRuleWords.en },
};

/** Whether a rule is a channel's. */
export function isChannelRuleId(id: string): id is ChannelRuleId {
  return Object.hasOwn(channelRuleFacts, id);
}
