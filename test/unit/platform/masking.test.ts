// What a log line must not hold.

import { describe, expect, it } from 'vitest';
import { maskFacts, maskText } from '../../../src/main/platform/masking.ts';

describe('a text in the log', () => {
  it.each([
    ['anna.andersson@example.com', 'a***@example.com'],
    ['till åsa.öberg+el@exempel.se.', 'till å***@exempel.se.'],
    ['<ola@example.no>, <kari@example.no>', '<o***@example.no>, <k***@example.no>'],
    ['19850709-9805', '[number]'],
    ['850709-9805 och 8507099805', '[number] och [number]'],
    ['850709+9805', '[number]'],
    ['fødselsnummer 01129955131', 'fødselsnummer [number]'],
    ['011299 55131', '[number]'],
    ['850709 9805', '[number]'],
    ['Anna,850709-9805.', 'Anna,[number].'],
  ])('"%s" is written as "%s"', (text, masked) => {
    expect(maskText(text)).toBe(masked);
  });

  it.each([
    'INV-2026-0042',
    'batch 6f1c2e9a0b4d',
    'port 2525',
    '12 345,50 kr',
    '2026-11-21T10:04:28.123Z',
    'line 1234 column 56',
    'a4f1'.repeat(16),
  ])('"%s" stays as it is', (text) => {
    expect(maskText(text)).toBe(text);
  });

  it('is cut when it is long, and says how long it was', () => {
    const masked = maskText('å'.repeat(5_000));
    expect(masked.length).toBeLessThan(2_100);
    expect(masked).toContain('5000 characters');
  });
});

describe('facts in the log', () => {
  it('leave secrets out by name, at any depth', () => {
    const masked = JSON.stringify(
      maskFacts({
        password: 'hunter2',
        config: { Authorization: 'Bearer x', privateKey: 'PEM', smtpPassword: 'p', sessionToken: 't' },
      }),
    );
    expect(masked).not.toMatch(/hunter2|Bearer|PEM|"p"|"t"/u);
  });

  it('keep numbers, booleans and null', () => {
    expect(maskFacts({ atMs: 8507099805, isUp: true, nothing: null })).toEqual({
      atMs: 8507099805,
      isUp: true,
      nothing: null,
    });
  });

  it('mask names in lists, errors and their causes', () => {
    const error = Object.assign(new Error('refused anna@example.com', { cause: new Error('ola@example.no') }), {
      code: 'EAUTH',
    });
    const masked = JSON.stringify(maskFacts({ error, to: ['kari@example.no'] }));
    expect(masked).not.toMatch(/anna|ola@|kari/u);
    expect(masked).toContain('EAUTH');
  });

  it('are bounded: cycles, bytes and long lists', () => {
    const cycle: Record<string, unknown> = {
      bytes: new Uint8Array(9),
      many: Array.from({ length: 1_000 }, (_item, at) => at),
      count: 5n,
    };
    cycle.self = cycle;
    expect(JSON.stringify(maskFacts(cycle)).length).toBeLessThan(5_000);
    expect(maskFacts(cycle)).toMatchObject({ bytes: '[9 bytes]', count: '5' });
  });
});
