// Writes small UBL 2.1 documents for tests of the whole product: one invoice or credit note a file, in order and arithmetically right.

/** What a test decides of a document. */
export interface UblParts {
  readonly kind: 'Invoice' | 'CreditNote';
  readonly number: string;
  readonly customer: string;
  readonly email: string;
  /** Whole kronor before VAT. */
  readonly net: number;
  /** Of a credit note: the invoice it credits. */
  readonly credits?: string;
  /** Base64 of a file that comes with the document. */
  readonly attachment?: string;
  /** 25 where it is left out. */
  readonly vatPercent?: number;
  /** 2026-12-01 where it is left out. */
  readonly dueDate?: string;
}

const names = 'urn:oasis:names:specification:ubl:schema:xsd';

/** A document with one row, in Norwegian kroner. */
export function ublText(parts: UblParts): string {
  const { kind, number, customer, email, net, credits, attachment, vatPercent = 25, dueDate = '2026-12-01' } = parts;
  const vat = (net * vatPercent) / 100;
  const isInvoice = kind === 'Invoice';
  const row = isInvoice ? 'InvoiceLine' : 'CreditNoteLine';
  const quantity = isInvoice ? 'InvoicedQuantity' : 'CreditedQuantity';
  const money = (name: string, amount: number): string =>
    `<cbc:${name} currencyID="NOK">${amount.toFixed(2)}</cbc:${name}>`;
  const address = (street: string): string =>
    `<cac:PostalAddress><cbc:StreetName>${street}</cbc:StreetName><cbc:CityName>Bergen</cbc:CityName><cbc:PostalZone>5003</cbc:PostalZone><cac:Country><cbc:IdentificationCode>NO</cbc:IdentificationCode></cac:Country></cac:PostalAddress>`;
  const category = `<cbc:ID>S</cbc:ID><cbc:Percent>${String(vatPercent)}</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<${kind} xmlns="${names}:${kind}-2" xmlns:cac="${names}:CommonAggregateComponents-2" xmlns:cbc="${names}:CommonBasicComponents-2">
  <cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0</cbc:CustomizationID>
  <cbc:ID>${number}</cbc:ID>
  <cbc:IssueDate>2026-11-01</cbc:IssueDate>
  ${isInvoice ? `<cbc:DueDate>${dueDate}</cbc:DueDate><cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>` : '<cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode>'}
  <cbc:DocumentCurrencyCode>NOK</cbc:DocumentCurrencyCode>${credits === undefined ? '' : `<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>${credits}</cbc:ID></cac:InvoiceDocumentReference></cac:BillingReference>`}${attachment === undefined ? '' : `<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="a.pdf">${attachment}</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>`}
  <cac:AccountingSupplierParty><cac:Party>
    <cac:PartyName><cbc:Name>Prøvekraft AS</cbc:Name></cac:PartyName>${address('Kraftveien 1')}
    <cac:PartyTaxScheme><cbc:CompanyID>NO923609016MVA</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
    <cac:PartyLegalEntity><cbc:RegistrationName>Prøvekraft AS</cbc:RegistrationName><cbc:CompanyID>923609016</cbc:CompanyID></cac:PartyLegalEntity>
  </cac:Party></cac:AccountingSupplierParty>
  <cac:AccountingCustomerParty><cac:Party>
    <cac:PartyName><cbc:Name>${customer}</cbc:Name></cac:PartyName>${address('Prøveveien 2')}
    <cac:PartyLegalEntity><cbc:RegistrationName>${customer}</cbc:RegistrationName></cac:PartyLegalEntity>
    <cac:Contact><cbc:ElectronicMail>${email}</cbc:ElectronicMail></cac:Contact>
  </cac:Party></cac:AccountingCustomerParty>
  <cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode><cac:PayeeFinancialAccount><cbc:ID>NO9386011117947</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
  <cac:TaxTotal>${money('TaxAmount', vat)}<cac:TaxSubtotal>${money('TaxableAmount', net)}${money('TaxAmount', vat)}<cac:TaxCategory>${category}</cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>
  <cac:LegalMonetaryTotal>${money('LineExtensionAmount', net)}${money('TaxExclusiveAmount', net)}${money('TaxInclusiveAmount', net + vat)}${money('PayableAmount', net + vat)}</cac:LegalMonetaryTotal>
  <cac:${row}>
    <cbc:ID>1</cbc:ID><cbc:${quantity} unitCode="KWH">1</cbc:${quantity}>${money('LineExtensionAmount', net)}
    <cac:Item><cbc:Name>Strøm</cbc:Name><cac:ClassifiedTaxCategory>${category}</cac:ClassifiedTaxCategory></cac:Item>
    <cac:Price>${money('PriceAmount', net)}</cac:Price>
  </cac:${row}>
</${kind}>
`;
}
