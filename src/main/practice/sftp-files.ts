// The practice print vendor's folder: virtual paths to real files below one folder, and the ledger entry for every file that comes or goes.

import { createHash } from 'node:crypto';
import { link, lstat, mkdir, open, readFile, readdir, rename, rmdir, stat, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { join, posix } from 'node:path';
import type { Ledger } from './ledger.ts';

/** SFTP status codes, draft-ietf-secsh-filexfer-02 section 7. */
export const sftpStatus = {
  ok: 0,
  eof: 1,
  noSuchFile: 2,
  permissionDenied: 3,
  failure: 4,
  badMessage: 5,
  unsupported: 8,
} as const;

/** A file operation that failed, with the status to answer. */
export class SftpRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** One open file or folder of one connection. */
export interface OpenEntry {
  readonly virtualPath: string;
  readonly file: FileHandle | null;
  /** Names not yet listed; null for files. */
  names: string[] | null;
  isWritten: boolean;
}

/** How a file is opened (SSH_FXF flags, section 6.3). */
export interface OpenFlags {
  readonly isWrite: boolean;
  readonly isAppend: boolean;
  readonly isCreate: boolean;
  readonly isTruncate: boolean;
  readonly isExclusive: boolean;
}

/** Files that are not finished; the vendor does not look at them. */
const unfinished = '.part';

/** All operations on one folder. Throws {@link SftpRefusal} or the file system's own errors. */
export class SftpFiles {
  readonly #root: string;
  readonly #ledger: Ledger;

  constructor(root: string, ledger: Ledger) {
    this.#root = root;
    this.#ledger = ledger;
  }

  /** Path as a client sees it: absolute, no `.` or `..`, never above the folder. */
  virtual(path: string): string {
    const clean = posix.resolve('/', path);
    if (/[\\:\0]/u.test(clean)) throw new SftpRefusal(sftpStatus.noSuchFile, 'no such file');
    return clean;
  }

  async open(path: string, flags: OpenFlags): Promise<OpenEntry> {
    const virtualPath = this.virtual(path);
    const mode = flags.isAppend
      ? 'a'
      : flags.isWrite
        ? flags.isExclusive
          ? 'wx'
          : flags.isTruncate
            ? 'w'
            : flags.isCreate
              ? 'a+'
              : 'r+'
        : 'r';
    return { virtualPath, file: await open(this.#real(virtualPath), mode), names: null, isWritten: false };
  }

  async openFolder(path: string): Promise<OpenEntry> {
    const virtualPath = this.virtual(path);
    return { virtualPath, file: null, names: await readdir(this.#real(virtualPath)), isWritten: false };
  }

  /** Closes; a file written in place under its final name counts as stored now. */
  async close(entry: OpenEntry): Promise<void> {
    await entry.file?.close();
    if (entry.isWritten && !entry.virtualPath.endsWith(unfinished)) await this.#recordStored(entry.virtualPath);
  }

  stat(path: string): Promise<Stats> {
    return stat(this.#real(this.virtual(path)));
  }

  lstat(path: string): Promise<Stats> {
    return lstat(this.#real(this.virtual(path)));
  }

  async remove(path: string): Promise<void> {
    const virtualPath = this.virtual(path);
    await unlink(this.#real(virtualPath));
    if (virtualPath.endsWith(unfinished)) return;
    await this.#ledger.append({
      event: 'removed',
      invoiceNumber: invoiceNumberOf(virtualPath),
      path: virtualPath,
      sha256: null,
      bytes: 0,
    });
  }

  async makeFolder(path: string): Promise<void> {
    await mkdir(this.#real(this.virtual(path)));
  }

  async removeFolder(path: string): Promise<void> {
    await rmdir(this.#real(this.virtual(path)));
  }

  /** Renames without ever replacing a file, as section 6.5 has it. Durable in the ledger when it resolves. */
  async rename(from: string, to: string): Promise<void> {
    const target = this.virtual(to);
    await link(this.#real(this.virtual(from)), this.#real(target));
    await unlink(this.#real(this.virtual(from)));
    await this.#recordStored(target);
  }

  /** posix-rename@openssh.com: replaces what is there. */
  async replace(from: string, to: string): Promise<void> {
    const target = this.virtual(to);
    await rename(this.#real(this.virtual(from)), this.#real(target));
    await this.#recordStored(target);
  }

  async #recordStored(virtualPath: string): Promise<void> {
    if (virtualPath.endsWith(unfinished)) return;
    const bytes = await readFile(this.#real(virtualPath));
    await this.#ledger.append({
      event: 'stored',
      invoiceNumber: invoiceNumberOf(virtualPath),
      path: virtualPath,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      bytes: bytes.length,
    });
  }

  #real(virtualPath: string): string {
    return join(this.#root, ...virtualPath.split('/'));
  }
}

/** Final names are `<number>_<8 characters>.pdf`; anything else is no invoice. */
export function invoiceNumberOf(virtualPath: string): string | null {
  return /^(.+)_[0-9a-f]{8}\.pdf$/u.exec(posix.basename(virtualPath))?.[1] ?? null;
}
