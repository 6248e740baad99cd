// What may be opened outside of the application: a fixed list of pages, and drafts for the mail program. Nothing else, wherever it comes from.

/** Rules of Peppol BIS Billing 3.0, which UBL invoices are checked against. */
export const peppolRules = 'https://docs.peppol.eu/poacc/billing/3.0/';

/** https addresses, compared whole. */
export const externalLinks: readonly string[] = [peppolRules];

/** True for an address of the list as it is written there, and for a mail draft. */
export function isExternalLink(url: string): boolean {
  return externalLinks.includes(url) || isMailDraft(url);
}

/** Longest address given to the system: Windows takes 2,083 characters. */
const longestDraft = 2_000;

/** A draft has at most one recipient, a subject and a text: no other header (`attach`, `bcc`) that a mail program might obey. */
function isMailDraft(url: string): boolean {
  return (
    url.length <= longestDraft &&
    /^mailto:(?:(?:[A-Za-z0-9._+-]|%2B)+@[A-Za-z0-9.-]+)?\?subject=(?:[\w.!~*'()-]|%[0-9A-F]{2})*&body=(?:[\w.!~*'()-]|%[0-9A-F]{2})*$/u.test(
      url,
    )
  );
}
