// The reading thread's work: reads and checks source files on request. The only thread that parses whole files; between jobs it holds the profiles only.

import type { MessagePort } from 'node:worker_threads';
import type { InvoiceCheck } from '../domain/rules/rule.ts';
import type { Channel } from '../../shared/schema/delivery.ts';
import { AlikeDocuments } from '../formats/alike-documents.ts';
import { ProfileLibrary } from '../formats/load-profiles.ts';
import type { ProfileSet } from '../formats/load-profiles.ts';
import { readSingle } from '../formats/read-single.ts';
import { readSource } from '../formats/read-source.ts';
import type { ReadFileResult } from '../formats/read-file.ts';
import type { SingleReading } from '../ports/import-source.ts';
import { warmUpReading } from './warm-up-reading.ts';
import type { XmlReply, XmlRequest, XmlWorkerData } from './xml-protocol.ts';

/** Files read between two looks at what has come in. */
const singlesPerTurn = 16;

interface Job {
  readonly jobId: number;
  readonly controller: AbortController;
  /** Lets the next chunk go out. */
  taken: () => void;
}

/** What an invoice is read with where there are connections of these channels. */
export type ChecksFor = (connected: readonly Channel[] | undefined) => readonly InvoiceCheck[];

/** Answers the pool's requests on the port until the thread ends. The thread's entry names the rules: those of the channels are the adapters'. */
export function serveXml(port: MessagePort, data: XmlWorkerData, checksFor: ChecksFor): void {
  const library = new ProfileLibrary(data.profiles);
  const alike = new WeakMap<ProfileSet, AlikeDocuments>();
  let job: Job | null = null;
  void warmUp(library, checksFor([]), () => job !== null);
  port.on('message', (request: XmlRequest) => {
    switch (request.kind) {
      case 'parse':
        job = newJob(request.jobId);
        void parse(port, library.current(), { request, job, rules: checksFor(request.connected) });
        break;
      case 'singles':
        job = newJob(request.jobId);
        void readSingles(port, library.current(), { request, job, alike, rules: checksFor(request.connected) });
        break;
      case 'taken':
        if (job?.jobId === request.jobId) job.taken();
        break;
      case 'cancel':
        if (job?.jobId !== request.jobId) break;
        job.controller.abort();
        job.taken();
        break;
    }
  });
}

async function warmUp(library: ProfileLibrary, rules: readonly InvoiceCheck[], isWanted: () => boolean): Promise<void> {
  // Read before they are asked for: the first file is still being copied.
  const profiles = library.current();
  if (profiles.ok) await warmUpReading({ profiles: profiles.value, rules }, isWanted);
}

function newJob(jobId: number): Job {
  return { jobId, controller: new AbortController(), taken: () => undefined };
}

type Profiles = ReturnType<ProfileLibrary['current']>;

interface Work<K extends XmlRequest['kind']> {
  readonly request: Extract<XmlRequest, { readonly kind: K }>;
  readonly job: Job;
  readonly rules: readonly InvoiceCheck[];
}

/** A throw in here is a bug: it becomes the worker's `error` event, and the pool answers the caller. */
async function parse(port: MessagePort, profiles: Profiles, work: Work<'parse'>): Promise<void> {
  const { job, request, rules } = work;
  const { jobId } = job;
  const reply = (message: XmlReply): void => {
    port.postMessage(message);
  };
  const result: ReadFileResult = profiles.ok
    ? await readSource(request.path, {
        profiles: profiles.value,
        rules,
        today: request.today,
        ...(request.severities === undefined ? {} : { severities: request.severities }),
        signal: job.controller.signal,
        leavesHashes: true,
        onChunk: (chunk) =>
          new Promise((resolve) => {
            job.taken = resolve;
            reply({ kind: 'chunk', jobId, chunk });
            if (job.controller.signal.aborted) resolve();
          }),
      })
    : { ok: false, refusal: { error: profiles.error, problems: [] } };
  reply(result.ok ? { kind: 'done', jobId, file: result.file } : { kind: 'refused', jobId, refusal: result.refusal });
}

async function readSingles(
  port: MessagePort,
  profiles: Profiles,
  work: Work<'singles'> & { readonly alike: WeakMap<ProfileSet, AlikeDocuments> },
): Promise<void> {
  const { job, request, rules } = work;
  const readings: SingleReading[] = [];
  const alike = profiles.ok ? alikeOf(work.alike, profiles.value) : new AlikeDocuments();
  let offset = 0;
  for (const file of request.files) {
    const single = 'path' in file ? file : { bytes: request.bytes.subarray(offset, (offset += file.length)) };
    readings.push(
      profiles.ok
        ? await readSingle(single, {
            profiles: profiles.value,
            rules,
            today: request.today,
            ...(request.severities === undefined ? {} : { severities: request.severities }),
            signal: job.controller.signal,
            alike,
          })
        : { kind: 'refused', refusal: { error: profiles.error, problems: [] } },
    );
    // Lets a cancel come in.
    if (readings.length % singlesPerTurn === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const reply: XmlReply = { kind: 'singles', jobId: job.jobId, readings };
  port.postMessage(reply);
}

/** What is remembered goes by the profiles: with others the same document may be another thing. */
function alikeOf(known: WeakMap<ProfileSet, AlikeDocuments>, profiles: ProfileSet): AlikeDocuments {
  const alike = known.get(profiles) ?? new AlikeDocuments();
  known.set(profiles, alike);
  return alike;
}
