// Every rule, error code and cause has words in all three languages, and the words say what they should.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { smtpCodes } from '../../../src/main/adapters/email/classify.ts';
import { netCodes } from '../../../src/main/adapters/net.ts';
import { sendRegningCodes } from '../../../src/main/adapters/sendregning/classify.ts';
import { sftpCodes } from '../../../src/main/adapters/sftp/classify.ts';
import { ruleCatalogue } from '../../../src/main/domain/rules/all.ts';
import { wellFormednessReasons, xmlLimits } from '../../../src/main/formats/xml-fault.ts';
import { errorCodes } from '../../../src/shared/error-codes.ts';
import { languages } from '../../../src/shared/schema/settings.ts';
import { causeCodes } from '../../../src/shared/words/cause-codes.ts';
import { sveaCodes } from '../../../src/shared/words/svea-words.ts';
import { wordsForCause } from '../../../src/shared/words/cause-words.ts';
import { wordsForError } from '../../../src/shared/words/error-words.ts';
import type { WordedProblem } from '../../../src/shared/words/problem-text.ts';
import { wordsForProblem } from '../../../src/shared/words/problem-words.ts';
import { quote, writeCount, writeDate, writeDecimal, writeMoney } from '../../../src/shared/words/value-words.ts';

const everyFact = {
  field: 'dueDate',
  element: 'DueDate',
  reason: 'noAt',
  number: '1042',
  firstLine: 7,
  otherFile: 'november.xml',
  otherLine: 9,
  otherBatch: 'b',
  sourceBatchId: 'BATCH2026110600001',
  otherCount: 120,
  ownCount: 121,
  otherTotal: 100_000,
  ownTotal: 110_000,
  row: '3',
  quantity: '812.5',
  price: '0.8731',
  base: '100',
  rate: '25',
  earlierRate: '12',
  usualMinor: 100,
  invoices: 6,
  rates: '25, 12',
  country: 'SE',
  currency: 'SEK',
  statedMinor: 123_450,
  expectedMinor: 123_400,
  differenceMinor: 50,
  netMinor: 1,
  vatMinor: 2,
  grossMinor: 3,
  roundingMinor: -20,
  prepaidMinor: 0,
  taxableMinor: 4,
  payableMinor: -5,
  limitMinor: 50,
  declaredMinor: 6,
  actualMinor: 7,
  declared: 10,
  actual: 9,
  total: 300_000,
  stored: 200_000,
  dueDate: '2026-12-06',
  invoiceDate: '2026-11-06',
  periodStart: '2026-10-01',
  periodEnd: '2026-09-01',
  days: 400,
  length: 10_000,
  limit: 140,
  codePoint: 'U+202E',
  missing: 'street,city',
  who: 'buyer',
  namespace: 'urn:x',
  root: 'Invoice',
  supported: 'GASEL, UBL',
  format: 'GASEL 1.0',
  fields: 'invoiceNumber, seller.name',
  fileSize: 500,
  max: 128,
  kind: 'charge',
  isAskedFor: 'yes',
  byte: '0xE5',
  offset: 1_200,
  encoding: 'utf-8',
  guess: 'iso-8859-1',
  consumption: '812',
  start: '1000',
  end: '1900',
  times: 2,
};

function problem(ruleId: string, changes: Partial<WordedProblem> = {}): WordedProblem {
  return { ruleId, found: '1 234,50', expected: '1234.50', params: everyFact, ...changes };
}

