// Swedish words of every rule. State and cause, then the next step; neutral, as an accountant would write.

import { channelTexts } from './channel-words.ts';
import { historyTexts } from './history-words.ts';
import { svCsv } from './csv-words.sv.ts';
import { likelyDecimal } from './problem-text.ts';
import type { ProblemCatalogue, ProblemFacts } from './problem-text.ts';
import { reasonWords } from './xml-words.ts';
import { svReasons } from './xml-words.sv.ts';

const fixSums = () => 'Be faktureringssystemets leverantör rätta summorna och importera en ny fil.';
const fixValue = () => 'Rätta uppgiften i faktureringssystemet och exportera filen igen.';
const fixCustomer = () => 'Rätta uppgiften i kundregistret.';
const checkNumber = () => 'Jämför med originaluppgiften. Fakturan kan ändå skickas.';
const party = ({ text }: ProblemFacts): string => (text('who') === 'seller' ? 'Säljarens' : 'Kundens');

/** Swedish. */
export const sv: ProblemCatalogue = {
  'core.xml.wellformed': {
    title: 'Filen är inte giltig XML',
    message: (facts) => reasonWords(svReasons, facts)[0],
    suggestion: (facts) => reasonWords(svReasons, facts)[1],
  },
  'core.xml.doctype': {
    title: 'DOCTYPE är inte tillåtet',
    message: () =>
      'Filen har en dokumenttypsdeklaration (DOCTYPE). En sådan kan hämta in andra filer och läses därför inte.',
    suggestion: () => 'Exportera filen utan DOCTYPE.',
  },
  'core.xml.limit': {
    title: 'Filen går över en gräns för XML',
    message: (facts) => limitMessage(facts),
    suggestion: () => 'Kontrollera platsen i filen: ett citattecken eller en sluttagg kan saknas före den.',
  },
  'core.encoding': {
    title: 'Teckenkodningen går inte att läsa',
    message: (facts) => encodingWords(facts)[0],
    suggestion: (facts) => encodingWords(facts)[1],
  },
  ...svCsv,
  ...historyTexts.sv,
  ...channelTexts.sv,
  'core.file.size': {
    title: 'Filens storlek är utanför gränserna',
    message: ({ text, count }) => {
      if (text('reason') === 'empty') return 'Filen är tom.';
      if (text('reason') === 'tooSmall')
        return `Filen är ${count('fileSize')} byte. Mindre än 1 kB kan inte vara en fakturafil.`;
      return `Filen är ${count('fileSize')} byte. Gränsen är 100 MB.`;
    },
    suggestion: ({ text }) =>
      text('reason') === 'tooLarge'
        ? 'Dela körningen i flera filer i faktureringssystemet.'
        : 'Kontrollera att rätt fil har valts och att exporten blev klar. Gör annars om exporten.',
  },
  'core.format.unsupported': {
    title: 'Filens format är okänt',
    message: ({ text }) => {
      if (text('mixed') !== '')
        return `Kuvertet innehåller både ${text('mixed')} och ${text('root')}; bara dokument av ett slag läses tillsammans.`;
      if (text('unread') !== '') return `Filen är ${text('unread')}, som inte kan läsas.`;
      return text('namespace') === ''
        ? `Rotelementet ${text('root')} utan namnrymd hör inte till något känt format.`
        : `Rotelementet ${text('root')} i namnrymden ${text('namespace')} hör inte till något känt format.`;
    },
    suggestion: ({ text }) => {
      switch (text('nearDiffers')) {
        case 'namespace':
          return `Närmast är ${text('near')}, vars ${text('nearRoot')} har namnrymden ${text('nearNamespace')}. Be leverantören om den versionen av exporten.`;
        case 'root':
        case 'both':
          return `Närmast är ${text('near')}, vars rotelement är ${text('nearRoot')} i namnrymden ${text('nearNamespace')}. Kontrollera att rätt export har valts.`;
        default:
          return `Format som kan läsas: ${text('supported')}. Kontrollera att filen kommer från rätt system.`;
      }
    },
  },
  'core.format.incomplete': {
    title: 'Formatet saknar uppgifter som en faktura behöver',
    message: ({ text, fields }) =>
      `Formatet ${text('format')} har ingen plats för ${fields('fields')}. Dokumentet kan läsas och kontrolleras men inte släppas som faktura.`,
    suggestion: () =>
      'Exportera i ett format som har uppgifterna, eller lägg till en egen profil som fyller i det som är lika för alla (Inställningar, Format).',
  },
  'core.batch.count': {
    title: 'Antalet fakturor stämmer inte',
    message: ({ count }) => `Filen uppger ${count('declared')} fakturor men innehåller ${count('actual')}.`,
    suggestion: () => 'Exporten kan ha avbrutits eller filen ändrats. Gör om exporten innan något skickas.',
  },
  'core.batch.total': {
    title: 'Filens totalsumma stämmer inte',
    message: ({ money }) =>
      `Filen uppger totalsumman ${money('declaredMinor')}, men fakturorna ger ${money('actualMinor')}.`,
    suggestion: () => 'Exporten kan ha avbrutits eller filen ändrats. Gör om exporten innan något skickas.',
  },
  'core.problems.capped': {
    title: 'Alla anmärkningar visas inte',
    message: ({ count }) =>
      `${count('total')} anmärkningar hittades; ${count('stored')} av dem är sparade och visas. Antalen är räknade på alla.`,
    suggestion: () => 'Rätta de vanligaste orsakerna först och importera filen igen.',
  },

  'core.required': {
    title: 'Obligatorisk uppgift saknas',
    message: ({ text, field }) =>
      text('field') === 'invoices' ? 'Filen innehåller inga fakturor.' : `${field} saknas (${text('element')}).`,
    suggestion: ({ text }) =>
      text('field') === 'invoices'
        ? 'Kontrollera urvalet i faktureringssystemet och gör om exporten.'
        : 'Fyll i uppgiften i faktureringssystemet och exportera filen igen.',
  },
  'core.type.date': {
    title: 'Datumet är ogiltigt',
    message: ({ field, found }) => `${field} är ${found}, vilket inte är ett giltigt datum.`,
    suggestion: ({ expected }) =>
      expected === 'YYYY-MM'
        ? 'Skriv månaden som ÅÅÅÅ-MM, till exempel 2026-11.'
        : 'Skriv datum som ÅÅÅÅ-MM-DD, till exempel 2026-11-21.',
  },
  'core.type.decimal': {
    title: 'Beloppet eller talet är felskrivet',
    message: ({ field, found }) => `${field} är ${found}, vilket inte kan läsas som ett tal.`,
    suggestion: ({ rawFound }) => {
      const likely = likelyDecimal(rawFound);
      const rule = 'Tal skrivs med decimalpunkt, utan mellanslag och med högst så många decimaler som valutan har';
      return likely === null ? `${rule}: 1234.50.` : `${rule}. Troligen avses ${likely}.`;
    },
  },
  'core.type.integer': {
    title: 'Heltalet är felskrivet',
    message: ({ field, found }) => `${field} är ${found}, vilket inte är ett heltal.`,
    suggestion: () => 'Skriv bara siffror, till exempel 12.',
  },
  'core.type.currency': {
    title: 'Valutakoden är felskriven',
    message: ({ found }) => `Valutan är ${found}. En valutakod har tre stora bokstäver.`,
    suggestion: () => 'Använd koden enligt ISO 4217: SEK, NOK, EUR.',
  },
  'core.type.value': {
    title: 'Värdet är inte tillåtet',
    message: ({ field, found }) => `${field} är ${found}, vilket inte är ett av de tillåtna värdena.`,
    suggestion: ({ expected }) => `Tillåtna värden: ${expected}.`,
  },

  'core.duplicate.batch': {
    title: 'Fakturanumret förekommer flera gånger i körningen',
    message: ({ text }) => `Fakturanummer ${text('number')} finns redan i samma körning, på rad ${text('firstLine')}.`,
    suggestion: () =>
      'Kontrollera i faktureringssystemet om fakturan har exporterats två gånger eller fått fel nummer.',
  },
  'core.duplicate.store': {
    title: 'Fakturan har importerats tidigare',
    message: ({ text }) =>
      text('otherFile') === ''
        ? `Fakturanummer ${text('number')} från samma säljare finns redan i en tidigare körning.`
        : `Fakturanummer ${text('number')} från samma säljare importerades tidigare, i ${text('otherFile')} på rad ${text('otherLine')}.`,
    suggestion: () =>
      'Om det är samma faktura behöver inget göras: den skickas inte igen. Annars behöver den ett eget nummer.',
  },
  'core.duplicate.conflict': {
    title: 'Fakturanumret finns redan, med annat innehåll',
    message: ({ text }) =>
      `Fakturanummer ${text('number')} från samma säljare importerades tidigare, i ${text('otherFile')} på rad ${text('otherLine')}, men med annat innehåll.`,
    suggestion: () =>
      'Jämför de två fakturorna. Är den nya en rättelse behöver den ett eget nummer eller en kreditfaktura för den gamla.',
  },
  'core.batch.idReused': {
    title: 'Körningens id är redan använt',
    message: ({ text, found, count, money }) =>
      `Id ${found} finns redan i ${text('otherFile')}, med annat innehåll: ${count('otherCount')} fakturor${text('currency') === '' ? '' : ` på ${money('otherTotal')}`} då, ${count('ownCount')} fakturor${text('currency') === '' ? '' : ` på ${money('ownTotal')}`} nu.`,
    suggestion: () =>
      'Ta reda på om filen ersätter den tidigare eller är en ny körning innan något skickas. Fakturor som redan har kommit in tas inte in igen.',
  },

  'core.lines.missing': {
    title: 'Fakturan saknar rader',
    message: () => 'Fakturan har inga rader, så kunden kan inte se vad den gäller.',
    suggestion: () => 'Kontrollera fakturan i faktureringssystemet och exportera den igen.',
  },
  'core.row.amount': {
    title: 'Radens belopp stämmer inte med antal och pris',
    message: ({ text, decimal, money, size }) =>
      `Rad ${text('row')}: ${decimal('quantity')} × ${decimal('price')}${text('base') === '1' ? '' : ` per ${decimal('base')}`} ger ${money('expectedMinor')}, men beloppet är ${money('statedMinor')} (skillnad ${size('differenceMinor')}).`,
    suggestion: () => 'Kontrollera antal, pris och eventuell rabatt på raden i faktureringssystemet.',
  },
  'core.total.rows': {
    title: 'Raderna ger inte den angivna radsumman',
    message: ({ money, size }) =>
      `Raderna blir tillsammans ${money('expectedMinor')}, men radsumman anges till ${money('statedMinor')} (skillnad ${size('differenceMinor')}).`,
    suggestion: fixSums,
  },
  'core.total.adjustments': {
    title: 'Summan av avdrag eller tillägg stämmer inte',
    message: ({ text, money }) =>
      `${text('kind') === 'charge' ? 'Tilläggen' : 'Avdragen'} blir tillsammans ${money('expectedMinor')}, men summan anges till ${money('statedMinor')}.`,
    suggestion: fixSums,
  },
  'core.total.net': {
    title: 'Summan exkl. moms stämmer inte',
    message: ({ money, size }) =>
      `Rader, avdrag och tillägg ger ${money('expectedMinor')}, men summan exkl. moms är ${money('statedMinor')} (skillnad ${size('differenceMinor')}).`,
    suggestion: fixSums,
  },
  'core.vat.amount': {
    title: 'Momsen stämmer inte med momssatsen',
    message: ({ decimal, money }) =>
      `${decimal('rate')} % av ${money('taxableMinor')} är ${money('expectedMinor')}, men momsen är ${money('statedMinor')}.`,
    suggestion: fixSums,
  },
  'core.vat.sum': {
    title: 'Momsen per sats ger inte den angivna momsen',
    message: ({ money, size }) =>
      `Momsen för alla satser blir ${money('expectedMinor')}, men momsbeloppet är ${money('statedMinor')} (skillnad ${size('differenceMinor')}).`,
    suggestion: fixSums,
  },
  'core.vat.base': {
    title: 'Momsunderlaget stämmer inte med raderna',
    message: ({ decimal, money }) =>
      `Raderna med ${decimal('rate')} % moms blir ${money('expectedMinor')}, men underlaget för satsen är ${money('statedMinor')}.`,
    suggestion: () => 'Kontrollera radernas momssats. Fakturan kan ändå skickas.',
  },
  'core.vat.rate': {
    title: 'Ovanlig momssats',
    message: ({ text, decimal }) =>
      `Momssatsen ${decimal('rate')} % används inte i ${text('country') === 'NO' ? 'Norge' : 'Sverige'}.`,
    suggestion: ({ decimals }) =>
      `Satser som används: ${decimals('rates')} %. Kontrollera satsen i faktureringssystemet.`,
  },
  'core.total.gross': {
    title: 'Summan inkl. moms stämmer inte',
    message: ({ money, size }) =>
      `${money('netMinor')} plus moms ${money('vatMinor')} är ${money('expectedMinor')}, men summan inkl. moms är ${money('statedMinor')} (skillnad ${size('differenceMinor')}).`,
    suggestion: fixSums,
  },
  'core.total.payable': {
    title: 'Beloppet att betala stämmer inte',
    message: ({ text, money, size }) =>
      `Summan inkl. moms ${money('grossMinor')}${text('roundingMinor') === '0' ? '' : ` med öresavrundning ${money('roundingMinor')}`}${text('prepaidMinor') === '0' ? '' : ` minus redan betalt ${money('prepaidMinor')}`} ger ${money('expectedMinor')}, men beloppet att betala är ${money('statedMinor')} (skillnad ${size('differenceMinor')}).`,
    suggestion: fixSums,
  },
  'core.rounding.size': {
    title: 'Öresavrundningen är för stor',
    message: ({ money }) =>
      `Öresavrundningen är ${money('roundingMinor')}. Avrundning till hela kronor ändrar summan med högst ${money('limitMinor')}.`,
    suggestion: fixSums,
  },
  'core.rounding.payable': {
    title: 'Avrundat belopp är inte hela kronor',
    message: ({ money }) => `Fakturan har öresavrundning, men att betala är ${money('payableMinor')}.`,
    suggestion: () => 'Kontrollera avrundningen i faktureringssystemet. Fakturan kan ändå skickas.',
  },
  'core.payable.negative': {
    title: 'Negativt belopp på en faktura',
    message: ({ money }) =>
      `Att betala är ${money('payableMinor')}, men dokumentet är en faktura och ingen kreditfaktura.`,
    suggestion: () => 'Kontrollera om det ska vara en kreditfaktura.',
  },
  'core.currency.unknown': {
    title: 'Valutan finns inte',
    message: ({ found }) => `Valutakoden ${found} finns inte i ISO 4217.`,
    suggestion: () => 'Använd till exempel SEK, NOK eller EUR.',
  },

  'core.duedate.missing': {
    title: 'Förfallodatum saknas',
    message: () => 'Fakturan har ett belopp att betala men varken förfallodatum eller betalningsvillkor.',
    suggestion: fixValue,
  },
  'core.duedate.beforeInvoice': {
    title: 'Förfallodatum före fakturadatum',
    message: ({ date }) => `Förfallodatum ${date('dueDate')} ligger före fakturadatum ${date('invoiceDate')}.`,
    suggestion: fixValue,
  },
  'core.duedate.past': {
    title: 'Förfallodatum har passerat',
    message: ({ date }) => `Förfallodatum var ${date('dueDate')}. Kunden kan inte betala i tid.`,
    suggestion: () => 'Kontrollera att det inte är en gammal fil innan fakturorna skickas.',
  },
  'core.duedate.far': {
    title: 'Förfallodatum mer än ett år bort',
    message: ({ date, count }) =>
      `Förfallodatum ${date('dueDate')} är ${count('days')} dagar efter fakturadatum ${date('invoiceDate')}.`,
    suggestion: () => 'Kontrollera årtalet i faktureringssystemet.',
  },
  'core.period.order': {
    title: 'Perioden slutar innan den börjar',
    message: ({ date }) => `Perioden börjar ${date('periodStart')} men slutar ${date('periodEnd')}.`,
    suggestion: fixValue,
  },

  'core.email.syntax': {
    title: 'E-postadressen går inte att använda',
    message: (facts) => `E-postadressen ${facts.found} ${emailReason(facts.text('reason'))}.`,
    suggestion: () => 'Rätta adressen i kundregistret, eller låt fakturan gå med post.',
  },
  'core.email.missing': {
    title: 'E-postadress saknas: fakturan går med post',
    message: ({ text }) =>
      text('isAskedFor') === 'yes'
        ? 'Kunden har valt e-post men har ingen adress. Fakturan går till tryckeriet.'
        : 'Kunden har ingen e-postadress. Fakturan går till tryckeriet.',
    suggestion: () => 'Lägg in adressen i kundregistret om fakturan ska gå med e-post.',
  },
  'core.name.tooLong': {
    title: 'Namnet är för långt',
    message: ({ count }) =>
      `Namnet är ${count('length')} tecken och kortas av på fakturan, som har plats för ${count('limit')}.`,
    suggestion: fixCustomer,
  },
  'core.text.control': {
    title: 'Osynligt styrtecken i texten',
    message: ({ text }) =>
      `Uppgiften innehåller tecknet ${text('codePoint')}, som inte syns men kan förvanska filnamn och adresser.`,
    suggestion: () => 'Ta bort tecknet i faktureringssystemet. Det följer ofta med när text klistras in.',
  },
  'core.text.encoding': {
    title: 'Förvanskade bokstäver',
    message: ({ text, field, found }) =>
      text('isLost') === '1'
        ? `${field} har förlorat en bokstav: ${found}. Vad som stod där går inte att se.`
        : `${field} är läst med fel teckenkodning: ${found}.`,
    suggestion: ({ text, expected }) =>
      text('isLost') === '1'
        ? 'Rätta uppgiften i faktureringssystemet och be leverantören se över filens teckenkodning.'
        : `Det ska troligen stå ”${expected}”. Välj ”Rätta alla …” här, eller be leverantören se över filens teckenkodning.`,
  },
  'core.address.incomplete': {
    title: 'Ofullständig postadress',
    message: ({ text }) => `Fakturan går med post, men ${missingParts(text('missing'))} saknas i kundens adress.`,
    suggestion: () => 'Komplettera adressen i kundregistret, annars kan brevet komma i retur.',
  },
  'core.address.postalCode': {
    title: 'Postnumret har fel form',
    message: ({ text, found }) =>
      `Postnumret ${found} är inget ${text('country') === 'NO' ? 'norskt' : 'svenskt'} postnummer.`,
    suggestion: ({ expected }) => `Väntad form: ${expected}. Rätta adressen i kundregistret.`,
  },

  'core.reference.ocr': {
    title: 'OCR-numrets kontrollsiffra stämmer inte',
    message: ({ found }) => `OCR-numret ${found} har fel kontrollsiffra eller fel längd (2–25 siffror).`,
    suggestion: () =>
      'Kontrollera hur faktureringssystemet bildar OCR-numret. Banken kan avvisa betalningar med fel nummer.',
  },
  'core.reference.kid': {
    title: 'KID-numrets kontrollsiffra stämmer inte',
    message: ({ found }) => `KID ${found} stämmer varken med modulus 10 eller modulus 11.`,
    suggestion: () => 'Kontrollera hur faktureringssystemet bildar KID. Banken kan avvisa betalningar med fel nummer.',
  },
  'core.account.bankgiro': {
    title: 'Bankgironumret stämmer inte',
    message: ({ found }) => `Bankgironumret ${found} har fel kontrollsiffra eller fel form.`,
    suggestion: () => 'Jämför med numret hos banken innan fakturorna skickas.',
  },
  'core.account.plusgiro': {
    title: 'Plusgironumret stämmer inte',
    message: ({ found }) => `Plusgironumret ${found} har fel kontrollsiffra eller fel form.`,
    suggestion: () => 'Jämför med numret hos banken innan fakturorna skickas.',
  },
  'core.account.iban': {
    title: 'IBAN stämmer inte',
    message: ({ found }) => `IBAN ${found} har fel kontrollsiffror eller fel längd.`,
    suggestion: () => 'Jämför med numret hos banken innan fakturorna skickas.',
  },
  'core.account.norwegian': {
    title: 'Det norska kontonumret stämmer inte',
    message: ({ found }) => `Kontonumret ${found} har fel kontrollsiffra eller fel längd (11 siffror).`,
    suggestion: () => 'Jämför med numret hos banken innan fakturorna skickas.',
  },
  'core.number.meteringPoint': {
    title: 'Anläggnings-id stämmer inte',
    message: ({ found }) => `Anläggnings-id ${found} är inte 18 siffror med rätt kontrollsiffra.`,
    suggestion: checkNumber,
  },
  'core.number.personal': {
    title: 'Personnumrets kontrollsiffra stämmer inte',
    message: (facts) => `${party(facts)} personnummer ${facts.found} har fel kontrollsiffra eller ogiltigt datum.`,
    suggestion: checkNumber,
  },
  'core.number.organisation': {
    title: 'Organisationsnumrets kontrollsiffra stämmer inte',
    message: (facts) => `${party(facts)} organisationsnummer ${facts.found} har fel kontrollsiffra eller fel form.`,
    suggestion: checkNumber,
  },
  'core.number.vat': {
    title: 'Momsregistreringsnumret är fel',
    message: (facts) => `${party(facts)} momsregistreringsnummer ${facts.found} har fel form eller kontrollsiffra.`,
    suggestion: ({ expected }) => `Skriv numret på den här formen: ${expected}. Fakturan kan skickas ändå.`,
  },
  'core.number.phone': {
    title: 'Telefonnumret är fel',
    message: ({ found }) =>
      `Kundens telefonnummer ${found} går inte att ringa: det har för få eller för många siffror, eller andra tecken.`,
    suggestion: fixCustomer,
  },
  'vendor.metering.missing': {
    title: 'Anläggnings-id saknas',
    message: () => 'Fakturan har rader för energi men anger ingen anläggning.',
    suggestion: fixValue,
  },
  'vendor.metering.area': {
    title: 'Elområdet är fel',
    message: ({ found }) => `Elområdet ${found} är inget av SE1 till SE4 eller NO1 till NO5.`,
    suggestion: () =>
      'Tre bokstäver är ett nätområde och hör hemma i ett annat fält. Rätta faktureringssystemets export.',
  },
  'vendor.metering.readings': {
    title: 'Mätarställningarna stämmer inte med förbrukningen',
    message: ({ decimal }) =>
      `Mätaren gick från ${decimal('start')} till ${decimal('end')}, men förbrukningen anges till ${decimal('consumption')} kWh.`,
    suggestion: () =>
      'Kontrollera ställningarna i faktureringssystemet. Ett mätarbyte eller en uppskattning kan vara orsaken.',
  },
};

