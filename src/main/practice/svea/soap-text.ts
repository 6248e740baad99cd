// Writing answers in the real service's form: default namespace on the answer, no white space, no xsi:nil for text that is not there.

import { escapeXml } from '../xml-tree.ts';
import { sveaNamespace } from './fields.ts';

/** A number or a date that is not there: those are said to be nil, while text that is null is left out. */
export const nil = Symbol('nil');

/** One element: text, children, or nothing at all for null. */
export type SoapNode = readonly [
  name: string,
  content: string | number | boolean | readonly SoapNode[] | typeof nil | null,
];

/** The two versions of SOAP that the service speaks. */
export const soapVersions = {
  '1.1': { namespace: 'http://schemas.xmlsoap.org/soap/envelope/', type: 'text/xml; charset=utf-8' },
  '1.2': { namespace: 'http://www.w3.org/2003/05/soap-envelope', type: 'application/soap+xml; charset=utf-8' },
} as const;
/** One of them. */
export type SoapVersion = keyof typeof soapVersions;

/** The whole document of an answer. */
export function answerText(version: SoapVersion, operation: string, nodes: readonly SoapNode[]): string {
  return envelope(
    version,
    `<${operation}Response xmlns="${sveaNamespace}">${nodes.map(nodeText).join('')}</${operation}Response>`,
  );
}

/** The whole document of a fault. */
export function faultText(version: SoapVersion, blame: 'client' | 'server', message: string): string {
  const words = escapeXml(message);
  if (version === '1.1')
    return envelope(
      version,
      `<soap:Fault><faultcode>soap:${blame === 'client' ? 'Client' : 'Server'}</faultcode><faultstring>${words}</faultstring><detail /></soap:Fault>`,
    );
  const code = blame === 'client' ? 'Sender' : 'Receiver';
  return envelope(
    version,
    `<soap:Fault><soap:Code><soap:Value>soap:${code}</soap:Value></soap:Code><soap:Reason><soap:Text xml:lang="en">${words}</soap:Text></soap:Reason><soap:Detail /></soap:Fault>`,
  );
}

function envelope(version: SoapVersion, body: string): string {
  const { namespace } = soapVersions[version];
  return `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="${namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><soap:Body>${body}</soap:Body></soap:Envelope>`;
}

function nodeText([name, content]: SoapNode): string {
  if (content === null) return '';
  if (content === nil) return `<${name} xsi:nil="true" />`;
  const inner = Array.isArray(content)
    ? content.map(nodeText).join('')
    : escapeXml(String(content)).replaceAll('&quot;', '"');
  return inner === '' ? `<${name} />` : `<${name}>${inner}</${name}>`;
}

/** Hundredths as the service writes them: `100`, `1562.50`. */
export function amountText(hundredths: bigint): string {
  const sign = hundredths < 0n ? '-' : '';
  const size = hundredths < 0n ? -hundredths : hundredths;
  const cents = size % 100n;
  return `${sign}${size / 100n}${cents === 0n ? '' : `.${cents.toString().padStart(2, '0')}`}`;
}

const stockholm = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Stockholm',
  dateStyle: 'short',
  timeStyle: 'medium',
});
const stockholmOffset = new Intl.DateTimeFormat('en-US', { timeZone: 'Europe/Stockholm', timeZoneName: 'longOffset' });

/** A moment with Sweden's offset: `2026-11-21T10:12:13+01:00`. */
export function localTime(moment: Date): string {
  const offset = stockholmOffset.formatToParts(moment).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  return `${stockholm.format(moment).replace(' ', 'T')}${offset.replace('GMT', '')}`;
}

/** The first moment of a day, with Sweden's offset. `addedDays` from the day of `moment` there. */
export function localDay(moment: Date, addedDays = 0): string {
  const day = new Date(`${stockholm.format(moment).slice(0, 10)}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + addedDays);
  // The offset at that day's midnight: the clocks change at 1 UTC, after it.
  const midnight = `${day.toISOString().slice(0, 10)}T00:00:00`;
  const offset = localTime(new Date(day.getTime() - 60 * 60 * 1000)).slice(19);
  return `${midnight}${offset}`;
}
