// Connections, settings and remembered replies.

import type { Connection } from '../../../shared/schema/connection.ts';
import { changedFacts } from '../../domain/audit-facts.ts';
import type { AuditFacts } from '../../ports/audit-store.ts';
import type { ConfigStore } from '../../ports/store.ts';
import type { StoreCore } from '../core.ts';
import { jsonColumns } from '../json.ts';
import { limitsOf, limitsText, nothingLimited } from '../limits-text.ts';
import { change, column, query } from '../sqlite.ts';
import { createAuditWriter } from './audit.ts';
import { createUsageRecount } from './lane-usage.ts';
import { liftColumns } from './lanes.ts';

const dayMs = 24 * 60 * 60 * 1000;

interface ConnectionRecord {
  readonly id: string;
  readonly name: string;
  readonly channel: Connection['channel'];
  readonly endpoint: Connection['endpoint'];
  readonly config_json: string;
  readonly secret_json: string;
  readonly limits_json: string;
  readonly created_at_ms: number;
  readonly last_test_json: string | null;
}

const connectionColumns =
  'id, name, channel, endpoint, config_json, secret_json, limits_json, created_at_ms, last_test_json';

type ConnectionVerbs = Pick<ConfigStore, 'connections' | 'connection' | 'saveConnection' | 'removeConnection'>;

/** Everything that is configuration. */
export function createConfigStore(core: StoreCore): ConfigStore {
  return { ...createConnectionVerbs(core), ...createSettingVerbs(core), ...createReplyVerbs(core) };
}

function createConnectionVerbs({ db, write }: StoreCore): ConnectionVerbs {
  const all = query<ConnectionRecord>(
    db,
    `SELECT ${connectionColumns} FROM connections WHERE removed_at_ms IS NULL ORDER BY name COLLATE NOCASE`,
  );
  const one = query<ConnectionRecord>(
    db,
    `SELECT ${connectionColumns} FROM connections WHERE (id = ? OR name = ? COLLATE NOCASE) AND removed_at_ms IS NULL ORDER BY id = ? DESC LIMIT 1`,
  );
  const save = change(
    db,
    `INSERT INTO connections (${connectionColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, endpoint = excluded.endpoint, config_json = excluded.config_json, secret_json = excluded.secret_json, limits_json = excluded.limits_json,
       last_test_json = excluded.last_test_json, removed_at_ms = NULL WHERE channel = excluded.channel`,
  );
  // A changed connection is a new chance: only the operator's own pause stays.
  const liftBlock = change(
    db,
    `UPDATE lanes SET ${liftColumns}, runs_json = NULL WHERE connection_id = ? AND (blocked_by IS NULL OR blocked_by <> 'paused')`,
  );
  const open = column<number>(
    db,
    "SELECT coalesce(sum(delivery_count), 0) FROM delivery_counts WHERE connection_id = ? AND state IN ('queued', 'claimed', 'sending', 'waiting', 'unknown')",
  );
  const unwrittenIndex = column<number>(
    db,
    `SELECT 1 WHERE EXISTS (SELECT 1 FROM index_files WHERE connection_id = ? AND written_at_ms IS NULL)
       OR EXISTS (SELECT 1 FROM deliveries WHERE connection_id = ? AND state = 'accepted' AND channel = 'sftp' AND index_file_id IS NULL)`,
  );
  const remove = change(db, 'UPDATE connections SET removed_at_ms = ? WHERE id = ? AND removed_at_ms IS NULL');
  const audit = createAuditWriter(db);
  const limitsBefore = column<string>(db, 'SELECT limits_json FROM connections WHERE id = ?');
  const recount = createUsageRecount(db);
  return {
    connections: () => all.all().map(asConnection),
    connection: (idOrName) => {
      const found = one.get(idOrName, idOrName, idOrName);
      return found === undefined ? null : asConnection(found);
    },
    saveConnection: (connection, act) => {
      write(() => {
        const before = one.get(connection.id, connection.id, connection.id);
        const { id, name, channel, endpoint, config, secret, limits, createdAtMs, lastTest } = connection;
        const limitsJson = limitsText(limits);
        const isLimitChanged = (limitsBefore.get(id) ?? nothingLimited) !== limitsJson;
        const saved = save(
          id,
          name,
          channel,
          endpoint,
          JSON.stringify(config),
          JSON.stringify(secret),
          limitsJson,
          createdAtMs,
          lastTest === null ? null : JSON.stringify(lastTest),
        );
        if (saved !== 1) throw new Error(`connection ${id} cannot change its channel`);
        if (isLimitChanged) recount(id, limitsJson, act.nowMs);
        if (lastTest === null || lastTest.isOk) liftBlock(id);
        const logged = connectionAct(before?.id === id ? asConnection(before) : null, connection);
        if (logged !== null) audit.log({ ...logged, batchNo: null }, act);
      });
    },
    removeConnection: (connectionId, act) =>
      write(() => {
        // The print vendor waits for the list of what it got: that is part of the delivery.
        if ((open.get(connectionId) ?? 0) > 0 || unwrittenIndex.get(connectionId, connectionId) === 1) return false;
        const before = one.get(connectionId, connectionId, connectionId);
        if (remove(act.nowMs, connectionId) === 1)
          audit.log(
            { action: 'removeConnection', batchNo: null, facts: { connectionId, name: before?.name ?? null } },
            act,
          );
        return true;
      }),
  };
}

