// The SFTP adapter: invoices as files in a print vendor's folder. Outcomes are made in classify.ts and deliver.ts, names in wire.ts.

import type { SftpConfig, TestStep } from '../../../shared/schema/connection.ts';
import type { ChannelAdapter, ChannelSession, ChannelTarget, OpenFailure } from '../../ports/channel-adapter.ts';
import { dial } from '../net.ts';
import { walkTestSteps } from '../test-steps.ts';
import type { StepFinding } from '../test-steps.ts';
import { classifyFolderStatus } from './classify.ts';
import type { RequestFailure } from './classify.ts';
import { deliver } from './deliver.ts';
import { Folders } from './folders.ts';
import { lookUp } from './look-up.ts';
import type { Place } from './look-up.ts';
import { tryRename } from './rename-habit.ts';
import type { SftpChannel } from './sftp-channel.ts';
import { agentSocketOf } from './ssh-agent.ts';
import { SshOpening, readCredentials } from './ssh-opening.ts';
import type { SftpTiming, Step } from './ssh-opening.ts';
import { writeIndex } from './write-index.ts';

/** Time limits; tests shorten them. */
export interface SftpAdapterOptions {
  /** Default 30 s. */
  readonly connectTimeoutMs?: number;
  /** Handshake and login. Default 60 s. */
  readonly openTimeoutMs?: number;
  /** One request; uploads get more by their size. Default 60 s. */
  readonly requestTimeoutMs?: number;
  /** Between keepalives on a quiet connection; three unanswered end it. Default 15 s. */
  readonly keepaliveMs?: number;
  /** After an abort, wait so long for the answer to a rename that is out. Default 2 s. */
  readonly abortGraceMs?: number;
  /** Where the SSH agent listens. Default: as SSH_AUTH_SOCK says, on Windows its own agent's pipe. */
  readonly agentSocket?: string | null;
}

/** The adapter; holds no connection itself. */
export function createSftpAdapter(options: SftpAdapterOptions = {}): ChannelAdapter {
  const timing: SftpTiming = {
    connectTimeoutMs: options.connectTimeoutMs ?? 30_000,
    openTimeoutMs: options.openTimeoutMs ?? 60_000,
    requestTimeoutMs: options.requestTimeoutMs ?? 60_000,
    keepaliveMs: options.keepaliveMs ?? 15_000,
    abortGraceMs: options.abortGraceMs ?? 2_000,
    agentSocket: options.agentSocket === undefined ? agentSocketOf(process.env, process.platform) : options.agentSocket,
  };
  return {
    channel: 'sftp',
    async open(target, signal) {
      const config = sftpConfigOf(target);
      const opened = await openChannel(target, signal, timing);
      if (!opened.ok) return opened;
      const failure = await checkFolder(opened.value, config, signal);
      if (failure === null) return { ok: true, session: createSession(opened.value, target, timing) };
      await opened.value.end();
      return { ok: false, failure };
    },
    test: (target, signal) => testVendor(target, signal, timing),
  };
}

function sftpConfigOf(target: ChannelTarget): SftpConfig {
  if (target.config.channel !== 'sftp') throw new TypeError('the SFTP adapter was given another channel');
  return target.config;
}

async function openChannel(target: ChannelTarget, signal: AbortSignal, timing: SftpTiming): Promise<Step<SftpChannel>> {
  const opening = await startOpening(target, signal, timing);
  return opening.ok ? opening.value.channel : opening;
}

async function startOpening(target: ChannelTarget, signal: AbortSignal, timing: SftpTiming): Promise<Step<SshOpening>> {
  const config = sftpConfigOf(target);
  const credentials = await readCredentials(config, target.secret, timing);
  if (!credentials.ok) return credentials;
  const dialled = await dial({ host: config.host, port: config.port, timeoutMs: timing.connectTimeoutMs, signal });
  if (!dialled.ok) return { ok: false, failure: { ...dialled.failure, isPermanent: false } };
  return {
    ok: true,
    value: new SshOpening({ socket: dialled.socket, config, credentials: credentials.value, timing, signal }),
  };
}

