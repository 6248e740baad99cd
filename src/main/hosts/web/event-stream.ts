// Events to pages as server-sent events. Pages that do not keep up are cut off: they come back and ask for everything again.

import type { ServerResponse } from 'node:http';
import { safeHeaders } from '../../platform/page-files.ts';
import type { Engine } from '../../rpc/engine-api.ts';

/** Keeps proxies and sleeping tabs from taking a quiet stream for a dead one. */
const heartbeatMs = 15_000;
/** This much unread is hours of events for a page that draws nothing. */
const maxUnreadBytes = 1024 * 1024;
/** Tabs of one person; more is a loop. */
const maxStreams = 50;

/** The open streams of one host. */
export interface EventStreams {
  /** False when there are too many. */
  add(response: ServerResponse): boolean;
  /** Ends all streams. */
  close(): void;
}

/** Follows the engine's events while there is a page to hear them. */
export function createEventStreams(engine: Pick<Engine, 'subscribe'>): EventStreams {
  const streams = new Set<ServerResponse>();
  const write = (text: string): void => {
    for (const stream of streams) {
      if (stream.writableLength > maxUnreadBytes) stream.destroy();
      else stream.write(text);
    }
  };
  const unsubscribe = engine.subscribe((frame) => {
    write(`data: ${JSON.stringify(frame)}\n\n`);
  });
  const heartbeat = setInterval(() => {
    write(':\n\n');
  }, heartbeatMs);
  heartbeat.unref();
  return {
    add(response) {
      if (streams.size >= maxStreams) return false;
      response.writeHead(200, {
        ...safeHeaders,
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
      });
      response.write('retry: 1000\n\n');
      streams.add(response);
      response.on('close', () => streams.delete(response));
      return true;
    },
    close() {
      unsubscribe();
      clearInterval(heartbeat);
      for (const stream of streams) stream.end();
    },
  };
}
