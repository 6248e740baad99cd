// The numbered places where the engine is killed, and the ports with those places around their verbs. The product knows none of this.

import type { OuterPorts } from '../src/main/engine/open-workspace.ts';
import type { ChannelAdapter, ChannelSession } from '../src/main/ports/channel-adapter.ts';
import type { SourcePack, SourceStore } from '../src/main/ports/source-store.ts';
import type { DeliveryStore, ImportStore, ReleaseStore } from '../src/main/ports/store.ts';

/** Every place by its number. A number is never given to another place: seeds of earlier reports stay true. */
export const faultPoints = {
  1: 'before a claim is committed',
  2: 'after a claim is committed',
  3: 'before "sending" is committed',
  4: 'after "sending" is committed, before the effect',
  5: 'before a document is handed to the adapter',
  6: 'after the peer answered, before the outcome is written',
  7: 'before an outcome is committed',
  8: 'after an outcome is committed',
  9: 'before an index file is taken',
  10: 'after an index file is taken',
  11: 'before an index file is written at the peer',
  12: 'after an index file is written at the peer',
  13: 'after an index file is noted as written',
  14: 'after the lease is taken',
  15: 'before a crash is recovered from',
  16: 'after a crash is recovered from',
  17: 'before a session is opened',
  18: 'after a session is opened',
  19: 'before the lease is given back',
  20: 'before a batch is begun',
  21: 'after a batch is begun',
  22: 'after a source is copied',
  23: 'before a chunk of invoices is committed',
  24: 'after a chunk of invoices is committed',
  25: 'before a source gets its name',
  26: 'after a source got its name',
  27: 'after a file is finished',
  28: 'before the batch becomes visible',
  29: 'after the batch became visible',
  30: 'before leftovers of a killed import are removed',
  31: 'after leftovers of a killed import are removed',
  32: 'after copies half-way are removed',
  40: 'before a document is frozen',
  41: 'after a document is frozen',
  42: 'before a release is committed',
  43: 'after a release is committed',
} as const;

/** One of {@link faultPoints}. */
export type FaultPoint = keyof typeof faultPoints;

/** Places that each kind of work passes. */
export const pointsOf = {
  delivery: [1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16, 17, 18, 19],
  index: [9, 10, 11, 12, 13],
  importing: [20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32],
  release: [40, 41, 42, 43],
} as const satisfies Readonly<Record<string, readonly FaultPoint[]>>;

/** Told whenever a place is passed. */
export type Passing = (point: FaultPoint) => void;

/** The ports with the places around them. */
export function withFaultPoints(ports: OuterPorts, at: Passing): OuterPorts {
  const { store, sources, documents, adapters } = ports;
  return {
    ...ports,
    store: {
      ...store,
      imports: importsWith(store.imports, at),
      deliveries: deliveriesWith(store.deliveries, at),
      releases: releasesWith(store.releases, at),
    },
    sources: sourcesWith(sources, at),
    documents: { ...documents, keepBytes: later(documents.keepBytes, at, [40, 41]) },
    adapters: {
      ...adapters,
      email: adapterWith(adapters.email, at),
      sftp: adapterWith(adapters.sftp, at),
      svea: adapterWith(adapters.svea, at),
    },
  };
}

/** Before and after a verb; null: there is no place. */
type Places = readonly [before: FaultPoint | null, after: FaultPoint | null];

function pass(at: Passing, point: FaultPoint | null): void {
  if (point !== null) at(point);
}

function now<In extends readonly unknown[], Out>(
  verb: (...given: In) => Out,
  at: Passing,
  [before, after]: Places,
): (...given: In) => Out {
  return (...given) => {
    pass(at, before);
    const result = verb(...given);
    pass(at, after);
    return result;
  };
}

function later<In extends readonly unknown[], Out>(
  verb: (...given: In) => Promise<Out>,
  at: Passing,
  [before, after]: Places,
): (...given: In) => Promise<Out> {
  return async (...given) => {
    pass(at, before);
    const result = await verb(...given);
    pass(at, after);
    return result;
  };
}

function deliveriesWith(deliveries: DeliveryStore, at: Passing): DeliveryStore {
  return {
    ...deliveries,
    claim: now(deliveries.claim, at, [1, 2]),
    markSending: now(deliveries.markSending, at, [3, 4]),
    record: now(deliveries.record, at, [7, 8]),
    takeIndex: now(deliveries.takeIndex, at, [9, 10]),
    markIndexWritten: now(deliveries.markIndexWritten, at, [null, 13]),
    acquireRunnerLease: now(deliveries.acquireRunnerLease, at, [null, 14]),
    recover: now(deliveries.recover, at, [15, 16]),
    releaseRunnerLease: now(deliveries.releaseRunnerLease, at, [19, null]),
  };
}

function importsWith(imports: ImportStore, at: Passing): ImportStore {
  return {
    ...imports,
    beginBatch: now(imports.beginBatch, at, [20, 21]),
    addChunk: now(imports.addChunk, at, [23, 24]),
    addFiles: now(imports.addFiles, at, [23, 24]),
    finishFile: now(imports.finishFile, at, [null, 27]),
    finishBatch: now(imports.finishBatch, at, [28, 29]),
    dropAbandoned: now(imports.dropAbandoned, at, [30, 31]),
  };
}

function releasesWith(releases: ReleaseStore, at: Passing): ReleaseStore {
  return { ...releases, write: now(releases.write, at, [42, 43]) };
}

function sourcesWith(sources: SourceStore, at: Passing): SourceStore {
  return {
    ...sources,
    take: later(sources.take, at, [null, 22]),
    newPack: () => packWith(sources.newPack(), at),
    keep: later(sources.keep, at, [25, 26]),
    discardLeftovers: later(sources.discardLeftovers, at, [null, 32]),
  };
}

function packWith(pack: SourcePack, at: Passing): SourcePack {
  return {
    add: now((...given) => pack.add(...given), at, [null, 22]),
    keepAs: later((...given) => pack.keepAs(...given), at, [25, 26]),
    discard: () => pack.discard(),
  };
}

function adapterWith(adapter: ChannelAdapter, at: Passing): ChannelAdapter {
  return {
    ...adapter,
    open: async (target, signal) => {
      at(17);
      const opened = await adapter.open(target, signal);
      if (!opened.ok) return opened;
      at(18);
      return { ok: true, session: sessionWith(opened.session, at) };
    },
  };
}

function sessionWith(session: ChannelSession, at: Passing): ChannelSession {
  const { writeIndex } = session;
  return {
    ...session,
    send: later(session.send, at, [5, 6]),
    ...(writeIndex === undefined ? {} : { writeIndex: later(writeIndex, at, [11, 12]) }),
  };
}
