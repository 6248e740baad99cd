// An engine process without a store, for tests of the link and the window. Misbehaves on request through the data root's name.

import { fail, ok } from '../../src/shared/result.ts';
import { serveEngine } from '../../src/main/hosts/electron/engine-server.ts';
import { parentPort } from '../../src/main/hosts/electron/parent-port.ts';
import { createFakeEngine } from './fake-engine.ts';
import { createRecordingLog } from './recording-log.ts';

serveEngine({
  port: parentPort(),
  log: createRecordingLog().log,
  exit: (code) => {
    process.exit(code);
  },
  open: ({ rootDir }) => {
    if (rootDir.endsWith('newer'))
      return Promise.resolve(fail('STORE_NEWER', 'This data folder was made by a newer version.', { found: 9 }));
    if (rootDir.endsWith('crashing')) process.exit(9);
    return Promise.resolve(
      ok(
        createFakeEngine({
          'app.setPractice': () => process.exit(7),
          ...(rootDir.endsWith('stubborn') ? { 'job.cancel': () => new Promise(() => undefined) } : {}),
        }),
      ),
    );
  },
});
