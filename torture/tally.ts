// What a round of torture counted, and how it is told. No trials here.

import type { Finding } from './witness.ts';

/** Counts of one kind of torture. */
export class Tally {
  readonly name: string;
  readonly #startedAt = performance.now();
  readonly #faults = new Map<string, number>();
  readonly #seen = new Set<string>();
  readonly findings: (Finding & { readonly where: string })[] = [];
  /** Runs of the engine that were tormented. */
  trials = 0;
  /** Deliveries that were unknown after the last recovery, before anybody settled them. */
  undecided = 0;
  /** Documents the peer took whose acceptance never reached the engine. */
  lostReplies = 0;
  /** Invoices that were delivered or imported altogether. */
  invoices = 0;
  seconds = 0;

  constructor(name: string) {
    this.name = name;
  }

  /** Counts a fault that has come about. */
  fault(kind: string, times = 1): void {
    if (times > 0) this.#faults.set(kind, (this.#faults.get(kind) ?? 0) + times);
  }

  /** Faults by kind. */
  get faults(): ReadonlyMap<string, number> {
    return this.#faults;
  }

  /** How often one kind of fault has come about. */
  count(kind: string): number {
    return this.#faults.get(kind) ?? 0;
  }

  /** Notes what must never be, each thing once. */
  found(findings: readonly Finding[], where: string): void {
    for (const finding of findings) {
      const key = `${where.split(',')[0] ?? ''}/${finding.kind}/${finding.what}`;
      if (this.#seen.has(key)) continue;
      this.#seen.add(key);
      this.findings.push({ ...finding, where });
    }
  }

  /** How many findings of a kind. */
  countOf(kind: Finding['kind']): number {
    return this.findings.filter((finding) => finding.kind === kind).length;
  }

  /** Stops the clock. */
  end(): this {
    this.seconds = (performance.now() - this.#startedAt) / 1000;
    return this;
  }
}

/** The table for the terminal, and what was found. */
export function tell(tallies: readonly Tally[], print: (line: string) => void): void {
  const head = ['what', 'trials', 'faults', 'lost', 'doubles', 'wrong', 'undecided', 'lost replies', 'seconds'];
  const rows = tallies.map((tally) => [
    tally.name,
    String(tally.trials),
    String([...tally.faults.values()].reduce((sum, count) => sum + count, 0)),
    String(tally.countOf('lost')),
    String(tally.countOf('double')),
    String(tally.countOf('wrong')),
    String(tally.undecided),
    String(tally.lostReplies),
    tally.seconds.toFixed(0),
  ]);
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  for (const row of [head, ...rows])
    print(row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '));
  for (const tally of tallies) {
    if (tally.faults.size > 0)
      print(`\n${tally.name}: ${[...tally.faults].map(([kind, count]) => `${kind}: ${String(count)}`).join('; ')}`);
    for (const { kind, what, where } of tally.findings.slice(0, 20)) print(`  ${kind}: ${what} (${where})`);
  }
}
