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

/** Workspace settings. */
export const settingsSchema = z.object({
  language: z.enum(languages),
  theme: z.enum(['system', 'light', 'dark']),
  organisation: organisationSchema,
  /** Used where the dialog or the command line does not say. */
  importMode: z.enum(['strict', 'lenient']),
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
  hasKeychain: z.boolean(),
  lastSavedAtMs: z.number().int().nullable(),
});
/** What the frame around every screen needs. */
export type AppState = z.infer<typeof appStateSchema>;
