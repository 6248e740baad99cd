// The reading thread: takes requests to read and check source files. The only thread that parses whole files; between jobs it holds the
// profiles only.

import type { MessagePort } from 'node:worker_threads';
import type { InvoiceCheck } from '../domain/rules/rule.ts';
import type { Channel } from '../../shared/schema/delivery.ts';
import type { AlikeDocuments } from '../formats/alike-documents.ts';
import { ProfileLibrary } from '../formats/load-profiles.ts';
import type { ProfileSet } from '../formats/load-profiles.ts';
import { readSource } from '../formats/read-source.ts';
import { warmUp } from './warm-up-reading.ts';
import type { XmlRequest, XmlWorkerData } from './xml-protocol.ts';
import { newJob, readMany, readSingles } from './xml-reading.ts';
import type { Job, Reply } from './xml-reading.ts';

/** What an invoice is read with where there are connections of these channels. */
export type ChecksFor = (connected: readonly Channel[] | undefined) => readonly InvoiceCheck[];

/** Answers the pool's requests on the port, one after the other, until the thread ends. The thread's entry names the rules: those of the channels are the adapters'. */
export function serveXml(port: MessagePort, data: XmlWorkerData, checksFor: ChecksFor): void {
  const library = new ProfileLibrary(data.profiles);
  const known = new WeakMap<ProfileSet, AlikeDocuments>();
  /** What was asked and not answered. */
  const jobs = new Map<number, Job>();
  let isWanted = false;
  let last: Promise<void> = Promise.resolve();
  const reply: Reply = (message) => {
    if (message.kind === 'singles') port.postMessage(message, [message.bytes.buffer]);
    else port.postMessage(message);
  };
  const run = async (request: Extract<XmlRequest, { kind: 'parse' | 'singles' }>, job: Job): Promise<void> => {
    const terms = { job, profiles: library.current(), rules: checksFor(request.connected) };
    if (request.kind === 'singles') await readSingles({ request, ...terms }, known, reply);
    else await readMany({ request, ...terms }, (options) => readSource(request.path, options), reply);
    jobs.delete(request.jobId);
  };
  port.on('message', (request: XmlRequest) => {
    const { jobId } = request;
    switch (request.kind) {
      case 'parse':
      case 'singles': {
        isWanted = true;
        const job = newJob(jobId);
        jobs.set(jobId, job);
        last = last.then(() => run(request, job));
        break;
      }
      case 'taken':
        jobs.get(jobId)?.taken();
        break;
      case 'cancel':
        jobs.get(jobId)?.controller.abort();
        jobs.get(jobId)?.taken();
        break;
    }
  });
  // Also reads the profiles before they are asked for: the first file is still being copied.
  // Whatever goes wrong in it would go wrong in earnest too, where it is told.
  warmUp({ profiles: library.current(), rules: checksFor([]) }, () => isWanted).catch(() => undefined);
}
