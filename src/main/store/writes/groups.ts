// Requests that carry many deliveries: written before they are sent, kept until all of them is settled. No decisions about what was sent.

import type { GroupMember, GroupStore, NewGroup, OpenGroup } from '../../ports/group-store.ts';
import type { StoreCore } from '../core.ts';
import { change, column, query } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';
import { createFenceCheck } from './lease.ts';

/** The verbs. */
export function createGroupStore(core: StoreCore): GroupStore {
  const { db, write } = core;
  const isCurrent = createFenceCheck(db);
  const begin = createBeginner(db);
  const keepReply = change(db, 'UPDATE grouped_sends SET reply_status = ?, reply_type = ?, reply = ? WHERE id = ?');
  const unsettled = `EXISTS (SELECT 1 FROM grouped_deliveries g JOIN deliveries d ON d.id = g.delivery_id
    WHERE g.group_id = grouped_sends.id AND d.attempt = g.attempt AND d.state IN ('sending', 'unknown'))`;
  const close = change(
    db,
    `UPDATE grouped_sends SET body = NULL, closed_at_ms = ? WHERE id = ? AND closed_at_ms IS NULL AND (? = 'refused' OR NOT ${unsettled})`,
  );
  const startRepeat = change(
    db,
    `UPDATE grouped_sends SET repeating_since_ms = ? WHERE id = ? AND closed_at_ms IS NULL AND repeating_since_ms IS NULL
       AND NOT EXISTS (SELECT 1 FROM grouped_deliveries g JOIN deliveries d ON d.id = g.delivery_id
         WHERE g.group_id = grouped_sends.id AND (d.attempt <> g.attempt OR d.state NOT IN ('unknown', 'accepted')))`,
  );
  const endRepeat = change(db, 'UPDATE grouped_sends SET repeating_since_ms = NULL WHERE id = ?');
  const endAll = change(db, 'UPDATE grouped_sends SET repeating_since_ms = NULL WHERE repeating_since_ms IS NOT NULL');
  const closeAll = change(
    db,
    `UPDATE grouped_sends SET body = NULL, closed_at_ms = ? WHERE closed_at_ms IS NULL AND NOT ${unsettled}`,
  );
  return {
    begin: (fence, group, nowMs) =>
      write(() => (isCurrent(fence) && begin.isPossible(fence, group) ? begin.group(group, nowMs) : null)),
    divide: (fence, { groupId, parts }, nowMs) =>
      write(() => {
        if (!isCurrent(fence) || parts.some((part) => !begin.isPossible(fence, part))) return null;
        close(nowMs, groupId, 'refused');
        return parts.map((part) => begin.group(part, nowMs));
      }),
    keepReply: (groupId, { status, mediaType, body }) => {
      write(() => keepReply(status, mediaType, body, groupId));
    },
    close: (groupId, how, nowMs) => {
      write(() => close(nowMs, groupId, how));
    },
    openOf: createOpenReader(db),
    beginRepeat: (groupId, nowMs) => write(() => startRepeat(nowMs, groupId) === 1),
    endRepeat: (groupId) => {
      write(() => endRepeat(groupId));
    },
    recover: (fence, nowMs) => {
      write(() => (isCurrent(fence) ? endAll() + closeAll(nowMs) : 0));
    },
  };
}

function createBeginner(db: Db): {
  /** Each member is claimed, or marked as sending, by this fence. */
  readonly isPossible: (fence: number, group: NewGroup) => boolean;
  readonly group: (group: NewGroup, nowMs: number) => number;
} {
  const mayBegin = column<number>(
    db,
    "SELECT count(*) FROM deliveries WHERE id = ? AND attempt = ? AND state IN ('claimed', 'sending') AND claim_fence = ?",
  );
  const add = query<{ id: number }>(
    db,
    'INSERT INTO grouped_sends (connection_id, batch_id, body, started_at_ms) VALUES (?, ?, ?, ?) RETURNING id',
  );
  const addMember = change(db, 'INSERT INTO grouped_deliveries (group_id, delivery_id, attempt) VALUES (?, ?, ?)');
  return {
    isPossible: (fence, { members }) =>
      members.every(({ deliveryId, attempt }) => mayBegin.get(deliveryId, attempt, fence) === 1),
    group: ({ connectionId, batchId, body, members }, nowMs) => {
      const group = add.get(connectionId, batchId, body, nowMs);
      if (group === undefined) throw new Error('a grouped send could not be written');
      for (const { deliveryId, attempt } of members) addMember(group.id, deliveryId, attempt);
      return group.id;
    },
  };
}

function createOpenReader(db: Db): GroupStore['openOf'] {
  const groups = query<Omit<OpenGroup, 'members'>>(
    db,
    `SELECT id, connection_id AS connectionId, batch_id AS batchId, body, started_at_ms AS startedAtMs FROM grouped_sends
     WHERE closed_at_ms IS NULL AND id IN (SELECT g.group_id FROM grouped_deliveries g JOIN deliveries d ON d.id = g.delivery_id AND d.attempt = g.attempt
       WHERE g.delivery_id IN (SELECT value FROM json_each(?))) ORDER BY id`,
  );
  const members = query<GroupMember & { readonly target: string }>(
    db,
    `SELECT g.delivery_id AS deliveryId, g.attempt, d.target FROM grouped_deliveries g JOIN deliveries d ON d.id = g.delivery_id
     WHERE g.group_id = ? ORDER BY g.delivery_id`,
  );
  return (deliveryIds) =>
    groups.all(JSON.stringify(deliveryIds)).map((group) => ({ ...group, members: members.all(group.id) }));
}
