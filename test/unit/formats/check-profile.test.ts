// The check of a profile: everything that is wrong is said, with line, column and key, in all three languages.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkProfile } from '../../../src/main/formats/check-profile.ts';
import { complaintCodes } from '../../../src/shared/schema/format.ts';
import type { ProfileComplaint } from '../../../src/shared/schema/format.ts';
import { languages } from '../../../src/shared/schema/settings.ts';
import { placeOfComplaint, wordsForComplaint } from '../../../src/shared/words/profile-words.ts';
import { placeOf, resourcesDir } from './read-text.ts';

const xellent = readFileSync(join(resourcesDir, 'profiles', 'xellent-1.json'), 'utf8');
const ubl = readFileSync(join(resourcesDir, 'profiles', 'ubl-invoice-2.1.json'), 'utf8');

function complaintsOf(text: string): readonly ProfileComplaint[] {
  const checked = checkProfile(Buffer.from(text));
  return checked.ok ? [] : checked.error;
}

/** Replaces the first `from`, which must be there. */
function changed(text: string, from: string, to: string): string {
  expect(text).toContain(from);
  return text.replace(from, to);
}

describe('the check of a profile', () => {
  it('finds nothing in the product’s own, with a byte order mark or without', () => {
    expect(complaintsOf(xellent)).toEqual([]);
    expect(complaintsOf(`\uFEFF${ubl}`)).toEqual([]);
  });

  it.each<readonly [ProfileComplaint['code'], string, string, string, string, string]>([
    // code, profile, what is replaced, by what, place of, key
    ['notJson', xellent, '"kind": "invoice",', '"kind": invoice,', 'invoice,', ''],
    ['unknownKey', xellent, '"kind": "invoice",', '"kind": "invoice", "script": "x",', '"x"', 'script'],
    ['missingKey', xellent, '"kind": "invoice",', '', '{', 'kind'],
    ['unknownValue', xellent, '"kind": "invoice"', '"kind": "receipt"', '"receipt"', 'kind'],
    ['wrongShape', xellent, '"root": "CustInvoiceJournal"', '"root": 12', '12', 'root'],
    ['unknownField', xellent, '"dueDate": {', '"dueDay": {', '{\n      "path": "DueDate"', 'fields.dueDay'],
    [
      'wrongType',
      xellent,
      '"path": "DueDate",\n      "type": "date"',
      '"path": "DueDate",\n      "type": "text"',
      '"text"\n    },\n    "typeCode"',
      'fields.dueDate.type',
    ],
    [
      'noPath',
      xellent,
      '"path": "DueDate",\n',
      '\n',
      '{\n      \n      "type": "date"\n    },\n    "typeCode"',
      'fields.dueDate',
    ],
    [
      'pathTwice',
      xellent,
      '"path": "DueDate"',
      '"path": "InvoiceDate"',
      '"InvoiceDate",\n      "type": "date"\n    },\n    "typeCode"',
      'fields.dueDate.path',
    ],
    ['unknownPrefix', xellent, '"path": "DueDate"', '"path": "x:DueDate"', '"x:DueDate"', 'fields.dueDate.path'],
    ['badPath', xellent, '"path": "DueDate"', '"path": "Due Date"', '"Due Date"', 'fields.dueDate.path'],
    ['unknownList', xellent, '"lines": {', '"rader": {', '{\n      "element": "CustInvoiceTrans"', 'lists.rader'],
    [
      'listTwice',
      xellent,
      '"element": "TaxTrans"',
      '"element": "CustInvoiceTrans"',
      '"CustInvoiceTrans",\n      "fields": {\n        "taxable',
      'lists.vat.element',
    ],
    [
      'unknownRule',
      xellent,
      '"kind": "invoice",',
      '"kind": "invoice", "skipRules": ["core.nothing"],',
      '"core.nothing"',
      'skipRules[0]',
    ],
    [
      'badDefault',
      xellent,
      '"path": "DueDate",',
      '"path": "DueDate", "default": "soon",',
      '"soon"',
      'fields.dueDate.default',
    ],
    [
      'rowsTwice',
      xellent,
      '"kind": "invoice",',
      '"kind": "invoice", "rows": [{"path":"A","description":"A","kind":"fee"}],',
      '[{"path"',
      'rows',
    ],
    [
      'notInProfile',
      ubl,
      '"field": "customizationId",\n          "startsWith": "OIOUBL-2"',
      '"field": "dialect",\n          "startsWith": "OIOUBL-2"',
      '"dialect"',
      'dialects[0].when[0].field',
    ],
    [
      'emptyCondition',
      ubl,
      '"field": "customizationId",\n          "startsWith": "OIOUBL-2"',
      '"field": "customizationId"',
      '{\n          "field": "customizationId"\n',
      'dialects[0].when[0]',
    ],
  ])('says %s, where it is', (code, profile, from, to, needle, key) => {
    const text = changed(profile, from, to);
    const found = complaintsOf(text);
    expect(found.map((each) => [each.code, placeOfComplaint(each)])).toContainEqual([code, key]);
    const complaint = found.find((each) => each.code === code && placeOfComplaint(each) === key);
    expect(complaint).toMatchObject(placeOf(text, needle));
  });

  it('offers the field that was probably meant', () => {
    const [complaint] = complaintsOf(changed(xellent, '"invoiceDate": {', '"invoceDate": {'));
    expect(complaint?.params.nearest).toBe('invoiceDate');
  });

  it('refuses a file beyond the size limit without reading it', () => {
    expect(complaintsOf(' '.repeat(300_000))).toMatchObject([{ code: 'tooLarge' }]);
  });

  it('stops at the first character that is not JSON, also in nested and escaped texts', () => {
    for (const bad of ['{"a": [1, 2,]}', '{"a": "\\x"}', '{"a": 01}', '["\n"]', '{"a" 1}', '', '[[[', '['.repeat(500)])
      expect(complaintsOf(bad)).toMatchObject([{ code: 'notJson' }]);
    expect(complaintsOf('{\n  "a": "å𝄞", x\n}')).toMatchObject([{ line: 2, column: 14 }]);
  });

  it.each(complaintCodes)('has words for %s in three languages, with its facts', (code) => {
    const params = {
      name: 'NN',
      nearest: 'MM',
      expected: 'EE',
      found: 'FF',
      path: 'PP',
      prefix: 'xx',
      id: 'II',
      limit: '9',
    };
    const texts = languages.map((language) =>
      wordsForComplaint({ code, at: [], params, line: 1, column: 1 }, language),
    );
    expect(new Set(texts).size).toBe(3);
    for (const text of texts) expect(text).toMatch(/[.?]$/u);
  });
});
