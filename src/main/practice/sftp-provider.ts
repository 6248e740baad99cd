// The practice print vendor: a real SSH server with SFTP on this computer. Answers requests; the files themselves are in sftp-files.ts.

import ssh2 from 'ssh2';
import type { AuthContext, Connection, ParsedKey, SFTPWrapper } from 'ssh2';
import type { Stats } from 'node:fs';
import { drop, Listener } from './listener.ts';
import { MischiefBook } from './mischief.ts';
import type { Mischief, SftpPhase } from './mischief.ts';
import { SftpFiles, SftpRefusal, sftpStatus } from './sftp-files.ts';
import type { OpenEntry } from './sftp-files.ts';
import type { Ledger } from './ledger.ts';

/** How the practice print vendor is started. */
export interface SftpProviderOptions {
  readonly port: number;
  readonly root: string;
  readonly hostKey: string;
  readonly user: string;
  readonly password: string;
  /** Public keys that may log in beside the password. */
  readonly authorizedKeys: readonly ParsedKey[];
  readonly ledger: Ledger;
}

/** A running practice print vendor. */
export interface SftpProvider {
  readonly listener: Listener;
  readonly mischief: MischiefBook;
}

/** Names listed in one READDIR answer. */
const namesAtOnce = 100;

/** Makes the server; `listener.open()` starts it. */
export function createSftpProvider(options: SftpProviderOptions): SftpProvider {
  const mischief = new MischiefBook();
  const files = new SftpFiles(options.root, options.ledger);
  const server = new ssh2.Server({ hostKeys: [options.hostKey], ident: 'utskick-practice' }, (client, { port }) => {
    const cut = (): void => {
      listener.cut(port);
    };
    // The conversation's end is told by 'close'; a broken one is the client's business.
    client.on('error', cut);
    client.on('authentication', (context) => {
      const order = mischief.take('login');
      if (order?.mode === 'hang') return;
      if (order?.mode === 'cut') cut();
      else if (order?.mode === 'refuse') context.reject(['password']);
      else decideLogin(context, options);
    });
    serveSessions(client, (sftp) => {
      new SftpConversation({ sftp, files, mischief, cut }).listen();
    });
  });
  const listener = new Listener(options.port, (socket) => {
    const order = mischief.take('connect');
    if (order === null || order.mode === 'answer-after') server.injectSocket(socket);
    else if (order.mode !== 'hang') drop(socket);
  });
  return { listener, mischief };
}

function decideLogin(context: AuthContext, options: SftpProviderOptions): void {
  if (context.username !== options.user) {
    context.reject(['password', 'publickey']);
    return;
  }
  if (context.method === 'password' && context.password === options.password) {
    context.accept();
    return;
  }
  if (context.method === 'publickey') {
    const { key, signature, blob, hashAlgo } = context;
    const known = options.authorizedKeys.find((allowed) => allowed.getPublicSSH().equals(key.data));
    // Without a signature the client only asks whether the key would do. The library answers a bad one with an Error, which is truthy.
    const verdict: unknown =
      known === undefined
        ? false
        : signature === undefined || (blob !== undefined && known.verify(blob, signature, hashAlgo));
    if (verdict === true) {
      context.accept();
      return;
    }
  }
  context.reject(['password', 'publickey']);
}

function serveSessions(client: Connection, start: (sftp: SFTPWrapper) => void): void {
  client.on('ready', () => {
    client.on('session', (accept) => {
      accept().on('sftp', (acceptSftp) => {
        start(acceptSftp());
      });
    });
  });
}

interface ConversationParts {
  readonly sftp: SFTPWrapper;
  readonly files: SftpFiles;
  readonly mischief: MischiefBook;
  readonly cut: () => void;
}

/** One SFTP channel: its open handles and its answers. */
class SftpConversation {
  readonly #parts: ConversationParts;
  readonly #entries = new Map<number, OpenEntry>();
  #nextHandle = 1;

  constructor(parts: ConversationParts) {
    this.#parts = parts;
  }

