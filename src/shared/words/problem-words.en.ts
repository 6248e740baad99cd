// English words of every rule. State and cause, then the next step; neutral.

import { channelTexts } from './channel-words.ts';
import { historyTexts } from './history-words.ts';
import { enCsv } from './csv-words.en.ts';
import { likelyDecimal } from './problem-text.ts';
import type { ProblemCatalogue, ProblemFacts } from './problem-text.ts';
import { reasonWords } from './xml-words.ts';
import { enReasons } from './xml-words.en.ts';

const fixSums = () => 'Ask the billing system’s vendor to correct the sums, and import a new file.';
const fixValue = () => 'Correct the value in the billing system and export the file again.';
const fixCustomer = () => 'Correct the value in the customer register.';
const checkNumber = () => 'Compare with the original. The invoice can be sent all the same.';
const checkWithBank = () => 'Compare with the number at the bank before the invoices are sent.';
const party = ({ text }: ProblemFacts): string => (text('who') === 'seller' ? 'The seller’s' : 'The customer’s');

/** English. */
export const en: ProblemCatalogue = {
  'core.xml.wellformed': {
    title: 'The file is not valid XML',
    message: (facts) => reasonWords(enReasons, facts)[0],
    suggestion: (facts) => reasonWords(enReasons, facts)[1],
  },
  'core.xml.doctype': {
    title: 'DOCTYPE is not allowed',
    message: () =>
      'The file has a document type declaration (DOCTYPE). One can pull in other files, so it is not read.',
    suggestion: () => 'Export the file without DOCTYPE.',
  },
  'core.xml.limit': {
    title: 'The file passes a limit for XML',
    message: (facts) => limitMessage(facts),
    suggestion: () => 'Check the place in the file: a quotation mark or an end tag may be missing before it.',
  },
  'core.encoding': {
    title: 'The character encoding can’t be read',
    message: (facts) => encodingWords(facts)[0],
    suggestion: (facts) => encodingWords(facts)[1],
  },
  ...enCsv,
  ...historyTexts.en,
  ...channelTexts.en,
  'core.file.size': {
    title: 'The file’s size is outside the limits',
    message: ({ text, count }) => {
      if (text('reason') === 'empty') return 'The file is empty.';
      if (text('reason') === 'tooSmall')
        return `The file is ${count('fileSize')} bytes. Less than 1 KB can’t be an invoice file.`;
      return `The file is ${count('fileSize')} bytes. The limit is 100 MB.`;
    },
    suggestion: ({ text }) =>
      text('reason') === 'tooLarge'
        ? 'Split the batch into several files in the billing system.'
        : 'Check that the right file was chosen and that its export was finished. Otherwise make the export again.',
  },
  'core.format.unsupported': {
    title: 'The file’s format is unknown',
    message: ({ text }) => {
      if (text('mixed') !== '')
        return `The envelope holds both ${text('mixed')} and ${text('root')}; only documents of one kind are read together.`;
      if (text('unread') !== '') return `The file is ${text('unread')}, which can’t be read.`;
      return text('namespace') === ''
        ? `The root element ${text('root')} without a namespace belongs to no known format.`
        : `The root element ${text('root')} in the namespace ${text('namespace')} belongs to no known format.`;
    },
    suggestion: ({ text }) => {
      switch (text('nearDiffers')) {
        case 'namespace':
          return `The nearest format is ${text('near')}, whose ${text('nearRoot')} has the namespace ${text('nearNamespace')}. Ask the vendor for that version of the export.`;
        case 'root':
        case 'both':
          return `The nearest format is ${text('near')}, whose root element is ${text('nearRoot')} in the namespace ${text('nearNamespace')}. Check that the right export was chosen.`;
        default:
          return `Formats that can be read: ${text('supported')}. Check that the file comes from the right system.`;
      }
    },
  },
  'core.format.incomplete': {
    title: 'The format lacks what an invoice needs',
    message: ({ text, fields }) =>
      `The format ${text('format')} has no place for ${fields('fields')}. The document can be read and checked but not released as an invoice.`,
    suggestion: () =>
      'Export in a format that has them, or add a profile of your own that fills in what is the same for all (Settings, Formats).',
  },
  'core.batch.count': {
    title: 'The number of invoices is wrong',
    message: ({ count }) => `The file states ${count('declared')} invoices but holds ${count('actual')}.`,
    suggestion: () =>
      'The export may have been cut off or the file changed. Make the export again before anything is sent.',
  },
  'core.batch.total': {
    title: 'The file’s total is wrong',
    message: ({ money }) =>
      `The file states the total ${money('declaredMinor')}, but the invoices add up to ${money('actualMinor')}.`,
    suggestion: () =>
      'The export may have been cut off or the file changed. Make the export again before anything is sent.',
  },
  'core.problems.capped': {
    title: 'Not all findings are shown',
    message: ({ count }) =>
      `${count('total')} findings were made; ${count('stored')} of them are kept and shown. The counts are of all.`,
    suggestion: () => 'Mend the most common causes first and import the file again.',
  },

  'core.required': {
    title: 'A required value is missing',
    message: ({ text, field }) =>
      text('field') === 'invoices' ? 'The file holds no invoices.' : `${field} is missing (${text('element')}).`,
    suggestion: ({ text }) =>
      text('field') === 'invoices'
        ? 'Check the selection in the billing system and make the export again.'
        : 'Fill in the value in the billing system and export the file again.',
  },
  'core.type.date': {
    title: 'The date is not valid',
    message: ({ field, found }) => `${field} is ${found}, which is not a valid date.`,
    suggestion: ({ expected }) =>
      expected === 'YYYY-MM'
        ? 'Write the month as YYYY-MM, for example 2026-11.'
        : 'Write dates as YYYY-MM-DD, for example 2026-11-21.',
  },
  'core.type.decimal': {
    title: 'The amount or number is written wrongly',
    message: ({ field, found }) => `${field} is ${found}, which can’t be read as a number.`,
    suggestion: ({ rawFound }) => {
      const likely = likelyDecimal(rawFound);
      const rule = 'Numbers have a decimal point, no spaces and no more decimals than the currency has';
      return likely === null ? `${rule}: 1234.50.` : `${rule}. Probably ${likely} is meant.`;
    },
  },
  'core.type.integer': {
    title: 'The whole number is written wrongly',
    message: ({ field, found }) => `${field} is ${found}, which is not a whole number.`,
    suggestion: () => 'Write digits only, for example 12.',
  },
  'core.type.currency': {
    title: 'The currency code is written wrongly',
    message: ({ found }) => `The currency is ${found}. A currency code has three capital letters.`,
    suggestion: () => 'Use the code of ISO 4217: SEK, NOK, EUR.',
  },
  'core.type.value': {
    title: 'The value is not allowed',
    message: ({ field, found }) => `${field} is ${found}, which is not one of the allowed values.`,
    suggestion: ({ expected }) => `Allowed values: ${expected}.`,
  },

  'core.duplicate.batch': {
    title: 'The invoice number occurs several times in the batch',
    message: ({ text }) =>
      `Invoice number ${text('number')} is already in the same batch, on line ${text('firstLine')}.`,
    suggestion: () =>
      'Check in the billing system whether the invoice was exported twice or was given the wrong number.',
  },
  'core.duplicate.store': {
    title: 'The invoice was imported before',
    message: ({ text }) =>
      text('otherFile') === ''
        ? `Invoice number ${text('number')} of the same seller is already in an earlier batch.`
        : `Invoice number ${text('number')} of the same seller was imported before, in ${text('otherFile')} on line ${text('otherLine')}.`,
    suggestion: () =>
      'If it is the same invoice, nothing needs to be done: it is not sent again. Otherwise it needs a number of its own.',
  },
  'core.duplicate.conflict': {
    title: 'The invoice number is taken, with other content',
    message: ({ text }) =>
      `Invoice number ${text('number')} of the same seller was imported before, in ${text('otherFile')} on line ${text('otherLine')}, but with other content.`,
    suggestion: () =>
      'Compare the two invoices. If the new one is a correction, it needs a number of its own, or a credit note for the old one.',
  },
  'core.batch.idReused': {
    title: 'The batch id was used before',
    message: ({ text, found, count, money }) =>
      `Id ${found} is already in ${text('otherFile')}, with other content: ${count('otherCount')} invoices${text('currency') === '' ? '' : ` over ${money('otherTotal')}`} then, ${count('ownCount')} invoices${text('currency') === '' ? '' : ` over ${money('ownTotal')}`} now.`,
    suggestion: () =>
      'Find out whether the file replaces the earlier one or is a new batch before anything is sent. Invoices that came in already are not taken again.',
  },

  'core.lines.missing': {
    title: 'The invoice has no rows',
    message: () => 'The invoice has no rows, so the customer can’t see what it is for.',
    suggestion: () => 'Check the invoice in the billing system and export it again.',
  },
  'core.row.amount': {
    title: 'The row’s amount does not match quantity and price',
    message: ({ text, decimal, money, size }) =>
      `Row ${text('row')}: ${decimal('quantity')} × ${decimal('price')}${text('base') === '1' ? '' : ` per ${decimal('base')}`} is ${money('expectedMinor')}, but the amount is ${money('statedMinor')} (difference ${size('differenceMinor')}).`,
    suggestion: () => 'Check quantity, price and any discount of the row in the billing system.',
  },
  'core.total.rows': {
    title: 'The rows do not add up to the stated sum of rows',
    message: ({ money, size }) =>
      `The rows add up to ${money('expectedMinor')}, but the sum of rows is stated as ${money('statedMinor')} (difference ${size('differenceMinor')}).`,
    suggestion: fixSums,
  },
  'core.total.adjustments': {
    title: 'The sum of allowances or charges is wrong',
    message: ({ text, money }) =>
      `The ${text('kind') === 'charge' ? 'charges' : 'allowances'} add up to ${money('expectedMinor')}, but the sum is stated as ${money('statedMinor')}.`,
    suggestion: fixSums,
  },
  'core.total.net': {
    title: 'The total without VAT is wrong',
    message: ({ money, size }) =>
      `Rows, allowances and charges give ${money('expectedMinor')}, but the total without VAT is ${money('statedMinor')} (difference ${size('differenceMinor')}).`,
    suggestion: fixSums,
  },
  'core.vat.amount': {
    title: 'The VAT does not match its rate',
    message: ({ decimal, money }) =>
      `${decimal('rate')}% of ${money('taxableMinor')} is ${money('expectedMinor')}, but the VAT is ${money('statedMinor')}.`,
    suggestion: fixSums,
  },
  'core.vat.sum': {
    title: 'The VAT of all rates does not add up to the stated VAT',
    message: ({ money, size }) =>
      `The VAT of all rates is ${money('expectedMinor')}, but the stated VAT is ${money('statedMinor')} (difference ${size('differenceMinor')}).`,
    suggestion: fixSums,
  },
  'core.vat.base': {
    title: 'The taxable amount does not match the rows',
    message: ({ decimal, money }) =>
      `The rows with ${decimal('rate')}% VAT add up to ${money('expectedMinor')}, but the taxable amount of the rate is ${money('statedMinor')}.`,
    suggestion: () => 'Check the VAT rate of the rows. The invoice can be sent all the same.',
  },
  'core.vat.rate': {
    title: 'Unusual VAT rate',
    message: ({ text, decimal }) =>
      `The VAT rate ${decimal('rate')}% is not used in ${text('country') === 'NO' ? 'Norway' : 'Sweden'}.`,
    suggestion: ({ decimals }) => `Rates in use: ${decimals('rates')}%. Check the rate in the billing system.`,
  },
  'core.total.gross': {
    title: 'The total with VAT is wrong',
    message: ({ money, size }) =>
      `${money('netMinor')} plus VAT ${money('vatMinor')} is ${money('expectedMinor')}, but the total with VAT is ${money('statedMinor')} (difference ${size('differenceMinor')}).`,
    suggestion: fixSums,
  },
  'core.total.payable': {
    title: 'The amount to pay is wrong',
    message: ({ text, money, size }) =>
      `The total with VAT ${money('grossMinor')}${text('roundingMinor') === '0' ? '' : ` with rounding ${money('roundingMinor')}`}${text('prepaidMinor') === '0' ? '' : ` minus prepaid ${money('prepaidMinor')}`} gives ${money('expectedMinor')}, but the amount to pay is ${money('statedMinor')} (difference ${size('differenceMinor')}).`,
    suggestion: fixSums,
  },
  'core.rounding.size': {
    title: 'The rounding is too large',
    message: ({ money }) =>
      `The rounding is ${money('roundingMinor')}. Rounding to whole kronor changes the sum by ${money('limitMinor')} at most.`,
    suggestion: fixSums,
  },
  'core.rounding.payable': {
    title: 'The rounded amount is not a whole number of kronor',
    message: ({ money }) => `The invoice is rounded, but the amount to pay is ${money('payableMinor')}.`,
    suggestion: () => 'Check the rounding in the billing system. The invoice can be sent all the same.',
  },
  'core.payable.negative': {
    title: 'Negative amount on an invoice',
    message: ({ money }) =>
      `The amount to pay is ${money('payableMinor')}, but the document is an invoice and not a credit note.`,
    suggestion: () => 'Check whether it should be a credit note.',
  },
  'core.currency.unknown': {
    title: 'The currency does not exist',
    message: ({ found }) => `The currency code ${found} is not in ISO 4217.`,
    suggestion: () => 'Use SEK, NOK or EUR, for example.',
  },

  'core.duedate.missing': {
    title: 'The due date is missing',
    message: () => 'The invoice has an amount to pay but neither a due date nor payment terms.',
    suggestion: fixValue,
  },
  'core.duedate.beforeInvoice': {
    title: 'Due date before invoice date',
    message: ({ date }) => `The due date ${date('dueDate')} is before the invoice date ${date('invoiceDate')}.`,
    suggestion: fixValue,
  },
  'core.duedate.past': {
    title: 'The due date has passed',
    message: ({ date }) => `The due date was ${date('dueDate')}. The customer can’t pay in time.`,
    suggestion: () => 'Check that it is not an old file before the invoices are sent.',
  },
  'core.duedate.far': {
    title: 'Due date more than a year away',
    message: ({ date, count }) =>
      `The due date ${date('dueDate')} is ${count('days')} days after the invoice date ${date('invoiceDate')}.`,
    suggestion: () => 'Check the year in the billing system.',
  },
  'core.period.order': {
    title: 'The period ends before it begins',
    message: ({ date }) => `The period begins ${date('periodStart')} but ends ${date('periodEnd')}.`,
    suggestion: fixValue,
  },

  'core.email.syntax': {
    title: 'The e-mail address can’t be used',
    message: (facts) => `The e-mail address ${facts.found} ${emailReason(facts.text('reason'))}.`,
    suggestion: () => 'Correct the address in the customer register, or let the invoice go by post.',
  },
  'core.email.missing': {
    title: 'No e-mail address: the invoice goes by post',
    message: ({ text }) =>
      text('isAskedFor') === 'yes'
        ? 'The customer has chosen e-mail but has no address. The invoice goes to the print vendor.'
        : 'The customer has no e-mail address. The invoice goes to the print vendor.',
    suggestion: () => 'Add the address in the customer register if the invoice should go by e-mail.',
  },
  'core.name.tooLong': {
    title: 'The name is too long',
    message: ({ count }) =>
      `The name is ${count('length')} characters and is shortened on the invoice, which has room for ${count('limit')}.`,
    suggestion: fixCustomer,
  },
  'core.text.control': {
    title: 'Invisible control character in the text',
    message: ({ text }) =>
      `The value holds the character ${text('codePoint')}, which can’t be seen but can spoil file names and addresses.`,
    suggestion: () => 'Remove the character in the billing system. It often comes along when text is pasted.',
  },
  'core.text.encoding': {
    title: 'Garbled letters',
    message: ({ text, field, found }) =>
      text('isLost') === '1'
        ? `${field} has lost a letter: ${found}. What stood there can’t be told.`
        : `${field} was read in the wrong character encoding: ${found}.`,
    suggestion: ({ text, expected }) =>
      text('isLost') === '1'
        ? 'Correct the value in the billing system, and ask the vendor to look at the file’s character encoding.'
        : `It should probably read “${expected}”. Choose “Fix all …” here, or ask the vendor to look at the file’s character encoding.`,
  },
  'core.address.incomplete': {
    title: 'Incomplete postal address',
    message: ({ text }) =>
      `The invoice goes by post, but the customer’s address has no ${missingParts(text('missing'))}.`,
    suggestion: () => 'Complete the address in the customer register, or the letter may come back.',
  },
  'core.address.postalCode': {
    title: 'The postal code has the wrong form',
    message: ({ text, found }) =>
      `The postal code ${found} is not a ${text('country') === 'NO' ? 'Norwegian' : 'Swedish'} postal code.`,
    suggestion: ({ expected }) => `Expected form: ${expected}. Correct the address in the customer register.`,
  },

  'core.reference.ocr': {
    title: 'The OCR number’s check digit is wrong',
    message: ({ found }) => `The OCR number ${found} has the wrong check digit or length (2 to 25 digits).`,
    suggestion: () =>
      'Check how the billing system makes the OCR number. The bank may refuse payments with a wrong number.',
  },
  'core.reference.kid': {
    title: 'The KID’s control digit is wrong',
    message: ({ found }) => `KID ${found} fits neither modulus 10 nor modulus 11.`,
    suggestion: () => 'Check how the billing system makes the KID. The bank may refuse payments with a wrong number.',
  },
  'core.account.bankgiro': {
    title: 'The bankgiro number is wrong',
    message: ({ found }) => `The bankgiro number ${found} has the wrong check digit or form.`,
    suggestion: checkWithBank,
  },
  'core.account.plusgiro': {
    title: 'The plusgiro number is wrong',
    message: ({ found }) => `The plusgiro number ${found} has the wrong check digit or form.`,
    suggestion: checkWithBank,
  },
  'core.account.iban': {
    title: 'The IBAN is wrong',
    message: ({ found }) => `The IBAN ${found} has the wrong check digits or length.`,
    suggestion: checkWithBank,
  },
  'core.account.norwegian': {
    title: 'The Norwegian account number is wrong',
    message: ({ found }) => `The account number ${found} has the wrong control digit or length (11 digits).`,
    suggestion: checkWithBank,
  },
  'core.number.meteringPoint': {
    title: 'The metering point’s number is wrong',
    message: ({ found }) => `The metering point’s number ${found} is not 18 digits with the right check digit.`,
    suggestion: checkNumber,
  },
  'core.number.personal': {
    title: 'The personal number’s check digit is wrong',
    message: (facts) =>
      `${party(facts)} personal number ${facts.found} has the wrong check digit or an impossible date.`,
    suggestion: checkNumber,
  },
  'core.number.organisation': {
    title: 'The organisation number’s check digit is wrong',
    message: (facts) => `${party(facts)} organisation number ${facts.found} has the wrong check digit or form.`,
    suggestion: checkNumber,
  },
  'core.number.vat': {
    title: 'The VAT number is wrong',
    message: (facts) => `${party(facts)} VAT number ${facts.found} has the wrong form or check digit.`,
    suggestion: ({ expected }) => `Write the number in this form: ${expected}. The invoice can be sent all the same.`,
  },
  'core.number.phone': {
    title: 'The telephone number is wrong',
    message: ({ found }) =>
      `The customer’s telephone number ${found} can’t be called: it has too few or too many digits, or other characters.`,
    suggestion: fixCustomer,
  },
  'vendor.metering.missing': {
    title: 'The metering point is missing',
    message: () => 'The invoice has rows for energy but does not name the metering point.',
    suggestion: fixValue,
  },
  'vendor.metering.area': {
    title: 'The price area is wrong',
    message: ({ found }) => `The price area ${found} is none of SE1 to SE4 or NO1 to NO5.`,
    suggestion: () =>
      'Three letters name a grid area and belong in another field. Correct the export of the billing system.',
  },
  'vendor.metering.readings': {
    title: 'The meter readings do not match the consumption',
    message: ({ decimal }) =>
      `The meter went from ${decimal('start')} to ${decimal('end')}, but the consumption is stated as ${decimal('consumption')} kWh.`,
    suggestion: () => 'Check the readings in the billing system. A changed meter or an estimate can be the cause.',
  },
};

