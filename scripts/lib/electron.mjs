// Whether a real Electron and a display are here, and fetching Electron when it can be fetched. Starts no window.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { capture } from './run.mjs';

const probeMs = 8_000;
const downloadMs = 300_000;

/**
 * The Electron executable that is already here, or null: ELECTRON_OVERRIDE_DIST_PATH first, then node_modules.
 * @returns {string | null}
 */
export function presentElectron(root, env = process.env) {
  const folder = env.ELECTRON_OVERRIDE_DIST_PATH || join(root, 'node_modules/electron/dist');
  const executable = join(folder, executableName());
  return existsSync(executable) ? executable : null;
}

/**
 * Downloads Electron's official release as the `electron` package does (checksums included).
 * Asks for a small file first: where only the package registry can be reached, this takes seconds, not minutes.
 * @returns {Promise<{ executable: string } | { why: string }>}
 */
export async function fetchElectron(root, { node, env }, say) {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'));
  const unreachable = await whyUnreachable(version, env);
  if (unreachable) return { why: unreachable };
  say(`downloading Electron ${version}`);
  const { code } = await capture(node, [join(root, 'node_modules/electron/install.js')], {
    cwd: root,
    env,
    timeout: downloadMs,
  });
  const executable = presentElectron(root, env);
  return executable ? { executable } : { why: `its download ended with ${code}` };
}

/** True when this Electron cannot load the engine itself, so that the engine runs under the project's Node beside it. */
export function isOlderElectron(root, executable) {
  const versionFile = join(dirname(executable), 'version');
  if (!existsSync(versionFile)) return false;
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'));
  return Number.parseInt(readFileSync(versionFile, 'utf8').replace(/^v/, ''), 10) < Number.parseInt(version, 10);
}

/** True when a window can be shown: always on Windows and macOS, with an X or Wayland display elsewhere. */
export function hasDisplay(env = process.env) {
  return process.platform === 'win32' || process.platform === 'darwin' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

async function whyUnreachable(version, env) {
  // A mirror or a proxy is the downloader's own business: it knows settings that a plain request does not.
  const settings = ['ELECTRON_MIRROR', 'npm_config_electron_mirror', 'HTTPS_PROXY', 'https_proxy'];
  if (settings.some((name) => env[name])) return null;
  const url = `https://github.com/electron/electron/releases/download/v${version}/SHASUMS256.txt`;
  try {
    const reply = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(probeMs) });
    return reply.ok ? null : `its download server answers ${reply.status}`;
  } catch (error) {
    return `its download server cannot be reached (${error.cause?.code ?? error.name})`;
  }
}

function executableName() {
  if (process.platform === 'win32') return 'electron.exe';
  return process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';
}
