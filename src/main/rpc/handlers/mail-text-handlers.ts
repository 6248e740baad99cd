// Handlers of mailText.* and of an invoice's e-mail: frame input to use case. No logic beyond that.

import { ok } from '../../../shared/result.ts';
import type { AppContext } from '../../app/context.ts';
import { invoiceMessage } from '../../app/invoice-message.ts';
import { listMailTexts, previewMailText, saveMailText } from '../../app/mail-texts.ts';
import type { Handlers } from '../router.ts';

type MailTextMethods = Extract<keyof Handlers, `mailText.${string}`>;

/** Handlers over one open workspace. */
export function mailTextHandlers(context: AppContext): Pick<Handlers, MailTextMethods> {
  return {
    'mailText.list': () => Promise.resolve(ok({ texts: [...listMailTexts(context)] })),
    'mailText.save': ({ language, text }) => {
      const saved = saveMailText(context, language, text);
      return Promise.resolve(saved.ok ? ok({ texts: [...saved.value] }) : saved);
    },
    'mailText.preview': async (request) => {
      const shown = await previewMailText(context, request);
      return shown.ok ? ok({ ...shown.value, faults: [...shown.value.faults] }) : shown;
    },
    'mailText.ofInvoice': async ({ invoiceId }) => {
      const found = await invoiceMessage(context, invoiceId);
      if (!found.ok) return found;
      const { message, isFrozen } = found.value;
      return ok({ subject: message.subject, text: message.text, isFrozen });
    },
  };
}
