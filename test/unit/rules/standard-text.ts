// Writes documents under Peppol BIS Billing 3 that no rule objects to, in each VAT category, with every term the rules look at. For tests.

/** UNCL5305. */
export type Category = 'S' | 'Z' | 'E' | 'AE' | 'O';

const names = 'urn:oasis:names:specification:ubl:schema:xsd';
const money = (name: string, amount: string, currency = 'SEK'): string =>
  `<cbc:${name} currencyID="${currency}">${amount}</cbc:${name}>`;

/** One row of 100.00, an allowance of 20.00, a charge of 30.00; 25 % VAT where the category is standard rated. */
export function standardText(category: Category = 'S'): string {
  const isTaxed = category === 'S';
  const rate = category === 'O' ? '' : `<cbc:Percent>${isTaxed ? '25' : '0'}</cbc:Percent>`;
  const tax = `<cbc:ID>${category}</cbc:ID>${rate}<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>`;
  const reason =
    category === 'S' || category === 'Z' ? '' : '<cbc:TaxExemptionReason>No VAT here</cbc:TaxExemptionReason>';
  const vat = isTaxed ? '27.50' : '0.00';
  const sellerVat =
    category === 'O'
      ? ''
      : '\n    <cac:PartyTaxScheme><cbc:CompanyID>SE556677889901</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>';
  return `<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="${names}:Invoice-2" xmlns:cac="${names}:CommonAggregateComponents-2" xmlns:cbc="${names}:CommonBasicComponents-2">
  <cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0</cbc:CustomizationID>
  <cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID>
  <cbc:ID>F-1</cbc:ID>
  <cbc:IssueDate>2026-11-06</cbc:IssueDate>
  <cbc:DueDate>2026-12-06</cbc:DueDate>
  <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
  <cbc:DocumentCurrencyCode>SEK</cbc:DocumentCurrencyCode>
  <cac:InvoicePeriod><cbc:StartDate>2026-10-01</cbc:StartDate><cbc:EndDate>2026-10-31</cbc:EndDate></cac:InvoicePeriod>
  <cac:AccountingSupplierParty><cac:Party>
    <cac:PartyName><cbc:Name>Exempelenergi</cbc:Name></cac:PartyName>
    <cac:PostalAddress><cbc:StreetName>Elvägen 2</cbc:StreetName><cac:Country><cbc:IdentificationCode>SE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>${sellerVat}
    <cac:PartyTaxScheme><cbc:CompanyID>Godkänd för F-skatt</cbc:CompanyID><cac:TaxScheme><cbc:ID>TAX</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
    <cac:PartyLegalEntity><cbc:RegistrationName>Exempelenergi AB</cbc:RegistrationName><cbc:CompanyID>5566778899</cbc:CompanyID></cac:PartyLegalEntity>
  </cac:Party></cac:AccountingSupplierParty>
  <cac:AccountingCustomerParty><cac:Party>
    <cac:PostalAddress><cbc:StreetName>Provgatan 1</cbc:StreetName><cbc:CityName>Karlstad</cbc:CityName><cac:Country><cbc:IdentificationCode>SE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
    <cac:PartyLegalEntity><cbc:RegistrationName>Prov AB</cbc:RegistrationName><cbc:CompanyID>5560360793</cbc:CompanyID></cac:PartyLegalEntity>
    <cac:Contact><cbc:ElectronicMail>prov@example.com</cbc:ElectronicMail></cac:Contact>
  </cac:Party></cac:AccountingCustomerParty>
  <cac:PaymentMeans>
    <cbc:PaymentMeansCode>30</cbc:PaymentMeansCode><cbc:PaymentID>12351</cbc:PaymentID>
    <cac:PayeeFinancialAccount><cbc:ID>54029681</cbc:ID><cac:FinancialInstitutionBranch><cbc:ID>SE:BANKGIRO</cbc:ID></cac:FinancialInstitutionBranch></cac:PayeeFinancialAccount>
  </cac:PaymentMeans>
  <cac:PaymentMeans>
    <cbc:PaymentMeansCode>30</cbc:PaymentMeansCode>
    <cac:PayeeFinancialAccount><cbc:ID>2865434</cbc:ID><cac:FinancialInstitutionBranch><cbc:ID>SE:PLUSGIRO</cbc:ID></cac:FinancialInstitutionBranch></cac:PayeeFinancialAccount>
  </cac:PaymentMeans>
  <cac:AllowanceCharge>
    <cbc:ChargeIndicator>false</cbc:ChargeIndicator>${money('Amount', '20.00')}${money('BaseAmount', '101.00')}
    <cac:TaxCategory>${tax}</cac:TaxCategory>
  </cac:AllowanceCharge>
  <cac:AllowanceCharge>
    <cbc:ChargeIndicator>true</cbc:ChargeIndicator>${money('Amount', '30.00')}${money('BaseAmount', '102.00')}
    <cac:TaxCategory>${tax}</cac:TaxCategory>
  </cac:AllowanceCharge>
  <cac:TaxTotal>
    ${money('TaxAmount', vat)}
    <cac:TaxSubtotal>
      ${money('TaxableAmount', '110.00')}${money('TaxAmount', vat)}
      <cac:TaxCategory><cbc:ID>${category}</cbc:ID>${rate}${reason}<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory>
    </cac:TaxSubtotal>
  </cac:TaxTotal>
  <cac:TaxTotal>${money('TaxAmount', '2.51', 'EUR')}</cac:TaxTotal>
  <cac:LegalMonetaryTotal>
    ${money('LineExtensionAmount', '100.00')}
    ${money('TaxExclusiveAmount', '110.00')}
    ${money('TaxInclusiveAmount', isTaxed ? '137.50' : '110.00')}
    ${money('AllowanceTotalAmount', '20.00')}
    ${money('ChargeTotalAmount', '30.00')}
    ${money('PrepaidAmount', '10.00')}
    ${money('PayableRoundingAmount', isTaxed ? '0.50' : '0.00')}
    ${money('PayableAmount', isTaxed ? '128.00' : '100.00')}
  </cac:LegalMonetaryTotal>
  <cac:InvoiceLine>
    <cbc:ID>1</cbc:ID><cbc:InvoicedQuantity unitCode="EA">1</cbc:InvoicedQuantity>
    <cbc:LineExtensionAmount currencyID="SEK">100.00</cbc:LineExtensionAmount>
    <cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator>${money('Amount', '10.00')}${money('BaseAmount', '103.00')}</cac:AllowanceCharge>
    <cac:AllowanceCharge><cbc:ChargeIndicator>true</cbc:ChargeIndicator>${money('Amount', '5.00')}${money('BaseAmount', '104.00')}</cac:AllowanceCharge>
    <cac:Item><cbc:Name>Avgift</cbc:Name><cac:ClassifiedTaxCategory>${tax}</cac:ClassifiedTaxCategory></cac:Item>
    <cac:Price>${money('PriceAmount', '105.00')}</cac:Price>
  </cac:InvoiceLine>
</Invoice>
`;
}
