// Opaque tokens for files that a person dropped or chose: the page names a token, only the engine knows the path.

import { randomBytes } from 'node:crypto';
import type { FileToken } from '../../shared/contract/bridge.ts';

/** Twice the largest import (20,000 files) and some; the oldest are forgotten beyond it. */
const defaultLimit = 50_000;

/** Known files and folders by token. Tokens are 128 random bits and live until forgotten or the engine closes. */
export interface FileTokens {
  register(path: string, name: string, sizeBytes: number): FileToken;
  /** Path and name behind a token; null when it was never given or is forgotten. */
  resolve(token: string): { readonly path: string; readonly name: string } | null;
}

/** Creates an empty table that keeps at most `limit` files. */
export function createFileTokens({ limit = defaultLimit }: { readonly limit?: number } = {}): FileTokens {
  const files = new Map<string, { readonly path: string; readonly name: string }>();
  return {
    register(path, name, sizeBytes) {
      const token = randomBytes(16).toString('base64url');
      files.set(token, { path, name });
      for (const oldest of files.keys()) {
        if (files.size <= limit) break;
        files.delete(oldest);
      }
      return { token, name, sizeBytes };
    },
    resolve: (token) => files.get(token) ?? null,
  };
}
