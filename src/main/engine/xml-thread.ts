// Entry of the reading thread: puts the reader and the rules together, those of the channels with them. Wiring only.

import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { checksWith } from '../app/rule-sets.ts';
import { serveXml } from '../workers/xml-worker.ts';
import type { XmlWorkerData } from '../workers/xml-protocol.ts';
import { channelRules } from './channel-rules.ts';

if (!isMainThread && parentPort !== null)
  serveXml(parentPort, workerData as XmlWorkerData, (connected) => checksWith(channelRules, connected));
