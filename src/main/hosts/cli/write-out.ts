// Writing what a command made to the file that --out names. Nothing else.

import { writeFile } from 'node:fs/promises';
import type { Terminal } from './terminal.ts';

/** False, and said on stderr, when the file cannot be written. */
export async function writeOut(path: string, content: string | Uint8Array, terminal: Terminal): Promise<boolean> {
  try {
    await writeFile(path, content);
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    terminal.note(
      `UNREADABLE: ${path} cannot be written${code}. Check that the folder exists, its permissions, and that there is space.`,
    );
    return false;
  }
}
