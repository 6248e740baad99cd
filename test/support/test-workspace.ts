// A workspace over real files with nothing delivering and nobody listening, for tests of use cases.

import { openWorkspace } from '../../src/main/engine/open-workspace.ts';
import type { Workspace, WorkspaceOptions } from '../../src/main/engine/open-workspace.ts';
import { entryPoints, resourcesFolder } from '../../src/main/platform/entry-points.ts';
import { createKeychain } from '../../src/main/platform/keychain.ts';
import { createSystemClock } from '../../src/main/platform/system-clock.ts';
import { createRecordingLog } from './recording-log.ts';

/** Opens it; throws with the product's words when it cannot. */
export async function openTestWorkspace(
  dataDir: string,
  options: Partial<Pick<WorkspaceOptions, 'around' | 'secrets' | 'isPractice'>> = {},
): Promise<Workspace> {
  const opened = await openWorkspace({
    dataDir,
    isPractice: false,
    isDelivering: false,
    resourcesDir: resourcesFolder(),
    entryPoints: entryPoints(),
    clock: createSystemClock(),
    log: createRecordingLog().log,
    secrets: createKeychain({ env: {} }),
    actor: 'test',
    publish: () => undefined,
    ...options,
  });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}
