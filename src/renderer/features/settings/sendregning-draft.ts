// A connection to SendRegning as it is typed: texts until they are checked, then the contract's input. No drawing, no calls.

import { connectionInputSchema } from '../../../shared/schema/connection.ts';
import type { Connection, ConnectionInput, SendRegningConfig } from '../../../shared/schema/connection.ts';
import { noLimits } from '../../../shared/schema/connection-limits.ts';
import { checkLimitsDraft, limitsDraftOf } from './limits-draft.ts';
import type { LimitProblems, LimitsDraft } from './limits-draft.ts';
import { emptyLogin, isServiceAddress, loginProblems, secretOf } from './service-login.ts';
import type { LoginDraft, LoginField } from './service-login.ts';

/** The service's address (guide, "Endpoint"). */
const serviceUrl = 'https://www.sendregning.no/ws/butler.do';

/** The form's texts. */
export interface SendRegningDraft extends LoginDraft {
  readonly name: string;
  /** The practice service's connection stays one. */
  readonly isPractice: boolean;
  readonly url: string;
  /** The service checks everything and sends nothing. */
  readonly isTest: boolean;
  readonly shipment: SendRegningConfig['shipment'];
  readonly limits: LimitsDraft;
}

/** Fields that can be wrong. */
export type SendRegningField = 'name' | 'url' | LoginField;
/** What is wrong, as a key of the words. */
export type SendRegningProblem = 'required' | 'url' | 'variable' | 'controlCharacter';
/** Problems by field. */
export type SendRegningProblems = Partial<Record<SendRegningField, SendRegningProblem>>;

/** Ways of leaving the service. */
export const shipments = [
  'asInvoice',
  'EMAIL',
  'PAPER',
  'PAPER_AND_EMAIL',
] as const satisfies readonly SendRegningConfig['shipment'][];

/** An empty form. */
export function emptySendRegningDraft(hasKeychain: boolean): SendRegningDraft {
  return {
    name: '',
    isPractice: false,
    url: serviceUrl,
    isTest: false,
    shipment: 'asInvoice',
    ...emptyLogin(hasKeychain),
    limits: limitsDraftOf(noLimits),
  };
}

/** The form of an existing connection; null for another channel. The password is never sent to the window, so its field is empty. */
export function sendRegningDraftOf({ config, name, endpoint, secret, limits }: Connection): SendRegningDraft | null {
  if (config.channel !== 'sendregning') return null;
  const { url, user, isTest, shipment } = config;
  return {
    name,
    isPractice: endpoint === 'practice',
    url,
    isTest,
    shipment,
    username: user,
    secret: secret.kind,
    password: '',
    variable: secret.kind === 'environment' ? secret.variable : '',
    limits: limitsDraftOf(limits),
  };
}

/** The contract's input, or what is wrong field by field. An empty password field leaves the stored one. */
export function checkSendRegningDraft(
  draft: SendRegningDraft,
):
  | { readonly input: ConnectionInput }
  | { readonly problems: SendRegningProblems; readonly limitProblems: LimitProblems } {
  const problems = problemsOf(draft);
  const limited = checkLimitsDraft(draft.limits);
  if ('problems' in limited || Object.keys(problems).length > 0)
    return { problems, limitProblems: 'problems' in limited ? limited.problems : {} };
  const { isTest, shipment } = draft;
  const parsed = connectionInputSchema.safeParse({
    name: draft.name.trim(),
    endpoint: draft.isPractice ? 'practice' : isTest ? 'test' : 'production',
    config: { channel: 'sendregning', url: draft.url.trim(), user: draft.username.trim(), isTest, shipment },
    ...secretOf(draft),
    limits: limited.limits,
  });
  if (parsed.success) return { input: parsed.data };
  const isUser = parsed.error.issues.some(({ path }) => path.at(-1) === 'user');
  return { problems: { [isUser ? 'username' : 'name']: 'controlCharacter' }, limitProblems: {} };
}

function problemsOf(draft: SendRegningDraft): SendRegningProblems {
  const url = draft.url.trim();
  return {
    ...(draft.name.trim() === '' ? { name: 'required' } : {}),
    ...(isServiceAddress(url) ? {} : { url: url === '' ? 'required' : 'url' }),
    ...loginProblems(draft),
  };
}
