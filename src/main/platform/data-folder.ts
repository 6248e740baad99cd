// Where the data lies by default, and whether a folder is fit for a database: not on a network drive, not synced to a cloud.

import { realpathSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, posix, resolve, win32 } from 'node:path';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The desktop application's data root: local to this computer and this user, never a roaming profile. */
export function defaultDataFolder(
  env: Env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  switch (platform) {
    case 'win32':
      return win32.join(env.LOCALAPPDATA ?? win32.join(home, 'AppData', 'Local'), 'Utskick');
    case 'darwin':
      return posix.join(home, 'Library', 'Application Support', 'Utskick');
    default: {
      // The XDG base directory specification says that a relative value is to be ignored.
      const shared = env.XDG_DATA_HOME;
      return posix.join(shared?.startsWith('/') === true ? shared : posix.join(home, '.local', 'share'), 'utskick');
    }
  }
}

/**
 * Refuses folders where SQLite files get damaged: network drives (locks do not hold) and synced folders (files are swapped under way).
 * Error: NOT_ALLOWED with `details.reason` `network` or `synced`, and the service's name.
 */
export async function checkDataFolder(folder: string, env: Env): Promise<Result<null>> {
  const path = realPathOf(resolve(folder));
  const service = syncServiceOf(path, env);
  if (service !== null) {
    return fail(
      'NOT_ALLOWED',
      `The data folder ${path} is synced by ${service}, which can damage the database. Choose a folder on this computer that is not synced.`,
      { path, reason: 'synced', service },
    );
  }
  if (isNetworkPath(path) || (await isNetworkFileSystem(path))) {
    return fail(
      'NOT_ALLOWED',
      `The data folder ${path} is on a network drive, where the database can be damaged. Choose a folder on this computer.`,
      { path, reason: 'network' },
    );
  }
  return ok(null);
}

/** Name of the service that syncs this folder, by the service's variables and the folder names it uses; null when none is recognised. */
export function syncServiceOf(path: string, env: Env): string | null {
  const folded = fold(path);
  for (const name of ['OneDrive', 'OneDriveCommercial', 'OneDriveConsumer']) {
    const root = env[name];
    if (root !== undefined && root !== '' && isBelow(folded, fold(root))) return 'OneDrive';
  }
  // macOS mounts services below one folder, named after service and account; elsewhere they have folders of these names.
  const mounted = /\/library\/cloudstorage\/([a-z]+)/u.exec(folded)?.[1];
  if (mounted !== undefined) return serviceNames.find(([start]) => mounted.startsWith(start))?.[1] ?? 'a cloud service';
  const parts = folded.split('/');
  return folderNames.find(([pattern]) => parts.some((part) => pattern.test(part)))?.[1] ?? null;
}

const serviceNames = [
  ['onedrive', 'OneDrive'],
  ['dropbox', 'Dropbox'],
  ['googledrive', 'Google Drive'],
] as const;

/** Also "OneDrive - Firma AB" and "Dropbox (Firma)". */
const folderNames = [
  [/^onedrive(?: - .+)?$/u, 'OneDrive'],
  [/^dropbox(?: \(.+\))?$/u, 'Dropbox'],
  [/^(?:google drive|my drive|drivefs)$/u, 'Google Drive'],
  [/^(?:icloud ?drive|mobile documents)$/u, 'iCloud Drive'],
  [/^nextcloud$/u, 'Nextcloud'],
] as const;

/** True for `\\server\share` and `//server/share`; the `\\?\` prefix of long local paths is none. */
export function isNetworkPath(path: string): boolean {
  return /^[\\/]{2}(?![?.][\\/])[^\\/]+[\\/]/u.test(path) || /^\\\\\?\\UNC\\/iu.test(path);
}

/** `f_type` of network file systems in Linux's magic.h: NFS, SMB, CIFS, SMB2, AFS, 9P, Ceph, CODA, sshfs and others over FUSE. */
const networkTypes = new Set([
  0x69_69, 0x51_7b, 0xff_53_4d_42, 0xfe_53_4d_42, 0x53_46_41_4f, 0x01_02_19_97, 0x00_c3_64_00, 0x73_75_72_45,
  0x65_73_55_46,
]);

/** By the file system's type, which only Linux tells reliably; mapped drives on Windows show as UNC once resolved. */
async function isNetworkFileSystem(path: string): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  // The type comes as a signed 32-bit number on some kernels.
  const { type } = await statfs(path.startsWith('/') ? existingPart(path) : '/');
  return networkTypes.has(type >>> 0) && !(await isLocalNinePartition(type >>> 0));
}

/** 9P is also how virtual machines mount their own disk; a container's root file system is as local as it gets. */
async function isLocalNinePartition(type: number): Promise<boolean> {
  if (type !== 0x01_02_19_97) return false;
  return (await statfs('/')).type >>> 0 === type;
}

/** The path with links and mapped drives resolved as far as it exists. */
function realPathOf(path: string): string {
  const existing = existingPart(path);
  return join(realpathSync.native(existing), path.slice(existing.length));
}

function existingPart(path: string): string {
  for (let part = path; ; part = dirname(part)) {
    try {
      realpathSync.native(part);
      return part;
    } catch (error) {
      if (dirname(part) === part) throw error;
    }
  }
}

function fold(path: string): string {
  return path.replaceAll('\\', '/').toLocaleLowerCase('en').replace(/\/+$/u, '');
}

function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}