function createSession(channel: SftpChannel, target: ChannelTarget, timing: SftpTiming): ChannelSession {
  const config = sftpConfigOf(target);
  const place: Place = {
    channel,
    folder: config.path,
    folders: new Folders(channel, config.path),
    renames: target.renames ?? null,
    busy: new Map(),
    abortGraceMs: timing.abortGraceMs,
  };
  return {
    parallel: config.parallel,
    send: (item, context) => deliver(place, item, context),
    lookUp: (item, signal) => lookUp(place, item, signal),
    writeIndex: (name, entries, signal) => writeIndex(place, { name, entries }, signal),
    close: () => channel.end(),
  };
}

/** The folder must be there; whether it may be written is found out by the first upload, or by the test. */
async function checkFolder(channel: SftpChannel, config: SftpConfig, signal: AbortSignal): Promise<OpenFailure | null> {
  const found = await channel.stat(config.path, { signal });
  if (found.ok)
    return found.value.isDirectory()
      ? null
      : { code: 'sftp.no-such-folder', detail: `${config.path} is not a folder`, isPermanent: true };
  return folderFailure(found.failure, config.path);
}

function folderFailure(failure: RequestFailure, path: string): OpenFailure {
  const detail = `${path}: ${failure.words}`;
  switch (failure.kind) {
    case 'status':
      return { ...classifyFolderStatus(failure.status), detail };
    case 'lost':
      return { code: 'net.cut', detail, isPermanent: false };
    case 'late':
      return { code: 'net.timed-out', detail, isPermanent: false };
    case 'stopped':
      return { code: 'net.aborted', detail, isPermanent: false };
  }
}

async function testVendor(
  target: ChannelTarget,
  signal: AbortSignal,
  timing: SftpTiming,
): Promise<readonly TestStep[]> {
  const config = sftpConfigOf(target);
  const held: { opening: SshOpening | null; channel: SftpChannel | null } = { opening: null, channel: null };
  const opening = (): SshOpening => {
    if (held.opening === null) throw new Error('the address step comes first');
    return held.opening;
  };
  try {
    return await walkTestSteps({
      address: async () => {
        const dialled = await dial({
          host: config.host,
          port: config.port,
          timeoutMs: timing.connectTimeoutMs,
          signal,
        });
        if (!dialled.ok) return { ok: false, ...dialled.failure };
        // Who the server is comes before who we are: a missing password is told by the login step.
        const credentials = await readCredentials(config, target.secret, timing);
        const detail = `${dialled.socket.remoteAddress ?? ''} port ${config.port}`;
        held.opening = new SshOpening({
          socket: dialled.socket,
          config,
          credentials: credentials.ok ? credentials.value : {},
          timing,
          signal,
        });
        return { ok: true, detail };
      },
      transport: async () => {
        const shaken = await opening().handshake;
        const hostKey = opening().shownKey;
        return shaken.ok ? { ok: true, detail: hostKey ?? '', hostKey } : { ok: false, ...shaken.failure, hostKey };
      },
      login: async () => {
        const credentials = await readCredentials(config, target.secret, timing);
        if (!credentials.ok) return { ok: false, ...credentials.failure };
        const opened = await opening().channel;
        if (!opened.ok) return { ok: false, ...opened.failure };
        held.channel = opened.value;
        return { ok: true, detail: config.user };
      },
      permission: async () => {
        if (held.channel === null) throw new Error('the login step comes first');
        return probeFolder(held.channel, config, signal);
      },
    });
  } finally {
    await held.channel?.end();
    held.opening?.destroy();
  }
}

/** Writes, renames and removes small unfinished files. */
async function probeFolder(channel: SftpChannel, config: SftpConfig, signal: AbortSignal): Promise<StepFinding> {
  const missing = await checkFolder(channel, config, signal);
  if (missing !== null) return { ok: false, ...missing };
  const trial = await tryRename(channel, config.path, { signal });
  if (trial.ok) {
    const detail = `${config.path} can be written`;
    return trial.habit === 'replaces' ? { ok: true, code: 'sftp.rename-replaces', detail } : { ok: true, detail };
  }
  const failure = folderFailure(trial.failure, trial.path);
  return trial.at === 'rename' && failure.code === 'sftp.upload-failed'
    ? { ok: false, ...failure, code: 'sftp.rename-refused' }
    : { ok: false, ...failure };
}
