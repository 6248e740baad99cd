// Names at a print vendor and what SFTP failures mean: nothing but the allow-list gets through, and only numbers decide.

import { describe, expect, it } from 'vitest';
import {
  classifyBeforeRename,
  classifyOpening,
  readRequestFailure,
  unknownAfterRename,
} from '../../../src/main/adapters/sftp/classify.ts';
import { isSafeName, isSafeTarget, pathIn, temporaryName } from '../../../src/main/adapters/sftp/wire.ts';
import { isLoopbackHost, peerWords } from '../../../src/main/adapters/net.ts';
import { printTarget } from '../../../src/main/domain/print-name.ts';
import { summary } from '../../support/smtp-sftp-practice.ts';

const key = 'a'.repeat(64);

describe('names', () => {
  it('made for print vendors are safe, whatever the invoice number', () => {
    for (const number of ['1042', '../../x', 'å/ä\\ö', '', 'x'.repeat(10_000), 'a\r\nb', '.part', 'CON'])
      for (const pattern of [undefined, '{seller}/{batch}/{currency}/{date:yyyy}/{invoiceNumber}-{kind}_{key}.pdf'])
        for (const generation of [0, 12])
          expect(
            isSafeTarget(
              printTarget(pattern, {
                invoiceNumber: number,
                kind: 'invoice',
                currency: number,
                sellerKey: number,
                batch: number,
                invoiceDate: null,
                dueDate: number,
                today: '2026-02-03',
                generation,
                idempotencyKey: key,
              }),
            ),
          ).toBe(true);
  });

  it.each(['', '/a.pdf', 'a//b.pdf', '../a.pdf', 'a/../b.pdf', 'a/', 'a/b/c/d/e/f.pdf', 'a/.b/c.pdf', 'a\\b/c.pdf'])(
    '%j is not safe below a vendor’s folder',
    (target) => {
      expect(isSafeTarget(target)).toBe(false);
    },
  );

  it.each([
    '',
    '.',
    '..',
    '.x',
    '-x',
    'a/b',
    'a\\b',
    'a:b',
    'a b',
    'a\0',
    'a\n',
    'å',
    'a..b',
    'a.',
    'a.part',
    'x'.repeat(201),
  ])('%j is not safe', (name) => {
    expect(isSafeName(name)).toBe(false);
  });

  it('of temporary files are the same for the same attempt and different for another', () => {
    expect(temporaryName({ idempotencyKey: key, attempt: 1 })).toBe('.utskick-aaaaaaaaaaaaaaaa-1.part');
    expect(temporaryName({ idempotencyKey: key, attempt: 2 })).not.toBe(
      temporaryName({ idempotencyKey: key, attempt: 1 }),
    );
  });

  it.each([
    ['/', 'x', '/x'],
    ['/in', 'x', '/in/x'],
    ['/in//', 'x', '/in/x'],
    ['in', 'x', 'in/x'],
    ['.', 'x', './x'],
  ])('in the folder %s', (folder, name, path) => {
    expect(pathIn(folder, name)).toBe(path);
  });
});

describe('failures', () => {
  const status = (code: number): Error => Object.assign(new Error('words'), { code });

  it.each([
    [status(2), 'notSent sftp.no-such-folder'],
    [status(3), 'notSent sftp.permission-denied'],
    [status(4), 'notSent sftp.upload-failed'],
    [status(14), 'notSent sftp.disk-full'],
    [status(15), 'notSent sftp.quota-exceeded'],
    [new Error('No response from server'), 'notSent net.cut'],
  ])('before the rename: %o gives %s', (error, expected) => {
    expect(summary(classifyBeforeRename(readRequestFailure(error)))).toBe(expected);
  });

  it('after the rename went out, a lost or late answer is unknown', () => {
    expect(summary(unknownAfterRename({ kind: 'lost', words: '' }))).toBe('unknown sftp.cut-in-rename');
    expect(summary(unknownAfterRename({ kind: 'late', words: '' }))).toBe('unknown sftp.no-reply');
  });

  it.each([
    [{ level: 'client-authentication' }, 'sftp.login-refused', true],
    [{ level: 'client-timeout' }, 'net.timed-out', false],
    [{ level: 'client-socket', code: 'ECONNRESET' }, 'net.cut', false],
    [{ level: 'client-socket', code: 'ECONNREFUSED' }, 'net.refused', false],
    [{ level: 'handshake' }, 'sftp.handshake-failed', false],
  ])('while opening: %o gives %s', (fields, code, isPermanent) => {
    expect(classifyOpening(Object.assign(new Error('words'), fields))).toMatchObject({ code, isPermanent });
  });
});

describe('the network', () => {
  it('knows which addresses are this computer', () => {
    for (const host of ['localhost', 'LOCALHOST', '127.0.0.1', '127.1.2.3', '::1', '[::1]', '::ffff:127.0.0.1'])
      expect(isLoopbackHost(host)).toBe(true);
    for (const host of ['localhost.example.com', '128.0.0.1', '10.0.0.1', 'example.com', '', '127.0.0.1.example.com'])
      expect(isLoopbackHost(host)).toBe(false);
  });

  it('keeps one line of what was said, and no stack', () => {
    expect(peerWords(new Error('a\r\nb\0c'))).toBe('a b c');
    expect(peerWords('x'.repeat(1000))).toHaveLength(500);
  });
});
