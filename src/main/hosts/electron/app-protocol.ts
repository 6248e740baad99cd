// The app:// scheme: the built page's files and nothing else, each with the safe headers.

import type { Protocol } from 'electron';
import { readPageFile, safeHeaders } from '../../platform/page-files.ts';

const scheme = 'app';
const host = 'utskick';

/** Answers app:// requests of one session from a folder. */
export function serveAppScheme(protocol: Protocol, rendererDir: string): void {
  protocol.handle(scheme, (request) => answer(request, rendererDir));
}

async function answer(request: Request, rendererDir: string): Promise<Response> {
  const url = new URL(request.url);
  if (url.host !== host) return refuse(404);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
  const file = await readPageFile(rendererDir, url.pathname);
  if (file === null) return refuse(404);
  return new Response(file.bytes, { headers: { ...safeHeaders, 'content-type': file.mediaType } });
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: safeHeaders });
}
