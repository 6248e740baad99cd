// Connections that change while something is under way with them.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AppContext } from '../../../src/main/app/context.ts';
import { testConnection } from '../../../src/main/app/test-connection.ts';
import type { Workspace } from '../../../src/main/engine/open-workspace.ts';
import { methods } from '../../../src/shared/contract/methods.ts';
import { act, connection } from '../../support/store-workspace.ts';
import { openTestWorkspace } from '../../support/test-workspace.ts';

const mail = connection('mail', 'email');

let folder: string;
let workspace: Workspace;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'utskick-connections-'));
  workspace = await openTestWorkspace(folder);
  workspace.context.store.config.saveConnection(mail, act());
});

afterEach(async () => {
  await workspace.close();
  await rm(folder, { recursive: true, force: true });
});

/** The workspace with a mail server that answers every test, and something that happens meanwhile. */
function whileTested(meanwhile: () => void): AppContext {
  const { context } = workspace;
  const email: typeof context.adapters.email = {
    ...context.adapters.email,
    test: () => {
      meanwhile();
      return Promise.resolve([]);
    },
  };
  return { ...context, adapters: { ...context.adapters, email } };
}

test('a connection that is changed while it is tested keeps the change, and the result is not about it', async () => {
  const { config } = workspace.context.store;
  const changed = { ...mail, config: { ...mail.config, host: '127.0.0.2' } };
  expect(
    await testConnection(
      whileTested(() => config.saveConnection(changed, act())),
      'mail',
      neverAborted(),
    ),
  ).toEqual({
    ok: true,
    value: { steps: [] },
  });
  expect(config.connection('mail')).toEqual(changed);
});

test('a connection that is removed while it is tested stays removed', async () => {
  const { config } = workspace.context.store;
  await testConnection(
    whileTested(() => config.removeConnection('mail', act())),
    'mail',
    neverAborted(),
  );
  expect(config.connection('mail')).toBe(null);
});

test('a test of a connection that stays as it is is kept beside it', async () => {
  await testConnection(
    whileTested(() => undefined),
    'mail',
    neverAborted(),
  );
  expect(workspace.context.store.config.connection('mail')?.lastTest).toMatchObject({ isOk: true });
});

test('only a fingerprint can be approved as a host key: anything else could not be read back from the store', () => {
  const { input } = methods['connection.approveHostKey'];
  expect(input.safeParse({ connectionId: 'print', hostKey: 'yes' }).success).toBe(false);
  expect(input.safeParse({ connectionId: 'print', hostKey: `SHA256:${'a'.repeat(43)}` }).success).toBe(true);
});

function neverAborted(): AbortSignal {
  return new AbortController().signal;
}
