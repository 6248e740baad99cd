// What the canonical fields are called in each language, for sentences such as "Due date is missing". Lower case, no article.

import type { Language } from '../schema/settings.ts';

type Names = Readonly<Record<Language, string>>;

const address = {
  street: { sv: 'gatuadress', nb: 'gateadresse', en: 'street' },
  street2: { sv: 'andra adressrad', nb: 'andre adresselinje', en: 'second address line' },
  postalCode: { sv: 'postnummer', nb: 'postnummer', en: 'postal code' },
  city: { sv: 'postort', nb: 'poststed', en: 'town' },
  country: { sv: 'landskod', nb: 'landkode', en: 'country code' },
} as const satisfies Readonly<Record<string, Names>>;

const names: ReadonlyMap<string, Names> = new Map<string, Names>([
  ['sourceBatchId', { sv: 'körningens id', nb: 'kjøringens id', en: 'batch id' }],
  ['createdDate', { sv: 'filens datum', nb: 'filens dato', en: 'date of the file' }],
  ['invoiceCount', { sv: 'antal fakturor', nb: 'antall fakturaer', en: 'number of invoices' }],
  ['totalMinor', { sv: 'filens totalsumma', nb: 'filens totalsum', en: 'total of the file' }],
  ['sellerName', { sv: 'säljarens namn', nb: 'selgerens navn', en: 'seller’s name' }],
  [
    'sellerRegistrationNumber',
    { sv: 'säljarens organisationsnummer', nb: 'selgerens organisasjonsnummer', en: 'seller’s organisation number' },
  ],
  ['invoiceNumber', { sv: 'fakturanummer', nb: 'fakturanummer', en: 'invoice number' }],
  ['invoiceDate', { sv: 'fakturadatum', nb: 'fakturadato', en: 'invoice date' }],
  ['dueDate', { sv: 'förfallodatum', nb: 'forfallsdato', en: 'due date' }],
  ['typeCode', { sv: 'fakturatyp', nb: 'fakturatype', en: 'invoice type' }],
  ['currency', { sv: 'valuta', nb: 'valuta', en: 'currency' }],
  ['periodStart', { sv: 'periodens första dag', nb: 'periodens første dag', en: 'first day of the period' }],
  ['periodEnd', { sv: 'periodens sista dag', nb: 'periodens siste dag', en: 'last day of the period' }],
  ['periodMonth', { sv: 'månad', nb: 'måned', en: 'month' }],
  ['orderReference', { sv: 'ordernummer', nb: 'ordrenummer', en: 'order number' }],
  ['buyerReference', { sv: 'kundens referens', nb: 'kundens referanse', en: 'buyer’s reference' }],
  ['creditedInvoiceNumber', { sv: 'krediterad faktura', nb: 'kreditert faktura', en: 'credited invoice' }],
  ['preferredChannel', { sv: 'leveranssätt', nb: 'leveringsmåte', en: 'delivery channel' }],
  ['customerId', { sv: 'kundnummer', nb: 'kundenummer', en: 'customer number' }],
  ...partyNames('seller', { sv: 'säljarens', nb: 'selgerens', en: 'seller’s' }),
  ...partyNames('buyer', { sv: 'kundens', nb: 'kundens', en: 'customer’s' }),
  ['metering.meteringPointId', { sv: 'anläggnings-id', nb: 'målepunkt-id', en: 'metering point id' }],
  ['metering.area', { sv: 'elområde', nb: 'prisområde', en: 'price area' }],
  ['metering.gridArea', { sv: 'nätområde', nb: 'nettområde', en: 'grid area' }],
  ['metering.meterNumber', { sv: 'mätarnummer', nb: 'målernummer', en: 'meter number' }],
  [
    'metering.readingStart',
    {
      sv: 'mätarställning vid periodens början',
      nb: 'målerstand ved periodens start',
      en: 'meter reading at the start',
    },
  ],
  [
    'metering.readingEnd',
    { sv: 'mätarställning vid periodens slut', nb: 'målerstand ved periodens slutt', en: 'meter reading at the end' },
  ],
  ['metering.consumptionKwh', { sv: 'förbrukning', nb: 'forbruk', en: 'consumption' }],
  [
    'month',
    { sv: 'månad i förbrukningshistoriken', nb: 'måned i forbrukshistorikken', en: 'month of the consumption history' },
  ],
  ['kwh', { sv: 'förbrukning i historiken', nb: 'forbruk i historikken', en: 'consumption of the history' }],
  ['totals.lineNetMinor', { sv: 'summa rader', nb: 'sum linjer', en: 'sum of rows' }],
  ['totals.allowanceMinor', { sv: 'summa avdrag', nb: 'sum fradrag', en: 'sum of allowances' }],
  ['totals.chargeMinor', { sv: 'summa tillägg', nb: 'sum tillegg', en: 'sum of charges' }],
  ['totals.netMinor', { sv: 'summa exkl. moms', nb: 'sum ekskl. mva.', en: 'total without VAT' }],
  ['totals.vatMinor', { sv: 'momsbelopp', nb: 'mva.-beløp', en: 'VAT' }],
  ['totals.grossMinor', { sv: 'summa inkl. moms', nb: 'sum inkl. mva.', en: 'total with VAT' }],
  ['totals.prepaidMinor', { sv: 'redan betalt belopp', nb: 'forhåndsbetalt beløp', en: 'prepaid amount' }],
  ['totals.roundingMinor', { sv: 'öresavrundning', nb: 'øreavrunding', en: 'rounding' }],
  ['totals.payableMinor', { sv: 'belopp att betala', nb: 'beløp å betale', en: 'amount to pay' }],
  ['payment.reference', { sv: 'betalningsreferens', nb: 'betalingsreferanse', en: 'payment reference' }],
  ['payment.bankgiro', { sv: 'bankgironummer', nb: 'bankgironummer', en: 'bankgiro number' }],
  ['payment.plusgiro', { sv: 'plusgironummer', nb: 'plusgironummer', en: 'plusgiro number' }],
  ['payment.iban', { sv: 'IBAN', nb: 'IBAN', en: 'IBAN' }],
  ['payment.account', { sv: 'kontonummer', nb: 'kontonummer', en: 'account number' }],
  ['id', { sv: 'radnummer', nb: 'linjenummer', en: 'row number' }],
  ['kind', { sv: 'radtyp', nb: 'linjetype', en: 'row type' }],
  ['description', { sv: 'radens beskrivning', nb: 'linjens beskrivelse', en: 'row’s description' }],
  ['text', { sv: 'meddelandet', nb: 'meldingen', en: 'note' }],
  [
    'reason',
    {
      sv: 'orsak till tillägg eller avdrag',
      nb: 'årsak til tillegg eller fradrag',
      en: 'reason of the charge or allowance',
    },
  ],
  ['metering.siteAddress.street', { sv: 'anläggningens gatuadress', nb: 'anleggets gateadresse', en: 'site’s street' }],
  [
    'metering.siteAddress.street2',
    { sv: 'anläggningens andra adressrad', nb: 'anleggets andre adresselinje', en: 'site’s second address line' },
  ],
  ['metering.siteAddress.city', { sv: 'anläggningens postort', nb: 'anleggets poststed', en: 'site’s town' }],
  ['payment.terms', { sv: 'betalningsvillkor', nb: 'betalingsvilkår', en: 'payment terms' }],
  ['quantity', { sv: 'radens antal', nb: 'linjens antall', en: 'row’s quantity' }],
  ['unitPrice', { sv: 'radens pris', nb: 'linjens pris', en: 'row’s price' }],
  ['priceBaseQuantity', { sv: 'radens prisenhet', nb: 'linjens prisenhet', en: 'row’s price base quantity' }],
  ['discountPercent', { sv: 'radens rabatt', nb: 'linjens rabatt', en: 'row’s discount' }],
  ['netMinor', { sv: 'radens belopp', nb: 'linjens beløp', en: 'row’s amount' }],
  ['vatRate', { sv: 'momssats', nb: 'mva.-sats', en: 'VAT rate' }],
  [
    'isCharge',
    { sv: 'markering för tillägg eller avdrag', nb: 'merke for tillegg eller fradrag', en: 'charge indicator' },
  ],
  ['amountMinor', { sv: 'belopp', nb: 'beløp', en: 'amount' }],
  ['taxableMinor', { sv: 'momsunderlag', nb: 'mva.-grunnlag', en: 'taxable amount' }],
  ['taxMinor', { sv: 'moms för momssatsen', nb: 'mva. for satsen', en: 'VAT of the rate' }],
  [
    'customizationId',
    {
      sv: 'specifikationens id (CustomizationID)',
      nb: 'spesifikasjonens id (CustomizationID)',
      en: 'specification id (CustomizationID)',
    },
  ],
  ['seller.address', { sv: 'säljarens postadress', nb: 'selgerens postadresse', en: 'seller’s postal address' }],
  ['buyer.address', { sv: 'kundens postadress', nb: 'kundens postadresse', en: 'customer’s postal address' }],
  ['lines', { sv: 'fakturarader', nb: 'fakturalinjer', en: 'invoice rows' }],
  ['profileId', { sv: 'processens id (ProfileID)', nb: 'prosessens id (ProfileID)', en: 'process id (ProfileID)' }],
  ['taxPointDate', { sv: 'datum för moms', nb: 'dato for mva.', en: 'tax point date' }],
  [
    'baseAmount',
    {
      sv: 'underlag för avdrag eller tillägg',
      nb: 'grunnlag for fradrag eller tillegg',
      en: 'base amount of the allowance or charge',
    },
  ],
  [
    'accountingVat',
    { sv: 'moms i redovisningsvalutan', nb: 'mva. i regnskapsvalutaen', en: 'VAT in the accounting currency' },
  ],
  ['allowanceAmount', { sv: 'avdragets belopp', nb: 'fradragets beløp', en: 'amount of the allowance' }],
  ['allowanceBase', { sv: 'avdragets underlag', nb: 'fradragets grunnlag', en: 'base amount of the allowance' }],
  ['chargeAmount', { sv: 'tilläggets belopp', nb: 'tilleggets beløp', en: 'amount of the charge' }],
  ['chargeBase', { sv: 'tilläggets underlag', nb: 'tilleggets grunnlag', en: 'base amount of the charge' }],
  [
    'rowAllowanceAmount',
    { sv: 'belopp för radens avdrag', nb: 'beløp for linjens fradrag', en: 'amount of the row’s allowance' },
  ],
  [
    'rowAllowanceBase',
    { sv: 'underlag för radens avdrag', nb: 'grunnlag for linjens fradrag', en: 'base amount of the row’s allowance' },
  ],
  [
    'rowChargeAmount',
    { sv: 'belopp för radens tillägg', nb: 'beløp for linjens tillegg', en: 'amount of the row’s charge' },
  ],
  [
    'rowChargeBase',
    { sv: 'underlag för radens tillägg', nb: 'grunnlag for linjens tillegg', en: 'base amount of the row’s charge' },
  ],
  ['rate', { sv: 'momssats', nb: 'mva.-sats', en: 'VAT rate' }],
]);

