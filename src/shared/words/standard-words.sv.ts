// Swedish words of the public standards' rules. State and cause, then the next step; neutral.

import type { ProblemFacts } from './problem-text.ts';
import { plainText } from './standard-words.ts';
import type { RuleText, StandardVocabulary, WordedCategory } from './standard-words.ts';

const fixSums = 'Be faktureringssystemets leverantör rätta summorna och importera en ny fil.';
const fixExport = 'Be faktureringssystemets leverantör rätta exporten och importera en ny fil.';
const checkAccount = 'Jämför med numret hos banken och rätta det i faktureringssystemet.';

const names: Readonly<Record<WordedCategory, string>> = {
  S: 'med normal moms (S)',
  Z: 'med nollsats (Z)',
  E: 'undantagen från moms (E)',
  AE: 'med omvänd betalningsskyldighet (AE)',
  O: 'utanför momssystemet (O)',
};
const rates: Readonly<Record<WordedCategory, string>> = {
  S: 'ska ha en momssats över 0',
  Z: 'ska ha momssatsen 0',
  E: 'ska ha momssatsen 0',
  AE: 'ska ha momssatsen 0',
  O: 'ska inte ha någon momssats',
};

const numberText =
  (item: string) =>
  (category: WordedCategory): RuleText => {
    const isForbidden = category === 'O';
    const demand = isForbidden
      ? 'får inget momsregistreringsnummer för säljare, köpare eller skatteombud stå i fakturan'
      : `ska säljarens momsregistreringsnummer (eller skatteregistrering, eller skatteombudets nummer)${category === 'AE' ? ' och köparens moms- eller organisationsnummer' : ''} stå i fakturan`;
    return plainText({
      title: isForbidden
        ? `Momsregistreringsnummer vid ${item} ${names.O}`
        : `Momsregistreringsnummer saknas för ${item} ${names[category]}`,
      message: ({ found }) =>
        isForbidden
          ? `Fakturan har ${item} ${names.O} men anger ändå momsregistreringsnumret ${found}.`
          : `Fakturan har ${item} ${names[category]}, men ${category === 'AE' ? 'säljarens eller köparens nummer' : 'säljarens momsregistreringsnummer'} saknas.`,
      suggestion: fixExport,
      explanation: `När en faktura har ${item} ${names[category]} ${demand}.`,
    });
  };

const rateText =
  (item: string) =>
  (category: WordedCategory): RuleText =>
    plainText({
      title: `Fel momssats för ${item} ${names[category]}`,
      message: ({ text, decimal }) =>
        `${text('rate') === '' ? 'Momssats saknas' : `Momssatsen är ${decimal('rate')} %`}, men ${item} ${names[category]} ${rates[category]}.`,
      suggestion: 'Rätta momskategori eller momssats i faktureringssystemet.',
      explanation: `I en faktura gäller att ${item} ${names[category]} ${rates[category]}.`,
    });

const aloneText =
  (item: string) =>
  (category: WordedCategory): RuleText =>
    plainText({
      title: `${item} med annan momskategori i en faktura ${names[category]}`,
      message: ({ found }) => `Fakturan är ${names[category]} men har också momskategorin ${found}.`,
      suggestion: 'Dela upp fakturan eller rätta momskategorin i faktureringssystemet.',
      explanation: `En faktura med momsspecifikation ${names[category]} får inte ha ${item.toLowerCase()} i en annan kategori.`,
    });

const sums = {
  rows: ({ money, size }: ProblemFacts) =>
    `Raderna blir tillsammans ${money('expectedMinor')}, men summan av raderna anges till ${money('statedMinor')} (skillnad ${size('differenceMinor')}).`,
  stated: ({ money, size }: ProblemFacts) =>
    `De andra beloppen ger ${money('expectedMinor')}, men ${money('statedMinor')} anges (skillnad ${size('differenceMinor')}).`,
};

