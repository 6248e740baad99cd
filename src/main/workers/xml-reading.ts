// What the reading thread does with one request: reads and checks a file of many invoices, or a lot of files of one each. No messages come in here.

import type { InvoiceCheck } from '../domain/rules/rule.ts';
import { AlikeDocuments } from '../formats/alike-documents.ts';
import type { ProfileLibrary, ProfileSet } from '../formats/load-profiles.ts';
import { readSingle } from '../formats/read-single.ts';
import type { ReadFileOptions, ReadFileResult } from '../formats/read-file.ts';
import type { SingleReading } from '../ports/import-source.ts';
import type { XmlReply, XmlRequest } from './xml-protocol.ts';

/** Files read between two looks at what has come in. */
const singlesPerTurn = 16;

/** A request under way. */
export interface Job {
  readonly jobId: number;
  readonly controller: AbortController;
  /** Lets the next chunk go out. */
  taken: () => void;
}

/** A job that has just begun. */
export function newJob(jobId: number): Job {
  return { jobId, controller: new AbortController(), taken: () => undefined };
}

/** What a request is answered with. */
export type Reply = (message: XmlReply) => void;

type Profiles = ReturnType<ProfileLibrary['current']>;

/** A request with what it is read by. */
export interface Work<K extends XmlRequest['kind']> {
  readonly request: Extract<XmlRequest, { readonly kind: K }>;
  readonly job: Job;
  readonly profiles: Profiles;
  readonly rules: readonly InvoiceCheck[];
}

/** A throw in here is a bug: it becomes the worker's `error` event, and the pool answers the caller. */
export async function readMany(
  { request, job, profiles, rules }: Work<'parse'>,
  read: (options: ReadFileOptions) => Promise<ReadFileResult>,
  reply: Reply,
): Promise<void> {
  const { jobId } = job;
  const result: ReadFileResult = profiles.ok
    ? await read({
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

/** As {@link readMany}. What is remembered in `known` goes by the profiles: with others the same document may be another thing. */
export async function readSingles(
  { request, job, profiles, rules }: Work<'singles'>,
  known: WeakMap<ProfileSet, AlikeDocuments>,
  reply: Reply,
): Promise<void> {
  const { jobId } = job;
  if (!profiles.ok) {
    const refusal = { error: profiles.error, problems: [] };
    reply({
      kind: 'singles',
      jobId,
      readings: request.files.map(() => ({ kind: 'refused', refusal })),
      bytes: request.bytes,
    });
    return;
  }
  const options = {
    profiles: profiles.value,
    rules,
    today: request.today,
    ...(request.severities === undefined ? {} : { severities: request.severities }),
    signal: job.controller.signal,
    alike: alikeOf(known, profiles.value),
  };
  // The receiver has the contents at hand.
  const heldOptions = { ...options, leavesHashes: true };
  const readings: SingleReading[] = [];
  let offset = 0;
  for (const file of request.files) {
    const reading =
      'path' in file
        ? await readSingle(file, options)
        : readSingle({ bytes: request.bytes.subarray(offset, (offset += file.length)) }, heldOptions);
    readings.push(reading instanceof Promise ? await reading : reading);
    // Lets a cancel come in.
    if (readings.length % singlesPerTurn === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  reply({ kind: 'singles', jobId, readings, bytes: request.bytes });
}

function alikeOf(known: WeakMap<ProfileSet, AlikeDocuments>, profiles: ProfileSet): AlikeDocuments {
  const alike = known.get(profiles) ?? new AlikeDocuments();
  known.set(profiles, alike);
  return alike;
}