/** The field's name, lower case; null for a field without a name of its own. `field` is the canonical name without row numbers. */
export function fieldName(field: string, language: Language): string | null {
  return names.get(field)?.[language] ?? null;
}

function partyNames(party: 'seller' | 'buyer', owner: Names): (readonly [string, Names])[] {
  const own = (name: Names): Names => ({
    sv: `${owner.sv} ${name.sv}`,
    nb: `${owner.nb} ${name.nb}`,
    en: `${owner.en} ${name.en}`,
  });
  const addresses = Object.entries(address).map(([part, name]) => [`${party}.address.${part}`, own(name)] as const);
  return [
    [`${party}.name`, own({ sv: 'namn', nb: 'navn', en: 'name' })],
    [
      `${party}.registrationNumber`,
      own({
        sv: 'person- eller organisationsnummer',
        nb: 'fødsels- eller organisasjonsnummer',
        en: 'personal or organisation number',
      }),
    ],
    [`${party}.vatNumber`, own({ sv: 'momsregistreringsnummer', nb: 'mva.-nummer', en: 'VAT number' })],
    [`${party}.email`, own({ sv: 'e-postadress', nb: 'e-postadresse', en: 'e-mail address' })],
    [`${party}.phone`, own({ sv: 'telefonnummer', nb: 'telefonnummer', en: 'telephone number' })],
    [`${party}.contactName`, own({ sv: 'kontaktperson', nb: 'kontaktperson', en: 'contact' })],
    ...addresses,
  ];
}
