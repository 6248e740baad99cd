// The log port as JSON lines, in a file below the data folder or on standard error. Masked and bounded; never the place for results.

import { mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { destination, pino, stdTimeFunctions } from 'pino';
import type { DestinationStream } from 'pino';
import type { Log } from '../ports/log.ts';
import { maskFacts, maskText } from './masking.ts';

/** A log file is put aside at this size when the program starts; one older file is kept. */
const maxFileBytes = 5 * 1024 * 1024;

/** Opens the log. `folder` null writes to standard error; so does a folder that cannot be written. Each program has its own `name`. */
export function createJsonLog({
  folder,
  name = 'utskick',
}: {
  readonly folder: string | null;
  readonly name?: string;
}): Log {
  const logger = pino(
    { base: { pid: process.pid, program: name }, timestamp: stdTimeFunctions.isoTime, serializers: {} },
    openFile(folder, name) ?? destination({ dest: 2, sync: true }),
  );
  return {
    info: (message, facts = {}) => {
      logger.info(maskFacts(facts), maskText(message));
    },
    warn: (message, facts = {}) => {
      logger.warn(maskFacts(facts), maskText(message));
    },
    error: (message, facts = {}) => {
      logger.error(maskFacts(facts), maskText(message));
    },
  };
}

/** Synchronous writes: lines are few, and the last one before a crash is the one that matters. */
function openFile(folder: string | null, name: string): DestinationStream | null {
  if (folder === null) return null;
  const logs = join(folder, 'logs');
  const file = join(logs, `${name}.log`);
  try {
    mkdirSync(logs, { recursive: true });
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > maxFileBytes)
      renameSync(file, join(logs, `${name}.old.log`));
    return destination({ dest: file, append: true, sync: true });
  } catch (error) {
    // Without a log the program still works; the reason stands where a person may see it.
    process.stderr.write(
      `The log file ${file} cannot be written (${error instanceof Error ? error.message : String(error)}); the log goes here.\n`,
    );
    return null;
  }
}