/** Swedish. */
export const svStandard: StandardVocabulary = {
  missing: (name) =>
    plainText({
      title: `${name}: saknas`,
      message: `${name} ska finnas i fakturan enligt EN 16931 men saknas.`,
      suggestion: 'Fyll i uppgiften i faktureringssystemet och exportera filen igen.',
      explanation: `EN 16931 kräver den här uppgiften i varje faktura: ${name.toLowerCase()}.`,
    }),
  decimals: (name) =>
    plainText({
      title: `${name}: fler än två decimaler`,
      message: ({ found }) => `${name} är ${found}. Enligt EN 16931 har ett belopp högst två decimaler.`,
      suggestion: 'Låt faktureringssystemet skriva beloppet med två decimaler.',
      explanation: `EN 16931 tillåter högst två decimaler här: ${name.toLowerCase()}.`,
    }),
  category: {
    '01': (category) =>
      plainText({
        title: `Momsspecifikationen stämmer inte med det som är ${names[category]}`,
        message: ({ count }) =>
          `Momsspecifikationen har ${count('times')} grupper ${names[category]}; det stämmer inte med fakturans rader, avdrag och tillägg.`,
        suggestion: fixExport,
        explanation: `När en rad, ett avdrag eller ett tillägg är ${names[category]} ska momsspecifikationen ha ${category === 'S' ? 'minst' : 'exakt'} en grupp av den kategorin.`,
      }),
    '02': numberText('en rad'),
    '03': numberText('ett avdrag'),
    '04': numberText('ett tillägg'),
    '05': rateText('en rad'),
    '06': rateText('ett avdrag'),
    '07': rateText('ett tillägg'),
    '08': (category) =>
      plainText({
        title: `Fel momsunderlag för det som är ${names[category]}`,
        message: ({ money }) =>
          `Rader, avdrag och tillägg ${names[category]} blir ${money('expectedMinor')}, men momsunderlaget är ${money('statedMinor')}.`,
        suggestion: fixSums,
        explanation: `Momsunderlaget för det som är ${names[category]} ska vara summan av sådana rader och tillägg minus sådana avdrag${category === 'S' ? ', för varje momssats' : ''}.`,
      }),
    '09': (category) =>
      plainText({
        title: `Fel moms för det som är ${names[category]}`,
        message: ({ money }) =>
          `Momsen för det som är ${names[category]} ska vara ${money('expectedMinor')} men är ${money('statedMinor')}.`,
        suggestion: fixSums,
        explanation: `Momsen för det som är ${names[category]} ska vara ${category === 'S' ? 'momsunderlaget gånger momssatsen' : '0'}.`,
      }),
    '10': (category) => {
      const isForbidden = category === 'S' || category === 'Z';
      return plainText({
        title: isForbidden
          ? `Skäl till momsfrihet vid det som är ${names[category]}`
          : `Skäl till momsfrihet saknas för det som är ${names[category]}`,
        message: ({ found }) =>
          isForbidden
            ? `Momsspecifikationen ${names[category]} har skälet till momsfrihet ${found}, som inte hör dit.`
            : `Momsspecifikationen ${names[category]} anger inte varför moms inte tas ut.`,
        suggestion: fixExport,
        explanation: isForbidden
          ? `En momsspecifikation ${names[category]} får inte ha ett skäl till momsfrihet.`
          : `En momsspecifikation ${names[category]} ska ange varför moms inte tas ut, som kod eller text.`,
      });
    },
    '11': aloneText('Momsspecifikation'),
    '12': aloneText('En rad'),
    '13': aloneText('Ett avdrag'),
    '14': aloneText('Ett tillägg'),
  },
  single: {
    'BR-CO-03': plainText({
      title: 'Tidpunkten för moms anges två gånger',
      message: ({ found }) => `Fakturan har både ett datum och koden ${found} för när momsen redovisas.`,
      suggestion: 'Ange antingen datumet eller koden.',
      explanation: 'Tidpunkten för moms anges antingen som datum eller som kod, aldrig båda.',
    }),
    'BR-CO-04': plainText({
      title: 'En rad saknar momskategori',
      message: ({ text }) => `Rad ${text('row')} saknar momskategori.`,
      suggestion: ({ expected }) => `Ange radens kategori: ${expected}.`,
      explanation: 'Varje rad i en faktura ska ha en momskategori.',
    }),
    'BR-CO-09': plainText({
      title: 'Momsregistreringsnummer utan landskod',
      message: ({ found }) => `Momsregistreringsnumret ${found} börjar inte med ett lands två bokstäver.`,
      suggestion: ({ expected }) => `Skriv numret med landskod, till exempel ${expected}.`,
      explanation: 'Momsregistreringsnummer ska börja med de två bokstäverna för landet som utfärdat dem.',
    }),
    'BR-CO-10': plainText({
      title: 'Raderna stämmer inte med summan av raderna (EN 16931)',
      message: sums.rows,
      suggestion: fixSums,
      explanation: 'Summan av raderna ska vara exakt vad radernas belopp blir tillsammans.',
    }),
    'BR-CO-11': plainText({
      title: 'Summan av avdrag är fel (EN 16931)',
      message: sums.stated,
      suggestion: fixSums,
      explanation: 'Summan av avdrag ska vara exakt vad fakturans avdrag blir tillsammans.',
    }),
    'BR-CO-12': plainText({
      title: 'Summan av tillägg är fel (EN 16931)',
      message: sums.stated,
      suggestion: fixSums,
      explanation: 'Summan av tillägg ska vara exakt vad fakturans tillägg blir tillsammans.',
    }),
    'BR-CO-13': plainText({
      title: 'Summan exkl. moms är fel (EN 16931)',
      message: sums.stated,
      suggestion: fixSums,
      explanation: 'Summan exkl. moms ska vara summan av raderna minus avdragen plus tilläggen.',
    }),
    'BR-CO-14': plainText({
      title: 'Momsbeloppet är fel (EN 16931)',
      message: sums.stated,
      suggestion: fixSums,
      explanation: 'Momsbeloppet ska vara exakt vad momsen för alla kategorier blir tillsammans.',
    }),
    'BR-CO-15': plainText({
      title: 'Summan inkl. moms är fel (EN 16931)',
      message: sums.stated,
      suggestion: fixSums,
      explanation: 'Summan inkl. moms ska vara summan exkl. moms plus momsen.',
    }),
    'BR-CO-16': plainText({
      title: 'Beloppet att betala är fel (EN 16931)',
      message: sums.stated,
      suggestion: fixSums,
      explanation: 'Beloppet att betala ska vara summan inkl. moms minus det som är betalt plus avrundningen.',
    }),
    'BR-CO-17': plainText({
      title: 'Momsen stämmer inte med momssatsen (EN 16931)',
      message: ({ decimal, money }) =>
        `${decimal('rate')} % av ${money('taxableMinor')} är ${money('expectedMinor')}, men momsen är ${money('statedMinor')}.`,
      suggestion: fixSums,
      explanation: 'Momsen för en kategori ska vara momsunderlaget gånger satsen. En skillnad under 1,00 godtas.',
    }),
    'BR-CO-18': plainText({
      title: 'Momsspecifikationen saknas',
      message: 'Fakturan har ingen momsspecifikation.',
      suggestion: fixExport,
      explanation: 'En faktura ska ha minst en grupp i momsspecifikationen.',
    }),
    'BR-CO-25': plainText({
      title: 'Förfallodatum och betalningsvillkor saknas',
      message: 'Fakturan har ett belopp att betala men varken förfallodatum eller betalningsvillkor.',
      suggestion: 'Fyll i förfallodatumet i faktureringssystemet och exportera filen igen.',
      explanation: 'När något ska betalas ska ett förfallodatum eller betalningsvillkor anges.',
    }),
    'SE-R-001': plainText({
      title: 'Det svenska momsregistreringsnumret har fel längd',
      message: ({ found }) => `Säljarens momsregistreringsnummer ${found} har inte 14 tecken.`,
      suggestion: ({ expected }) => `Skriv SE och 12 siffror, till exempel ${expected}.`,
      explanation: 'Ett svenskt momsregistreringsnummer har 14 tecken.',
    }),
    'SE-R-002': plainText({
      title: 'Det svenska momsregistreringsnumret har annat än siffror',
      message: ({ found }) => `Säljarens momsregistreringsnummer ${found} har annat än siffror efter SE.`,
      suggestion: ({ expected }) => `Skriv SE och 12 siffror, till exempel ${expected}.`,
      explanation: 'Ett svenskt momsregistreringsnummer har bara siffror efter SE.',
    }),
    'SE-R-003': plainText({
      title: 'Det svenska organisationsnumret har annat än siffror',
      message: ({ found }) => `Säljarens organisationsnummer ${found} har annat än siffror.`,
      suggestion: ({ expected }) => `Skriv 10 siffror utan bindestreck, till exempel ${expected}.`,
      explanation: 'En svensk säljares organisationsnummer har bara siffror.',
    }),
    'SE-R-004': plainText({
      title: 'Det svenska organisationsnumret har fel längd',
      message: ({ found }) => `Säljarens organisationsnummer ${found} har inte 10 siffror.`,
      suggestion: ({ expected }) => `Skriv 10 siffror utan bindestreck, till exempel ${expected}.`,
      explanation: 'En svensk säljares organisationsnummer har 10 siffror.',
    }),
    'SE-R-005': plainText({
      title: 'Annan skatteregistrering än F-skatt',
      message: ({ found }) => `Säljarens skatteregistrering är ${found}.`,
      suggestion: ({ expected }) => `Skriv ${expected} eller utelämna uppgiften.`,
      explanation:
        'En svensk säljares skatteregistrering vid sidan av momsregistreringsnumret ska vara ”Godkänd för F-skatt”.',
    }),
    'SE-R-006': plainText({
      title: 'Momssats som inte finns i Sverige',
      message: ({ text, decimal }) =>
        text('rate') === '' ? 'Normal moms saknar sats.' : `Momssatsen ${decimal('rate')} % används inte i Sverige.`,
      suggestion: 'Normal moms är 25, 12 eller 6 % i Sverige. Rätta satsen i faktureringssystemet.',
      explanation: 'En svensk säljares normala moms är 25, 12 eller 6 %.',
    }),
    'SE-R-007': plainText({
      title: 'Plusgironumret har annat än siffror',
      message: ({ found }) => `Plusgironumret ${found} har annat än siffror.`,
      suggestion: checkAccount,
      explanation: 'Ett plusgironummer skrivs med bara siffror i Peppolfakturor.',
    }),
    'SE-R-008': plainText({
      title: 'Bankgironumret har annat än siffror',
      message: ({ found }) => `Bankgironumret ${found} har annat än siffror.`,
      suggestion: checkAccount,
      explanation: 'Ett bankgironummer skrivs med bara siffror i Peppolfakturor.',
    }),
    'SE-R-009': plainText({
      title: 'Bankgironumret har fel längd',
      message: ({ found }) => `Bankgironumret ${found} har inte 7 eller 8 tecken.`,
      suggestion: checkAccount,
      explanation: 'Ett bankgironummer har 7 eller 8 siffror.',
    }),
    'SE-R-010': plainText({
      title: 'Plusgironumret har fel längd',
      message: ({ found }) => `Plusgironumret ${found} har inte 2 till 8 tecken.`,
      suggestion: checkAccount,
      explanation: 'Ett plusgironummer har 2 till 8 siffror.',
    }),
    'SE-R-011': plainText({
      title: 'Bankgiro eller plusgiro med föråldrad kod',
      message: ({ found }) => `Betalningssättet har koden ${found}, som förr användes för girobetalningar.`,
      suggestion: 'Använd kod 30 med SE:BANKGIRO eller SE:PLUSGIRO.',
      explanation: 'Bankgiro och plusgiro anges med kod 30 och SE:BANKGIRO eller SE:PLUSGIRO, inte med 50 eller 56.',
    }),
    'SE-R-012': plainText({
      title: 'Betalning inom Sverige med fel kod',
      message: ({ found }) => `Säljare och köpare är svenska, men betalningssättet har koden ${found}.`,
      suggestion: 'Använd kod 30 för kontoöverföring.',
      explanation: 'Mellan svenska parter anges kontoöverföring med kod 30, inte 31.',
    }),
    'SE-R-013': plainText({
      title: 'Det svenska organisationsnumrets kontrollsiffra är fel (Peppol)',
      message: ({ found }) => `Säljarens organisationsnummer ${found} har fel kontrollsiffra.`,
      suggestion: 'Jämför med registreringsbeviset och rätta numret i faktureringssystemet.',
      explanation: 'Sista siffran i en svensk säljares organisationsnummer är en kontrollsiffra och ska stämma.',
    }),
    'NO-R-001': plainText({
      title: 'Det norska momsregistreringsnumret är fel',
      message: ({ found }) =>
        `Säljarens momsregistreringsnummer ${found} är inte NO, ett organisationsnummer med rätt kontrollsiffra och MVA.`,
      suggestion: ({ expected }) => `Skriv numret på den här formen: ${expected}.`,
      explanation: 'Ett norskt momsregistreringsnummer är NO, nio siffror med rätt kontrollsiffra och MVA.',
    }),
    'NO-R-002': plainText({
      title: 'Ordet Foretaksregisteret saknas',
      message: 'Fakturan säger inte att säljaren är införd i Foretaksregisteret.',
      suggestion: 'Aktiebolag lägger till ordet Foretaksregisteret. Andra kan utelämna det; fakturan kan skickas.',
      explanation: 'Ett norskt aktiebolag ska ange ordet Foretaksregisteret på sina fakturor.',
    }),
  },
};
