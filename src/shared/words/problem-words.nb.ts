// Norwegian (bokmål) words of every rule. State and cause, then the next step; neutral, as an accountant would write.

import { channelTexts } from './channel-words.ts';
import { historyTexts } from './history-words.ts';
import { nbCsv } from './csv-words.nb.ts';
import { likelyDecimal } from './problem-text.ts';
import type { ProblemCatalogue, ProblemFacts } from './problem-text.ts';
import { reasonWords } from './xml-words.ts';
import { nbReasons } from './xml-words.nb.ts';

const fixSums = () => 'Be leverandøren av faktureringssystemet rette summene, og importer en ny fil.';
const fixValue = () => 'Rett opplysningen i faktureringssystemet og eksporter filen på nytt.';
const fixCustomer = () => 'Rett opplysningen i kunderegisteret.';
const checkNumber = () => 'Sammenlign med den opprinnelige opplysningen. Fakturaen kan likevel sendes.';
const checkWithBank = () => 'Sammenlign med nummeret hos banken før fakturaene sendes.';
const party = ({ text }: ProblemFacts): string => (text('who') === 'seller' ? 'Selgerens' : 'Kundens');

/** Norwegian bokmål. */
export const nb: ProblemCatalogue = {
  'core.xml.wellformed': {
    title: 'Filen er ikke gyldig XML',
    message: (facts) => reasonWords(nbReasons, facts)[0],
    suggestion: (facts) => reasonWords(nbReasons, facts)[1],
  },
  'core.xml.doctype': {
    title: 'DOCTYPE er ikke tillatt',
    message: () =>
      'Filen har en dokumenttypedeklarasjon (DOCTYPE). En slik kan hente inn andre filer og leses derfor ikke.',
    suggestion: () => 'Eksporter filen uten DOCTYPE.',
  },
  'core.xml.limit': {
    title: 'Filen går over en grense for XML',
    message: (facts) => limitMessage(facts),
    suggestion: () => 'Kontroller stedet i filen: Et anførselstegn eller en sluttagg kan mangle foran det.',
  },
  'core.encoding': {
    title: 'Tegnkodingen kan ikke leses',
    message: (facts) => encodingWords(facts)[0],
    suggestion: (facts) => encodingWords(facts)[1],
  },
  ...nbCsv,
  ...historyTexts.nb,
  ...channelTexts.nb,
  'core.file.size': {
    title: 'Filstørrelsen er utenfor grensene',
    message: ({ text, count }) => {
      if (text('reason') === 'empty') return 'Filen er tom.';
      if (text('reason') === 'tooSmall')
        return `Filen er ${count('fileSize')} byte. Mindre enn 1 kB kan ikke være en fakturafil.`;
      return `Filen er ${count('fileSize')} byte. Grensen er 100 MB.`;
    },
    suggestion: ({ text }) =>
      text('reason') === 'tooLarge'
        ? 'Del kjøringen i flere filer i faktureringssystemet.'
        : 'Kontroller at riktig fil er valgt, og at eksporten ble ferdig. Kjør ellers eksporten på nytt.',
  },
  'core.format.unsupported': {
    title: 'Filens format er ukjent',
    message: ({ text }) => {
      if (text('mixed') !== '')
        return `Konvolutten inneholder både ${text('mixed')} og ${text('root')}; bare dokumenter av ett slag leses sammen.`;
      if (text('unread') !== '') return `Filen er ${text('unread')}, som ikke kan leses.`;
      return text('namespace') === ''
        ? `Rotelementet ${text('root')} uten navnerom hører ikke til noe kjent format.`
        : `Rotelementet ${text('root')} i navnerommet ${text('namespace')} hører ikke til noe kjent format.`;
    },
    suggestion: ({ text }) => {
      switch (text('nearDiffers')) {
        case 'namespace':
          return `Nærmest er ${text('near')}, der ${text('nearRoot')} har navnerommet ${text('nearNamespace')}. Be leverandøren om den versjonen av eksporten.`;
        case 'root':
        case 'both':
          return `Nærmest er ${text('near')}, der rotelementet er ${text('nearRoot')} i navnerommet ${text('nearNamespace')}. Kontroller at riktig eksport er valgt.`;
        default:
          return `Formater som kan leses: ${text('supported')}. Kontroller at filen kommer fra riktig system.`;
      }
    },
  },
  'core.format.incomplete': {
    title: 'Formatet mangler opplysninger en faktura trenger',
    message: ({ text, fields }) =>
      `Formatet ${text('format')} har ingen plass til ${fields('fields')}. Dokumentet kan leses og kontrolleres, men ikke frigis som faktura.`,
    suggestion: () =>
      'Eksporter i et format som har opplysningene, eller legg til en egen profil som fyller inn det som er likt for alle (Innstillinger, Formater).',
  },
  'core.batch.count': {
    title: 'Antallet fakturaer stemmer ikke',
    message: ({ count }) => `Filen oppgir ${count('declared')} fakturaer, men inneholder ${count('actual')}.`,
    suggestion: () => 'Eksporten kan være avbrutt eller filen endret. Kjør eksporten på nytt før noe sendes.',
  },
  'core.batch.total': {
    title: 'Filens totalsum stemmer ikke',
    message: ({ money }) =>
      `Filen oppgir totalsummen ${money('declaredMinor')}, men fakturaene gir ${money('actualMinor')}.`,
    suggestion: () => 'Eksporten kan være avbrutt eller filen endret. Kjør eksporten på nytt før noe sendes.',
  },
  'core.problems.capped': {
    title: 'Ikke alle merknader vises',
    message: ({ count }) =>
      `${count('total')} merknader ble funnet; ${count('stored')} av dem er lagret og vises. Antallene er regnet ut fra alle.`,
    suggestion: () => 'Rett de vanligste årsakene først, og importer filen på nytt.',
  },

  'core.required': {
    title: 'Obligatorisk opplysning mangler',
    message: ({ text, field }) =>
      text('field') === 'invoices' ? 'Filen inneholder ingen fakturaer.' : `${field} mangler (${text('element')}).`,
    suggestion: ({ text }) =>
      text('field') === 'invoices'
        ? 'Kontroller utvalget i faktureringssystemet og kjør eksporten på nytt.'
        : 'Fyll ut opplysningen i faktureringssystemet og eksporter filen på nytt.',
  },
  'core.type.date': {
    title: 'Datoen er ugyldig',
    message: ({ field, found }) => `${field} er ${found}, som ikke er en gyldig dato.`,
    suggestion: ({ expected }) =>
      expected === 'YYYY-MM'
        ? 'Skriv måneden som ÅÅÅÅ-MM, for eksempel 2026-11.'
        : 'Skriv datoer som ÅÅÅÅ-MM-DD, for eksempel 2026-11-21.',
  },
  'core.type.decimal': {
    title: 'Beløpet eller tallet er feilskrevet',
    message: ({ field, found }) => `${field} er ${found}, som ikke kan leses som et tall.`,
    suggestion: ({ rawFound }) => {
      const likely = likelyDecimal(rawFound);
      const rule = 'Tall skrives med desimalpunktum, uten mellomrom og med høyst så mange desimaler som valutaen har';
      return likely === null ? `${rule}: 1234.50.` : `${rule}. Trolig menes ${likely}.`;
    },
  },
  'core.type.integer': {
    title: 'Heltallet er feilskrevet',
    message: ({ field, found }) => `${field} er ${found}, som ikke er et heltall.`,
    suggestion: () => 'Skriv bare sifre, for eksempel 12.',
  },
  'core.type.currency': {
    title: 'Valutakoden er feilskrevet',
    message: ({ found }) => `Valutaen er ${found}. En valutakode har tre store bokstaver.`,
    suggestion: () => 'Bruk koden etter ISO 4217: SEK, NOK, EUR.',
  },
  'core.type.value': {
    title: 'Verdien er ikke tillatt',
    message: ({ field, found }) => `${field} er ${found}, som ikke er en av de tillatte verdiene.`,
    suggestion: ({ expected }) => `Tillatte verdier: ${expected}.`,
  },

  'core.duplicate.batch': {
    title: 'Fakturanummeret forekommer flere ganger i kjøringen',
    message: ({ text }) =>
      `Fakturanummer ${text('number')} finnes allerede i samme kjøring, på linje ${text('firstLine')}.`,
    suggestion: () =>
      'Kontroller i faktureringssystemet om fakturaen er eksportert to ganger eller har fått feil nummer.',
  },
  'core.duplicate.store': {
    title: 'Fakturaen er importert tidligere',
    message: ({ text }) =>
      text('otherFile') === ''
        ? `Fakturanummer ${text('number')} fra samme selger finnes allerede i en tidligere kjøring.`
        : `Fakturanummer ${text('number')} fra samme selger ble importert tidligere, i ${text('otherFile')} på linje ${text('otherLine')}.`,
    suggestion: () =>
      'Er det samme faktura, trenger ingenting å gjøres: Den sendes ikke på nytt. Ellers må den få et eget nummer.',
  },
  'core.duplicate.conflict': {
    title: 'Fakturanummeret finnes allerede, med annet innhold',
    message: ({ text }) =>
      `Fakturanummer ${text('number')} fra samme selger ble importert tidligere, i ${text('otherFile')} på linje ${text('otherLine')}, men med annet innhold.`,
    suggestion: () =>
      'Sammenlign de to fakturaene. Er den nye en rettelse, trenger den et eget nummer eller en kreditnota for den gamle.',
  },
  'core.batch.idReused': {
    title: 'Kjøringens id er allerede brukt',
    message: ({ text, found, count, money }) =>
      `Id ${found} finnes allerede i ${text('otherFile')}, med annet innhold: ${count('otherCount')} fakturaer${text('currency') === '' ? '' : ` på ${money('otherTotal')}`} da, ${count('ownCount')} fakturaer${text('currency') === '' ? '' : ` på ${money('ownTotal')}`} nå.`,
    suggestion: () =>
      'Finn ut om filen erstatter den tidligere eller er en ny kjøring før noe sendes. Fakturaer som allerede er kommet inn, tas ikke inn på nytt.',
  },

  'core.lines.missing': {
    title: 'Fakturaen mangler linjer',
    message: () => 'Fakturaen har ingen linjer, så kunden kan ikke se hva den gjelder.',
    suggestion: () => 'Kontroller fakturaen i faktureringssystemet og eksporter den på nytt.',
  },
  'core.row.amount': {
    title: 'Linjens beløp stemmer ikke med antall og pris',
    message: ({ text, decimal, money, size }) =>
      `Linje ${text('row')}: ${decimal('quantity')} × ${decimal('price')}${text('base') === '1' ? '' : ` per ${decimal('base')}`} gir ${money('expectedMinor')}, men beløpet er ${money('statedMinor')} (avvik ${size('differenceMinor')}).`,
    suggestion: () => 'Kontroller antall, pris og eventuell rabatt på linjen i faktureringssystemet.',
  },
  'core.total.rows': {
    title: 'Linjene gir ikke den oppgitte linjesummen',
    message: ({ money, size }) =>
      `Linjene blir til sammen ${money('expectedMinor')}, men linjesummen er oppgitt til ${money('statedMinor')} (avvik ${size('differenceMinor')}).`,
    suggestion: fixSums,
  },
  'core.total.adjustments': {
    title: 'Summen av fradrag eller tillegg stemmer ikke',
    message: ({ text, money }) =>
      `${text('kind') === 'charge' ? 'Tilleggene' : 'Fradragene'} blir til sammen ${money('expectedMinor')}, men summen er oppgitt til ${money('statedMinor')}.`,
    suggestion: fixSums,
  },
  'core.total.net': {
    title: 'Summen ekskl. mva. stemmer ikke',
    message: ({ money, size }) =>
      `Linjer, fradrag og tillegg gir ${money('expectedMinor')}, men summen ekskl. mva. er ${money('statedMinor')} (avvik ${size('differenceMinor')}).`,
    suggestion: fixSums,
  },
  'core.vat.amount': {
    title: 'Merverdiavgiften stemmer ikke med satsen',
    message: ({ decimal, money }) =>
      `${decimal('rate')} % av ${money('taxableMinor')} er ${money('expectedMinor')}, men avgiften er ${money('statedMinor')}.`,
    suggestion: fixSums,
  },
  'core.vat.sum': {
    title: 'Mva. per sats gir ikke den oppgitte avgiften',
    message: ({ money, size }) =>
      `Mva. for alle satser blir ${money('expectedMinor')}, men mva.-beløpet er ${money('statedMinor')} (avvik ${size('differenceMinor')}).`,
    suggestion: fixSums,
  },
  'core.vat.base': {
    title: 'Mva.-grunnlaget stemmer ikke med linjene',
    message: ({ decimal, money }) =>
      `Linjene med ${decimal('rate')} % mva. blir ${money('expectedMinor')}, men grunnlaget for satsen er ${money('statedMinor')}.`,
    suggestion: () => 'Kontroller mva.-satsen på linjene. Fakturaen kan likevel sendes.',
  },
  'core.vat.rate': {
    title: 'Uvanlig mva.-sats',
    message: ({ text, decimal }) =>
      `Mva.-satsen ${decimal('rate')} % brukes ikke i ${text('country') === 'NO' ? 'Norge' : 'Sverige'}.`,
    suggestion: ({ decimals }) =>
      `Satser som brukes: ${decimals('rates')} %. Kontroller satsen i faktureringssystemet.`,
  },
  'core.total.gross': {
    title: 'Summen inkl. mva. stemmer ikke',
    message: ({ money, size }) =>
      `${money('netMinor')} pluss mva. ${money('vatMinor')} er ${money('expectedMinor')}, men summen inkl. mva. er ${money('statedMinor')} (avvik ${size('differenceMinor')}).`,
    suggestion: fixSums,
  },
  'core.total.payable': {
    title: 'Beløpet å betale stemmer ikke',
    message: ({ text, money, size }) =>
      `Summen inkl. mva. ${money('grossMinor')}${text('roundingMinor') === '0' ? '' : ` med øreavrunding ${money('roundingMinor')}`}${text('prepaidMinor') === '0' ? '' : ` minus forhåndsbetalt ${money('prepaidMinor')}`} gir ${money('expectedMinor')}, men beløpet å betale er ${money('statedMinor')} (avvik ${size('differenceMinor')}).`,
    suggestion: fixSums,
  },
  'core.rounding.size': {
    title: 'Øreavrundingen er for stor',
    message: ({ money }) =>
      `Øreavrundingen er ${money('roundingMinor')}. Avrunding til hele kroner endrer summen med høyst ${money('limitMinor')}.`,
    suggestion: fixSums,
  },
  'core.rounding.payable': {
    title: 'Avrundet beløp er ikke hele kroner',
    message: ({ money }) => `Fakturaen har øreavrunding, men beløpet å betale er ${money('payableMinor')}.`,
    suggestion: () => 'Kontroller avrundingen i faktureringssystemet. Fakturaen kan likevel sendes.',
  },
  'core.payable.negative': {
    title: 'Negativt beløp på en faktura',
    message: ({ money }) =>
      `Beløpet å betale er ${money('payableMinor')}, men dokumentet er en faktura og ikke en kreditnota.`,
    suggestion: () => 'Kontroller om det skal være en kreditnota.',
  },
  'core.currency.unknown': {
    title: 'Valutaen finnes ikke',
    message: ({ found }) => `Valutakoden ${found} finnes ikke i ISO 4217.`,
    suggestion: () => 'Bruk for eksempel NOK, SEK eller EUR.',
  },

  'core.duedate.missing': {
    title: 'Forfallsdato mangler',
    message: () => 'Fakturaen har et beløp å betale, men verken forfallsdato eller betalingsbetingelser.',
    suggestion: fixValue,
  },
  'core.duedate.beforeInvoice': {
    title: 'Forfallsdato før fakturadato',
    message: ({ date }) => `Forfallsdatoen ${date('dueDate')} er før fakturadatoen ${date('invoiceDate')}.`,
    suggestion: fixValue,
  },
  'core.duedate.past': {
    title: 'Forfallsdatoen er passert',
    message: ({ date }) => `Forfallsdatoen var ${date('dueDate')}. Kunden kan ikke betale i tide.`,
    suggestion: () => 'Kontroller at det ikke er en gammel fil, før fakturaene sendes.',
  },
  'core.duedate.far': {
    title: 'Forfallsdato mer enn ett år frem i tid',
    message: ({ date, count }) =>
      `Forfallsdatoen ${date('dueDate')} er ${count('days')} dager etter fakturadatoen ${date('invoiceDate')}.`,
    suggestion: () => 'Kontroller årstallet i faktureringssystemet.',
  },
  'core.period.order': {
    title: 'Perioden slutter før den begynner',
    message: ({ date }) => `Perioden begynner ${date('periodStart')}, men slutter ${date('periodEnd')}.`,
    suggestion: fixValue,
  },

  'core.email.syntax': {
    title: 'E-postadressen kan ikke brukes',
    message: (facts) => `E-postadressen ${facts.found} ${emailReason(facts.text('reason'))}.`,
    suggestion: () => 'Rett adressen i kunderegisteret, eller la fakturaen gå med post.',
  },
  'core.email.missing': {
    title: 'E-postadresse mangler: fakturaen går med post',
    message: ({ text }) =>
      text('isAskedFor') === 'yes'
        ? 'Kunden har valgt e-post, men har ingen adresse. Fakturaen går til trykkeriet.'
        : 'Kunden har ingen e-postadresse. Fakturaen går til trykkeriet.',
    suggestion: () => 'Legg inn adressen i kunderegisteret hvis fakturaen skal gå på e-post.',
  },
  'core.name.tooLong': {
    title: 'Navnet er for langt',
    message: ({ count }) =>
      `Navnet er på ${count('length')} tegn og kortes ned på fakturaen, som har plass til ${count('limit')}.`,
    suggestion: fixCustomer,
  },
  'core.text.control': {
    title: 'Usynlig kontrolltegn i teksten',
    message: ({ text }) =>
      `Opplysningen inneholder tegnet ${text('codePoint')}, som ikke synes, men som kan ødelegge filnavn og adresser.`,
    suggestion: () => 'Fjern tegnet i faktureringssystemet. Det følger ofte med når tekst limes inn.',
  },
  'core.text.encoding': {
    title: 'Ødelagte bokstaver',
    message: ({ text, field, found }) =>
      text('isLost') === '1'
        ? `${field} har mistet en bokstav: ${found}. Hva som sto der, kan ikke ses.`
        : `${field} er lest med feil tegnkoding: ${found}.`,
    suggestion: ({ text, expected }) =>
      text('isLost') === '1'
        ? 'Rett opplysningen i faktureringssystemet, og be leverandøren se på filens tegnkoding.'
        : `Det skal trolig stå «${expected}». Velg «Rett alle …» her, eller be leverandøren se på filens tegnkoding.`,
  },
  'core.address.incomplete': {
    title: 'Ufullstendig postadresse',
    message: ({ text }) => `Fakturaen går med post, men ${missingParts(text('missing'))} mangler i kundens adresse.`,
    suggestion: () => 'Fyll ut adressen i kunderegisteret, ellers kan brevet komme i retur.',
  },
  'core.address.postalCode': {
    title: 'Postnummeret har feil form',
    message: ({ text, found }) =>
      `Postnummeret ${found} er ikke et ${text('country') === 'NO' ? 'norsk' : 'svensk'} postnummer.`,
    suggestion: ({ expected }) => `Ventet form: ${expected}. Rett adressen i kunderegisteret.`,
  },

  'core.reference.ocr': {
    title: 'Kontrollsifferet i OCR-nummeret stemmer ikke',
    message: ({ found }) => `OCR-nummeret ${found} har feil kontrollsiffer eller feil lengde (2–25 sifre).`,
    suggestion: () =>
      'Kontroller hvordan faktureringssystemet danner OCR-nummeret. Banken kan avvise betalinger med feil nummer.',
  },
  'core.reference.kid': {
    title: 'Kontrollsifferet i KID stemmer ikke',
    message: ({ found }) => `KID ${found} stemmer verken med modulus 10 eller modulus 11.`,
    suggestion: () =>
      'Kontroller hvordan faktureringssystemet danner KID. Banken kan avvise betalinger med feil nummer.',
  },
  'core.account.bankgiro': {
    title: 'Bankgironummeret stemmer ikke',
    message: ({ found }) => `Bankgironummeret ${found} har feil kontrollsiffer eller feil form.`,
    suggestion: checkWithBank,
  },
  'core.account.plusgiro': {
    title: 'Plusgironummeret stemmer ikke',
    message: ({ found }) => `Plusgironummeret ${found} har feil kontrollsiffer eller feil form.`,
    suggestion: checkWithBank,
  },
  'core.account.iban': {
    title: 'IBAN-nummeret stemmer ikke',
    message: ({ found }) => `IBAN ${found} har feil kontrollsifre eller feil lengde.`,
    suggestion: checkWithBank,
  },
  'core.account.norwegian': {
    title: 'Kontonummeret stemmer ikke',
    message: ({ found }) => `Kontonummeret ${found} har feil kontrollsiffer eller feil lengde (11 sifre).`,
    suggestion: checkWithBank,
  },
  'core.number.meteringPoint': {
    title: 'Målepunkt-id stemmer ikke',
    message: ({ found }) => `Målepunkt-id ${found} er ikke 18 sifre med riktig kontrollsiffer.`,
    suggestion: checkNumber,
  },
  'core.number.personal': {
    title: 'Kontrollsifferet i fødselsnummeret stemmer ikke',
    message: (facts) =>
      `${party(facts)} fødsels- eller personnummer ${facts.found} har feil kontrollsiffer eller ugyldig dato.`,
    suggestion: checkNumber,
  },
  'core.number.organisation': {
    title: 'Kontrollsifferet i organisasjonsnummeret stemmer ikke',
    message: (facts) => `${party(facts)} organisasjonsnummer ${facts.found} har feil kontrollsiffer eller feil form.`,
    suggestion: checkNumber,
  },
  'core.number.vat': {
    title: 'Mva.-nummeret er feil',
    message: (facts) => `${party(facts)} mva.-nummer ${facts.found} har feil form eller kontrollsiffer.`,
    suggestion: ({ expected }) => `Skriv nummeret på denne formen: ${expected}. Fakturaen kan sendes likevel.`,
  },
  'core.number.phone': {
    title: 'Telefonnummeret er feil',
    message: ({ found }) =>
      `Kundens telefonnummer ${found} kan ikke ringes: det har for få eller for mange sifre, eller andre tegn.`,
    suggestion: fixCustomer,
  },
  'vendor.metering.missing': {
    title: 'Målepunktet mangler',
    message: () => 'Fakturaen har linjer for energi, men oppgir ikke målepunktet.',
    suggestion: fixValue,
  },
  'vendor.metering.area': {
    title: 'Prisområdet er feil',
    message: ({ found }) => `Prisområdet ${found} er ikke noe av SE1 til SE4 eller NO1 til NO5.`,
    suggestion: () =>
      'Tre bokstaver er et nettområde og hører hjemme i et annet felt. Rett faktureringssystemets eksport.',
  },
  'vendor.metering.readings': {
    title: 'Målerstandene stemmer ikke med forbruket',
    message: ({ decimal }) =>
      `Måleren gikk fra ${decimal('start')} til ${decimal('end')}, men forbruket er oppgitt til ${decimal('consumption')} kWh.`,
    suggestion: () =>
      'Kontroller målerstandene i faktureringssystemet. Et målerbytte eller et anslag kan være årsaken.',
  },
};

