// The arguments that the desktop program and the web host share. Reads; decides nothing.

import { parseArgs } from 'node:util';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';

/** What a host was told at its start. */
export interface HostArguments {
  /** Data root; null takes the default one. */
  readonly root: string | null;
  /** 0 takes a free port. */
  readonly port: number;
  /** Null: as it was left. */
  readonly startInPractice: boolean | null;
}

/** Words that the help shows. */
export const hostUsage = '[--data ROOT] [--port N] [--practice | --work]';

/** Reads `--data`, `--port`, `--practice` and `--work`. Unknown ones are an error unless they are Chromium's (`isTolerant`). Error: BAD_REQUEST. */
export function readHostArguments(
  argv: readonly string[],
  { isTolerant }: { readonly isTolerant: boolean },
): Result<HostArguments> {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        data: { type: 'string' },
        port: { type: 'string' },
        practice: { type: 'boolean' },
        work: { type: 'boolean' },
      },
      strict: !isTolerant,
      allowPositionals: isTolerant,
    }));
  } catch (error) {
    // parseArgs names the argument in its text, which is shown and not decided upon.
    return fail('BAD_REQUEST', error instanceof Error ? error.message : String(error));
  }
  const port = Number(values.port ?? '0');
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    return fail('BAD_REQUEST', `--port takes a whole number from 0 to 65535, not "${String(values.port)}".`);
  if (values.practice === true && values.work === true)
    return fail('BAD_REQUEST', 'Give --practice or --work, not both.');
  const startInPractice = values.practice === true ? true : values.work === true ? false : null;
  return ok({
    root: typeof values.data === 'string' && values.data !== '' ? values.data : null,
    port,
    startInPractice,
  });
}
