// Shapes of connections and their step-by-step test. A secret never appears in any of them.

import { z } from 'zod';
import { connectionLimitsSchema } from './connection-limits.ts';
import { readNamePattern } from '../name-pattern.ts';
import { channels } from './delivery.ts';

/** Text that may stand in a header, a name or an address: no CR, LF, NUL. */
const singleLine = (max: number) =>
  z.string().min(1).max(max).refine(hasNoControlCharacters, 'control characters are not allowed');

/** Where a secret is kept: the operating system's keychain, or an environment variable read when needed (machines without a keychain). */
export const secretSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('keychain') }),
  z.object({ kind: z.literal('environment'), variable: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/u) }),
]);
/** Where a secret is kept. */
export type SecretSource = z.infer<typeof secretSourceSchema>;

/** What kind of peer: practice and test endpoints are marked on screen, production is not. */
export const endpointKinds = ['practice', 'test', 'production'] as const;
/** One of {@link endpointKinds}. */
export type EndpointKind = (typeof endpointKinds)[number];

/** What the secret of a mail account is; left out = a password. */
export const emailLogins = ['password', 'accessToken', 'clientCredentials'] as const;
/** One of {@link emailLogins}. */
export type EmailLogin = (typeof emailLogins)[number];

/** A name in the DNS in ASCII: labels of letters, digits, hyphens and underscores. */
const dnsName = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9])?)*$/u);

/** SMTP submission. */
export const emailConfigSchema = z.object({
  channel: z.literal('email'),
  host: singleLine(253),
  port: z.number().int().min(1).max(65535),
  /** `none` is accepted only for loopback addresses. */
  tls: z.enum(['none', 'starttls', 'tls']),
  user: singleLine(320).nullable(),
  fromAddress: singleLine(320),
  fromName: singleLine(200).nullable(),
  /** Messages in flight at once. */
  parallel: z.number().int().min(1).max(20).default(5),
  /** A PEM file with certificate authorities to trust beside the system's; the check itself can't be switched off. */
  caPath: singleLine(4096).optional(),
  /** Left out = `password`. The other two log in with XOAUTH2. */
  login: z.enum(emailLogins).optional(),
  /** Where `clientCredentials` gets its access tokens (RFC 6749 4.4); the secret is the client's secret. */
  oauth: z.object({ tokenUrl: singleLine(2000), clientId: singleLine(320), scope: z.string().max(1000) }).optional(),
  /** An archive that gets a copy of every message; `cc` is seen by the customer. */
  copyTo: z.object({ kind: z.enum(['cc', 'bcc']), address: singleLine(320) }).optional(),
  /** Signs every message (RFC 6376): the key is in a PEM file, its public half in the DNS at `selector._domainkey.domain`. */
  dkim: z.object({ domain: dnsName(253), selector: dnsName(63), keyPath: singleLine(4096) }).optional(),
});
/** SMTP submission. */
export type EmailConfig = z.infer<typeof emailConfigSchema>;

/** A host key's fingerprint: `SHA256:` + base64 without padding, as OpenSSH prints it. */
export const hostKeySchema = z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/u);

/** A print vendor's SFTP folder. */
export const sftpConfigSchema = z.object({
  channel: z.literal('sftp'),
  host: singleLine(253),
  port: z.number().int().min(1).max(65535),
  user: singleLine(320),
  /** Path of a private key file; null = password login. */
  privateKeyPath: z.string().max(4096).nullable(),
  /** Null until the operator approved it. */
  hostKey: hostKeySchema.nullable(),
  /** Folder at the peer, absolute or relative to the login folder. */
  path: singleLine(1024),
  parallel: z.number().int().min(1).max(64).default(8),
  /** Left out = with the password or the private key. `agent`: with the keys of this computer's SSH agent; no secret is kept. */
  login: z.literal('agent').optional(),
  /** Folders below `path` and the file's name; left out = the usual one. See name-pattern.ts. */
  namePattern: singleLine(300)
    .refine((text) => readNamePattern(text).ok, 'not a pattern of safe names')
    .optional(),
});
/** A print vendor's SFTP folder. */
export type SftpConfig = z.infer<typeof sftpConfigSchema>;

/** SendRegning's web service. */
export const sendRegningConfigSchema = z.object({
  channel: z.literal('sendregning'),
  /** The whole address of `butler.do`; `http` is accepted only for loopback addresses. */
  url: z.url({ protocol: /^https?$/u }).max(2048),
  /** The e-mail address one logs in with. */
  user: singleLine(320),
  /** Every call is a rehearsal: the service checks and sends nothing. */
  isTest: z.boolean().default(false),
  /** How invoices leave the service: by each customer's choice, or all the same way. */
  shipment: z.enum(['asInvoice', 'PAPER', 'EMAIL', 'PAPER_AND_EMAIL']).default('asInvoice'),
});
/** SendRegning's web service. */
export type SendRegningConfig = z.infer<typeof sendRegningConfigSchema>;

