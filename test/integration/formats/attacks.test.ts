// Documents made to exhaust, to fetch or to read what is not theirs: refused or harmless, in bounded time and memory, without network.

import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { checkWellFormed } from '../../../src/main/formats/check-well-formed.ts';
import { harmlessAttacks, refusedAttacks } from '../../support/attack-documents.ts';
import { readPath } from '../../unit/formats/read-text.ts';
import type { ReadOutcome } from '../../unit/formats/read-text.ts';

const folder = mkdtempSync(join(tmpdir(), 'utskick-attacks-'));
const secret = 'Only the owner reads this line.';
const secretPath = join(folder, 'secret.txt');
writeFileSync(secretPath, secret);
const secretUrl = pathToFileURL(secretPath).href;

/** Whoever follows an address in a document ends up here. */
let callers = 0;
const server = createServer((socket) => {
  callers++;
  socket.destroy();
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/x`;

afterEach(() => {
  expect(callers).toBe(0);
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

async function read(name: string, text: string): Promise<ReadOutcome & { readonly path: string }> {
  const path = join(folder, `${name.replaceAll(/\W/g, '-')}.xml`);
  writeFileSync(path, text);
  return { path, ...(await readPath(path)) };
}

const targets = { secretUrl, address };
const refused = refusedAttacks(targets);

describe('an attack that must be refused', () => {
  it.each(refused)(
    'is refused by import and by the check: $name',
    { timeout: 60_000 },
    async ({ name, text, ruleId, limit }) => {
      const { path, result, rows } = await read(name, text());
      const check = await checkWellFormed(path, new AbortController().signal);
      const problem = { ruleId, ...(limit === undefined ? {} : { params: { limit } }) };
      expect(result).toMatchObject({ ok: false, refusal: { error: { code: 'INVALID_XML' }, problems: [problem] } });
      expect(check).toMatchObject({ error: { code: 'INVALID_XML' }, problems: [problem] });
      expect(JSON.stringify([result, rows, check])).not.toContain(secret);
    },
  );

  it('needs no more memory than any other file', { timeout: 120_000 }, async () => {
    const paths = refused.map(({ name, text }) => {
      const path = join(folder, `${name.replaceAll(/\W/g, '-')}.xml`);
      writeFileSync(path, text());
      return path;
    });
    const main = join(import.meta.dirname, '../../../src/main/hosts/cli/main.ts');
    // A heap that holds none of the large ones; running out of it would end the process with a signal.
    const ran = await promisify(execFile)(
      process.execPath,
      ['--max-old-space-size=128', main, 'validate', '--well-formed', '--json', ...paths],
      { maxBuffer: 64_000_000 },
    ).catch((error: unknown) => error as { code: number; stdout: string });
    expect('code' in ran && ran.code).toBe(1);
    const { files } = JSON.parse(ran.stdout) as {
      readonly files: readonly { readonly error: { readonly code: string } }[];
    };
    expect(files.map(({ error }) => error.code)).toEqual(paths.map(() => 'INVALID_XML'));
  });
});

describe('an attack that is only text here', () => {
  it.each(harmlessAttacks(targets))('is read without following it: $name', async ({ name, text }) => {
    const { path, result, rows, problems } = await read(name, text());
    expect(result).toMatchObject({ ok: true, file: { invoiceCount: 2 } });
    expect(rows).toHaveLength(2);
    expect(await checkWellFormed(path, new AbortController().signal)).toBeNull();
    expect(JSON.stringify([result, rows, problems])).not.toContain(secret);
  });
});
