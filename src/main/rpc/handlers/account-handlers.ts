// Handlers of account.*: frame input to use case. No logic beyond that.

import { ok } from '../../../shared/result.ts';
import { accountDocument, accountsOfInvoice, lookAtAccount } from '../../app/account-desk.ts';
import { checkAccountDunning, dunInvoice } from '../../app/account-dunning.ts';
import { accountLists, fetchAccountLists } from '../../app/account-lists.ts';
import type { AppContext } from '../../app/context.ts';
import { rehearseRelease } from '../../app/rehearse-release.ts';
import type { Handlers } from '../router.ts';

/** A rehearsal ends before its call does, with what it learnt. */
const patienceMs = 45_000;

/** Handlers over one open workspace. */
export function accountHandlers(context: AppContext): Pick<Handlers, Extract<keyof Handlers, `account.${string}`>> {
  return {
    'account.ofInvoice': async ({ invoiceId }) => {
      const accounts = await accountsOfInvoice(context, invoiceId);
      return accounts.ok ? ok({ accounts: accounts.value }) : accounts;
    },
    'account.look': (place, { signal }) => lookAtAccount(context, place, signal),
    'account.document': async (place, { signal }) => {
      const document = await accountDocument(context, place, signal);
      if (!document.ok) return document;
      const { bytes, ...rest } = document.value;
      return ok({ ...rest, base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64') });
    },
    'account.checkDunning': (request, { signal }) => checkAccountDunning(context, request, signal),
    // What was sent can't be called back: the caller's leaving ends nothing.
    'account.dun': (request) => dunInvoice(context, request, new AbortController().signal),
    'account.lists': ({ connectionId }) => Promise.resolve(ok(accountLists(context, connectionId))),
    'account.fetchLists': ({ connectionId }, { signal }) => fetchAccountLists(context, connectionId, signal),
    'account.rehearse': (plan, { signal }) => rehearseRelease(context, plan, { signal, patienceMs }),
  };
}
