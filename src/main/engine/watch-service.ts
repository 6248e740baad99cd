// The watched folder of an open workspace: starts and stops with the settings, and imports as jobs that the window follows.

import type { AppState } from '../../shared/schema/settings.ts';
import { ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { AppContext } from '../app/context.ts';
import { importAsJob } from '../app/import-job.ts';
import { readSettings } from '../app/workspace-settings.ts';
import { openWatchedFolder } from '../platform/watched-folder.ts';
import { watchFolder } from './watch-folder.ts';

/** The service of one workspace. */
export interface WatchService {
  readonly state: AppState['watch'];
  /** Follows the settings as they stand now. */
  apply(): Promise<void>;
  close(): Promise<void>;
}

/** Makes the service; nothing is watched before the first {@link WatchService.apply}. */
export function createWatchService(context: AppContext, dataDir: string): WatchService {
  const off: AppState['watch'] = { state: 'off', code: null };
  let state = off;
  let running: { readonly stop: AbortController; readonly ended: Promise<void> } | null = null;
  /** Changes of the settings, one after the other. */
  let changing: Promise<void> = Promise.resolve();

  function tell(next: AppState['watch']): void {
    if (next.state === state.state && next.code === state.code) return;
    state = next;
    context.publish({ topic: 'app' });
  }

  async function stop(): Promise<void> {
    running?.stop.abort();
    await running?.ended;
    running = null;
  }

  async function start(): Promise<void> {
    const { watchedFolder } = readSettings(context);
    if (!watchedFolder.isOn) {
      tell(off);
      return;
    }
    const settleMs = watchedFolder.settleSeconds * 1_000;
    const { clock } = context;
    const opened = await openWatchedFolder({ path: watchedFolder.folder, settleMs, clock, apartFrom: [dataDir] });
    if (!opened.ok) {
      context.log.warn('the watched folder cannot be watched', { code: opened.error.code });
      tell({ state: 'failed', code: opened.error.code });
      return;
    }
    const abort = new AbortController();
    tell({ state: 'watching', code: null });
    const ended = watchFolder(context, {
      folder: opened.value,
      get language() {
        return readSettings(context).language;
      },
      settleMs,
      isOnce: false,
      signal: abort.signal,
      importFiles: (files) => importAsJob(context, { files, mode: watchedFolder.mode, ownerPid: process.pid }),
      onRound: (round) => {
        tell(round.ok ? { state: 'watching', code: null } : { state: 'failed', code: round.error.code });
        // The import's own event came before its files were put away.
        context.publish({ topic: 'app' });
      },
    })
      .catch((error: unknown): Result<null> => {
        context.log.error('watching the folder stopped because of a fault', { error: String(error) });
        tell({ state: 'failed', code: 'INTERNAL' });
        return ok(null);
      })
      .then(() => opened.value.close());
    running = { stop: abort, ended };
  }

  return {
    get state() {
      return state;
    },
    apply() {
      changing = changing.then(stop).then(start);
      return changing;
    },
    async close() {
      changing = changing.then(stop);
      await changing;
    },
  };
}