/** Countries of Svea's service. A client number belongs to one of them, and with it the currency. */
export const sveaCountries = ['SE', 'NO', 'DK', 'FI', 'DE', 'NL'] as const;
/** What kinds of order Svea takes; each has a client number of its own. */
export const sveaOrderTypes = ['Invoice', 'PaymentPlan', 'AccountCredit'] as const;
/** How Svea sends its invoice. */
export const sveaDistributions = ['Post', 'Email', 'EInvoiceB2B', 'Peppol'] as const;

/** Svea's Europe Web Service: one client number, which means one country and one kind of order. */
export const sveaConfigSchema = z.object({
  channel: z.literal('svea'),
  /** https; http only to this computer itself. */
  url: z.url({ protocol: /^https?$/u }).max(2048),
  clientNumber: z.string().regex(/^[1-9]\d{0,6}$/u),
  username: singleLine(80),
  country: z.enum(sveaCountries),
  orderType: z.enum(sveaOrderTypes),
  distribution: z.enum(sveaDistributions),
  /** Payment plans and account credit: the campaign; null where none is chosen. */
  campaignCode: z
    .string()
    .regex(/^\d{1,18}$/u)
    .nullable()
    .default(null),
  /** Null: as many as from invoice date to due date. */
  creditDays: z.number().int().min(0).max(365).nullable().default(null),
  parallel: z.number().int().min(1).max(16).default(4),
});
/** Svea's Europe Web Service. */
export type SveaConfig = z.infer<typeof sveaConfigSchema>;

/** What a server's rename does with a name that is taken. */
export const renameHabits = ['refuses', 'replaces'] as const;
/** One of {@link renameHabits}. */
export type RenameHabit = (typeof renameHabits)[number];

/** Any channel's settings. */
export const channelConfigSchema = z.discriminatedUnion('channel', [
  emailConfigSchema,
  sftpConfigSchema,
  sendRegningConfigSchema,
  sveaConfigSchema,
]);
/** Any channel's settings. */
export type ChannelConfig = z.infer<typeof channelConfigSchema>;

/** Where a connection leads, for lists: host and port, or a service's host. */
export function addressOf(config: ChannelConfig): string {
  return 'url' in config ? new URL(config.url).host : `${config.host}:${String(config.port)}`;
}

/** A connection as listed. */
export const connectionSchema = z.object({
  id: z.string(),
  name: z.string(),
  channel: z.enum(channels),
  endpoint: z.enum(endpointKinds),
  config: channelConfigSchema,
  secret: secretSourceSchema,
  limits: connectionLimitsSchema,
  createdAtMs: z.number().int(),
  lastTest: z
    .object({
      atMs: z.number().int(),
      isOk: z.boolean(),
      failedStep: z.string().nullable(),
      detail: z.string().nullable(),
      /** What the server's rename does when the new name is taken; left out where that was not seen. SFTP only. */
      renames: z.enum(renameHabits).optional(),
    })
    .nullable(),
});
/** A connection as listed. */
export type Connection = z.infer<typeof connectionSchema>;

/** Whether a connection's peer took a connection when it was last asked, without logging in. */
export const connectionReachSchema = z.object({
  connectionId: z.string(),
  isReached: z.boolean(),
  atMs: z.number().int(),
});
/** Whether a connection's peer could be reached. */
export type ConnectionReach = z.infer<typeof connectionReachSchema>;

/** What an operator fills in; `password` goes to the keychain and is dropped. */
export const connectionInputSchema = z.object({
  name: singleLine(80),
  endpoint: z.enum(endpointKinds).default('production'),
  config: channelConfigSchema,
  secret: secretSourceSchema,
  password: z.string().max(4096).nullable().default(null),
  /** Left out = as they stand; a new connection has none. */
  limits: connectionLimitsSchema.optional(),
});
/** What an operator fills in. */
export type ConnectionInput = z.infer<typeof connectionInputSchema>;

/** Steps of a connection test, in order. */
export const testSteps = ['address', 'transport', 'login', 'permission'] as const;
/** One of {@link testSteps}. */
export type TestStepName = (typeof testSteps)[number];

/** One step of a test. `transport` is TLS for e-mail and the host key for SFTP. */
export const testStepSchema = z.object({
  step: z.enum(testSteps),
  state: z.enum(['ok', 'failed', 'skipped']),
  code: z.string().nullable(),
  /** The peer's own words. */
  detail: z.string().nullable(),
  /** For SFTP's transport step: the key the peer showed, to compare and approve. */
  hostKey: z.string().nullable(),
  tookMs: z.number().int(),
});
/** One step of a test. */
export type TestStep = z.infer<typeof testStepSchema>;

function hasNoControlCharacters(text: string): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20 || code === 0x7f) return false;
  }
  return true;
}
