// The only addresses that may be opened outside of the application. A fixed list: never text from a file, a setting or the page.

/** Rules of Peppol BIS Billing 3.0, which UBL invoices are checked against. */
export const peppolRules = 'https://docs.peppol.eu/poacc/billing/3.0/';

/** https and mailto addresses, compared whole. */
export const externalLinks: readonly string[] = [peppolRules];

/** True only for an address of the list as it is written there. */
export function isExternalLink(url: string): boolean {
  return externalLinks.includes(url);
}
