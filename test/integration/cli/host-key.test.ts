// The command line's look at a host key: shown beside the approved one, and approved only as the server shows it now.

import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { entryPoints } from '../../../src/main/platform/entry-points.ts';
import { startPracticeProcess } from '../../../src/main/platform/practice-process.ts';
import type { PracticeProcess } from '../../../src/main/platform/practice-process.ts';
import { temporaryFolder, utskick } from '../../support/cli.ts';

const folder = temporaryFolder();
const data = join(folder, 'data');
const old = `SHA256:${'A'.repeat(43)}`;
let practice: PracticeProcess;

beforeAll(async () => {
  practice = await startPracticeProcess({ entry: entryPoints().practice, dir: join(folder, 'practice') });
  process.env.UTSKICK_HOST_KEY_TEST = practice.endpoints.sftp.password;
  const { host, port, user } = practice.endpoints.sftp;
  const place = ['--host', host, '--port', String(port), '--user', user, '--path', '/'];
  const added = await utskick([
    ...['connection', 'add', 'sftp', '--name', 'Tryck', ...place],
    ...['--host-key', old, '--password-env', 'UTSKICK_HOST_KEY_TEST', '--data', data],
  ]);
  expect(added.code, added.stderr).toBe(0);
});
afterAll(async () => {
  delete process.env.UTSKICK_HOST_KEY_TEST;
  await practice.stop();
});

const hostKey = (...more: string[]) => utskick(['connection', 'host-key', 'Tryck', ...more, '--data', data]);

it('tells a changed key, approves no other than the one that is shown, and then the two are the same', async () => {
  const shown = practice.endpoints.sftp.hostKey;
  const changed = await hostKey('--json');
  expect(changed.code).toBe(1);
  expect(JSON.parse(changed.stdout)).toEqual({ approved: old, shown });
  const wrong = await hostKey('--approve', `SHA256:${'B'.repeat(43)}`);
  expect(wrong.code).not.toBe(0);
  expect(wrong.stderr).toContain('Nothing was approved');
  expect(JSON.parse((await hostKey('--json')).stdout)).toMatchObject({ approved: old });
  expect((await hostKey('--approve', shown)).code).toBe(0);
  const same = await hostKey();
  expect(same.code).toBe(0);
  expect(same.stdout).toContain('They are the same.');
});
