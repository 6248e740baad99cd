// The desktop program's entry: what must come before Electron is ready, then the Electron host. Nothing else belongs here.
// Electron is not ready before this module, with everything it awaits, has run.

import { prepareDesktop } from './hosts/electron/before-ready.ts';
import { startDesktop } from './hosts/electron/main.ts';

const start = prepareDesktop();
if (start !== null) startDesktop(start);
