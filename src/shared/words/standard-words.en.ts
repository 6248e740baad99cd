// English words of the public standards' rules. State and cause, then the next step; neutral.

import type { ProblemFacts } from './problem-text.ts';
import { plainText } from './standard-words.ts';
import type { RuleText, StandardVocabulary, WordedCategory } from './standard-words.ts';

const fixSums = 'Ask the billing system’s vendor to correct the sums, and import a new file.';
const fixExport = 'Ask the billing system’s vendor to correct the export, and import a new file.';
const checkAccount = 'Compare with the number at the bank and correct it in the billing system.';

const names: Readonly<Record<WordedCategory, string>> = {
  S: 'standard rated (S)',
  Z: 'zero rated (Z)',
  E: 'exempt from VAT (E)',
  AE: 'reverse charge (AE)',
  O: 'not subject to VAT (O)',
};
const rates: Readonly<Record<WordedCategory, string>> = {
  S: 'must have a VAT rate above 0',
  Z: 'must have the VAT rate 0',
  E: 'must have the VAT rate 0',
  AE: 'must have the VAT rate 0',
  O: 'must have no VAT rate',
};

const numberText =
  (item: string) =>
  (category: WordedCategory): RuleText => {
    const isForbidden = category === 'O';
    const demand = isForbidden
      ? 'no VAT number of seller, buyer or tax representative may stand in the invoice'
      : `the seller’s VAT number (or tax registration, or the tax representative’s VAT number)${category === 'AE' ? ' and the buyer’s VAT or organisation number' : ''} must stand in the invoice`;
    return plainText({
      title: isForbidden ? `VAT number beside ${item} ${names.O}` : `VAT number missing for ${item} ${names[category]}`,
      message: ({ found }) =>
        isForbidden
          ? `The invoice has ${item} ${names.O} and still states the VAT number ${found}.`
          : `The invoice has ${item} ${names[category]}, but ${category === 'AE' ? 'a VAT number of seller or buyer' : 'the seller’s VAT number'} is missing.`,
      suggestion: fixExport,
      explanation: `Where an invoice has ${item} ${names[category]}, ${demand}.`,
    });
  };

const rateText =
  (item: string) =>
  (category: WordedCategory): RuleText =>
    plainText({
      title: `Wrong VAT rate for ${item} ${names[category]}`,
      message: ({ text, decimal }) =>
        `${text('rate') === '' ? 'There is no VAT rate' : `The VAT rate is ${decimal('rate')}%`}, but ${item} ${names[category]} ${rates[category]}.`,
      suggestion: 'Correct VAT category or VAT rate in the billing system.',
      explanation: `In an invoice ${item} ${names[category]} ${rates[category]}.`,
    });

const aloneText =
  (item: string) =>
  (category: WordedCategory): RuleText =>
    plainText({
      title: `${item} with another VAT category beside ${names[category]}`,
      message: ({ found }) => `The invoice is ${names[category]}, but it also has the VAT category ${found}.`,
      suggestion: 'Split the invoice, or correct the VAT category in the billing system.',
      explanation: `An invoice with VAT breakdown ${names[category]} may not have ${item.toLowerCase()} of another category.`,
    });

const sums = {
  rows: ({ money, size }: ProblemFacts) =>
    `The rows add up to ${money('expectedMinor')}, but the sum of rows is stated as ${money('statedMinor')} (difference ${size('differenceMinor')}).`,
  stated: ({ money, size }: ProblemFacts) =>
    `The other amounts give ${money('expectedMinor')}, but ${money('statedMinor')} is stated (difference ${size('differenceMinor')}).`,
};

