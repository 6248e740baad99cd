// The Result type: a failure a caller can act on, as a value. No thrown errors, no text decisions here.

import type { ErrorCode } from './error-codes.ts';

/** A failure with a stable code; `details` holds the facts (path, limit, line) that a message can be built from. */
export interface AppError {
  readonly code: ErrorCode;
  /** English, for logs and the command line; screens build their own words from `code` and `details`. */
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Either a value or an error; test `ok` before touching either. */
export type Result<T, E = AppError> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** Wraps a value as a successful result. */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** Wraps an error as a failed result. */
export function err<E>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}

/** Builds a failed result from a code and an English message. */
export function fail(
  code: ErrorCode,
  message: string,
  details?: Readonly<Record<string, unknown>>,
): { readonly ok: false; readonly error: AppError } {
  return { ok: false, error: details === undefined ? { code, message } : { code, message, details } };
}
