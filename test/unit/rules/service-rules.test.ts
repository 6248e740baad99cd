// What the services (Svea, SendRegning) cannot take is said at import, with its place: through the product's reader, in a workspace that has a connection.

import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/shared/schema/problem.ts';
import type { Channel } from '../../../src/shared/schema/delivery.ts';
import { batchText, invoiceText } from '../formats/gasel-text.ts';
import { placeOf, readContent } from '../formats/read-text.ts';
import { goodFor, serviceFailures } from './service-failures.ts';
import type { ServiceFailure } from './service-failures.ts';

/** The whole batch's own sum is no matter here. */
const base = batchText([invoiceText()]).replace(/ {2}<TotalAmount.*\n/u, '');

function changed(changes: ServiceFailure['changes']): string {
  let text = base;
  for (const [from, to] of changes) {
    if (from.startsWith('<TotalAmount')) continue;
    if (!text.includes(from)) throw new Error(`the base has no ${from}`);
    text = text.replace(from, () => to);
  }
  return text;
}

async function problemsOf(text: string, connected: readonly Channel[]): Promise<readonly Problem[]> {
  return (await readContent(text, connected)).problems;
}

describe('the rules of a service', () => {
  it.each(serviceFailures.map((failure, index) => [`${failure.id} (${String(index + 1)})`, failure] as const))(
    '%s is found at its line and column, and nothing where all is well',
    async (_name, { id, service, changes, at, also = [] }) => {
      const text = changed([...goodFor[service], ...changes]);
      const problems = await problemsOf(text, [service]);
      expect([...new Set(problems.map(({ ruleId }) => ruleId))].sort()).toEqual([id, ...also].sort());
      const [needle, skip = 0] = at;
      expect(problems.find(({ ruleId }) => ruleId === id)).toMatchObject({
        ...placeOf(text, needle, skip),
        severity: 'warning',
      });
    },
  );

  it.each(['svea', 'sendregning'] as const)('of %s have nothing to say about an invoice it takes', async (service) => {
    expect(await problemsOf(changed(goodFor[service]), [service, 'email'])).toEqual([]);
  });

  it('say nothing where there is no connection, and only inform where the invoice has its own way to go', async () => {
    expect(await problemsOf(base, ['email', 'sftp', 'sendregning'])).toEqual([]);
    expect(await problemsOf(base, ['svea'])).toMatchObject([{ severity: 'warning' }]);
    expect(await problemsOf(base, ['svea', 'sftp'])).toMatchObject([{ severity: 'warning' }]);
    expect(await problemsOf(base, ['svea', 'email'])).toMatchObject([
      { ruleId: 'channel.svea.national-id', severity: 'info' },
    ]);
  });

  it('say nothing of a sum that has been said not to add up', async () => {
    const text = changed([...goodFor.svea, ['<PayableAmount>500.00', '<PayableAmount>510.00']]);
    expect((await problemsOf(text, ['svea'])).map(({ ruleId }) => ruleId)).toEqual(['core.total.payable']);
  });
});
