// Chooses the transport by where the page runs: the desktop window's preload, else the web host.

import { createClient } from './client.ts';
import type { Client } from './client.ts';
import { createElectronTransport } from './electron.ts';
import { openHttpTransport } from './http.ts';

/** The client of this page. */
export async function openClient(): Promise<Client> {
  const bridge = window.utskick;
  return createClient(bridge === undefined ? await openHttpTransport() : createElectronTransport(bridge));
}
