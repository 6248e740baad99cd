// A log that keeps its lines for a test to look at.

import type { Log } from '../../src/main/ports/log.ts';

/** One line. */
export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** A log and its lines. */
export function createRecordingLog(): { readonly log: Log; readonly lines: readonly LogLine[] } {
  const lines: LogLine[] = [];
  const at =
    (level: LogLine['level']) =>
    (message: string, facts: Readonly<Record<string, unknown>> = {}): void => {
      lines.push({ level, message, facts });
    };
  return { lines, log: { info: at('info'), warn: at('warn'), error: at('error') } };
}
