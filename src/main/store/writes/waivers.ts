// Waivers of a batch: read, recorded and taken back, each act with its entry in the audit log.

import type { Waiver } from '../../../shared/schema/rules.ts';
import type { WaiverStore } from '../../ports/waiver-store.ts';
import type { StoreCore } from '../core.ts';
import { change, column, query } from '../sqlite.ts';
import { createAuditWriter } from './audit.ts';

/** The verbs. */
export function createWaiverStore({ db, write }: StoreCore): WaiverStore {
  const batchNo = column<number>(db, "SELECT no FROM batches WHERE id = ? AND state <> 'importing'");
  const ofBatch = query<Waiver>(
    db,
    'SELECT rule_id AS ruleId, reason, actor, at_ms AS atMs FROM waivers WHERE batch_no = ? ORDER BY rule_id',
  );
  const hasWarning = column<number>(
    db,
    "SELECT 1 FROM problem_counts WHERE batch_no = ? AND rule_id = ? AND severity <> 'error' LIMIT 1",
  );
  const save = change(
    db,
    `INSERT INTO waivers (batch_no, rule_id, reason, actor, at_ms) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (batch_no, rule_id) DO UPDATE SET reason = excluded.reason, actor = excluded.actor, at_ms = excluded.at_ms`,
  );
  const remove = change(db, 'DELETE FROM waivers WHERE batch_no = ? AND rule_id = ?');
  const audit = createAuditWriter(db);
  return {
    ofBatch: (batchId) => {
      const no = batchNo.get(batchId);
      return no === undefined ? [] : ofBatch.all(no);
    },
    waive: (batchId, { ruleId, reason }, act) =>
      write(() => {
        const no = batchNo.get(batchId);
        if (no === undefined || hasWarning.get(no, ruleId) !== 1) return false;
        save(no, ruleId, reason, act.actor, act.nowMs);
        audit.log({ action: 'waiveRule', batchNo: no, facts: { ruleId, reason } }, act);
        return true;
      }),
    unwaive: (batchId, ruleId, act) =>
      write(() => {
        const no = batchNo.get(batchId);
        if (no === undefined || remove(no, ruleId) !== 1) return false;
        audit.log({ action: 'unwaiveRule', batchNo: no, facts: { ruleId } }, act);
        return true;
      }),
  };
}
