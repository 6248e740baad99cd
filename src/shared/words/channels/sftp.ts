// Words of what the print vendor's channel asks of an invoice at import, in every language. No logic.

import type { ChannelRuleWords } from '../channel-text.ts';

/** By language and rule. */
export const sftpRuleWords: ChannelRuleWords<'sftp'> = {
  sv: {
    'channel.sftp.name': {
      title: 'Fakturanumret blir ett annat i filnamnet',
      message: ({ text, found }) =>
        `Fakturanumret ${found} har tecken som inte kan stå i ett filnamn. Filen hos tryckeriet heter något på ${text('fileName')}.`,
      suggestion: () =>
        'Inget behöver göras om tryckeriet läser indexfilen. Annars ändras numret i faktureringssystemet.',
      explanation:
        'Fakturanumret ska kunna stå i filnamnet hos tryckeriet: bokstäver utan prickar, siffror, bindestreck och understreck.',
    },
  },
  nb: {
    'channel.sftp.name': {
      title: 'Fakturanummeret blir et annet i filnavnet',
      message: ({ text, found }) =>
        `Fakturanummeret ${found} har tegn som ikke kan stå i et filnavn. Filen hos trykkeriet heter noe på ${text('fileName')}.`,
      suggestion: () =>
        'Ingenting må gjøres hvis trykkeriet leser indeksfilen. Ellers endres nummeret i faktureringssystemet.',
      explanation:
        'Fakturanummeret skal kunne stå i filnavnet hos trykkeriet: bokstaver uten tilleggstegn, sifre, bindestrek og understrek.',
    },
  },
  en: {
    'channel.sftp.name': {
      title: 'The invoice number is another in the file name',
      message: ({ text, found }) =>
        `The invoice number ${found} has characters that can’t stand in a file name. The file at the print vendor is named after ${text('fileName')}.`,
      suggestion: () =>
        'Nothing needs to be done if the vendor reads the index file. Otherwise change the number in the billing system.',
      explanation:
        'The invoice number must be able to stand in the file name at the print vendor: unaccented letters, digits, dash and underscore.',
    },
  },
};
