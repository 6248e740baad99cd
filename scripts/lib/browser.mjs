// Finding the programs that the browser and Electron tests need, and installing them on a Debian that belongs to root.

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { capture } from './run.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** A Chromium-based browser's executable, or null. UTSKICK_CHROMIUM names one that is elsewhere. */
export function findChromium(env = process.env) {
  const named = env.UTSKICK_CHROMIUM;
  if (named) return existsSync(named) ? named : null;
  return names.map((name) => which(name)).find(Boolean) ?? places.find((file) => existsSync(file)) ?? null;
}

/** The full path of a program on the path, or null. */
export function which(name) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file)) ?? null;
}

/** True where `apt-get install` can be expected to work without a question. */
export function isRootOnDebian() {
  return existsSync('/etc/debian_version') && which('apt-get') !== null && process.getuid?.() === 0;
}

/** Installs Debian packages; returns null, or the reason why it did not work. */
export async function aptInstall(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', ...packages],
  ]) {
    const { code, output } = await capture('apt-get', args, { env });
    if (code !== 0) return `apt-get ${args[0]} ended with ${code}: ${output.trim().split('\n').at(-1) ?? ''}`;
  }
  return null;
}
