// File names of documents, built from an allow-list: an invoice number like `../../x` can never leave its folder.

const maxNumberLength = 60;

/** Keeps ASCII letters, digits, `-` and `_`; everything else becomes `-`. Never empty, never starts with `-` or a dot. */
export function safeFilePart(text: string): string {
  const replaced = text.replace(/[^A-Za-z0-9_-]+/gu, '-').replace(/^-+|-+$/gu, '');
  return replaced === '' ? 'invoice' : replaced.slice(0, maxNumberLength);
}

/** Name of the document as attached or saved: `Faktura-1042.pdf`. */
export function documentFileName(invoiceNumber: string, extension: 'pdf' | 'xml' | 'json' = 'pdf'): string {
  return `Faktura-${safeFilePart(invoiceNumber)}.${extension}`;
}
