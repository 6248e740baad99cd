// Which events make which answers old. A table only.

import type { EngineEvent } from '../../shared/contract/frames.ts';
import type { MethodName } from '../../shared/contract/methods.ts';

type Topic = EngineEvent['topic'];

const byPrefix: Readonly<Record<string, readonly Topic[]>> = {
  account: ['deliveries', 'connections', 'app'],
  app: ['app'],
  batch: ['batches', 'deliveries', 'app'],
  job: ['app'],
  invoice: ['batches', 'deliveries', 'app'],
  problem: ['batches', 'app'],
  fix: ['batches', 'deliveries', 'app'],
  source: ['app'],
  release: ['batches', 'deliveries', 'connections', 'app'],
  delivery: ['deliveries', 'connections', 'batches', 'app'],
  connection: ['connections', 'app'],
  format: ['app'],
  order: ['deliveries', 'connections', 'batches', 'app'],
  practice: ['app', 'deliveries'],
  receipt: ['deliveries', 'app'],
  rule: ['app', 'batches'],
  mailText: ['app', 'batches', 'deliveries'],
  audit: ['app', 'batches', 'deliveries', 'connections'],
  storage: ['app'],
};

const exceptions: Partial<Readonly<Record<MethodName, readonly Topic[]>>> = {
  // "Last saved" moves with every change of the store.
  'app.state': ['app', 'batches', 'deliveries', 'connections'],
  'order.inDoubt': ['app', 'batches', 'connections', 'deliveries'],
  'order.expiring': ['app', 'batches', 'connections'],
  // A preview's bytes change when the organisation printed on it does, and become final with the release.
  'invoice.document': ['app', 'batches'],
};

/** Topics after which a method's answer may be another. */
export function topicsOf(method: MethodName): readonly Topic[] {
  return exceptions[method] ?? byPrefix[method.slice(0, method.indexOf('.'))] ?? [];
}
