// The step that brings limits: blocks and connections of the versions before stay, and nothing limits them.

import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applicationId } from '../../../src/main/store/migrate.ts';
import { migrations } from '../../../src/main/store/migrations/all.ts';
import { noLimits } from '../../../src/shared/schema/connection-limits.ts';
import { act, connection, openOrFail, temporaryFolder } from '../../support/store-workspace.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeEach(async () => {
  folder = await temporaryFolder();
});

afterEach(() => folder.dispose());

test('a store of before the limits keeps its connections and what stands still', async () => {
  const path = `${folder.path}/utskick.db`;
  const before = migrations.findIndex(({ name }) => name.endsWith('-lanes'));
  const { config } = connection('mail', 'email');
  const db = new Database(path);
  for (const { sql } of migrations.slice(0, before)) db.exec(sql);
  db.pragma(`application_id = ${String(applicationId)}`);
  db.pragma(`user_version = ${String(before)}`);
  db.prepare(
    "INSERT INTO connections (id, name, channel, endpoint, config_json, secret_json, created_at_ms) VALUES ('mail', 'Mail', 'email', 'test', ?, '{\"kind\":\"none\"}', 1)",
  ).run(JSON.stringify(config));
  db.exec(
    "INSERT INTO lanes (connection_id, blocked_by, block_detail, blocked_at_ms, last_answer, last_answer_at_ms) VALUES ('mail', 'pausedByFailures', '535 no', 5, '250 ok', 4)",
  );
  db.close();

  const store = await openOrFail(path);
  expect(store.config.connection('mail')).toMatchObject({ name: 'Mail', limits: noLimits });
  expect(store.reads.lanes(null, 10)).toMatchObject([
    {
      blockedBy: 'pausedByFailures',
      blockCode: null,
      blockDetail: '535 no',
      nextTryAtMs: null,
      hold: null,
      budgets: [],
      lastAnswer: '250 ok',
      lastAnswerAtMs: 4,
    },
  ]);
  const limits = { ...noLimits, rate: { ...noLimits.rate, perDay: 7 } };
  expect(store.lanes.saveLimits('mail', limits, act())).toBe(true);
  expect(store.lanes.saveLimits('nobody', limits, act())).toBe(false);
  expect(store.config.connection('mail')?.limits).toEqual(limits);
  store.close();
});
