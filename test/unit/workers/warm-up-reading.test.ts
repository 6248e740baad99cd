// A reading thread that has nothing to do yet: what it reads to become warm, and that it stops when there is work.

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { InvoiceCheck } from '../../../src/main/domain/rules/rule.ts';
import { ProfileLibrary } from '../../../src/main/formats/load-profiles.ts';
import { warmUp } from '../../../src/main/workers/warm-up-reading.ts';

const profiles = new ProfileLibrary({
  builtIn: join(import.meta.dirname, '../../../resources/profiles'),
  own: null,
}).current();

/** Formats of the invoices that were read, in their order. */
function listening(): { readonly rules: readonly InvoiceCheck[]; readonly seen: string[] } {
  const seen: string[] = [];
  const check: InvoiceCheck['check'] = (_invoice, { format = '' }) => {
    seen.push(format);
    return [];
  };
  return { rules: [{ check }], seen };
}

describe('the reading thread warms up', () => {
  it('by reading batches and single invoices until V8 has compiled what it calls once for each of them', async () => {
    const { rules, seen } = listening();
    await warmUp({ profiles, rules }, () => false);
    const count = (format: string): number => seen.filter((each) => each === format).length;
    expect(count('GASEL')).toBe(3_500);
    expect(count('UBL')).toBe(7_000);
    expect(seen).toHaveLength(10_500);
  });

  it('not at all when there is work, and no further than the step it is in when work comes', async () => {
    const none = listening();
    await warmUp({ profiles, rules: none.rules }, () => true);
    expect(none.seen).toEqual([]);
    const some = listening();
    await warmUp({ profiles, rules: some.rules }, () => some.seen.length > 0);
    expect(some.seen).toHaveLength(60);
  });
});
