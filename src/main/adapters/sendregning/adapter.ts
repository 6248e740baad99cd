// The SendRegning adapter: invoices as data to its web service, in groups. Calls are in service.ts, requests and their ends in send-group.ts.

import type { TestStep } from '../../../shared/schema/connection.ts';
import type { ChannelAdapter, ChannelSession, ChannelTarget, OpenFailure } from '../../ports/channel-adapter.ts';
import { dial, isLoopbackHost } from '../net.ts';
import { walkTestSteps } from '../test-steps.ts';
import type { StepFinding } from '../test-steps.ts';
import { createAccountDesk } from './account-desk.ts';
import { serviceTiming } from './client.ts';
import type { ServiceTiming } from './client.ts';
import { sendRegningComposer, sendRegningConfigOf } from './composer.ts';
import { createMaintenanceCheck } from './maintenance.ts';
import { createGroupSender } from './send-group.ts';
import { createService } from './service.ts';
import type { Service } from './service.ts';

/** Tests shorten the limits and set the clock. */
export interface SendRegningAdapterOptions {
  readonly timing?: Partial<ServiceTiming>;
  readonly now?: () => number;
  /** Also a service on this computer is left alone at night; else only the real one is. */
  readonly isNightEverywhere?: boolean;
}

/** The adapter; holds no connection itself, and a session none either: each call has its own. */
export function createSendRegningAdapter(options: SendRegningAdapterOptions = {}): ChannelAdapter {
  const timing = { ...serviceTiming, ...options.timing };
  const now = options.now ?? Date.now;
  const times = { timing, now, isNightEverywhere: options.isNightEverywhere ?? false };
  return {
    channel: 'sendregning',
    composer: sendRegningComposer,
    account: createAccountDesk((target) => openService(target, times)),
    open: (target) => {
      const opened = openService(target, times);
      return Promise.resolve(opened.ok ? { ok: true, session: createSession(opened.service, target, now) } : opened);
    },
    test: (target, signal) => testService(target, signal, times),
  };
}

interface Times {
  readonly timing: ServiceTiming;
  readonly now: () => number;
  readonly isNightEverywhere: boolean;
}

/** The service of a connection, for calls beside its deliveries; nothing is called yet. */
export function openService(
  target: ChannelTarget,
  { timing, now, isNightEverywhere }: Times = { timing: serviceTiming, now: Date.now, isNightEverywhere: false },
): { readonly ok: true; readonly service: Service } | { readonly ok: false; readonly failure: OpenFailure } {
  const { url, user, isTest } = sendRegningConfigOf(target.config);
  if (target.secret === null || target.secret === '') return failed('sendregning.secret-missing', '', true);
  const { protocol, hostname } = new URL(url);
  // The login goes with every call: in the clear only to this computer itself.
  if (protocol !== 'https:' && !isLoopbackHost(hostname)) return failed('sendregning.not-secure', url, true);
  const isMaintenance = createMaintenanceCheck();
  const hasNight = isNightEverywhere || !isLoopbackHost(hostname);
  const isClosed = (): boolean => hasNight && isMaintenance(now());
  if (isClosed()) return failed('sendregning.closed', '', false);
  const access = { url, user, password: target.secret, isTest };
  return { ok: true, service: createService({ access, timing, isClosed }) };
}

function failed(
  code: string,
  detail: string,
  isPermanent: boolean,
): { readonly ok: false; readonly failure: OpenFailure } {
  return { ok: false, failure: { code, detail, isPermanent } };
}

function createSession(service: Service, target: ChannelTarget, now: () => number): ChannelSession {
  const { isTest } = sendRegningConfigOf(target.config);
  return {
    // The service numbers invoices in the order they come.
    parallel: 1,
    send: () => Promise.reject(new Error('SendRegning takes invoices in groups only')),
    groups: createGroupSender({ service, isTest, now }),
    lookUp: async ({ target: key }, signal) => {
      const answer = await service.selectInvoices({ which: { last: 1_000 } }, signal);
      if (!answer.ok) return { kind: 'unclear', detail: answer.fault.detail };
      const invoice = answer.value?.invoices.find(({ orderNo, invoiceNo }) => orderNo === key && invoiceNo !== null);
      if (invoice === undefined) return { kind: 'unclear', code: 'gone', detail: '' };
      return { kind: 'found', receipt: { invoiceNo: invoice.invoiceNo ?? '', orderNo: key } };
    },
    close: () => Promise.resolve(),
  };
}

/** Address, then TLS and login by fetching the constants, which changes nothing; the right to send shows only when something is sent. */
async function testService(target: ChannelTarget, signal: AbortSignal, times: Times): Promise<readonly TestStep[]> {
  const { url, user } = sendRegningConfigOf(target.config);
  const { hostname, port, protocol } = new URL(url);
  const opened = openService(target, times);
  const held: { constants: Awaited<ReturnType<Service['constants']>> | null } = { constants: null };
  const findingOf = (codes: readonly string[], detail: string): StepFinding => {
    const answer = held.constants;
    if (answer === null || answer.ok || !codes.some((code) => answer.fault.code.startsWith(code)))
      return { ok: true, detail };
    return { ok: false, code: answer.fault.code, detail: answer.fault.detail };
  };
  return walkTestSteps({
    address: async () => {
      if (!opened.ok && opened.failure.code !== 'sendregning.secret-missing') return { ok: false, ...opened.failure };
      const host = hostname.replace(/^\[|\]$/gu, '');
      const number = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
      const dialled = await dial({ host, port: number, timeoutMs: times.timing.connectMs, signal });
      if (!dialled.ok) return { ok: false, ...dialled.failure };
      dialled.socket.destroy();
      return { ok: true, detail: `${host} port ${String(number)}` };
    },
    transport: async () => {
      if (opened.ok) held.constants = await opened.service.constants(signal);
      return findingOf(
        ['net.', 'sendregning.certificate', 'sendregning.tls', 'sendregning.cut', 'sendregning.no-reply'],
        protocol === 'https:' ? 'TLS' : 'loopback',
      );
    },
    login: () =>
      Promise.resolve(opened.ok ? findingOf(['sendregning.login-refused'], user) : { ok: false, ...opened.failure }),
    permission: () => Promise.resolve(findingOf(['sendregning.'], 'select constant')),
  });
}
