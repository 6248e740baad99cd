// Own profiles of a data folder: added and removed, taking a built-in one's place, read at once, never harming the others.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadProfiles, ProfileLibrary } from '../../../src/main/formats/load-profiles.ts';
import { createFormatProfiles } from '../../../src/main/formats/own-profiles.ts';
import { resourcesDir } from './read-text.ts';

const scratch = mkdtempSync(join(tmpdir(), 'utskick-own-'));
const builtIn = join(resourcesDir, 'profiles');
const swedwise = JSON.parse(readFileSync(join(builtIn, 'swedwise-statements.json'), 'utf8')) as Record<string, object>;

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

let folders = 0;
function newFolder(): string {
  folders += 1;
  return join(scratch, `data-${String(folders)}`, 'profiles');
}

function fileWith(profile: unknown): string {
  folders += 1;
  const path = join(scratch, `chosen-${String(folders)}.json`);
  writeFileSync(path, JSON.stringify(profile, null, 2));
  return path;
}

/** A format of an installation's own: GASEL's shape in another namespace. */
const own = {
  ...(JSON.parse(readFileSync(join(builtIn, 'gasel-1.0.json'), 'utf8')) as Record<string, object>),
  id: 'nordkraft-2',
  format: 'Nordkraft',
  version: '2',
  namespaces: { '': 'urn:nordkraft:2' },
};

