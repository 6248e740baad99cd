// The e-mail connection test: TCP, TLS and greeting, login, and whether the sender is allowed. Sends no message.

import type { Socket } from 'node:net';
import type { EmailConfig, TestStep } from '../../../shared/schema/connection.ts';
import { walkTestSteps } from '../test-steps.ts';
import type { StepFinding } from '../test-steps.ts';
import { logIn } from './log-in.ts';
import { MailConnection, dialMail } from './mail-connection.ts';
import type { Step } from './mail-connection.ts';
import type { MailTiming } from './send-message.ts';
import { readAuthorities, readSigner } from './trust-and-keys.ts';
import { envelopeAddress } from './wire.ts';

/** Walks the four steps. */
export async function testMail(
  target: { readonly config: EmailConfig; readonly secret: string | null },
  signal: AbortSignal,
  timing: MailTiming,
): Promise<readonly TestStep[]> {
  const { config, secret } = target;
  const held: { socket: Socket | null; mail: MailConnection | null; authorities: readonly string[] | null } = {
    socket: null,
    mail: null,
    authorities: null,
  };
  const mail = (): MailConnection => {
    if (held.mail === null) throw new Error('the transport step comes first');
    return held.mail;
  };
  try {
    return await walkTestSteps({
      address: async () => {
        const dialled = await dialMail(config, timing, signal);
        if (dialled.ok) held.socket = dialled.value;
        return finding(dialled, ({ remoteAddress }) => `${remoteAddress ?? ''} port ${config.port}`);
      },
      transport: async () => {
        if (held.socket === null) throw new Error('the address step comes first');
        const authorities = await readAuthorities(config);
        if (!authorities.ok) return finding(authorities, () => '');
        held.authorities = authorities.value;
        const opened = await MailConnection.open(held.socket, config, {
          timing,
          signal,
          authorities: authorities.value,
        });
        if (opened.ok) held.mail = opened.value;
        return finding(opened, ({ security }) => security);
      },
      login: async () => {
        const isAnonymous = config.user === null;
        const loggedIn = await logIn(mail(), { config, secret, timing, authorities: held.authorities }, signal);
        return finding(loggedIn, () => (isAnonymous ? 'no login' : mail().lastReply));
      },
      permission: async () => {
        const signer = await readSigner(config);
        if (!signer.ok) return finding(signer, () => '');
        return finding(
          await mail().probeSender(envelopeAddress(config.fromAddress) ?? config.fromAddress, signal),
          () => `${config.fromAddress}: ${mail().lastReply}`,
        );
      },
    });
  } finally {
    await held.mail?.quit();
    held.socket?.destroy();
  }
}

function finding<T>(step: Step<T>, words: (value: T) => string): StepFinding {
  return step.ok
    ? { ok: true, detail: words(step.value) }
    : { ok: false, code: step.failure.code, detail: step.failure.detail };
}
