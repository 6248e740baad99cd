// Transport to the web host on this computer: calls by POST, events by EventSource, files by upload. Never to another origin.

import { z } from 'zod';
import type { FileToken } from '../../shared/contract/bridge.ts';
import { fail } from '../../shared/result.ts';
import type { Transport } from './client.ts';
import { filesInDrop } from './dropped.ts';
import type { NamedFile } from './dropped.ts';

const uploadReplySchema = z.object({ ok: z.boolean() }).loose();

/**
 * Exchanges the token in the address for a cookie and takes it out of the address, then gives the transport.
 * Without a token the cookie of an earlier visit is used; when there is none, every call answers NOT_ALLOWED.
 */
export async function openHttpTransport(): Promise<Transport> {
  await exchangeToken();
  return {
    send,
    open,
    takeDroppedFiles: async (dropped) => upload(await filesInDrop(dropped)),
    chooseFiles: async () => upload((await askForFiles()).map((file) => ({ file, name: file.name }))),
  };
}

async function exchangeToken(): Promise<void> {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return;
  await fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  history.replaceState(null, '', location.pathname);
}

async function send(frame: Parameters<Transport['send']>[0]): Promise<unknown> {
  const reply = await fetch('/rpc', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(frame),
  });
  return reply.json();
}

function open({ onPush, onLink }: Parameters<Transport['open']>[0]): () => void {
  // EventSource tries again by itself when the host goes away; when it is refused for good it says so by closing.
  const source = new EventSource('/events');
  source.onopen = () => onLink('connected');
  source.onerror = () => {
    onLink('lost');
    if (source.readyState === EventSource.CLOSED)
      void isTurnedAway().then((isRefused) => {
        if (isRefused) onLink('refused');
      });
  };
  source.onmessage = (message: MessageEvent<string>) => onPush(readJson(message.data));
  return () => source.close();
}

/** EventSource does not tell why it was closed; an empty call does. */
async function isTurnedAway(): Promise<boolean> {
  try {
    const { status } = await fetch('/rpc', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    return status === 401 || status === 403;
  } catch (error) {
    // The host has gone away meanwhile: fetch says so with a TypeError.
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** What cannot be read is passed on as null: the client then asks for everything again. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** One after the other, so that a large drop does not hold all its bytes in flight. Stops at the first refusal. */
async function upload(files: readonly NamedFile[]): Promise<unknown> {
  const tokens: unknown[] = [];
  for (const { file, name } of files) {
    const reply = await fetch(`/upload?${new URLSearchParams({ name }).toString()}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
    });
    const result: unknown = await reply.json();
    const parsed = uploadReplySchema.safeParse(result);
    if (!parsed.success) return fail('INTERNAL', 'The host answered with something that is not a file.');
    if (!parsed.data.ok) return result;
    tokens.push(parsed.data.value);
  }
  return { ok: true, value: tokens as readonly FileToken[] };
}

function askForFiles(): Promise<readonly File[]> {
  const field = document.createElement('input');
  field.type = 'file';
  field.multiple = true;
  field.accept = '.xml,.csv,.zip,.json,text/xml,application/xml,text/csv,application/zip,application/json';
  return new Promise((resolve) => {
    field.addEventListener('change', () => resolve([...(field.files ?? [])]), { once: true });
    field.addEventListener('cancel', () => resolve([]), { once: true });
    field.click();
  });
}
