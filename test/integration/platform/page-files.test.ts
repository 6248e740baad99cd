// Only the page's own files are ever read.

import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentPolicy, readPageFile } from '../../../src/main/platform/page-files.ts';

let base = '';
let page = '';
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'utskick-page-'));
  page = join(base, 'renderer');
  await mkdir(join(page, 'assets.js'), { recursive: true });
  await mkdir(join(page, 'assets'));
  await writeFile(join(page, 'index.html'), '<!doctype html>');
  await writeFile(join(page, 'assets/index-a1_B.js'), 'export {};');
  await writeFile(join(page, '.hidden.js'), '');
  await writeFile(join(page, 'notes.txt'), '');
  await writeFile(join(base, 'secret.js'), 'secret');
  await symlink(join(base, 'secret.js'), join(page, 'link.js'));
  await symlink(base, join(page, 'up'));
});
afterAll(() => rm(base, { recursive: true, force: true }));

describe('a file of the page', () => {
  it('is found by its name, with its type', async () => {
    expect(await readPageFile(page, '/')).toMatchObject({ mediaType: 'text/html; charset=utf-8' });
    expect(await readPageFile(page, '/assets/index-a1_B.js')).toMatchObject({
      mediaType: 'text/javascript; charset=utf-8',
    });
  });

  it.each([
    '/../secret.js',
    '/assets/../../secret.js',
    '/..%2fsecret.js',
    '/%2e%2e/secret.js',
    '/..\\secret.js',
    '/assets/..%5c..%5csecret.js',
    '//secret.js',
    '/./index.html',
    '/index.html/',
    '/index.html\0.js',
    '/index.html%00.js',
    '/link.js',
    '/up/secret.js',
    '/.hidden.js',
    '/notes.txt',
    '/assets.js',
    '/assets',
    '/missing.js',
    '/C:/Windows/win.ini',
    '',
    'index.html',
    '/ index.html',
  ])('is not found at %j', async (path) => {
    expect(await readPageFile(page, path)).toBeNull();
  });
});

describe('the content policy', () => {
  it('starts from nothing and allows no inline code, no evaluation, no other origin', () => {
    expect(contentPolicy.startsWith("default-src 'none'")).toBe(true);
    expect(contentPolicy).not.toMatch(/unsafe|https?:|\*|nonce|strict-dynamic/u);
    for (const directive of ['script-src', 'style-src', 'connect-src', 'worker-src', 'font-src'])
      expect(contentPolicy).toContain(`${directive} 'self';`);
    for (const directive of ['frame-ancestors', 'object-src', 'base-uri', 'form-action'])
      expect(contentPolicy).toContain(`${directive} 'none'`);
  });
});
