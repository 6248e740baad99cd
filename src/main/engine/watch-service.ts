// The watched folder of an open workspace: starts and stops with the settings, and imports as jobs that the window follows.

import type { AppState, WatchedFolderSettings } from '../../shared/schema/settings.ts';
import type { Result } from '../../shared/result.ts';
import type { AppContext } from '../app/context.ts';
import { importAsJob } from '../app/import-job.ts';
import { readSettings } from '../app/workspace-settings.ts';
import { openWatchedFolder } from '../platform/watched-folder.ts';
import type { WatchedFolder } from '../ports/watched-folder.ts';
import { watchFolder } from './watch-folder.ts';

/** A folder that is not there (a network drive after a start) is looked for again after this time. */
const retryAfterMs = 15_000;

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
    const abort = new AbortController();
    const first = await open(watchedFolder);
    const ended = watchUntilStopped(watchedFolder, first, abort.signal).catch((error: unknown) => {
      context.log.error('watching the folder stopped because of a fault', { error: String(error) });
      tell({ state: 'failed', code: 'INTERNAL' });
    });
    running = { stop: abort, ended };
  }

  async function open(settings: WatchedFolderSettings): Promise<Result<WatchedFolder>> {
    const opened = await openFolder(context, settings, dataDir);
    if (!opened.ok) context.log.warn('the watched folder cannot be watched', { code: opened.error.code });
    tell(opened.ok ? { state: 'watching', code: null } : { state: 'failed', code: opened.error.code });
    return opened;
  }

  async function watchUntilStopped(
    settings: WatchedFolderSettings,
    first: Result<WatchedFolder>,
    signal: AbortSignal,
  ): Promise<void> {
    let opened = first;
    while (!opened.ok) {
      await context.clock.sleep(retryAfterMs, signal);
      if (signal.aborted) return;
      opened = await open(settings);
    }
    const folder = opened.value;
    try {
      await watchFolder(context, {
        folder,
        get language() {
          return readSettings(context).language;
        },
        settleMs: settings.settleSeconds * 1_000,
        isOnce: false,
        signal,
        importFiles: (files) => importAsJob(context, { files, mode: settings.mode, ownerPid: process.pid }),
        onRound: (round) => {
          tell(round.ok ? { state: 'watching', code: null } : { state: 'failed', code: round.error.code });
          // The import's own event came before its files were put away.
          context.publish({ topic: 'app' });
        },
      });
    } finally {
      await folder.close();
    }
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

function openFolder(
  { clock }: AppContext,
  { folder, settleSeconds }: WatchedFolderSettings,
  dataDir: string,
): Promise<Result<WatchedFolder>> {
  return openWatchedFolder({ path: folder, settleMs: settleSeconds * 1_000, clock, apartFrom: [dataDir] });
}