function encodingWords({ text }: ProblemFacts): readonly [message: string, suggestion: string] {
  const suggestion =
    text('guess') === ''
      ? 'Exportera filen som UTF-8.'
      : `Exportera filen som UTF-8. Om filen är ${text('guess')} ska första raden ha encoding="${text('guess')}".`;
  switch (text('reason')) {
    case 'unsupported':
      return [`Teckenkodningen ${text('encoding')} kan inte läsas.`, suggestion];
    case 'contradiction':
      return [
        `XML-deklarationen säger ${text('encoding')}, men filens byte är ${text('actual')}.`,
        'Exportera filen på nytt så att kodningen på första raden är den som filen är skriven i, helst UTF-8.',
      ];
    default:
      return [
        `Byte ${text('byte')} (position ${text('offset')} i filen) är inte giltig ${text('encoding')}.`,
        suggestion,
      ];
  }
}

function limitMessage({ text, count }: ProblemFacts): string {
  switch (text('limit')) {
    case 'depth':
      return `Elementen ligger i fler än ${count('max')} nivåer.`;
    case 'attributes':
      return `Ett element har fler än ${count('max')} attribut.`;
    case 'nameLength':
      return `Ett namn är längre än ${count('max')} tecken.`;
    case 'valueLength':
      return `Ett värde är längre än ${count('max')} tecken.`;
    case 'markupLength':
      return `En kommentar eller ett CDATA-avsnitt är längre än ${count('max')} tecken.`;
    case 'declaration':
      return `XML-deklarationen är längre än ${count('max')} byte.`;
    case 'invoiceSize':
      return `En faktura är större än ${count('max')} byte.`;
    default:
      return `En faktura har fler än ${count('max')} rader eller andra upprepade uppgifter.`;
  }
}

function emailReason(reason: string): string {
  switch (reason) {
    case 'controlCharacter':
      return 'innehåller en radbrytning eller ett annat styrtecken';
    case 'space':
      return 'innehåller mellanslag';
    case 'noAt':
      return 'saknar @';
    case 'severalAt':
      return 'har mer än ett @, eller är flera adresser';
    case 'tooLong':
      return 'är längre än 254 tecken';
    case 'localTooLong':
      return 'har mer än 64 tecken före @';
    case 'localPart':
      return 'har ett otillåtet tecken eller en felplacerad punkt före @';
    case 'localNotAscii':
      return 'har en bokstav som å, ä eller ö före @';
    default:
      return 'har ett ogiltigt domännamn efter @';
  }
}

function missingParts(missing: string): string {
  const words: Readonly<Record<string, string>> = { street: 'gatuadress', postalCode: 'postnummer', city: 'postort' };
  return new Intl.ListFormat('sv').format(missing.split(',').map((part) => words[part] ?? part));
}
