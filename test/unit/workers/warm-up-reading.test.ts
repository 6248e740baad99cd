// A reading thread that has nothing to do yet: what it reads to become warm, and that it stops when there is work.

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { InvoiceCheck } from '../../../src/main/domain/rules/rule.ts';
import { fail } from '../../../src/shared/result.ts';
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
  it('by reading more invoices, in batches and by themselves, than the calls after which V8 compiles for good', async () => {
    const { rules, seen } = listening();
    await warmUp({ profiles, rules }, () => false, 0);
    for (const format of ['GASEL', 'UBL']) expect(seen.filter((each) => each === format).length).toBeGreaterThan(3_000);
  });

  it('not at all with profiles that can’t be read: it does not even wait', async () => {
    const { rules, seen } = listening();
    await warmUp({ profiles: fail('INTERNAL', 'No profiles.'), rules }, () => false, 600_000);
    expect(seen).toEqual([]);
  });

  it('not at all when there is work, and no further than the step it is in when work comes', async () => {
    const none = listening();
    await warmUp({ profiles, rules: none.rules }, () => true, 0);
    expect(none.seen).toEqual([]);
    const some = listening();
    await warmUp({ profiles, rules: some.rules }, () => some.seen.length > 0, 0);
    expect(some.seen).toHaveLength(60);
  });
});