/** What saving a connection was, for the log: a change of it, the keeping of its test, or nothing at all (practice points its own anew at every start). */
function connectionAct(
  before: Connection | null,
  after: Connection,
): { readonly action: 'saveConnection' | 'testConnection'; readonly facts: AuditFacts } | null {
  const about = { connectionId: after.id, name: after.name };
  const { lastTest: testBefore, createdAtMs: _before, ...was } = before ?? { lastTest: null, createdAtMs: 0 };
  const { lastTest, createdAtMs: _after, ...is } = after;
  const changed = changedFacts(was, is);
  const isPracticePort = after.endpoint === 'practice' && before !== null;
  if (Object.keys(changed).length > 0 && !isPracticePort)
    return { action: 'saveConnection', facts: { ...about, ...changed } };
  if (lastTest === null || lastTest.atMs === testBefore?.atMs) return null;
  const { isOk, failedStep } = lastTest;
  return { action: 'testConnection', facts: { ...about, isOk: isOk ? 1 : 0, failedStep } };
}

function asConnection(row: ConnectionRecord): Connection {
  return {
    id: row.id,
    name: row.name,
    channel: row.channel,
    endpoint: row.endpoint,
    config: jsonColumns.channelConfig(row.config_json),
    secret: jsonColumns.secret(row.secret_json),
    limits: limitsOf(row.limits_json),
    createdAtMs: row.created_at_ms,
    lastTest: row.last_test_json === null ? null : jsonColumns.lastTest(row.last_test_json),
  };
}

function createSettingVerbs({ db, write }: StoreCore): Pick<ConfigStore, 'setting' | 'saveSetting'> {
  const read = column<string>(db, 'SELECT value_json FROM settings WHERE key = ?');
  const save = change(
    db,
    'INSERT INTO settings (key, value_json) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value_json = excluded.value_json',
  );
  const audit = createAuditWriter(db);
  return {
    setting: (key) => {
      const json = read.get(key);
      return json === undefined ? null : jsonColumns.setting(json);
    },
    saveSetting: (key, value, act) => {
      write(() => {
        const before = read.get(key);
        save(key, JSON.stringify(value));
        const changed = changedFacts(before === undefined ? null : jsonColumns.setting(before), value);
        audit.log({ action: 'saveSetting', batchNo: null, facts: { key, ...changed } }, act);
      });
    },
  };
}

function createReplyVerbs({
  db,
  write,
}: StoreCore): Pick<ConfigStore, 'recallReply' | 'rememberReply' | 'forgetReplies'> {
  const recall = column<string>(db, 'SELECT reply_json FROM replies WHERE request_id = ?');
  const remember = change(
    db,
    'INSERT INTO replies (request_id, method, reply_json, at_ms) VALUES (?, ?, ?, ?) ON CONFLICT (request_id) DO NOTHING',
  );
  const forget = change(db, 'DELETE FROM replies WHERE at_ms < ?');
  return {
    recallReply: (requestId) => recall.get(requestId) ?? null,
    rememberReply: (...[requestId, method, replyJson, nowMs]) => {
      write(() => remember(requestId, method, replyJson, nowMs));
    },
    forgetReplies: (nowMs) => {
      write(() => forget(nowMs - dayMs));
    },
  };
}
