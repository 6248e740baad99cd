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
    ...storageDesk(shell.storage),
  };
}

/** The handlers that need no open workspace. */
export function storageDesk(desk: Shell['storage']): Pick<Handlers, Extract<keyof Handlers, `storage.${string}`>> {
  return {
    'storage.state': () => Promise.resolve(ok(desk.state())),
    'storage.start': (wanted) => {
      const started = desk.start(wanted);
      return Promise.resolve(started.ok ? ok({}) : started);
    },
    'storage.stop': () => Promise.resolve(ok({ isStopped: desk.stop() })),
  };
}
