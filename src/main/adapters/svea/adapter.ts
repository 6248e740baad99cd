// The Svea adapter: invoices as orders at Svea Europe Web Service. Envelopes in soap-client.ts, outcomes in classify.ts and deliver.ts, the mapping in compose.ts.

import type { SveaConfig } from '../../../shared/schema/connection.ts';
import type { ChannelAdapter, ChannelTarget } from '../../ports/channel-adapter.ts';
import { walkTestSteps } from '../test-steps.ts';
import type { StepFinding } from '../test-steps.ts';
import { classifyFailure, classifyRefusal, testFailure } from './classify.ts';
import { sveaComposer } from './compose.ts';
import { deliver, lookUp } from './deliver.ts';
import { connectTo } from './http-exchange.ts';
import type { ExchangeLimits } from './http-exchange.ts';
import { createSveaClient } from './soap-client.ts';
import { createOrderDesk } from './order-desk.ts';
import type { SveaClient } from './soap-client.ts';

/** Where the WSDL is, and limits; tests shorten them. */
export interface SveaAdapterOptions extends Partial<ExchangeLimits> {
  readonly resourcesDir: string;
}

/** An order of 500 rows is answered in a few kilobytes; campaigns and addresses are lists of some dozens. */
const defaultLimits: ExchangeLimits = {
  connectTimeoutMs: 30_000,
  replyTimeoutMs: 100_000,
  maxReplyBytes: 4 * 1024 * 1024,
};

/** The adapter; holds no connection: each call has its own. */
export function createSveaAdapter({ resourcesDir, ...given }: SveaAdapterOptions): ChannelAdapter {
  const limits: ExchangeLimits = { ...defaultLimits, ...given };
  const clientFor = ({ config, secret }: ChannelTarget): Promise<SveaClient> => {
    const { url, clientNumber, username } = sveaConfigOf(config);
    return createSveaClient({
      resourcesDir,
      url,
      login: { clientNumber, username, password: secret ?? '' },
      limits,
    });
  };
  return {
    channel: 'svea',
    composer: sveaComposer,
    orders: createOrderDesk(clientFor),
    async open(target) {
      const config = sveaConfigOf(target.config);
      if (target.secret === null)
        return { ok: false, failure: { code: 'svea.secret-missing', detail: '', isPermanent: true } };
      const client = await clientFor(target);
      return {
        ok: true,
        session: {
          parallel: config.parallel,
          send: (item, context) => deliver(client, config, [item, context]),
          lookUp: (item, signal) => lookUp(client, item, signal),
          close: () => Promise.resolve(),
        },
      };
    },
    async test(target, signal) {
      const client = await clientFor(target);
      return walkTestSteps({
        address: () => checkAddress(sveaConfigOf(target.config), limits, signal),
        transport: () => ping(client, signal),
        login: () => logIn(client, target, signal),
        permission: () => checkCampaigns(client, sveaConfigOf(target.config), signal),
      });
    },
  };
}

function sveaConfigOf(config: ChannelTarget['config']): SveaConfig {
  if (config.channel !== 'svea') throw new TypeError('the Svea adapter was given another channel');
  return config;
}

/** Name, connection and certificate. */
async function checkAddress(config: SveaConfig, limits: ExchangeLimits, signal: AbortSignal): Promise<StepFinding> {
  const url = new URL(config.url);
  const connected = await connectTo({ url, signal }, limits);
  if (connected.ok) {
    connected.socket.destroy();
    return { ok: true, detail: url.host };
  }
  const { reply } = connected;
  return reply.kind === 'notConnected'
    ? { ok: false, code: reply.code, detail: reply.detail }
    : { ok: false, code: 'net.failed', detail: '' };
}

/** The service answers; it takes no login for this. */
async function ping(client: SveaClient, signal: AbortSignal): Promise<StepFinding> {
  const reply = await client.call('Ping', {}, { signal });
  if (reply.kind === 'result') return { ok: true, detail: `Ping: ${reply.result ?? ''}` };
  return { ok: false, ...testFailure(classifyFailure(reply, { isEffective: false })) };
}

/** The service has no login by itself: its campaigns are the cheapest thing to ask for with one. */
async function logIn(client: SveaClient, target: ChannelTarget, signal: AbortSignal): Promise<StepFinding> {
  if (target.secret === null) return { ok: false, code: 'svea.secret-missing', detail: '' };
  const reply = await client.call('GetPaymentPlanParamsEu', {}, { signal });
  if (reply.kind !== 'result') return { ok: false, ...testFailure(classifyFailure(reply, { isEffective: false })) };
  const { Accepted, ResultCode, ErrorMessage } = reply.result;
  const { clientNumber } = sveaConfigOf(target.config);
  if (!Accepted && ResultCode === '10000')
    return { ok: false, ...testFailure(classifyRefusal(ResultCode, ErrorMessage)) };
  // A client number for invoices may have no right to campaigns: it is known all the same.
  return { ok: true, detail: clientNumber };
}

/** The campaign that orders are to have is one of this client's. */
async function checkCampaigns(client: SveaClient, config: SveaConfig, signal: AbortSignal): Promise<StepFinding> {
  if (config.orderType === 'Invoice') return { ok: true, detail: `${config.country} ${config.orderType}` };
  const codes =
    config.orderType === 'PaymentPlan'
      ? await client.call('GetPaymentPlanParamsEu', {}, { signal })
      : await client.call('GetAccountCreditParamsEu', {}, { signal });
  if (codes.kind !== 'result') return { ok: false, ...testFailure(classifyFailure(codes, { isEffective: false })) };
  const { result } = codes;
  if (!result.Accepted) return { ok: false, ...testFailure(classifyRefusal(result.ResultCode, result.ErrorMessage)) };
  const found = 'CampaignCodes' in result ? result.CampaignCodes : result.AccountCreditCampaignCodes;
  const isThere =
    config.campaignCode === null || found.some(({ CampaignCode }) => CampaignCode === config.campaignCode);
  return isThere
    ? { ok: true, detail: `${String(found.length)} campaigns` }
    : { ok: false, code: 'svea.no-campaign', detail: config.campaignCode ?? '' };
}