/** Three texts that are there, differ from each other, and have no holes in them. */
function expectThreeTexts(texts: readonly string[]): void {
  expect(new Set(texts).size).toBe(3);
  for (const text of texts) {
    expect(text.trim()).toBe(text);
    expect(text.length).toBeGreaterThan(3);
    expect(text).not.toMatch(/undefined|null|NaN|\[object|\$\{| {2}|[“”«»]{2}/);
    expect(text).not.toMatch(/\b(?:oops|we|vi)\b/i);
  }
}

describe('words of problems', () => {
  it.each(Object.keys(ruleCatalogue))('%s has a title, a message and a next step in three languages', (ruleId) => {
    const words = languages.map((language) => wordsForProblem(problem(ruleId), language));
    for (const part of ['title', 'message', 'suggestion'] as const) expectThreeTexts(words.map((each) => each[part]));
    for (const { title, message, suggestion, mender } of words) {
      expect(title.endsWith('.')).toBe(false);
      expect(message.endsWith('.') && suggestion.endsWith('.')).toBe(true);
      expect(mender).toBe(ruleCatalogue[ruleId]?.mender);
    }
  });

  it.each(wellFormednessReasons)('of broken XML tell the reason %s', (reason) => {
    const params = {
      reason,
      entity: 'nbsp',
      actual: 'Name',
      expected: 'City',
      openedLine: 3,
      element: 'Invoice',
      name: 'id',
      codePoint: 'U+0001',
      prefix: 'cac',
    };
    const words = languages.map((language) => wordsForProblem(problem('core.xml.wellformed', { params }), language));
    expectThreeTexts(words.map(({ message }) => message));
    expectThreeTexts(words.map(({ suggestion }) => suggestion));
  });

  it('of broken XML tell each reason in its own words', () => {
    for (const language of languages) {
      const messages = wellFormednessReasons.map(
        (reason) => wordsForProblem(problem('core.xml.wellformed', { params: { reason } }), language).message,
      );
      expect(new Set(messages).size).toBe(wellFormednessReasons.length);
    }
  });

  it('of limits name every limit of the reader', () => {
    for (const language of languages) {
      const messages = Object.keys(xmlLimits).map(
        (limit) => wordsForProblem(problem('core.xml.limit', { params: { limit, max: 128 } }), language).message,
      );
      expect(new Set(messages).size).toBe(messages.length);
    }
  });

  it('of e-mail addresses tell every fault', () => {
    const source = readFileSync(
      join(import.meta.dirname, '../../../src/main/domain/identifiers/email-address.ts'),
      'utf8',
    );
    const faults = [...source.matchAll(/^ {2}\| '(\w+)'/gm)]
      .map((match) => match[1] ?? '')
      .filter((fault) => fault !== 'empty');
    expect(faults.length).toBeGreaterThan(7);
    for (const language of languages) {
      const messages = faults.map(
        (reason) => wordsForProblem(problem('core.email.syntax', { params: { reason } }), language).message,
      );
      expect(new Set(messages).size).toBe(faults.length);
    }
  });

  it('have a way out for a rule of a newer version', () => {
    const words = wordsForProblem({ ruleId: 'core.future', found: 'x', expected: null, params: {} }, 'sv');
    expect(words.message).toContain('core.future');
  });

  it('write amounts and dates as the language does', () => {
    const payable = problem('core.total.payable', { params: { ...everyFact, statedMinor: 123_450, currency: 'SEK' } });
    expect(wordsForProblem(payable, 'sv').message).toContain('1\u00A0234,50\u00A0kr');
    expect(wordsForProblem(payable, 'nb').message).toContain('1\u00A0234,50\u00A0SEK');
    expect(wordsForProblem(payable, 'en').message).toContain('1,234.50\u00A0SEK');
    expect(wordsForProblem(problem('core.duedate.past'), 'nb').message).toContain('06.12.2026');
    expect(wordsForProblem(problem('core.duedate.past'), 'sv').message).toContain('2026-12-06');
  });

  it('guess what a number with a comma was meant to be', () => {
    const guess = (found: string): string => wordsForProblem(problem('core.type.decimal', { found }), 'en').suggestion;
    expect(guess('1 234,50')).toContain('Probably 1234.50 is meant');
    expect(guess('1.234,50')).toContain('Probably 1234.50 is meant');
    expect(guess('tolv')).not.toContain('Probably');
    expect(guess('1.234')).not.toContain('Probably');
  });

  it('name fields in the language, and by their element where they have no name', () => {
    const missing = (field: string): string =>
      wordsForProblem(problem('core.required', { params: { field, element: 'Name' } }), 'sv').message;
    expect(missing('buyer.name')).toBe('Kundens namn saknas (Name).');
    expect(missing('something.else')).toBe('”Name” saknas (Name).');
    expect(missing('invoices')).toBe('Filen innehåller inga fakturor.');
  });

  it('know every field that a profile can require or type', () => {
    const folder = join(import.meta.dirname, '../../../resources/profiles');
    const unnamed = readdirSync(folder).flatMap((file) =>
      namelessFields(JSON.parse(readFileSync(join(folder, file), 'utf8'))),
    );
    expect(unnamed).toEqual([]);
  });
});

/** Names of fields in a profile that are required or can fail to parse, and for which Swedish has no word. */
function namelessFields(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) => {
    // A row in an element of its own is read as the row's amount.
    const name = Array.isArray(node) ? 'netMinor' : key;
    const field = value as { readonly path?: unknown; readonly type?: unknown; readonly required?: unknown } | null;
    if (field === null || typeof field !== 'object' || field.path === undefined) return namelessFields(value);
    const canFail = field.required === true || field.type !== 'text';
    const words = wordsForProblem(problem('core.required', { params: { field: name, element: 'E' } }), 'sv').message;
    return canFail && words.startsWith('”') ? [name] : [];
  });
}

describe('words of errors', () => {
  it.each(errorCodes)('%s has a state and a next step in three languages', (code) => {
    const words = languages.map((language) => wordsForError({ code }, language));
    expectThreeTexts(words.map(({ title }) => title));
    expectThreeTexts(words.map(({ next }) => next));
  });

  it('use the details there are', () => {
    expect(wordsForError({ code: 'INVALID_XML', details: { line: 12, column: 5 } }, 'sv').title).toContain(
      'rad 12, kolumn 5',
    );
    expect(wordsForError({ code: 'FILE_TOO_LARGE', details: { fileSize: 0, limit: 1, minimum: 1 } }, 'nb').title).toBe(
      'Filen er tom.',
    );
    expect(
      wordsForError({ code: 'FILE_TOO_LARGE', details: { fileSize: 500, limit: 104_857_600, minimum: 1_024 } }, 'en')
        .title,
    ).toContain('500 bytes');
    expect(wordsForError({ code: 'ALREADY_IMPORTED', details: { fileName: 'november.xml' } }, 'en').title).toContain(
      'november.xml',
    );
    expect(wordsForError({ code: 'CONFLICT', details: { field: 'name' } }, 'en').next).toBe('Choose another name.');
    for (const language of languages) {
      const titles = ['underWay', 'actedOn', 'inDoubt'].map(
        (bar) => wordsForError({ code: 'CONFLICT', details: { bar } }, language).title,
      );
      expect(new Set(titles).size).toBe(3);
    }
  });
});

