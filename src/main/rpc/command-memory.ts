// Remembered replies of commands, as text that the store keeps. A repeated command gets its first reply instead of acting again.

import { z } from 'zod';
import { replyFrameSchema } from '../../shared/contract/frames.ts';
import type { ReplyFrame } from '../../shared/contract/frames.ts';

/** Where replies are kept, durable with the command's own effect as far as the store can. */
export interface CommandMemory {
  /** The text kept for this request, or null. */
  recall(requestId: string): string | null;
  /** Keeps a text; a second one for the same request is ignored. */
  remember(requestId: string, method: string, text: string): void;
}

const keptSchema = z.object({ method: z.string(), reply: replyFrameSchema });

/** The reply this request got before, or null. BAD_REQUEST when the id was used for another method. Throws on a damaged text. */
export function recallReply(memory: CommandMemory, requestId: string, method: string): ReplyFrame | null {
  const text = memory.recall(requestId);
  if (text === null) return null;
  const kept = keptSchema.parse(JSON.parse(text));
  if (kept.method === method) return kept.reply;
  return {
    type: 'reply',
    requestId,
    ok: false,
    error: { code: 'BAD_REQUEST', message: 'This request id belongs to another call.' },
  };
}

/** Keeps the reply of a command that has been carried out, also when it was refused. */
export function rememberReply(memory: CommandMemory, reply: ReplyFrame, method: string): void {
  memory.remember(reply.requestId, method, JSON.stringify({ method, reply }));
}
