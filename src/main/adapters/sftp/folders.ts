// Folders below the vendor's folder, as name patterns ask for them: made when they are missing, once a session. No documents here.

import { classifyFolderStatus, isAbsent } from './classify.ts';
import type { RequestFailure } from './classify.ts';
import type { Answer, Patience, SftpChannel } from './sftp-channel.ts';
import { pathIn } from './wire.ts';

/** The folders of one session. An empty folder is nothing to a vendor, so making one is no effect. */
export class Folders {
  readonly #channel: SftpChannel;
  readonly #base: string;
  readonly #made = new Map<string, Promise<Answer<null>>>();

  constructor(channel: SftpChannel, base: string) {
    this.#channel = channel;
    this.#base = base;
  }

  /** Sees to it that the folders before a target's name are there. */
  async ensure(target: string, patience: Patience): Promise<Answer<null>> {
    const names = target.split('/').slice(0, -1);
    let answer: Answer<null> = { ok: true, value: null };
    let path = this.#base;
    for (const name of names) {
      path = pathIn(path, name);
      const making = this.#made.get(path) ?? this.#make(path, patience);
      this.#made.set(path, making);
      answer = await making;
      if (!answer.ok) {
        // What failed for one delivery (a cut, an abort) is asked anew for the next.
        this.#made.delete(path);
        return answer;
      }
    }
    return answer;
  }

  /** A folder was not where it had been made: vendors tidy up. */
  forget(): void {
    this.#made.clear();
  }

  /** Servers say "failure" for a folder that is there as for one that can't be made (version 3 has no number for it), so it is looked at. */
  async #make(path: string, patience: Patience): Promise<Answer<null>> {
    const made = await this.#channel.makeFolder(path, patience);
    if (made.ok || made.failure.kind !== 'status') return made;
    const there = await this.#channel.stat(path, patience);
    return there.ok && there.value.isDirectory() ? { ok: true, value: null } : made;
  }
}

/** True where a folder may be missing, so that making it again is worth a try. */
export function mayBeGone(failure: RequestFailure): boolean {
  return (
    isAbsent(failure) ||
    (failure.kind === 'status' && classifyFolderStatus(failure.status).code === 'sftp.upload-failed')
  );
}
