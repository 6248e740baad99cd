// What a host's page gets besides calls: file tokens, the state of the link, menu commands, and the preload's surface. No logic.

import { z } from 'zod';
import { eventFrameSchema } from './frames.ts';

/** A file or folder the engine may read when a command names its token; the page never sees a path. */
export const fileTokenSchema = z.object({ token: z.string(), name: z.string(), sizeBytes: z.number().int() });
/** A file the engine may read when a command names its token. */
export type FileToken = z.infer<typeof fileTokenSchema>;

/** Host → page: the engine went away (it is being started again) or is there again. */
export const linkFrameSchema = z.object({ type: z.literal('link'), state: z.enum(['connected', 'lost']) });
/** Host → page: the engine went away or is there again. */
export type LinkFrame = z.infer<typeof linkFrameSchema>;

/** What the native menu can ask the page to do. */
export const menuCommands = ['import', 'search', 'batches', 'deliveries', 'settings', 'about'] as const;
/** One of {@link menuCommands}. */
export type MenuCommand = (typeof menuCommands)[number];
/** Host → page: an item of the native menu was chosen. */
export const menuFrameSchema = z.object({ type: z.literal('menu'), command: z.enum(menuCommands) });
/** Host → page: an item of the native menu was chosen. */
export type MenuFrame = z.infer<typeof menuFrameSchema>;

/** Everything that comes to a page unasked. */
export const pushFrameSchema = z.discriminatedUnion('type', [eventFrameSchema, linkFrameSchema, menuFrameSchema]);
/** Everything that comes to a page unasked. */
export type PushFrame = z.infer<typeof pushFrameSchema>;

/**
 * `window.utskick` in the desktop window: the whole of it. `DroppedFile` is the browser's File (this folder knows no DOM).
 * Answers are `unknown`: the page parses them.
 */
export interface Bridge<DroppedFile = unknown> {
  /** `process.platform`, for the keys shown beside commands. */
  readonly platform: string;
  /** Sends a request or cancel frame; resolves to a reply frame. */
  call(frame: unknown): Promise<unknown>;
  /** Push frames from now on; returns a function that ends it. */
  subscribe(listener: (frame: unknown) => void): () => void;
  /** Result of file tokens for files dropped on the window; a folder is one token, opened by the import. */
  takeDroppedFiles(files: readonly DroppedFile[]): Promise<unknown>;
  /** Opens the system's file dialog; a Result with an empty list when it is dismissed. */
  chooseFiles(): Promise<unknown>;
}