  listen(): void {
    this.#listenToFiles();
    this.#listenToPaths();
    this.#parts.sftp.on('close', () => {
      for (const entry of this.#entries.values()) void entry.file?.close();
      this.#entries.clear();
    });
  }

  #listenToFiles(): void {
    const { sftp, files } = this.#parts;
    sftp.on('OPEN', (id, path, flags) => {
      this.#answer(id, 'open', async () => {
        const modes = ssh2.utils.sftp.OPEN_MODE;
        const has = (mode: number): boolean => (flags & mode) !== 0;
        this.#give(
          id,
          await files.open(path, {
            isWrite: has(modes.WRITE),
            isAppend: has(modes.APPEND),
            isCreate: has(modes.CREAT),
            isTruncate: has(modes.TRUNC),
            isExclusive: has(modes.EXCL),
          }),
        );
      });
    });
    sftp.on('WRITE', (...[id, handle, offset, data]) => {
      this.#answer(id, 'in-upload', async () => {
        const entry = this.#entryOf(handle);
        await entry.file?.write(data, 0, data.length, offset);
        entry.isWritten = true;
        sftp.status(id, sftpStatus.ok);
      });
    });
    sftp.on('READ', (...[id, handle, offset, length]) => {
      this.#answer(id, null, async () => {
        const buffer = Buffer.alloc(Math.min(length, 256 * 1024));
        const read = await this.#entryOf(handle).file?.read(buffer, 0, buffer.length, offset);
        if (read === undefined || read.bytesRead === 0) sftp.status(id, sftpStatus.eof);
        else sftp.data(id, buffer.subarray(0, read.bytesRead));
      });
    });
    sftp.on('CLOSE', (id, handle) => {
      this.#answer(id, null, async () => {
        const entry = this.#entryOf(handle);
        this.#entries.delete(handle.readUInt32BE(0));
        await files.close(entry);
        sftp.status(id, sftpStatus.ok);
      });
    });
    sftp.on('FSTAT', (id, handle) => {
      this.#answer(id, null, async () => {
        const stats = await this.#entryOf(handle).file?.stat();
        if (stats === undefined) sftp.status(id, sftpStatus.failure);
        else sftp.attrs(id, attributesOf(stats));
      });
    });
    sftp.on('FSETSTAT', (id) => {
      sftp.status(id, sftpStatus.ok);
    });
  }

  #listenToPaths(): void {
    const { sftp, files, mischief } = this.#parts;
    const reply = (id: number, path: string, work: (path: string) => Promise<void>): void => {
      this.#answer(id, null, async () => {
        await work(path);
        sftp.status(id, sftpStatus.ok);
      });
    };
    sftp.on('STAT', (id, path) => {
      this.#answer(id, null, async () => {
        sftp.attrs(id, attributesOf(await files.stat(path)));
      });
    });
    sftp.on('LSTAT', (id, path) => {
      this.#answer(id, null, async () => {
        sftp.attrs(id, attributesOf(await files.lstat(path)));
      });
    });
    sftp.on('SETSTAT', (id) => {
      sftp.status(id, sftpStatus.ok);
    });
    sftp.on('REALPATH', (id, path) => {
      this.#answer(id, null, async () => {
        sftp.name(id, [{ filename: files.virtual(path), longname: '', attrs: noAttributes }]);
      });
    });
    sftp.on('OPENDIR', (id, path) => {
      this.#answer(id, null, async () => {
        this.#give(id, await files.openFolder(path));
      });
    });
    sftp.on('READDIR', (id, handle) => {
      this.#answer(id, null, () => this.#list(id, this.#entryOf(handle)));
    });
    sftp.on('REMOVE', (id, path) => {
      reply(id, path, (name) => files.remove(name));
    });
    sftp.on('MKDIR', (id, path) => {
      reply(id, path, (name) => files.makeFolder(name));
    });
    sftp.on('RMDIR', (id, path) => {
      reply(id, path, (name) => files.removeFolder(name));
    });
    sftp.on('RENAME', (id, from, to) => {
      const isReplacing = mischief.take('rename')?.mode === 'replace';
      this.#rename(id, () => (isReplacing ? files.replace(from, to) : files.rename(from, to)));
    });
    // Served, though the library's server has no way to announce it: clients that check first use RENAME.
    sftp.on('EXTENDED', (id, name, data) => {
      if (name !== 'posix-rename@openssh.com') sftp.status(id, sftpStatus.unsupported);
      else {
        this.#rename(id, async () => {
          const [from, to] = twoStrings(data);
          await files.replace(from, to);
        });
      }
    });
  }

  #rename(id: number, work: () => Promise<void>): void {
    this.#answer(id, 'before-rename', async () => {
      await work();
      const order = this.#parts.mischief.take('after-rename-before-reply');
      this.#act(order, id, () => {
        this.#parts.sftp.status(id, sftpStatus.ok);
      });
    });
  }

  async #list(id: number, entry: OpenEntry): Promise<void> {
    const { sftp, files } = this.#parts;
    const names = entry.names?.splice(0, namesAtOnce) ?? [];
    if (names.length === 0) {
      sftp.status(id, sftpStatus.eof);
      return;
    }
    const listed = await Promise.all(
      names.map(async (filename) => {
        const stats = await files.lstat(`${entry.virtualPath}/${filename}`);
        return {
          filename,
          longname: `${stats.isDirectory() ? 'd' : '-'}rw------- 1 practice practice ${stats.size} ${filename}`,
          attrs: attributesOf(stats),
        };
      }),
    );
    sftp.name(id, listed);
  }

  /** Carries out an order for the phase, else the work; every failure becomes a status. */
  #answer(id: number, phase: SftpPhase | null, work: () => Promise<void>): void {
    const order = phase === null ? null : this.#parts.mischief.take(phase);
    this.#act(order, id, () => {
      work().catch((error: unknown) => {
        this.#parts.sftp.status(id, statusOf(error), error instanceof Error ? error.message : 'failure');
      });
    });
  }

  #act(order: Mischief | null, id: number, behave: () => void): void {
    switch (order?.mode) {
      case 'refuse':
        this.#parts.sftp.status(id, order.status, 'refused in practice');
        return;
      case 'hang':
        return;
      case 'cut':
        this.#parts.cut();
        return;
      case 'answer-after':
        setTimeout(behave, order.delayMs);
        return;
      case 'none':
      case 'garble':
      case 'replace':
      case undefined:
        behave();
    }
  }

  #give(id: number, entry: OpenEntry): void {
    const number = this.#nextHandle;
    this.#nextHandle += 1;
    this.#entries.set(number, entry);
    const handle = Buffer.alloc(4);
    handle.writeUInt32BE(number, 0);
    this.#parts.sftp.handle(id, handle);
  }

  #entryOf(handle: Buffer): OpenEntry {
    const entry = handle.length === 4 ? this.#entries.get(handle.readUInt32BE(0)) : undefined;
    if (entry === undefined) throw new SftpRefusal(sftpStatus.failure, 'no such handle');
    return entry;
  }
}

const noAttributes = { mode: 0, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 };

function attributesOf(stats: Stats): typeof noAttributes {
  return {
    mode: stats.mode,
    uid: 0,
    gid: 0,
    size: stats.size,
    atime: Math.floor(stats.atimeMs / 1000),
    mtime: Math.floor(stats.mtimeMs / 1000),
  };
}

function statusOf(error: unknown): number {
  if (error instanceof SftpRefusal) return error.status;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return sftpStatus.noSuchFile;
  if (code === 'EACCES' || code === 'EPERM') return sftpStatus.permissionDenied;
  return sftpStatus.failure;
}

/** Two SSH strings (length, bytes) one after the other; RFC 4251 section 5. */
function twoStrings(data: Buffer): [string, string] {
  const firstLength = data.readUInt32BE(0);
  const second = 4 + firstLength;
  const secondLength = data.readUInt32BE(second);
  return [data.toString('utf8', 4, second), data.toString('utf8', second + 4, second + 4 + secondLength)];
}