/** English. */
export const enStandard: StandardVocabulary = {
  missing: (name) =>
    plainText({
      title: `${name}: missing`,
      message: `${name} must be in the invoice according to EN 16931, but is missing.`,
      suggestion: 'Fill in the value in the billing system and export the file again.',
      explanation: `EN 16931 asks for this in every invoice: ${name.toLowerCase()}.`,
    }),
  decimals: (name) =>
    plainText({
      title: `${name}: more than two decimals`,
      message: ({ found }) => `${name} is ${found}. According to EN 16931 an amount has two decimals at most.`,
      suggestion: 'Have the amount written with two decimals by the billing system.',
      explanation: `EN 16931 allows two decimals at most here: ${name.toLowerCase()}.`,
    }),
  category: {
    '01': (category) =>
      plainText({
        title: `The VAT breakdown does not match what is ${names[category]}`,
        message: ({ count }) =>
          `The VAT breakdown has ${count('times')} groups that are ${names[category]}; this does not match the invoice’s rows, allowances and charges.`,
        suggestion: fixExport,
        explanation: `Where a row, an allowance or a charge is ${names[category]}, the VAT breakdown must have ${category === 'S' ? 'at least' : 'exactly'} one group of that category.`,
      }),
    '02': numberText('a row'),
    '03': numberText('an allowance'),
    '04': numberText('a charge'),
    '05': rateText('a row'),
    '06': rateText('an allowance'),
    '07': rateText('a charge'),
    '08': (category) =>
      plainText({
        title: `The taxable amount is wrong for what is ${names[category]}`,
        message: ({ money }) =>
          `Rows, allowances and charges that are ${names[category]} add up to ${money('expectedMinor')}, but the taxable amount is ${money('statedMinor')}.`,
        suggestion: fixSums,
        explanation: `The taxable amount of what is ${names[category]} must be the sum of such rows and charges less such allowances${category === 'S' ? ', for each VAT rate' : ''}.`,
      }),
    '09': (category) =>
      plainText({
        title: `The VAT is wrong for what is ${names[category]}`,
        message: ({ money }) =>
          `The VAT of what is ${names[category]} should be ${money('expectedMinor')}, but is ${money('statedMinor')}.`,
        suggestion: fixSums,
        explanation: `The VAT of what is ${names[category]} must be ${category === 'S' ? 'the taxable amount times the VAT rate' : '0'}.`,
      }),
    '10': (category) => {
      const isForbidden = category === 'S' || category === 'Z';
      return plainText({
        title: isForbidden
          ? `Exemption reason beside what is ${names[category]}`
          : `Exemption reason missing for what is ${names[category]}`,
        message: ({ found }) =>
          isForbidden
            ? `The VAT breakdown ${names[category]} has the exemption reason ${found}, which does not belong there.`
            : `The VAT breakdown ${names[category]} does not say why no VAT is charged.`,
        suggestion: fixExport,
        explanation: isForbidden
          ? `A VAT breakdown that is ${names[category]} may not have an exemption reason.`
          : `A VAT breakdown that is ${names[category]} must say why no VAT is charged, as a code or as text.`,
      });
    },
    '11': aloneText('VAT breakdown'),
    '12': aloneText('A row'),
    '13': aloneText('An allowance'),
    '14': aloneText('A charge'),
  },
  single: {
    'BR-CO-03': plainText({
      title: 'Tax point stated twice',
      message: ({ found }) => `The invoice has both a tax point date and the tax point code ${found}.`,
      suggestion: 'State either the date or the code.',
      explanation: 'The tax point is stated either as a date or as a code, never both.',
    }),
    'BR-CO-04': plainText({
      title: 'A row has no VAT category',
      message: ({ text }) => `Row ${text('row')} has no VAT category.`,
      suggestion: ({ expected }) => `State the category of the row: ${expected}.`,
      explanation: 'Every row of an invoice must have a VAT category.',
    }),
    'BR-CO-09': plainText({
      title: 'VAT number without country code',
      message: ({ found }) => `The VAT number ${found} does not begin with a country’s two letters.`,
      suggestion: ({ expected }) => `Write the number with its country code, for example ${expected}.`,
      explanation: 'VAT numbers must begin with the two letters of the country that issued them.',
    }),
    'BR-CO-10': plainText({
      title: 'The rows do not add up to the stated sum of rows (EN 16931)',
      message: sums.rows,
      suggestion: fixSums,
      explanation: 'The sum of rows must be exactly what the rows’ amounts add up to.',
    }),
    'BR-CO-11': plainText({
      title: 'The sum of allowances is wrong (EN 16931)',
      message: sums.stated,
      suggestion: fixSums,
      explanation: 'The sum of allowances must be exactly what the invoice’s allowances add up to.',
    }),
    'BR-CO-12': plainText({
      title: 'The sum of charges is wrong (EN 16931)',
      message: sums.stated,
      suggestion: fixSums,
      explanation: 'The sum of charges must be exactly what the invoice’s charges add up to.',
    }),
    'BR-CO-13': plainText({
      title: 'The total without VAT is wrong (EN 16931)',
      message: sums.stated,
      suggestion: fixSums,
      explanation: 'The total without VAT must be the sum of rows less the sum of allowances plus the sum of charges.',
    }),
    'BR-CO-14': plainText({
      title: 'The VAT total is wrong (EN 16931)',
      message: sums.stated,
      suggestion: fixSums,
      explanation: 'The VAT total must be exactly what the VAT of all categories adds up to.',
    }),
    'BR-CO-15': plainText({
      title: 'The total with VAT is wrong (EN 16931)',
      message: sums.stated,
      suggestion: fixSums,
      explanation: 'The total with VAT must be the total without VAT plus the VAT.',
    }),
    'BR-CO-16': plainText({
      title: 'The amount to pay is wrong (EN 16931)',
      message: sums.stated,
      suggestion: fixSums,
      explanation: 'The amount to pay must be the total with VAT less what was prepaid plus the rounding.',
    }),
    'BR-CO-17': plainText({
      title: 'The VAT does not match its rate (EN 16931)',
      message: ({ decimal, money }) =>
        `${decimal('rate')}% of ${money('taxableMinor')} is ${money('expectedMinor')}, but the VAT is ${money('statedMinor')}.`,
      suggestion: fixSums,
      explanation:
        'The VAT of a category must be its taxable amount times its rate. A difference below 1.00 is accepted.',
    }),
    'BR-CO-18': plainText({
      title: 'The VAT breakdown is missing',
      message: 'The invoice has no VAT breakdown.',
      suggestion: fixExport,
      explanation: 'An invoice must have at least one group of VAT breakdown.',
    }),
    'BR-CO-25': plainText({
      title: 'Due date and payment terms are missing',
      message: 'The invoice has an amount to pay but neither a due date nor payment terms.',
      suggestion: 'Fill in the due date in the billing system and export the file again.',
      explanation: 'Where something is to be paid, a due date or payment terms must be stated.',
    }),
    'SE-R-001': plainText({
      title: 'The Swedish VAT number has the wrong length',
      message: ({ found }) => `The seller’s VAT number ${found} does not have 14 characters.`,
      suggestion: ({ expected }) => `Write SE and 12 digits, for example ${expected}.`,
      explanation: 'A Swedish VAT number has 14 characters.',
    }),
    'SE-R-002': plainText({
      title: 'The Swedish VAT number has other characters than digits',
      message: ({ found }) => `The seller’s VAT number ${found} has other characters than digits after SE.`,
      suggestion: ({ expected }) => `Write SE and 12 digits, for example ${expected}.`,
      explanation: 'A Swedish VAT number has digits only after SE.',
    }),
    'SE-R-003': plainText({
      title: 'The Swedish organisation number has other characters than digits',
      message: ({ found }) => `The seller’s organisation number ${found} has other characters than digits.`,
      suggestion: ({ expected }) => `Write 10 digits without a dash, for example ${expected}.`,
      explanation: 'A Swedish seller’s organisation number has digits only.',
    }),
    'SE-R-004': plainText({
      title: 'The Swedish organisation number has the wrong length',
      message: ({ found }) => `The seller’s organisation number ${found} does not have 10 digits.`,
      suggestion: ({ expected }) => `Write 10 digits without a dash, for example ${expected}.`,
      explanation: 'A Swedish seller’s organisation number has 10 digits.',
    }),
    'SE-R-005': plainText({
      title: 'Tax registration other than F-skatt',
      message: ({ found }) => `The seller’s tax registration is ${found}.`,
      suggestion: ({ expected }) => `Write ${expected}, or leave the value out.`,
      explanation: 'A Swedish seller’s tax registration beside the VAT number must be “Godkänd för F-skatt”.',
    }),
    'SE-R-006': plainText({
      title: 'VAT rate that Sweden does not have',
      message: ({ text, decimal }) =>
        text('rate') === ''
          ? 'Standard rated VAT has no rate.'
          : `The VAT rate ${decimal('rate')}% is not used in Sweden.`,
      suggestion: 'Standard rated VAT is 25, 12 or 6% in Sweden. Correct the rate in the billing system.',
      explanation: 'A Swedish seller’s standard rated VAT is 25, 12 or 6%.',
    }),
    'SE-R-007': plainText({
      title: 'The plusgiro number has other characters than digits',
      message: ({ found }) => `The plusgiro number ${found} has other characters than digits.`,
      suggestion: checkAccount,
      explanation: 'A plusgiro number is written with digits only in Peppol invoices.',
    }),
    'SE-R-008': plainText({
      title: 'The bankgiro number has other characters than digits',
      message: ({ found }) => `The bankgiro number ${found} has other characters than digits.`,
      suggestion: checkAccount,
      explanation: 'A bankgiro number is written with digits only in Peppol invoices.',
    }),
    'SE-R-009': plainText({
      title: 'The bankgiro number has the wrong length',
      message: ({ found }) => `The bankgiro number ${found} does not have 7 or 8 characters.`,
      suggestion: checkAccount,
      explanation: 'A bankgiro number has 7 or 8 digits.',
    }),
    'SE-R-010': plainText({
      title: 'The plusgiro number has the wrong length',
      message: ({ found }) => `The plusgiro number ${found} does not have 2 to 8 characters.`,
      suggestion: checkAccount,
      explanation: 'A plusgiro number has 2 to 8 digits.',
    }),
    'SE-R-011': plainText({
      title: 'Bankgiro or plusgiro with an outdated code',
      message: ({ found }) => `The means of payment has the code ${found}, which was once used for giro payments.`,
      suggestion: 'Use code 30 with SE:BANKGIRO or SE:PLUSGIRO.',
      explanation: 'Bankgiro and plusgiro are stated with code 30 and SE:BANKGIRO or SE:PLUSGIRO, not with 50 or 56.',
    }),
    'SE-R-012': plainText({
      title: 'Credit transfer within Sweden with the wrong code',
      message: ({ found }) => `Seller and buyer are Swedish, but the means of payment has the code ${found}.`,
      suggestion: 'Use code 30 for credit transfer.',
      explanation: 'Between Swedish parties credit transfer is stated with code 30, not 31.',
    }),
    'SE-R-013': plainText({
      title: 'The Swedish organisation number’s check digit is wrong (Peppol)',
      message: ({ found }) => `The seller’s organisation number ${found} has the wrong check digit.`,
      suggestion: 'Compare with the certificate of registration and correct the number in the billing system.',
      explanation: 'The last digit of a Swedish seller’s organisation number is a check digit and must be right.',
    }),
    'NO-R-001': plainText({
      title: 'The Norwegian VAT number is wrong',
      message: ({ found }) =>
        `The seller’s VAT number ${found} is not NO, an organisation number with the right control digit, and MVA.`,
      suggestion: ({ expected }) => `Write the number in this form: ${expected}.`,
      explanation: 'A Norwegian VAT number is NO, nine digits with the right control digit, and MVA.',
    }),
    'NO-R-002': plainText({
      title: 'The word Foretaksregisteret is missing',
      message: 'The invoice does not say that the seller is entered in Foretaksregisteret.',
      suggestion:
        'Limited companies add the word Foretaksregisteret. Others can leave it out; the invoice can be sent.',
      explanation: 'A Norwegian limited company must state the word Foretaksregisteret on its invoices.',
    }),
  },
};
