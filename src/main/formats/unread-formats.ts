// Names of public invoice formats that are known but not read, so that a refusal can say what the file is. Names only.

/** Namespace or its beginning, root (null: any) and the format's name. */
const unreadFormats: readonly (readonly [namespace: string, root: string | null, name: string])[] = [
  ['', 'Finvoice', 'Finvoice'],
  ['http://www.e2b.no/XMLSchema', null, 'E2B'],
  ['http://rep.oio.dk/ubl/xml/schemas/0p71/', null, 'OIOXML 0.7'],
  ['urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:', null, 'UN/CEFACT Cross Industry Invoice'],
  ['urn:oasis:names:specification:ubl:schema:xsd:Reminder-2', 'Reminder', 'UBL Reminder'],
  ['urn:oasis:names:specification:ubl:schema:xsd:', null, 'Another UBL document'],
];

/** The name of a known format that is not read, null for anything else. */
export function nameOfUnreadFormat(namespace: string, root: string): string | null {
  const found = unreadFormats.find(
    ([start, name]) =>
      (start === '' ? namespace === '' : namespace.startsWith(start)) && (name === null || name === root),
  );
  return found?.[2] ?? null;
}
