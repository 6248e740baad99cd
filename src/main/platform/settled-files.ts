// Remembers how files looked, and tells which have been the same for long enough to be whole. No disk, no clock of its own.

/** How a file looked. */
export interface SeenFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly changedAtMs: number;
}

interface Memory extends SeenFile {
  sinceMs: number;
  /** Not to be told again until it changes. */
  isForgotten: boolean;
}

/** The files of one folder over time. */
export class SettledFiles {
  readonly #settleMs: number;
  readonly #known = new Map<string, Memory>();

  constructor(settleMs: number) {
    this.#settleMs = settleMs;
  }

  /** Takes a look at monotonic time `nowMs`. Tells the settled ones, and how many are still to settle. */
  look<T extends SeenFile>(
    files: readonly T[],
    nowMs: number,
  ): { readonly settled: readonly T[]; readonly waiting: number } {
    const names = new Set(files.map(({ name }) => name));
    for (const name of this.#known.keys()) if (!names.has(name)) this.#known.delete(name);
    const settled: T[] = [];
    let waiting = 0;
    for (const file of files) {
      const { name, sizeBytes, changedAtMs } = file;
      const before = this.#known.get(name);
      const isSame = before?.sizeBytes === sizeBytes && before.changedAtMs === changedAtMs;
      if (!isSame) this.#known.set(name, { name, sizeBytes, changedAtMs, sinceMs: nowMs, isForgotten: false });
      if (isSame && before.isForgotten) continue;
      if (isSame && nowMs - before.sinceMs >= this.#settleMs) settled.push(file);
      else waiting += 1;
    }
    return { settled, waiting };
  }

  /** Lets a file settle once more from `nowMs` on. */
  again(name: string, nowMs: number): void {
    const known = this.#known.get(name);
    if (known !== undefined) known.sinceMs = nowMs;
  }

  /** Does not tell of a file again until it changes. */
  forget(name: string): void {
    const known = this.#known.get(name);
    if (known !== undefined) known.isForgotten = true;
  }
}
