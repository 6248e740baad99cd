// What the command line writes: results to stdout (text or JSON), everything else to stderr. No logic about invoices.

import type { AppError } from '../../../shared/result.ts';

/** Where a command writes. */
export interface Terminal {
  /** One line for people or one JSON document for programs. */
  out(text: string): void;
  /** One JSON document in pieces, for results too large for one text. */
  outPieces(pieces: Iterable<string>): Promise<void>;
  /** Remarks, warnings, errors. */
  note(text: string): void;
  /** A line that is overwritten by the next one; nothing when stderr is not a terminal. */
  progress(text: string): void;
  /** Asks for a secret without showing it; null when there is nobody to ask. */
  askSecret(question: string): Promise<string | null>;
}

/** The process's own terminal. */
export function createTerminal(): Terminal {
  let hasProgressLine = false;
  let isClosed = false;
  // Whoever read stdout has gone (`| head`): the work goes on, its result has no reader.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    isClosed = true;
  });
  const clearProgress = (): void => {
    if (!hasProgressLine) return;
    process.stderr.write('\r\u001b[K');
    hasProgressLine = false;
  };
  return {
    out(text) {
      clearProgress();
      process.stdout.write(`${text}\n`);
    },
    async outPieces(pieces) {
      clearProgress();
      for (const piece of pieces) {
        if (isClosed) return;
        if (!process.stdout.write(piece)) await roomInStdout();
      }
    },
    note(text) {
      clearProgress();
      process.stderr.write(`${text}\n`);
    },
    progress(text) {
      if (!process.stderr.isTTY) return;
      process.stderr.write(`\r\u001b[K${text}`);
      hasProgressLine = true;
    },
    askSecret: readHidden,
  };
}

/** "code: message", with the next step where the error has one beside its message. */
export function errorLine(error: AppError): string {
  const next = error.details?.suggestion;
  return `${error.code}: ${error.message}${typeof next === 'string' ? ` ${next.replace(/[^.]$/u, '$&.')}` : ''}`;
}

/** Says why a command could not do its work; with `--json` stdout gets it too, so that it is one JSON document in every case. */
export function sayError(terminal: Terminal, error: AppError, isJson: boolean): void {
  terminal.note(errorLine(error));
  const { code, message, details = {} } = error;
  if (isJson) terminal.out(JSON.stringify({ error: { code, message, details } }, null, 2));
}

/** "1 invoice", "2 invoices". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}

function roomInStdout(): Promise<void> {
  const { stdout } = process;
  return new Promise((resolve) => {
    const go = (): void => {
      stdout.off('drain', go);
      stdout.off('error', go);
      resolve();
    };
    stdout.on('drain', go);
    stdout.on('error', go);
  });
}

function readHidden(question: string): Promise<string | null> {
  const { stdin } = process;
  if (!stdin.isTTY) return Promise.resolve(null);
  process.stderr.write(question);
  return new Promise((resolve) => {
    let typed = '';
    stdin.setRawMode(true);
    stdin.setEncoding('utf8');
    const finish = (answer: string | null): void => {
      stdin.setRawMode(false);
      stdin.pause();
      stdin.off('data', onData);
      process.stderr.write('\n');
      resolve(answer);
    };
    const onData = (data: string): void => {
      for (const character of data) {
        if (character === '\r' || character === '\n') {
          finish(typed);
          return;
        }
        if (character === '\u0003') {
          finish(null);
          return;
        }
        typed = character === '\u007f' || character === '\b' ? typed.slice(0, -1) : typed + character;
      }
    };
    stdin.on('data', onData);
    stdin.resume();
  });
}
