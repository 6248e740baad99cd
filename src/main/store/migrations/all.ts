// Every migration in order; the position + 1 is the version it leads to. Nothing else.

import { initialSchema } from './001-initial.ts';
import { waivers } from './002-waivers.ts';
import { correctionsSchema } from './003-corrections.ts';
import { customerHistory } from './004-customer-history.ts';
import { lanesSchema } from './005-lanes.ts';
import { proofSchema } from './006-proof.ts';
import { controlSchema } from './007-control.ts';
import { batchIdPlace } from './008-batch-id-place.ts';
import { dataChannelsSchema } from './009-data-channels.ts';
import { auditChain } from './010-audit-chain.ts';
import { sentJournal } from './011-sent-journal.ts';
import { messages } from './012-messages.ts';
import { groupedSends } from './013-grouped-sends.ts';
import { trackingFacts } from './014-tracking.ts';
import { orderActs } from './015-order-acts.ts';
import { sourcePacks } from './016-source-packs.ts';
import { accountActs } from './017-account-acts.ts';
import { actsAfterCopy } from './018-acts-after-copy.ts';
import { keptHistory } from './019-kept-history.ts';
import { accountsSince } from './020-accounts-since.ts';
import { hashStarts } from './021-hash-starts.ts';

/** One step of the schema. */
export interface Migration {
  /** As in the file's name. */
  readonly name: string;
  readonly sql: string;
}

/** All steps, oldest first. Append only. */
export const migrations: readonly Migration[] = [
  { name: '001-initial', sql: initialSchema },
  { name: '002-waivers', sql: waivers },
  { name: '003-corrections', sql: correctionsSchema },
  { name: '004-customer-history', sql: customerHistory },
  { name: '005-lanes', sql: lanesSchema },
  { name: '006-proof', sql: proofSchema },
  { name: '007-control', sql: controlSchema },
  { name: '008-batch-id-place', sql: batchIdPlace },
  { name: '009-data-channels', sql: dataChannelsSchema },
  { name: '010-audit-chain', sql: auditChain },
  { name: '011-sent-journal', sql: sentJournal },
  { name: '012-messages', sql: messages },
  { name: '013-grouped-sends', sql: groupedSends },
  { name: '014-tracking', sql: trackingFacts },
  { name: '015-order-acts', sql: orderActs },
  { name: '016-source-packs', sql: sourcePacks },
  { name: '017-account-acts', sql: accountActs },
  { name: '018-acts-after-copy', sql: actsAfterCopy },
  { name: '019-kept-history', sql: keptHistory },
  { name: '020-accounts-since', sql: accountsSince },
  { name: '021-hash-starts', sql: hashStarts },
];
