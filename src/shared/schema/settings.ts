// Shapes of what the operator sets for the whole workspace, and of the application's state.

import { z } from 'zod';
import { addressSchema } from './invoice.ts';

/** Languages of every text. */
export const languages = ['sv', 'nb', 'en'] as const;
/** One of {@link languages}. */
export type Language = (typeof languages)[number];

/** The sender as printed on documents where the file leaves it out. */
export const organisationSchema = z.object({
  name: z.string().max(200),
  registrationNumber: z.string().max(40),
  vatNumber: z.string().max(40),
  address: addressSchema,
  email: z.string().max(320),
  phone: z.string().max(60),
  website: z.string().max(200),
});
/** The sender as printed on documents. */
export type Organisation = z.infer<typeof organisationSchema>;

/** A folder whose files are imported by themselves. */
export const watchedFolderSchema = z.object({
  isOn: z.boolean(),
  /** Path on this computer; empty while none was chosen. */
  folder: z.string().max(4_096),
  mode: z.enum(['strict', 'lenient']),
  /** How long a file must not have changed before it is taken. */
  settleSeconds: z.number().int().min(1).max(3_600),
});
/** A folder whose files are imported by themselves. */
export type WatchedFolderSettings = z.infer<typeof watchedFolderSchema>;

/** Workspace settings. */
export const settingsSchema = z.object({
  language: z.enum(languages),
  theme: z.enum(['system', 'light', 'dark']),
  organisation: organisationSchema,
  /** Used where the dialog or the command line does not say. */
  importMode: z.enum(['strict', 'lenient']),
  watchedFolder: watchedFolderSchema,
});
/** Workspace settings. */
export type Settings = z.infer<typeof settingsSchema>;

/** What the frame around every screen needs. */
export const appStateSchema = z.object({
  version: z.string(),
  isPractice: z.boolean(),
  /** `electron`, `web` or `cli`. */
  host: z.enum(['electron', 'web', 'cli']),
  /** For people, not for opening. */
  dataFolder: z.string(),
  settings: settingsSchema,
  /** True when another process holds the runner's lease: this one shows, that one sends. */
  isRunnerElsewhere: z.boolean(),
  /** The outbox as a whole is paused by the operator. */
  isOutboxPaused: z.boolean(),
  /** The watched folder: `failed` names the error's code (the folder is gone, another process watches it). */
  watch: z.object({ state: z.enum(['off', 'watching', 'failed']), code: z.string().nullable() }),
  hasKeychain: z.boolean(),
  /** Why the last write to the data folder failed; null once one has succeeded again. Nothing is sent meanwhile. */
  storeTrouble: z.enum(['STORAGE_FULL', 'STORE_READONLY', 'STORE_BUSY', 'STORE_DAMAGED']).nullable(),
  /** The database is a copy that was restored, and the outbox is paused because of it. */
  restored: z
    .object({
      atMs: z.number().int(),
      unknown: z.number().int(),
      notInCopy: z.number().int(),
      /** Left out by a version that did not journal them. */
      orderActs: z.number().int().default(0),
    })
    .nullable(),
  lastSavedAtMs: z.number().int().nullable(),
});
/** What the frame around every screen needs. */
export type AppState = z.infer<typeof appStateSchema>;
