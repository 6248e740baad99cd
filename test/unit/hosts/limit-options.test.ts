// Limits as they are typed on the command line: every notation, every slip, and the way back to words.

import { describe, expect, test } from 'vitest';
import { readArguments } from '../../../src/main/hosts/cli/command.ts';
import { hasLimits, limitLines, limitOptions, readLimits } from '../../../src/main/hosts/cli/limit-options.ts';
import { connectionLimitsSchema, noLimits } from '../../../src/shared/schema/connection-limits.ts';
import type { ConnectionLimits } from '../../../src/shared/schema/connection-limits.ts';

function parsed(...argv: string[]) {
  const args = readArguments(argv, limitOptions, 0);
  if (!args.ok) throw new Error(args.error.message);
  return args.value;
}

function given(argv: readonly string[], standing: ConnectionLimits = noLimits): ConnectionLimits {
  const limits = readLimits(parsed(...argv), standing);
  if (!limits.ok) throw new Error(limits.error.message);
  return limits.value;
}

const full = [
  ...['--per-minute', '60', '--per-hour', '1000', '--per-day', '5000', '--max-size', '10M'],
  ...['--open', 'mon-fri 08:00-17:00', '--open', 'sat,sun 10:00-12:00'],
  ...['--closed', '02:00-04:00', '--closed', '2026-12-24', '--closed', '2026-12-31T12:00..2027-01-01'],
  ...['--time-zone', 'Europe/Oslo'],
];

describe('limits', () => {
  test('are read as they are meant', () => {
    const limits = given(full);
    expect(limits).toEqual({
      rate: { perMinute: 60, perHour: 1000, perDay: 5000 },
      maxDocumentBytes: 10_000_000,
      hours: {
        timeZone: 'Europe/Oslo',
        open: [
          { days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00' },
          { days: [6, 7], from: '10:00', to: '12:00' },
        ],
        closed: [
          { days: [1, 2, 3, 4, 5, 6, 7], from: '02:00', to: '04:00' },
          { from: '2026-12-24', to: '2026-12-24' },
          { from: '2026-12-31T12:00', to: '2027-01-01' },
        ],
      },
    });
    expect(connectionLimitsSchema.parse(limits)).toEqual(limits);
  });

  test('are said again in the same notation', () => {
    expect(limitLines(given(full))).toEqual([
      'at most 60 in any minute',
      'at most 1000 in any hour',
      'at most 5000 in any 24 hours',
      'documents of at most 10 MB',
      'open mon-fri 08:00-17:00',
      'open sat,sun 10:00-12:00',
      'closed daily 02:00-04:00',
      'closed 2026-12-24',
      'closed 2026-12-31T12:00..2027-01-01',
      'by the clock of Europe/Oslo',
    ]);
    expect(limitLines(noLimits)).toEqual([]);
  });

  test('that are not given stay, and none takes one away', () => {
    const standing = given(full);
    expect(given([], standing)).toEqual(standing);
    expect(given(['--per-hour', 'none', '--max-size', 'none'], standing)).toMatchObject({
      rate: { perMinute: 60, perHour: null, perDay: 5000 },
      maxDocumentBytes: null,
    });
    expect(given(['--open', 'none', '--closed', 'none'], standing).hours).toBe(null);
    expect(given(['--closed', 'none'], standing).hours?.open).toHaveLength(2);
  });

  test('go over the end of a week and of a day', () => {
    expect(given(['--open', 'sat-mon 22:00-06:00']).hours?.open).toEqual([
      { days: [1, 6, 7], from: '22:00', to: '06:00' },
    ]);
  });

  test('without a zone follow this computer’s', () => {
    expect(given(['--open', 'daily 08:00-24:00']).hours?.timeZone).toBe(
      Intl.DateTimeFormat().resolvedOptions().timeZone,
    );
  });

  test('are noticed when given', () => {
    expect(hasLimits(parsed())).toBe(false);
    expect(hasLimits(parsed('--closed', '2026-12-24'))).toBe(true);
    expect(hasLimits(parsed('--per-day', '1'))).toBe(true);
  });

  test.each([
    ['--per-minute', '0'],
    ['--per-minute', '1.5'],
    ['--max-size', '10 apples'],
    ['--max-size', '1'],
    ['--open', 'mandag 08:00-17:00'],
    ['--open', 'mon-fri 8-17'],
    ['--open', 'mon-fri 08:00-08:00'],
    ['--open', 'mon-fri 08:00-25:00'],
    ['--open', '2026-12-24'],
    ['--closed', '2026-02-30'],
    ['--closed', '2026-12-24..2026-12-20'],
    ['--closed', '2026-12-24..2026-12-25..2026-12-26'],
    ['--time-zone', 'Stockholm'],
    ['--time-zone', 'Europe/Stockholm'],
  ])('%s %s is refused, and the option is named', (option, value) => {
    const limits = readLimits(parsed(option, value), noLimits);
    expect(limits).toMatchObject({ ok: false, error: { code: 'BAD_REQUEST' } });
    expect(limits.ok ? '' : limits.error.message).toContain(option);
  });
});
