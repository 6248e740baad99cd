// Writes small GASEL documents for tests, with every value under the test's control. Not the product's sample generator.

/** Parts of an invoice that a test may change; each is raw XML text. */
export interface InvoiceParts {
  readonly id?: string;
  readonly issueDate?: string;
  readonly dueDate?: string;
  readonly name?: string;
  readonly email?: string;
  readonly lineAmount?: string;
  readonly payable?: string;
  /** Raw XML put before the first row. */
  readonly extra?: string;
}

/** One invoice element, four spaces deep, arithmetic in order: 400.00 net, 100.00 VAT, 500.00 to pay. */
export function invoiceText(parts: InvoiceParts = {}): string {
  const {
    id = '1001',
    issueDate = '2026-11-06',
    dueDate = '2026-12-06',
    name = 'Åsa Öberg',
    email = 'asa@example.com',
    lineAmount = '400.00',
    payable = '500.00',
    extra = '',
  } = parts;
  return `  <Invoice>
    <ID>${id}</ID>
    <IssueDate>${issueDate}</IssueDate>
    <DueDate>${dueDate}</DueDate>
    <InvoiceTypeCode>380</InvoiceTypeCode>
    <DocumentCurrencyCode>SEK</DocumentCurrencyCode>
    <InvoicePeriod><StartDate>2026-10-01</StartDate><EndDate>2026-10-31</EndDate></InvoicePeriod>
    <DeliveryChannel>email</DeliveryChannel>
    <SupplierParty>
      <Name>Exempelenergi AB</Name>
      <CompanyID>5566778899</CompanyID>
      <VATNumber>SE556677889901</VATNumber>
      <Address><StreetName>Elvägen 2</StreetName><PostalZone>652 24</PostalZone><CityName>Karlstad</CityName><Country>SE</Country></Address>
    </SupplierParty>
    <CustomerParty>
      <CustomerID>K-1</CustomerID>
      <Name>${name}</Name>
      <Address><StreetName>Provgatan 1</StreetName><PostalZone>652 24</PostalZone><CityName>Karlstad</CityName><Country>SE</Country></Address>
      <Contact>
        <ElectronicMail>${email}</ElectronicMail>
      </Contact>
    </CustomerParty>
    <MeteringPoint>
      <ID>735999100000000010</ID>
      <PriceArea>SE3</PriceArea>
      <Consumption unitCode="KWH">400</Consumption>
      <History><Month period="2026-09">380</Month><Month period="2026-10">400</Month></History>
    </MeteringPoint>
${extra}    <InvoiceLine>
      <ID>1</ID>
      <LineType>ENERGY</LineType>
      <Description>Elenergi</Description>
      <InvoicedQuantity unitCode="KWH">400</InvoicedQuantity>
      <PriceAmount>1.00</PriceAmount>
      <LineExtensionAmount>${lineAmount}</LineExtensionAmount>
      <TaxPercent>25</TaxPercent>
      <TaxCategory>S</TaxCategory>
    </InvoiceLine>
    <TaxTotal><TaxSubtotal><TaxableAmount>400.00</TaxableAmount><TaxAmount>100.00</TaxAmount><Percent>25</Percent><TaxCategory>S</TaxCategory></TaxSubtotal></TaxTotal>
    <MonetaryTotal>
      <LineExtensionAmount>400.00</LineExtensionAmount>
      <TaxExclusiveAmount>400.00</TaxExclusiveAmount>
      <TaxAmount>100.00</TaxAmount>
      <TaxInclusiveAmount>500.00</TaxInclusiveAmount>
      <PayableAmount>${payable}</PayableAmount>
    </MonetaryTotal>
    <PaymentMeans><PaymentReference>1230</PaymentReference><Bankgiro>5402-9681</Bankgiro></PaymentMeans>
  </Invoice>
`;
}

/** A whole batch around invoices. `declaration` is the first line, without its line end. */
export function batchText(
  invoices: readonly string[],
  options: { readonly declaration?: string; readonly count?: string; readonly total?: string } = {},
): string {
  const {
    declaration = '<?xml version="1.0" encoding="UTF-8"?>',
    count = String(invoices.length),
    total = `${invoices.length * 500}.00`,
  } = options;
  return `${declaration}
<InvoiceBatch xmlns="urn:ediel:se:electricity:invoice:1.0">
  <BatchID>BATCH2026112100001</BatchID>
  <CreationDate>2026-11-21</CreationDate>
  <InvoiceCount>${count}</InvoiceCount>
  <TotalAmount currencyID="SEK">${total}</TotalAmount>
  <Seller><Name>Exempelenergi AB</Name><CompanyID>5566778899</CompanyID></Seller>
${invoices.join('')}</InvoiceBatch>
`;
}