function encodingWords({ text }: ProblemFacts): readonly [message: string, suggestion: string] {
  const suggestion =
    text('guess') === ''
      ? 'Export the file as UTF-8.'
      : `Export the file as UTF-8. If the file is ${text('guess')}, its first line must have encoding="${text('guess')}".`;
  switch (text('reason')) {
    case 'unsupported':
      return [`The encoding ${text('encoding')} can’t be read.`, suggestion];
    case 'contradiction':
      return [
        `The XML declaration says ${text('encoding')}, but the bytes of the file are ${text('actual')}.`,
        'Export the file again so that the encoding in its first line is the one it is written in, best UTF-8.',
      ];
    default:
      return [
        `Byte ${text('byte')} (position ${text('offset')} of the file) is not valid ${text('encoding')}.`,
        suggestion,
      ];
  }
}

function limitMessage({ text, count }: ProblemFacts): string {
  switch (text('limit')) {
    case 'depth':
      return `The elements are nested more than ${count('max')} levels deep.`;
    case 'attributes':
      return `An element has more than ${count('max')} attributes.`;
    case 'nameLength':
      return `A name is longer than ${count('max')} characters.`;
    case 'valueLength':
      return `A value is longer than ${count('max')} characters.`;
    case 'markupLength':
      return `A comment or CDATA section is longer than ${count('max')} characters.`;
    case 'declaration':
      return `The XML declaration is longer than ${count('max')} bytes.`;
    case 'invoiceSize':
      return `An invoice is larger than ${count('max')} bytes.`;
    default:
      return `An invoice has more than ${count('max')} rows or other repeated values.`;
  }
}

function emailReason(reason: string): string {
  switch (reason) {
    case 'controlCharacter':
      return 'holds a line break or another control character';
    case 'space':
      return 'holds a space';
    case 'noAt':
      return 'has no @';
    case 'severalAt':
      return 'has more than one @, or is several addresses';
    case 'tooLong':
      return 'is longer than 254 characters';
    case 'localTooLong':
      return 'has more than 64 characters before the @';
    case 'localPart':
      return 'has a character that is not allowed, or a misplaced point, before the @';
    case 'localNotAscii':
      return 'has a letter such as å, ä or ö before the @';
    default:
      return 'has no valid domain name after the @';
  }
}

function missingParts(missing: string): string {
  const words: Readonly<Record<string, string>> = { street: 'street', postalCode: 'postal code', city: 'town' };
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(
    missing.split(',').map((part) => words[part] ?? part),
  );
}