function encodingWords({ text }: ProblemFacts): readonly [message: string, suggestion: string] {
  const suggestion =
    text('guess') === ''
      ? 'Eksporter filen som UTF-8.'
      : `Eksporter filen som UTF-8. Hvis filen er ${text('guess')}, skal første linje ha encoding="${text('guess')}".`;
  switch (text('reason')) {
    case 'unsupported':
      return [`Tegnkodingen ${text('encoding')} kan ikke leses.`, suggestion];
    case 'contradiction':
      return [
        `XML-deklarasjonen sier ${text('encoding')}, men filens byte er ${text('actual')}.`,
        'Eksporter filen på nytt slik at kodingen på første linje er den filen er skrevet i, helst UTF-8.',
      ];
    default:
      return [
        `Byte ${text('byte')} (posisjon ${text('offset')} i filen) er ikke gyldig ${text('encoding')}.`,
        suggestion,
      ];
  }
}

function limitMessage({ text, count }: ProblemFacts): string {
  switch (text('limit')) {
    case 'depth':
      return `Elementene ligger i mer enn ${count('max')} nivåer.`;
    case 'attributes':
      return `Et element har mer enn ${count('max')} attributter.`;
    case 'nameLength':
      return `Et navn er lengre enn ${count('max')} tegn.`;
    case 'valueLength':
      return `En verdi er lengre enn ${count('max')} tegn.`;
    case 'markupLength':
      return `En kommentar eller en CDATA-seksjon er lengre enn ${count('max')} tegn.`;
    case 'declaration':
      return `XML-deklarasjonen er lengre enn ${count('max')} byte.`;
    case 'invoiceSize':
      return `En faktura er større enn ${count('max')} byte.`;
    default:
      return `En faktura har mer enn ${count('max')} linjer eller andre gjentatte opplysninger.`;
  }
}

function emailReason(reason: string): string {
  switch (reason) {
    case 'controlCharacter':
      return 'inneholder et linjeskift eller et annet kontrolltegn';
    case 'space':
      return 'inneholder mellomrom';
    case 'noAt':
      return 'mangler @';
    case 'severalAt':
      return 'har mer enn én @, eller er flere adresser';
    case 'tooLong':
      return 'er lengre enn 254 tegn';
    case 'localTooLong':
      return 'har mer enn 64 tegn foran @';
    case 'localPart':
      return 'har et ulovlig tegn eller et feilplassert punktum foran @';
    case 'localNotAscii':
      return 'har en bokstav som æ, ø eller å foran @';
    default:
      return 'har et ugyldig domenenavn etter @';
  }
}

function missingParts(missing: string): string {
  const words: Readonly<Record<string, string>> = { street: 'gateadresse', postalCode: 'postnummer', city: 'poststed' };
  return new Intl.ListFormat('nb').format(missing.split(',').map((part) => words[part] ?? part));
}
