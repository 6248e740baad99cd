// The canonical invoice as SendRegning takes it, and everything that does not fit. Pure: the same invoice and settings give the same bytes.

import { createHash } from 'node:crypto';
import type { Invoice } from '../../../shared/schema/invoice.ts';
import { isNorwegianOrganisationNumber } from '../../domain/identifiers/norwegian-organisation-number.ts';
import { isPostalChoice } from '../../domain/routing.ts';
import type { PeerLists } from '../../ports/account-service.ts';
import type { ComposeProblem } from '../../ports/channel-adapter.ts';
import { countryName } from './countries.ts';
import { writeDate } from './dates.ts';
import { estimateLine, minorToShort } from './decimals.ts';
import { longest, mostLines } from './limits.ts';
import { cut, isListed, mapLines, problem, roundingLine } from './map-lines.ts';
import type { NewLine } from './map-lines.ts';
import type { OptionalName, SwsInvoice, SwsShipment } from './requests.ts';

/** How invoices leave the service: by each customer's choice, or all the same way. */
export type ShipmentChoice = 'asInvoice' | SwsShipment['kind'];

/** What beside the invoice decides its form. */
export interface MapOptions {
  readonly shipment: ShipmentChoice;
  /** The service's number of the credited invoice; null = not known. Only for credit notes. */
  readonly creditedId: string | null;
  /** What the service lists; null or left out: not known, and its answer decides. */
  readonly lists?: PeerLists | null;
}

/** An invoice in the service's own form. */
export interface MappedInvoice {
  readonly sws: SwsInvoice;
  /** What the service will ask for, by our estimate: what the invoice says. */
  readonly totalMinor: number;
}

/** Maps an invoice, or lists everything that does not fit. Codes are the ids of the channel's rules. */
export function mapInvoice(
  invoice: Invoice,
  options: MapOptions,
):
  | { readonly ok: true; readonly value: MappedInvoice }
  | { readonly ok: false; readonly error: readonly ComposeProblem[] } {
  const problems: ComposeProblem[] = [];
  const { buyer } = invoice;
  const text = (field: string, value: string | null, max: number): string => {
    const plain = (value ?? '').trim();
    if (plain === '' || plain.length > max)
      problems.push(problem(plain === '' ? 'missing' : 'length', field, [plain, String(max)]));
    return plain;
  };
  const name = text('buyer.name', buyer.name, longest.name);
  const zip = text('buyer.address.postalCode', buyer.address.postalCode, longest.zip);
  const city = text('buyer.address.city', buyer.address.city, longest.city);
  const lists = options.lists ?? null;
  const lines = linesOf(invoice, lists === null ? null : ratesOn(invoice.invoiceDate, lists), problems);
  const shipment = shipmentOf(invoice, options.shipment, problems);
  const optional = optionalOf(invoice, {
    creditedId: options.creditedId,
    countries: lists?.countries ?? null,
    problems,
  });
  if ((invoice.currency ?? 'NOK') !== 'NOK')
    problems.push(problem('currency', 'currency', [invoice.currency ?? '', 'NOK']));
  const numbered = lines.map((line, index) => ({ itemNo: index + 1, ...line }));
  const content = { name, zip, city, lines: numbered, optional, shipment };
  const key = ownKey(invoice, content);
  if (problems.length > 0) return { ok: false, error: problems };
  const totalMinor = sumOf(lines);
  return {
    ok: true,
    value: { sws: { clientId: key, ...content, optional: { ...optional, orderNo: key } }, totalMinor },
  };
}

/**
 * Our own key, `1042-3f9a2c41d0`: the invoice number people know, and 10 characters of a hash over everything the invoice says. It is the order
 * number at the service, by which an invoice is found again, and the client's id of the invoice in a reply.
 */
function ownKey({ invoiceNumber, seller }: Invoice, content: unknown): string {
  const of = [seller.registrationNumber, seller.name, invoiceNumber, content];
  const hash = createHash('sha256').update(JSON.stringify(of)).digest('hex').slice(0, 10);
  const number = (invoiceNumber ?? '').replace(/[^\p{L}\p{N}._/-]+/gu, '').slice(0, longest.orderNo - hash.length - 1);
  return number === '' ? hash : `${number}-${hash}`;
}

/** The rates that hold on the invoice's day; all of them where it has none. */
function ratesOn(day: string | null, { vatRates }: PeerLists): readonly string[] {
  const holding = vatRates.filter(
    ({ from, to }) => day === null || ((from === null || from <= day) && (to === null || day <= to)),
  );
  return [...new Set(holding.map(({ percent }) => percent))];
}