describe('words of causes', () => {
  it.each(causeCodes)('%s has a cause and a next step in three languages', (code) => {
    for (const isRetried of [true, false]) {
      const words = languages.map((language) => wordsForCause({ code, detail: null, isRetried }, language));
      expectThreeTexts(words.map(({ title }) => title));
      expectThreeTexts(words.map(({ next }) => next));
    }
  });

  it.each(sveaCodes)('%s has a cause and a next step in three languages', (code) => {
    const words = languages.map((language) => wordsForCause({ code, detail: null, isRetried: true }, language));
    expectThreeTexts(words.map(({ title }) => title));
    expectThreeTexts(words.map(({ next }) => next));
  });

  it('exist for every code the Svea adapter can give', () => {
    const folder = join(import.meta.dirname, '../../../src/main/adapters/svea');
    const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
    const codes = sources.flatMap((source) =>
      [...source.matchAll(/'(svea\.[a-z\d-]+)'/gu)].map(([, code]) => code ?? ''),
    );
    expect(codes.length).toBeGreaterThan(30);
    expect([...new Set(codes)].filter((code) => !sveaCodes.includes(code))).toEqual([]);
  });

  it('exist for every code the adapters can give', () => {
    const known: ReadonlySet<string> = new Set(causeCodes);
    expect([...smtpCodes, ...sftpCodes, ...sendRegningCodes, ...netCodes].filter((code) => !known.has(code))).toEqual(
      [],
    );
  });

  it('exist for every code the runner and the store can give', () => {
    const sources = ['delivery', 'store/writes'].flatMap((part) => {
      const folder = join(import.meta.dirname, '../../../src/main', part);
      return readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
    });
    const codes = sources.flatMap((source) =>
      [...source.matchAll(/'((?:run|document)\.[a-z-]+)'/g)].map((match) => match[1] ?? ''),
    );
    const known: ReadonlySet<string> = new Set(causeCodes);
    expect(codes.length).toBeGreaterThan(4);
    expect([...new Set(codes)].filter((code) => !known.has(code))).toEqual([]);
  });

  it('promise another attempt only where one follows', () => {
    const of = (isRetried: boolean): string =>
      wordsForCause({ code: 'net.refused', detail: null, isRetried }, 'en').next;
    expect(of(true)).toContain('tried again by itself');
    expect(of(false)).not.toContain('by itself');
  });

  it('of an uncertain outcome say so', () => {
    for (const code of [
      'smtp.no-reply',
      'smtp.cut-after-dot',
      'sftp.no-reply',
      'sftp.cut-in-rename',
      'sftp.gone-after-rename',
      'sendregning.no-reply',
      'sendregning.cut',
      'sendregning.server-failed',
      'sendregning.conflict',
      'run.interrupted',
    ]) {
      expect(wordsForCause({ code, detail: null, isRetried: false }, 'en').next).toContain('May have been sent.');
    }
  });

  it('of an unknown code show the peer’s own words', () => {
    expect(wordsForCause({ code: 'svea.new', detail: '550 No\r\nway', isRetried: false }, 'en').title).toBe(
      'The peer answered “550 No␍␊way” (svea.new).',
    );
    expect(wordsForCause({ code: 'svea.new', detail: null, isRetried: false }, 'nb').title).toContain('svea.new');
  });
});

describe('values in texts', () => {
  it('are written as each language writes them', () => {
    expect(writeMoney(-123_456_789, 'SEK', 'sv')).toBe('−1\u00A0234\u00A0567,89\u00A0kr');
    expect(writeMoney(5, 'NOK', 'nb')).toBe('0,05\u00A0kr');
    expect(writeMoney(1_234, 'JPY', 'en')).toBe('1,234\u00A0JPY');
    expect(writeMoney(100, '', 'sv')).toBe('1,00');
    expect(writeCount(4_812, 'sv')).toBe('4\u00A0812');
    expect([writeDecimal('-0.8731', 'sv'), writeDecimal('812.5', 'en'), writeDecimal('x', 'nb')]).toEqual([
      '−0,8731',
      '812.5',
      'x',
    ]);
    expect([writeDate('2026-11-21', 'nb'), writeDate('2026-11-21', 'en'), writeDate('snart', 'nb')]).toEqual([
      '21.11.2026',
      '2026-11-21',
      'snart',
    ]);
    expect(quote('x'.repeat(100), 'sv')).toBe(`”${'x'.repeat(79)}…”`);
  });
});
