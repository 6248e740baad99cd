// Every stable error code that crosses a boundary (contract, command line). Append only: a code is never renamed or reused.

/** All error codes. Batch-level codes that EG Flow's API defines keep that API's names and meaning. */
export const errorCodes = [
  // EG Flow's upload checks (same names, same meaning)
  'VALIDATION_ERROR',
  'FILE_TOO_LARGE',
  'INVALID_CONTENT_TYPE',
  'INVALID_XML',
  'UNSUPPORTED_FORMAT',
  'CONFLICT',
  'SERVICE_UNAVAILABLE',
  // ours
  'ALREADY_IMPORTED',
  'UNREADABLE',
  'NOT_FOUND',
  'CANCELLED',
  'BAD_REQUEST',
  'NOT_ALLOWED',
  'STORE_NEWER',
  'STORE_DAMAGED',
  'STORE_BUSY',
  'STORAGE_FULL',
  'KEYCHAIN_UNAVAILABLE',
  'SECRET_MISSING',
  'CONNECTION_FAILED',
  'HOST_KEY_UNKNOWN',
  'HOST_KEY_CHANGED',
  'ENGINE_GONE',
  'TIMED_OUT',
  'INTERNAL',
  'INTAKE_REFUSED',
  'INVALID_CSV',
  'STORE_READONLY',
] as const;

/** One of {@link errorCodes}. */
export type ErrorCode = (typeof errorCodes)[number];
