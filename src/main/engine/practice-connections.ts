// The connections of a practice workspace, pointed at the local providers each time they start.

import { ok } from '../../shared/result.ts';
import type { Connection, SendRegningConfig, SveaConfig } from '../../shared/schema/connection.ts';
import { noLimits } from '../../shared/schema/connection-limits.ts';
import type { Language } from '../../shared/schema/settings.ts';
import { actNow } from '../app/context.ts';
import type { AppContext } from '../app/context.ts';
import { readSettings } from '../app/workspace-settings.ts';
import type { PracticeEndpoints } from '../platform/practice-process.ts';
import type { Secrets } from '../ports/secrets.ts';

const names = {
  email: { sv: 'E-post (övning)', nb: 'E-post (øving)', en: 'E-mail (practice)' },
  sftp: { sv: 'Tryckeri (övning)', nb: 'Trykkeri (øving)', en: 'Print vendor (practice)' },
  svea: { sv: 'Svea (övning)', nb: 'Svea (øving)', en: 'Svea (practice)' },
  sveaPlan: {
    sv: 'Svea delbetalning (övning)',
    nb: 'Svea delbetaling (øving)',
    en: 'Svea payment plans (practice)',
  },
  sendregning: { sv: 'SendRegning (övning)', nb: 'SendRegning (øving)', en: 'SendRegning (practice)' },
} as const satisfies Record<string, Record<Language, string>>;
const emailId = 'practice-email';
const sftpId = 'practice-sftp';
const sveaId = 'practice-svea';
const sveaPlanId = 'practice-svea-plan';
const sendRegningId = 'practice-sendregning';
/** The practice service's client number for Swedish invoices (docs/providers/practice-svea.md). */
const sveaClientNumber = '71001';
/** The same for payment plans, and the campaign that its orders have: the specification's example. */
const sveaPlanClientNumber = '71002';
const sveaPlanCampaign = '999999';

/** Adds or re-points the practice connections; ports change from start to start. */
export function savePracticeConnections(context: AppContext, endpoints: PracticeEndpoints): void {
  const common = { endpoint: 'practice' as const, secret: { kind: 'none' as const }, lastTest: null };
  const existing = (id: string): Connection | undefined =>
    context.store.config.connections().find((connection) => connection.id === id);
  const createdAtMs = context.clock.nowMs();
  const { language } = readSettings(context);
  /** A name the operator gave stays; one of ours follows the language. */
  const nameOf = (connection: Connection | undefined, channel: keyof typeof names): string =>
    connection === undefined || Object.values(names[channel]).some((name) => name === connection.name)
      ? names[channel][language]
      : connection.name;
  const email: Connection = {
    ...common,
    id: emailId,
    name: nameOf(existing(emailId), 'email'),
    channel: 'email',
    limits: existing(emailId)?.limits ?? noLimits,
    createdAtMs: existing(emailId)?.createdAtMs ?? createdAtMs,
    config: {
      channel: 'email',
      host: endpoints.smtp.host,
      port: endpoints.smtp.port,
      tls: 'none',
      user: endpoints.smtp.user,
      fromAddress: 'faktura@example.com',
      fromName: null,
      parallel: 5,
    },
  };
  const sftp: Connection = {
    ...common,
    id: sftpId,
    name: nameOf(existing(sftpId), 'sftp'),
    channel: 'sftp',
    limits: existing(sftpId)?.limits ?? noLimits,
    createdAtMs: existing(sftpId)?.createdAtMs ?? createdAtMs,
    config: {
      channel: 'sftp',
      host: endpoints.sftp.host,
      port: endpoints.sftp.port,
      user: endpoints.sftp.user,
      privateKeyPath: null,
      hostKey: endpoints.sftp.hostKey,
      path: '/',
      parallel: 8,
    },
  };
  const svea: Connection = {
    ...common,
    id: sveaId,
    name: nameOf(existing(sveaId), 'svea'),
    channel: 'svea',
    limits: existing(sveaId)?.limits ?? noLimits,
    createdAtMs: existing(sveaId)?.createdAtMs ?? createdAtMs,
    config: sveaConfig(endpoints),
  };
  const sveaPlan: Connection = {
    ...svea,
    id: sveaPlanId,
    name: nameOf(existing(sveaPlanId), 'sveaPlan'),
    limits: existing(sveaPlanId)?.limits ?? noLimits,
    createdAtMs: existing(sveaPlanId)?.createdAtMs ?? createdAtMs,
    config: {
      ...sveaConfig(endpoints),
      clientNumber: sveaPlanClientNumber,
      orderType: 'PaymentPlan',
      campaignCode: sveaPlanCampaign,
    },
  };
  const sendRegning: Connection = {
    ...common,
    id: sendRegningId,
    name: nameOf(existing(sendRegningId), 'sendregning'),
    channel: 'sendregning',
    limits: existing(sendRegningId)?.limits ?? noLimits,
    createdAtMs: existing(sendRegningId)?.createdAtMs ?? createdAtMs,
    config: sendRegningConfig(endpoints),
  };
  for (const connection of [email, sftp, svea, sveaPlan, sendRegning])
    context.store.config.saveConnection(connection, actNow(context));
}

function sveaConfig({ svea: { url, user } }: PracticeEndpoints): SveaConfig {
  return {
    channel: 'svea',
    url,
    clientNumber: sveaClientNumber,
    username: user,
    country: 'SE',
    orderType: 'Invoice',
    distribution: 'Post',
    campaignCode: null,
    creditDays: null,
    parallel: 4,
  };
}

function sendRegningConfig({ sendregning: { url, user } }: PracticeEndpoints): SendRegningConfig {
  return { channel: 'sendregning', url, user, isTest: false, shipment: 'asInvoice' };
}

/** Secrets of a practice workspace: the local provider's own password for its connection, everything else as usual. */
export function practiceSecrets(inner: Secrets, endpoints: PracticeEndpoints): Secrets {
  return {
    isKeychainAvailable: () => inner.isKeychainAvailable(),
    read: (connectionId, source) => {
      if (connectionId === sftpId) return Promise.resolve(ok(endpoints.sftp.password));
      if (connectionId === sveaId || connectionId === sveaPlanId) return Promise.resolve(ok(endpoints.svea.password));
      if (connectionId === sendRegningId) return Promise.resolve(ok(endpoints.sendregning.password));
      if (connectionId === emailId) return Promise.resolve(ok(endpoints.smtp.password));
      return inner.read(connectionId, source);
    },
    write: (connectionId, secret) => inner.write(connectionId, secret),
    remove: (connectionId) => inner.remove(connectionId),
  };
}
