// Profiles as data: what is accepted, what is refused with words, and that the product's own are sound.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadProfiles } from '../../../src/main/formats/load-profiles.ts';
import { resourcesDir } from './read-text.ts';

const folder = join(resourcesDir, 'profiles');
const gasel = JSON.parse(readFileSync(join(folder, 'gasel-1.0.json'), 'utf8')) as Record<string, object>;
const scratch = mkdtempSync(join(tmpdir(), 'utskick-profiles-'));

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

/** Loads a folder that holds only the given profiles. */
function load(...profiles: readonly unknown[]): ReturnType<typeof loadProfiles> {
  const own = mkdtempSync(join(scratch, 'set-'));
  profiles.forEach((profile, index) => {
    writeFileSync(join(own, `${index}.json`), typeof profile === 'string' ? profile : JSON.stringify(profile));
  });
  return loadProfiles(own);
}

describe('the profiles of the product', () => {
  it('load, one for each file, and are found by namespace and root', () => {
    const loaded = loadProfiles(folder);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
    for (const file of readdirSync(folder)) expect(loaded.value.byId(file.replace('.json', ''))).not.toBeNull();
    expect(loaded.value.supportedFormats).toEqual([
      'EHF',
      'EN 16931',
      'GASEL',
      'OIOUBL',
      'Peppol BIS',
      'SendRegning',
      'Svefaktura',
      'Swedwise',
      'UBL',
      'XELLENT',
      'ZYNERGY',
    ]);
    expect(loaded.value.broken).toEqual([]);
    expect(loaded.value.find('urn:ediel:se:electricity:invoice:1.0', 'InvoiceBatch')?.profile).toMatchObject({
      id: 'gasel-1.0',
      status: 'assumed',
    });
    expect(loaded.value.find('urn:ediel:se:electricity:invoice:1.0', 'Invoice')).toBeNull();
    expect(loaded.value.find('', 'InvoiceBatch')).toBeNull();
  });
});

describe('a profile that can’t be used', () => {
  it.each([
    ['is no JSON', '{', 'UNREADABLE'],
    ['lacks what it must have', {}, 'VALIDATION_ERROR'],
    [
      'names a field that does not exist',
      { ...gasel, fields: { ...gasel.fields, colour: { path: 'Colour', type: 'text' } } },
      'VALIDATION_ERROR',
    ],
    [
      'gives a field another type',
      { ...gasel, fields: { ...gasel.fields, dueDate: { path: 'DueDate', type: 'text' } } },
      'VALIDATION_ERROR',
    ],
    [
      'uses one element for two fields',
      { ...gasel, fields: { ...gasel.fields, dueDate: { path: 'IssueDate', type: 'date' } } },
      'VALIDATION_ERROR',
    ],
    [
      'uses a prefix without a namespace',
      { ...gasel, fields: { ...gasel.fields, dueDate: { path: 'x:DueDate', type: 'date' } } },
      'VALIDATION_ERROR',
    ],
    [
      'names a list that does not exist',
      { ...gasel, lists: { ...gasel.lists, things: { element: 'Thing', fields: {} } } },
      'VALIDATION_ERROR',
    ],
    ['has a key nobody knows', { ...gasel, script: 'x' }, 'VALIDATION_ERROR'],
  ])('is refused when it %s', (_name, profile, code) => {
    expect(load(profile)).toMatchObject({ ok: false, error: { code } });
  });

  it('is refused when another has the same root', () => {
    expect(load(gasel, { ...gasel, id: 'gasel-other' })).toMatchObject({
      ok: false,
      error: { code: 'VALIDATION_ERROR' },
    });
  });

  it('is refused when its folder is not there', () => {
    expect(loadProfiles(join(scratch, 'nowhere'))).toMatchObject({ ok: false, error: { code: 'UNREADABLE' } });
  });
});

describe('a profile an operator adds', () => {
  it('may use attributes and other names', () => {
    const loaded = load({
      ...gasel,
      id: 'gasel-own',
      namespaces: { '': 'urn:own' },
      fields: { invoiceNumber: { path: '@number', type: 'text', required: true } },
      lists: {},
    });
    expect(loaded.ok && loaded.value.find('urn:own', 'InvoiceBatch')?.profile.id).toBe('gasel-own');
  });
});
