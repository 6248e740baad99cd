// The arguments of the desktop program and the web host.

import { describe, expect, it } from 'vitest';
import { readHostArguments } from '../../../src/main/platform/host-arguments.ts';

const strict = { isTolerant: false };

describe('a host’s arguments', () => {
  it('may all be left out', () => {
    expect(readHostArguments([], strict)).toEqual({ ok: true, value: { root: null, port: 0, startInPractice: null } });
  });

  it('are read', () => {
    expect(readHostArguments(['--data', '/d', '--port=8080', '--work'], strict)).toEqual({
      ok: true,
      value: { root: '/d', port: 8080, startInPractice: false },
    });
    expect(readHostArguments(['--practice'], strict)).toMatchObject({ value: { startInPractice: true } });
  });

  it.each([
    [['--port', 'x']],
    [['--port', '65536']],
    [['--port', '1.5']],
    [['--practice', '--work']],
    [['--dta', '/d']],
    [['stray']],
  ])('are refused when wrong: %j', (argv) => {
    expect(readHostArguments(argv, strict)).toMatchObject({ ok: false, error: { code: 'BAD_REQUEST' } });
  });

  it('may stand among Chromium’s own', () => {
    expect(
      readHostArguments(['--no-sandbox', '/path/to/app', '--remote-debugging-port=0', '--data', '/d'], {
        isTolerant: true,
      }),
    ).toMatchObject({ ok: true, value: { root: '/d' } });
  });
});
