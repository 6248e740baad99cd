// Handlers of audit.* and storage.*: frame input to use case. No logic beyond that.

import { ok } from '../../../shared/result.ts';
import { exportAudit } from '../../app/export-audit.ts';
import type { AppContext } from '../../app/context.ts';
import type { Handlers } from '../router.ts';
import type { Shell } from './shell.ts';

type StorageMethods = Extract<keyof Handlers, `audit.${string}` | `storage.${string}`>;

/** Handlers over one open workspace. */
export function storageHandlers(context: AppContext, shell: Shell): Pick<Handlers, StorageMethods> {
  return {
    'audit.page': ({ filter, offset, limit }) => {
      const { total, entries } = context.store.audit.page(filter, offset, limit);
      return Promise.resolve(ok({ total, entries: [...entries] }));
    },
    'audit.export': async (request) => ok(await exportAudit(context, request)),
    'storage.copies': () => Promise.resolve(ok(shell.storage.copies())),
    'storage.makeCopy': () => shell.storage.makeCopy(),
    'storage.restore': ({ name }) => shell.storage.restore(name),
    'storage.verify': (_input, { signal }) => shell.storage.verify(signal),
  };
}
