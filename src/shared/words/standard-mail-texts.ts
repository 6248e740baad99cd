// The e-mail texts of an installation that has set none of its own. Templates only; fields are in src/shared/mail-template.ts.

import type { MailText } from '../schema/mail-text.ts';
import type { Language } from '../schema/settings.ts';

const body = (greeting: string, intro: string): string =>
  [greeting, '', intro, '', '{paymentTable}', '', '{contact}'].join('\n');

/** Standard texts by language. */
export const standardMailTexts: Readonly<Record<Language, MailText>> = {
  sv: {
    subject: 'Faktura {invoiceNumber} från {sellerName}',
    body: body(
      'Hej {customerName}!',
      'Här kommer faktura {invoiceNumber} från {sellerName}. Fakturan finns bifogad som PDF.',
    ),
    creditSubject: 'Kreditfaktura {invoiceNumber} från {sellerName}',
    creditBody: body(
      'Hej {customerName}!',
      'Här kommer kreditfaktura {invoiceNumber} från {sellerName}. Den finns bifogad som PDF. Inget ska betalas.',
    ),
  },
  nb: {
    subject: 'Faktura {invoiceNumber} fra {sellerName}',
    body: body(
      'Hei, {customerName}!',
      'Her kommer faktura {invoiceNumber} fra {sellerName}. Fakturaen er vedlagt som PDF.',
    ),
    creditSubject: 'Kreditnota {invoiceNumber} fra {sellerName}',
    creditBody: body(
      'Hei, {customerName}!',
      'Her kommer kreditnota {invoiceNumber} fra {sellerName}. Den er vedlagt som PDF. Ingenting skal betales.',
    ),
  },
  en: {
    subject: 'Invoice {invoiceNumber} from {sellerName}',
    body: body(
      'Hello {customerName},',
      'This is invoice {invoiceNumber} from {sellerName}. The invoice is attached as a PDF.',
    ),
    creditSubject: 'Credit note {invoiceNumber} from {sellerName}',
    creditBody: body(
      'Hello {customerName},',
      'This is credit note {invoiceNumber} from {sellerName}. It is attached as a PDF. Nothing is to be paid.',
    ),
  },
};