function linesOf(invoice: Invoice, vatRates: readonly string[] | null, problems: ComposeProblem[]): readonly NewLine[] {
  const { totals } = invoice;
  const { lines, problems: found } = mapLines(invoice, vatRates);
  problems.push(...found);
  if (totals.prepaidMinor !== null && totals.prepaidMinor !== 0)
    problems.push(problem('prepaid', 'totals.prepaidMinor', [minorToShort(totals.prepaidMinor), '0']));
  if (totals.payableMinor === null) {
    problems.push(problem('missing', 'totals.payableMinor', ['', '']));
    return lines;
  }
  const estimate = sumOf(lines);
  const difference = totals.payableMinor - estimate;
  if (difference === 0 || found.length > 0) return lines;
  // Öre: the invoice's own rounding, and half an öre for the VAT of each line.
  const mostMinor = Math.abs(totals.roundingMinor ?? 0) + lines.length;
  const hasRoom = lines.length < mostLines && isListed('0', vatRates);
  if (Math.abs(difference) <= mostMinor && hasRoom) return [...lines, roundingLine(difference)];
  problems.push(problem('total', 'totals.payableMinor', [minorToShort(totals.payableMinor), minorToShort(estimate)]));
  return lines;
}

function sumOf(lines: readonly NewLine[]): number {
  return lines.reduce((sum, line) => sum + (estimateLine(line)?.totalMinor ?? 0), 0);
}

/** Never left out: the service would print, and charge for it. */
function shipmentOf(invoice: Invoice, choice: ShipmentChoice, problems: ComposeProblem[]): SwsShipment {
  const email = invoice.buyer.email?.trim() ?? '';
  const ofItself = email !== '' && !isPostalChoice(invoice.preferredChannel) ? 'EMAIL' : 'PAPER';
  const kind = choice === 'asInvoice' ? ofItself : choice;
  if (kind === 'PAPER') return { kind, emailAddresses: [], copyAddresses: [] };
  if (email === '' || email.length > longest.email)
    problems.push(problem(email === '' ? 'missing' : 'length', 'buyer.email', [email, String(longest.email)]));
  return { kind, emailAddresses: [email], copyAddresses: [] };
}

function optionalOf(
  invoice: Invoice,
  {
    creditedId,
    countries,
    problems,
  }: {
    readonly creditedId: string | null;
    readonly countries: readonly string[] | null;
    readonly problems: ComposeProblem[];
  },
): SwsInvoice['optional'] {
  const { buyer } = invoice;
  const optional: Partial<Record<OptionalName, string>> = { printDunningInfo: 'true', itemTaxInclude: 'true' };
  const put = (name: OptionalName, value: string | null): void => {
    if (value !== null && value !== '') optional[name] = value;
  };
  const within = (field: string, value: string | null, max: number): string | null => {
    const plain = value?.trim() ?? '';
    if (plain.length > max) problems.push(problem('length', field, [plain, String(max)]));
    return plain === '' ? null : plain;
  };
  const date = (field: 'invoiceDate' | 'dueDate'): string | null => {
    const written = invoice[field] === null ? null : writeDate(invoice[field]);
    if (invoice[field] !== null && written === null)
      problems.push(problem('date', field, [invoice[field], '2000–2099']));
    return written;
  };
  if (invoice.kind === 'creditNote') {
    put('invoiceType', 'credit');
    put('creditedId', creditedId);
    if (creditedId === null) problems.push(problem('credited', 'kind', ['', '']));
  }
  put('invoiceDate', date('invoiceDate'));
  // A credit invoice has no due date at the service (`-- -- --`).
  if (invoice.kind === 'invoice') put('dueDate', date('dueDate'));
  put('recipientNo', recipientNo(invoice));
  const orgNo = (buyer.registrationNumber ?? '').replaceAll(' ', '');
  if (isNorwegianOrganisationNumber(orgNo)) put('recipientOrgNo', orgNo);
  put('address1', within('buyer.address.street', buyer.address.street, longest.address));
  put('address2', within('buyer.address.street2', buyer.address.street2, longest.address));
  const country = countryName(buyer.address.country ?? 'NO', countries);
  if (country === null || country.length > longest.country)
    problems.push(problem('country', 'buyer.address.country', [buyer.address.country ?? '', 'NO']));
  put('country', country);
  put('yourRef', cut(invoice.buyerReference ?? buyer.contactName ?? '', longest.reference));
  put('ourRef', cut(invoice.seller.contactName ?? '', longest.reference));
  put('invoiceText', cut(textOf(invoice), longest.invoiceText));
  return optional;
}

/** The same for the same customer, always: without one the service makes a new recipient each time, and its ledger is of no use. */
function recipientNo({ customerId, seller, buyer }: Invoice): string {
  const own = customerId?.trim() ?? '';
  if (own !== '' && own.length <= longest.recipientNo) return own;
  const of = JSON.stringify([
    seller.registrationNumber,
    own,
    own === '' ? [buyer.name, buyer.address.postalCode] : null,
  ]);
  return `U${createHash('sha256').update(of).digest('hex').slice(0, 20)}`;
}

/** The customer's own order, then the notes. */
function textOf({ orderReference, notes }: Invoice): string {
  return [...(orderReference === null ? [] : [`Ordre ${orderReference}`]), ...notes].join('. ');
}