describe('own profiles', () => {
  it('are added by file, listed as own, and removed again', () => {
    const ownProfilesDir = newFolder();
    const profiles = createFormatProfiles({ resourcesDir, ownProfilesDir });
    expect(profiles.add(fileWith(own))).toMatchObject({ ok: true, value: [{ format: 'Nordkraft', status: 'own' }] });
    expect(readdirSync(ownProfilesDir)).toEqual(['nordkraft-2.json']);
    const listed = profiles.list();
    expect(listed.ok && listed.value.formats.find(({ id }) => id === 'nordkraft-2')).toMatchObject({
      namespace: 'urn:nordkraft:2',
      root: 'InvoiceBatch',
      isOverride: false,
    });
    expect(profiles.remove('nordkraft-2')).toEqual({ ok: true, value: null });
    expect(profiles.remove('nordkraft-2')).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    expect(profiles.remove('gasel-1.0')).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    const after = profiles.list();
    expect(after.ok && after.value.formats.some(({ id }) => id === 'nordkraft-2')).toBe(false);
  });

  it('take the place of the built-in one with the same id, and can fill in what a format leaves out', () => {
    const profiles = createFormatProfiles({ resourcesDir, ownProfilesDir: newFolder() });
    const fields = { ...swedwise.fields, 'seller.name': { type: 'text', default: 'Exempelenergi AB' } };
    const added = profiles.add(fileWith({ ...swedwise, fields }));
    expect(added).toMatchObject({ ok: true, value: [{ isOverride: true }] });
    expect(added.ok && added.value[0]?.missingFields).toEqual(['invoiceNumber', 'invoiceDate', 'buyer.name']);
    const listed = profiles.list();
    expect(listed.ok && listed.value.formats.filter(({ root }) => root === 'statements')).toMatchObject([
      { status: 'own', isOverride: true },
    ]);
    profiles.remove('swedwise-statements');
    const after = profiles.list();
    expect(after.ok && after.value.formats.filter(({ root }) => root === 'statements')).toMatchObject([
      { status: 'assumed' },
    ]);
  });

  it('are replaced and removed in the file they lie in, whatever it is called, and no other profile’s file is touched', () => {
    const ownProfilesDir = newFolder();
    mkdirSync(ownProfilesDir, { recursive: true });
    // By hand, under names of somebody's own: one of them the name that another profile would have.
    writeFileSync(join(ownProfilesDir, 'billing.json'), JSON.stringify(own));
    const other = { ...own, id: 'sydkraft-1', format: 'Sydkraft', namespaces: { '': 'urn:sydkraft:1' } };
    writeFileSync(join(ownProfilesDir, 'vestkraft-1.json'), JSON.stringify(other));
    const profiles = createFormatProfiles({ resourcesDir, ownProfilesDir });
    const formatsOf = (): readonly string[] => {
      const listed = profiles.list();
      if (!listed.ok) throw new Error(listed.error.message);
      expect(listed.value.broken).toEqual([]);
      return listed.value.formats
        .filter(({ status }) => status === 'own')
        .map(({ format, version }) => `${format} ${version}`);
    };
    expect(profiles.add(fileWith({ ...own, version: '3' }))).toMatchObject({
      ok: true,
      value: [{ isOverride: false }],
    });
    expect(formatsOf()).toEqual(['Nordkraft 3', 'Sydkraft 2']);
    expect(readdirSync(ownProfilesDir).toSorted()).toEqual(['billing.json', 'vestkraft-1.json']);
    const third = { ...own, id: 'vestkraft-1', format: 'Vestkraft', namespaces: { '': 'urn:vestkraft:1' } };
    expect(profiles.add(fileWith(third)).ok).toBe(true);
    expect(formatsOf()).toEqual(['Nordkraft 3', 'Sydkraft 2', 'Vestkraft 2']);
    for (const id of ['nordkraft-2', 'vestkraft-1']) expect(profiles.remove(id)).toEqual({ ok: true, value: null });
    expect(formatsOf()).toEqual(['Sydkraft 2']);
    expect(readdirSync(ownProfilesDir)).toEqual(['vestkraft-1.json']);
  });

  it('are gone when they are removed, in every file that holds them', () => {
    const ownProfilesDir = newFolder();
    mkdirSync(ownProfilesDir, { recursive: true });
    const other = { ...own, id: 'sydkraft-1', format: 'Sydkraft' };
    writeFileSync(join(ownProfilesDir, 'a.json'), JSON.stringify(own));
    writeFileSync(join(ownProfilesDir, 'b.json'), JSON.stringify({ ...own, version: '1' }));
    // Waits for the root, not for the id: it is another profile.
    writeFileSync(join(ownProfilesDir, 'c.json'), JSON.stringify(other));
    const profiles = createFormatProfiles({ resourcesDir, ownProfilesDir });
    expect(profiles.remove('nordkraft-2')).toEqual({ ok: true, value: null });
    const listed = profiles.list();
    expect(listed.ok && listed.value.formats.filter(({ status }) => status === 'own').map(({ id }) => id)).toEqual([
      'sydkraft-1',
    ]);
    expect(readdirSync(ownProfilesDir)).toEqual(['c.json']);
  });

  it('leave a broken file alone unless it is their own, however its name is written', () => {
    const ownProfilesDir = newFolder();
    mkdirSync(ownProfilesDir, { recursive: true });
    const profiles = createFormatProfiles({ resourcesDir, ownProfilesDir });
    const lying = (name: string): string => readFileSync(join(ownProfilesDir, name), 'utf8');
    const others = [JSON.stringify({ ...own, id: 'vestkraft-1', kind: 'receipt' }), '{', JSON.stringify('nordkraft-2')];
    for (const text of others) {
      writeFileSync(join(ownProfilesDir, 'Nordkraft-2.json'), text);
      expect(profiles.add(fileWith(own)).ok).toBe(true);
      expect(lying('Nordkraft-2.json')).toBe(text);
      expect(readdirSync(ownProfilesDir).toSorted()).toEqual(['Nordkraft-2.json', 'nordkraft-2-2.json']);
      rmSync(join(ownProfilesDir, 'nordkraft-2-2.json'));
    }
    writeFileSync(join(ownProfilesDir, 'Nordkraft-2.json'), JSON.stringify({ ...own, kind: 'receipt' }));
    expect(profiles.add(fileWith(own)).ok).toBe(true);
    expect(readdirSync(ownProfilesDir)).toEqual(['Nordkraft-2.json']);
    expect(profiles.list()).toMatchObject({ ok: true, value: { broken: [] } });
  });

  it('are refused with what is wrong, and change nothing then', () => {
    const ownProfilesDir = newFolder();
    const profiles = createFormatProfiles({ resourcesDir, ownProfilesDir });
    expect(profiles.add(fileWith({ ...own, kind: 'receipt' }))).toMatchObject({
      ok: false,
      error: { code: 'VALIDATION_ERROR', details: { complaints: [{ code: 'unknownValue', at: ['kind'] }] } },
    });
    const taken = { ...own, namespaces: { '': 'urn:ediel:se:electricity:invoice:1.0' } };
    expect(profiles.check(fileWith(taken))).toMatchObject({
      ok: true,
      value: { complaints: [{ code: 'rootTaken', params: { id: 'gasel-1.0' } }], entries: [] },
    });
    expect(profiles.check(join(scratch, 'nowhere.json'))).toMatchObject({ ok: false, error: { code: 'UNREADABLE' } });
    expect(() => readdirSync(ownProfilesDir)).toThrow();
  });

  it('that are broken leave the others as they are, and are listed', () => {
    const folder = newFolder();
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'a.json'), '{');
    writeFileSync(join(folder, 'b.json'), JSON.stringify(own));
    writeFileSync(join(folder, 'c.json'), JSON.stringify({ ...own, format: 'Second' }));
    const loaded = loadProfiles(builtIn, folder);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
    expect(loaded.value.find('urn:nordkraft:2', 'InvoiceBatch')?.profile.format).toBe('Nordkraft');
    expect(loaded.value.find('urn:ediel:se:electricity:invoice:1.0', 'InvoiceBatch')).not.toBeNull();
    expect(loaded.value.broken.map(({ file, complaints }) => [file, complaints[0]?.code])).toEqual([
      ['a.json', 'notJson'],
      ['c.json', 'idTaken'],
    ]);
  });

  it('are read again when a file comes, changes or goes, and only then', () => {
    const folder = newFolder();
    const library = new ProfileLibrary({ builtIn, own: folder });
    const first = library.current();
    expect(library.current()).toBe(first);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'own.json'), JSON.stringify(own));
    const second = library.current();
    expect(second.ok && second.value.byId('nordkraft-2')).not.toBeNull();
    expect(library.current()).toBe(second);
    writeFileSync(join(folder, 'own.json'), JSON.stringify({ ...own, vendor: 'Nordkraft Billing AB' }));
    const third = library.current();
    expect(third.ok && third.value.byId('nordkraft-2')?.profile.vendor).toBe('Nordkraft Billing AB');
    rmSync(join(folder, 'own.json'));
    const last = library.current();
    expect(last.ok && last.value.byId('nordkraft-2')).toBeNull();
  });
});
