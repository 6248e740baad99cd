// Has invoices looked at in the service's test mode: which it refuses, and which it would ask another amount for. Sends nothing.

import type { RehearsalAnswer, RehearsedInvoice } from '../../ports/account-service.ts';
import { classifyReply, pageWords } from './classify.ts';
import { divideBodies } from './divide-bodies.ts';
import { byOwnKey } from './find-sent.ts';
import { readInvoices } from './read-invoices.ts';
import { mostItems, ownTotal } from './send-group.ts';
import { readAnswer } from './service.ts';
import type { Service } from './service.ts';

/** Requests that are divided to find a refused invoice; beyond them a whole request is named with the words it got. */
const mostDivisions = 64;

/** What has been learnt so far. */
interface Findings {
  accepted: number;
  compared: number;
  readonly differing: RehearsalAnswer['differing'][number][];
  readonly refused: RehearsalAnswer['refused'][number][];
  fault: RehearsalAnswer['fault'];
  divisions: number;
}

/** `service` is in test mode. Ends at the first answer that says nothing. */
export async function rehearse(
  service: Service,
  invoices: readonly RehearsedInvoice[],
  signal: AbortSignal,
): Promise<RehearsalAnswer> {
  const found: Findings = { accepted: 0, compared: 0, differing: [], refused: [], fault: null, divisions: 0 };
  await rehearseLot(service, { invoices, found, signal });
  const { divisions: _, ...answer } = found;
  return answer;
}

interface Lot {
  readonly invoices: readonly RehearsedInvoice[];
  readonly found: Findings;
  readonly signal: AbortSignal;
}

async function rehearseLot(service: Service, { invoices, found, signal }: Lot): Promise<void> {
  const { bodies, tooLarge } = divideBodies(invoices, mostItems);
  for (const { key, document } of tooLarge)
    found.refused.push({ key, detail: `${String(document.byteLength)} bytes of XML` });
  for (const { body, items } of bodies) {
    if (found.fault !== null) return;
    if (signal.aborted) {
      found.fault = { code: 'net.aborted', detail: '' };
      return;
    }
    await rehearseBody(service, { body, invoices: items, found, signal });
  }
}

async function rehearseBody(service: Service, { body, ...lot }: Lot & { readonly body: Uint8Array }): Promise<void> {
  const { invoices, found, signal } = lot;
  const end = await service.execute({ action: 'send', type: 'invoice', xml: body }, signal);
  if (end.kind === 'answered' && classifyReply(end.reply).kind === 'refused') {
    if (invoices.length === 1 || found.divisions >= mostDivisions) {
      const detail = pageWords(end.reply.body);
      found.refused.push(...invoices.map(({ key }) => ({ key, detail })));
      return;
    }
    found.divisions += 1;
    const middle = Math.ceil(invoices.length / 2);
    for (const half of [invoices.slice(0, middle), invoices.slice(middle)])
      await rehearseLot(service, { ...lot, invoices: half });
    return;
  }
  const read = readAnswer(end, readInvoices);
  if (!read.ok) {
    found.fault = { code: read.fault.code, detail: read.fault.detail };
    return;
  }
  found.accepted += invoices.length;
  const byKey = read.value === null ? new Map<string, never>() : byOwnKey(read.value);
  for (const { key, document } of invoices) {
    const [ownMinor, peerMinor] = [ownTotal(document), byKey.get(key)?.totalMinor ?? null];
    if (ownMinor === null || peerMinor === null) continue;
    found.compared += 1;
    if (Math.abs(ownMinor) !== Math.abs(peerMinor)) found.differing.push({ key, ownMinor, peerMinor });
  }
}
