// English explanations of the product's own rules: what each demands, for the list of rules and its page.

import type { ChannelRuleId } from './channel-rule-facts.ts';
import type { OwnRuleId } from './rule-facts.ts';

/** English. */
export const enExplanations: Readonly<Record<Exclude<OwnRuleId, ChannelRuleId>, string>> = {
  'core.xml.wellformed':
    'The file must be valid XML. Reading ends at the first fault, and nothing of the file is taken in.',
  'core.xml.doctype': 'A file with DOCTYPE is not read, since one can pull in other files.',
  'core.xml.limit':
    'Depth, number of attributes and lengths have limits, so that a damaged file can’t fill the memory.',
  'core.encoding': 'The file’s characters must match the encoding it states.',
  'core.file.size': 'A file must be at least 1 KB and at most 100 MB.',
  'core.format.unsupported': 'The file’s root element and namespace must belong to a known format.',
  'core.format.incomplete': 'A format without room for what an invoice needs can be checked but not sent as invoices.',
  'core.duplicate.conflict':
    'The same seller and invoice number with other content than before must be compared by a person.',
  'core.csv.columns':
    'A CSV file must have a header line that names the columns an invoice needs, and each row as many values.',
  'core.csv.quote': 'A quoted value in a CSV file must end with a quotation mark.',
  'core.text.encoding':
    'Names and addresses must be readable: letters such as Ã¥ show that the text was read in the wrong character encoding.',
  'core.batch.idReused':
    'A batch’s id must be new; the same id with other content can be a corrected or a wrong export.',
  'core.batch.count': 'The number of invoices must be the one the file states.',
  'core.batch.total': 'The invoices’ amounts must add up to the total the file states.',
  'core.problems.capped': 'Of a very large number of findings only the first are kept; the counts are of all.',
  'core.required': 'Some values must be there for the invoice to be read.',
  'core.type.date': 'Dates are written YYYY-MM-DD and must be days of the calendar.',
  'core.type.decimal': 'Amounts and numbers are written with a decimal point, without spaces.',
  'core.type.integer': 'Whole numbers are written with digits only.',
  'core.type.currency': 'A currency code has three capital letters.',
  'core.type.value': 'Some fields have a list of allowed values.',
  'core.duplicate.batch': 'An invoice number of a seller may stand once in a batch.',
  'core.duplicate.store': 'An invoice number of a seller that is already there is not taken in again.',
  'core.lines.missing': 'An invoice must have at least one row.',
  'core.row.amount':
    'A row’s amount must be quantity times price with its own allowances and charges; 0.02 may differ.',
  'core.total.rows': 'The rows’ amounts must be the stated sum of rows, exactly.',
  'core.total.adjustments': 'Allowances and charges must be their stated sums, exactly.',
  'core.total.net': 'The total without VAT must follow from rows, allowances and charges.',
  'core.vat.amount': 'The VAT of a rate must be its taxable amount times the rate; 0.99 may differ.',
  'core.vat.sum': 'The VAT of all rates must be the stated VAT, exactly.',
  'core.vat.base': 'The taxable amount of a rate must be the sum of the rows with that rate.',
  'core.vat.rate': 'The VAT rates must be ones the seller’s country has.',
  'core.total.gross': 'The total with VAT must be the total without VAT plus the VAT.',
  'core.total.payable': 'The amount to pay must be the total with VAT plus rounding less what is prepaid.',
  'core.rounding.size': 'Rounding changes the sum by 0.50 at most.',
  'core.rounding.payable': 'A rounded amount must be whole kronor.',
  'core.payable.negative': 'Money back belongs on a credit note, not on an invoice.',
  'core.currency.unknown': 'The currency must be in ISO 4217.',
  'core.duedate.missing': 'An invoice with something to pay must have a due date or payment terms.',
  'core.duedate.beforeInvoice': 'The due date may not be before the invoice date.',
  'core.duedate.past': 'A due date that has passed suggests an old file.',
  'core.duedate.far': 'A due date more than a year away is mostly the wrong year.',
  'core.period.order': 'A period must end after it has begun.',
  'core.email.syntax': 'An e-mail address that will be used must be one that can be sent to.',
  'core.email.missing': 'Without an e-mail address the invoice goes by post.',
  'core.name.tooLong': 'Names longer than 140 characters do not fit on the invoice.',
  'core.text.control': 'Invisible control characters may not stand in invoice numbers and names.',
  'core.address.incomplete': 'An invoice that goes by post must have street, postal code and town.',
  'core.address.postalCode': 'The postal code must have its country’s form.',
  'core.reference.ocr': 'A Swedish OCR number has 2 to 25 digits, and the last one is a check digit.',
  'core.reference.kid': 'A KID ends with a control digit by modulus 10 or 11.',
  'core.account.bankgiro': 'A bankgiro number has 7 or 8 digits and a check digit.',
  'core.account.plusgiro': 'A plusgiro number has 2 to 8 digits and a check digit.',
  'core.account.iban': 'An IBAN has its country’s length and two check digits.',
  'core.account.norwegian': 'A Norwegian account number has 11 digits, and the last one is a control digit.',
  'core.number.meteringPoint': 'A metering point’s number (GSRN) has 18 digits, and the last one is a check digit.',
  'core.number.personal': 'Personal numbers and coordination numbers have a possible date and the right check digit.',
  'core.number.organisation': 'Swedish and Norwegian organisation numbers have the right check digit.',
  'core.number.vat': 'Swedish and Norwegian VAT numbers have the right form and check digit.',
  'core.number.phone': 'The customer’s telephone number must have its country’s form, or a country code.',
  'core.history.amount':
    'An invoice of at least ten times the customer’s usual amount should be seen by a person. Usual is the median of the customer’s last six invoices from the same seller.',
  'core.history.vat': 'The VAT rate on most of the amount should be the one that the customer’s last invoice had.',
  'core.history.account':
    'The account to pay to should be one that the customer’s last invoice had, for a new customer one that the seller has used.',
  'vendor.metering.missing': 'An invoice for energy must name the metering point.',
  'vendor.metering.area': 'The price area is SE1 to SE4 or NO1 to NO5.',
  'vendor.metering.readings': 'The difference between the meter readings must be the consumption; 1 kWh may differ.',
};
