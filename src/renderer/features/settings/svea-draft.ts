// A connection to Svea as it is typed: texts until they are checked, then the contract's input. No drawing, no calls.

import {
  connectionInputSchema,
  sveaCountries,
  sveaDistributions,
  sveaOrderTypes,
} from '../../../shared/schema/connection.ts';
import type { Connection, ConnectionInput, EndpointKind, SveaConfig } from '../../../shared/schema/connection.ts';
import { noLimits } from '../../../shared/schema/connection-limits.ts';
import { checkLimitsDraft, limitsDraftOf } from './limits-draft.ts';
import type { LimitProblems, LimitsDraft } from './limits-draft.ts';
import { emptyLogin, isServiceAddress, loginProblems, secretOf } from './service-login.ts';
import type { LoginDraft } from './service-login.ts';

/** Svea's addresses (specification, "Endpoints"). */
export const sveaAddresses = {
  production: 'https://webpayws.svea.com/sveawebpay.asmx',
  test: 'https://webpaywsstage.svea.com/sveawebpay.asmx',
} as const;

/** The form's texts. */
export interface SveaDraft extends LoginDraft {
  readonly name: string;
  readonly endpoint: EndpointKind;
  readonly url: string;
  readonly clientNumber: string;
  readonly country: SveaConfig['country'];
  readonly orderType: SveaConfig['orderType'];
  readonly distribution: SveaConfig['distribution'];
  /** Empty: none. */
  readonly campaignCode: string;
  /** Empty: from invoice date to due date. */
  readonly creditDays: string;
  readonly parallel: string;
  readonly limits: LimitsDraft;
}

/** Fields that can be wrong. */
export type SveaField =
  'name' | 'url' | 'clientNumber' | 'username' | 'campaignCode' | 'creditDays' | 'variable' | 'parallel';
/** What is wrong, as a key of the words. */
export type SveaProblem = 'required' | 'url' | 'number' | 'days' | 'parallel' | 'variable' | 'controlCharacter';
/** Problems by field. */
export type SveaProblems = Partial<Record<SveaField, SveaProblem>>;

/** Most sendings at the same time that the contract allows. */
export const mostSveaParallel = 16;

export { sveaCountries, sveaOrderTypes };

/** Distributions that a country has. */
export function distributionsOf(country: SveaConfig['country']): readonly SveaConfig['distribution'][] {
  return sveaDistributions.filter((each) => each !== 'EInvoiceB2B' || country === 'NO');
}

/** An empty form. */
export function emptySveaDraft(hasKeychain: boolean): SveaDraft {
  return {
    name: '',
    endpoint: 'production',
    url: sveaAddresses.production,
    clientNumber: '',
    country: 'SE',
    orderType: 'Invoice',
    distribution: 'Post',
    campaignCode: '',
    creditDays: '',
    ...emptyLogin(hasKeychain),
    parallel: '4',
    limits: limitsDraftOf(noLimits),
  };
}

/** The form of an existing connection; null for another channel. The password is never sent to the window, so its field is empty. */
export function sveaDraftOf({ config, name, endpoint, secret, limits }: Connection): SveaDraft | null {
  if (config.channel !== 'svea') return null;
  const { channel: _, ...fields } = config;
  return {
    ...fields,
    name,
    endpoint,
    campaignCode: config.campaignCode ?? '',
    creditDays: config.creditDays === null ? '' : String(config.creditDays),
    secret: secret.kind,
    password: '',
    variable: secret.kind === 'environment' ? secret.variable : '',
    parallel: String(config.parallel),
    limits: limitsDraftOf(limits),
  };
}

/** The contract's input, or what is wrong field by field. An empty password field leaves the stored one. */
export function checkSveaDraft(
  draft: SveaDraft,
): { readonly input: ConnectionInput } | { readonly problems: SveaProblems; readonly limitProblems: LimitProblems } {
  const problems = problemsOf(draft);
  const limited = checkLimitsDraft(draft.limits);
  if ('problems' in limited || Object.keys(problems).length > 0)
    return { problems, limitProblems: 'problems' in limited ? limited.problems : {} };
  const parsed = connectionInputSchema.safeParse({ ...inputOf(draft), limits: limited.limits });
  if (parsed.success) return { input: parsed.data };
  const field = (['name', 'username'] as const).find((each) =>
    parsed.error.issues.some(({ path }) => path.at(-1) === each),
  );
  return { problems: { [field ?? 'name']: 'controlCharacter' }, limitProblems: {} };
}

function problemsOf(draft: SveaDraft): SveaProblems {
  const problems: SveaProblems = {};
  const text = (field: SveaField): string => draft[field].trim();
  for (const field of ['name', 'url', 'clientNumber'] as const) if (text(field) === '') problems[field] = 'required';
  if (problems.url === undefined && !isServiceAddress(text('url'))) problems.url = 'url';
  if (problems.clientNumber === undefined && !/^[1-9]\d{0,6}$/u.test(text('clientNumber')))
    problems.clientNumber = 'number';
  if (draft.orderType === 'PaymentPlan' && text('campaignCode') === '') problems.campaignCode = 'required';
  if (text('campaignCode') !== '' && !/^\d{1,18}$/u.test(text('campaignCode'))) problems.campaignCode = 'number';
  if (text('creditDays') !== '' && !isWhole(text('creditDays'), { least: 0, most: 365 })) problems.creditDays = 'days';
  if (!isWhole(text('parallel'), { least: 1, most: mostSveaParallel })) problems.parallel = 'parallel';
  return { ...problems, ...loginProblems(draft) };
}

function isWhole(text: string, { least, most }: { readonly least: number; readonly most: number }): boolean {
  return /^\d{1,4}$/u.test(text) && Number(text) >= least && Number(text) <= most;
}

function inputOf(draft: SveaDraft): object {
  const campaignCode = draft.campaignCode.trim();
  const creditDays = draft.creditDays.trim();
  return {
    name: draft.name.trim(),
    endpoint: draft.endpoint,
    config: {
      channel: 'svea',
      url: draft.url.trim(),
      clientNumber: draft.clientNumber.trim(),
      username: draft.username.trim(),
      country: draft.country,
      orderType: draft.orderType,
      distribution: draft.distribution,
      campaignCode: draft.orderType === 'Invoice' || campaignCode === '' ? null : campaignCode,
      creditDays: creditDays === '' ? null : Number(creditDays),
      parallel: Number(draft.parallel),
    },
    ...secretOf(draft),
  };
}
