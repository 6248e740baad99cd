// Norwegian words of the public standards' rules. State and cause, then the next step; neutral.

import type { ProblemFacts } from './problem-text.ts';
import { plainText } from './standard-words.ts';
import type { RuleText, StandardVocabulary, WordedCategory } from './standard-words.ts';

const fixSums = 'Be faktureringssystemets leverandør rette summene, og importer en ny fil.';
const fixExport = 'Be faktureringssystemets leverandør rette eksporten, og importer en ny fil.';
const checkAccount = 'Sammenlign med nummeret hos banken, og rett det i faktureringssystemet.';

const names: Readonly<Record<WordedCategory, string>> = {
  S: 'med ordinær mva. (S)',
  Z: 'med 0-sats (Z)',
  E: 'fritatt for mva. (E)',
  AE: 'med omvendt avgiftsplikt (AE)',
  O: 'utenfor mva.-området (O)',
};
const rates: Readonly<Record<WordedCategory, string>> = {
  S: 'skal ha en mva.-sats over 0',
  Z: 'skal ha mva.-satsen 0',
  E: 'skal ha mva.-satsen 0',
  AE: 'skal ha mva.-satsen 0',
  O: 'skal ikke ha noen mva.-sats',
};

const numberText =
  (item: string) =>
  (category: WordedCategory): RuleText => {
    const isForbidden = category === 'O';
    const demand = isForbidden
      ? 'kan ikke mva.-nummeret til selger, kjøper eller avgiftsrepresentant stå i fakturaen'
      : `skal selgerens mva.-nummer (eller skatteregistrering, eller avgiftsrepresentantens nummer)${category === 'AE' ? ' og kjøperens mva.- eller organisasjonsnummer' : ''} stå i fakturaen`;
    return plainText({
      title: isForbidden ? `Mva.-nummer ved ${item} ${names.O}` : `Mva.-nummer mangler for ${item} ${names[category]}`,
      message: ({ found }) =>
        isForbidden
          ? `Fakturaen har ${item} ${names.O}, men oppgir likevel mva.-nummeret ${found}.`
          : `Fakturaen har ${item} ${names[category]}, men ${category === 'AE' ? 'selgerens eller kjøperens nummer' : 'selgerens mva.-nummer'} mangler.`,
      suggestion: fixExport,
      explanation: `Når en faktura har ${item} ${names[category]}, ${demand}.`,
    });
  };

const rateText =
  (item: string) =>
  (category: WordedCategory): RuleText =>
    plainText({
      title: `Feil mva.-sats for ${item} ${names[category]}`,
      message: ({ text, decimal }) =>
        `${text('rate') === '' ? 'Mva.-satsen mangler' : `Mva.-satsen er ${decimal('rate')} %`}, men ${item} ${names[category]} ${rates[category]}.`,
      suggestion: 'Rett mva.-kategori eller mva.-sats i faktureringssystemet.',
      explanation: `I en faktura gjelder at ${item} ${names[category]} ${rates[category]}.`,
    });

const aloneText =
  (item: string) =>
  (category: WordedCategory): RuleText =>
    plainText({
      title: `${item} med annen mva.-kategori i en faktura ${names[category]}`,
      message: ({ found }) => `Fakturaen er ${names[category]}, men har også mva.-kategorien ${found}.`,
      suggestion: 'Del opp fakturaen, eller rett mva.-kategorien i faktureringssystemet.',
      explanation: `En faktura med mva.-spesifikasjon ${names[category]} kan ikke ha ${item.toLowerCase()} i en annen kategori.`,
    });

const sums = {
  rows: ({ money, size }: ProblemFacts) =>
    `Linjene blir til sammen ${money('expectedMinor')}, men summen av linjene er oppgitt til ${money('statedMinor')} (avvik ${size('differenceMinor')}).`,
  stated: ({ money, size }: ProblemFacts) =>
    `De andre beløpene gir ${money('expectedMinor')}, men ${money('statedMinor')} er oppgitt (avvik ${size('differenceMinor')}).`,
};

/** Norwegian. */
export const nbStandard: StandardVocabulary = {
  missing: (name) =>
    plainText({
      title: `${name}: mangler`,
      message: `${name} skal finnes i fakturaen etter EN 16931, men mangler.`,
      suggestion: 'Fyll inn opplysningen i faktureringssystemet, og eksporter filen på nytt.',
      explanation: `EN 16931 krever denne opplysningen i hver faktura: ${name.toLowerCase()}.`,
    }),
  decimals: (name) =>
    plainText({
      title: `${name}: flere enn to desimaler`,
      message: ({ found }) => `${name} er ${found}. Etter EN 16931 har et beløp høyst to desimaler.`,
      suggestion: 'La faktureringssystemet skrive beløpet med to desimaler.',
      explanation: `EN 16931 tillater høyst to desimaler her: ${name.toLowerCase()}.`,
    }),
  category: {
    '01': (category) =>
      plainText({
        title: `Mva.-spesifikasjonen stemmer ikke med det som er ${names[category]}`,
        message: ({ count }) =>
          `Mva.-spesifikasjonen har ${count('times')} grupper ${names[category]}; det stemmer ikke med fakturaens linjer, fradrag og tillegg.`,
        suggestion: fixExport,
        explanation: `Når en linje, et fradrag eller et tillegg er ${names[category]}, skal mva.-spesifikasjonen ha ${category === 'S' ? 'minst' : 'nøyaktig'} én gruppe av den kategorien.`,
      }),
    '02': numberText('en linje'),
    '03': numberText('et fradrag'),
    '04': numberText('et tillegg'),
    '05': rateText('en linje'),
    '06': rateText('et fradrag'),
    '07': rateText('et tillegg'),
    '08': (category) =>
      plainText({
        title: `Feil mva.-grunnlag for det som er ${names[category]}`,
        message: ({ money }) =>
          `Linjer, fradrag og tillegg ${names[category]} blir ${money('expectedMinor')}, men mva.-grunnlaget er ${money('statedMinor')}.`,
        suggestion: fixSums,
        explanation: `Mva.-grunnlaget for det som er ${names[category]}, skal være summen av slike linjer og tillegg minus slike fradrag${category === 'S' ? ', for hver mva.-sats' : ''}.`,
      }),
    '09': (category) =>
      plainText({
        title: `Feil mva. for det som er ${names[category]}`,
        message: ({ money }) =>
          `Mva. for det som er ${names[category]}, skal være ${money('expectedMinor')}, men er ${money('statedMinor')}.`,
        suggestion: fixSums,
        explanation: `Mva. for det som er ${names[category]}, skal være ${category === 'S' ? 'mva.-grunnlaget ganger mva.-satsen' : '0'}.`,
      }),
    '10': (category) => {
      const isForbidden = category === 'S' || category === 'Z';
      return plainText({
        title: isForbidden
          ? `Fritaksgrunn ved det som er ${names[category]}`
          : `Fritaksgrunn mangler for det som er ${names[category]}`,
        message: ({ found }) =>
          isForbidden
            ? `Mva.-spesifikasjonen ${names[category]} har fritaksgrunnen ${found}, som ikke hører til der.`
            : `Mva.-spesifikasjonen ${names[category]} sier ikke hvorfor det ikke beregnes mva.`,
        suggestion: fixExport,
        explanation: isForbidden
          ? `En mva.-spesifikasjon ${names[category]} kan ikke ha en fritaksgrunn.`
          : `En mva.-spesifikasjon ${names[category]} skal oppgi hvorfor det ikke beregnes mva., som kode eller tekst.`,
      });
    },
    '11': aloneText('Mva.-spesifikasjon'),
    '12': aloneText('En linje'),
    '13': aloneText('Et fradrag'),
    '14': aloneText('Et tillegg'),
  },
  single: {
    'BR-CO-03': plainText({
      title: 'Tidspunktet for mva. er oppgitt to ganger',
      message: ({ found }) => `Fakturaen har både en dato og koden ${found} for når mva. oppstår.`,
      suggestion: 'Oppgi enten datoen eller koden.',
      explanation: 'Tidspunktet for mva. oppgis enten som dato eller som kode, aldri begge deler.',
    }),
    'BR-CO-04': plainText({
      title: 'En linje mangler mva.-kategori',
      message: ({ text }) => `Linje ${text('row')} mangler mva.-kategori.`,
      suggestion: ({ expected }) => `Oppgi linjens kategori: ${expected}.`,
      explanation: 'Hver linje i en faktura skal ha en mva.-kategori.',
    }),
    'BR-CO-09': plainText({
      title: 'Mva.-nummer uten landkode',
      message: ({ found }) => `Mva.-nummeret ${found} begynner ikke med et lands to bokstaver.`,
      suggestion: ({ expected }) => `Skriv nummeret med landkode, for eksempel ${expected}.`,
      explanation: 'Mva.-numre skal begynne med de to bokstavene for landet som har utstedt dem.',
    }),
    'BR-CO-10': plainText({
      title: 'Linjene stemmer ikke med summen av linjene (EN 16931)',
      message: sums.rows,
      suggestion: fixSums,
      explanation: 'Summen av linjene skal være nøyaktig det linjenes beløp blir til sammen.',
    }),
    'BR-CO-11': plainText({
      title: 'Summen av fradrag er feil (EN 16931)',
      message: sums.stated,
      suggestion: fixSums,
      explanation: 'Summen av fradrag skal være nøyaktig det fakturaens fradrag blir til sammen.',
    }),
    'BR-CO-12': plainText({
      title: 'Summen av tillegg er feil (EN 16931)',
      message: sums.stated,
      suggestion: fixSums,
      explanation: 'Summen av tillegg skal være nøyaktig det fakturaens tillegg blir til sammen.',
    }),
    'BR-CO-13': plainText({
      title: 'Summen ekskl. mva. er feil (EN 16931)',
      message: sums.stated,
      suggestion: fixSums,
      explanation: 'Summen ekskl. mva. skal være summen av linjene minus fradragene pluss tilleggene.',
    }),
    'BR-CO-14': plainText({
      title: 'Mva.-beløpet er feil (EN 16931)',
      message: sums.stated,
      suggestion: fixSums,
      explanation: 'Mva.-beløpet skal være nøyaktig det mva. for alle kategorier blir til sammen.',
    }),
    'BR-CO-15': plainText({
      title: 'Summen inkl. mva. er feil (EN 16931)',
      message: sums.stated,
      suggestion: fixSums,
      explanation: 'Summen inkl. mva. skal være summen ekskl. mva. pluss mva.',
    }),
    'BR-CO-16': plainText({
      title: 'Beløpet å betale er feil (EN 16931)',
      message: sums.stated,
      suggestion: fixSums,
      explanation: 'Beløpet å betale skal være summen inkl. mva. minus det som er betalt, pluss avrundingen.',
    }),
    'BR-CO-17': plainText({
      title: 'Mva. stemmer ikke med satsen (EN 16931)',
      message: ({ decimal, money }) =>
        `${decimal('rate')} % av ${money('taxableMinor')} er ${money('expectedMinor')}, men mva. er ${money('statedMinor')}.`,
      suggestion: fixSums,
      explanation: 'Mva. for en kategori skal være mva.-grunnlaget ganger satsen. Et avvik under 1,00 godtas.',
    }),
    'BR-CO-18': plainText({
      title: 'Mva.-spesifikasjonen mangler',
      message: 'Fakturaen har ingen mva.-spesifikasjon.',
      suggestion: fixExport,
      explanation: 'En faktura skal ha minst én gruppe i mva.-spesifikasjonen.',
    }),
    'BR-CO-25': plainText({
      title: 'Forfallsdato og betalingsbetingelser mangler',
      message: 'Fakturaen har et beløp å betale, men verken forfallsdato eller betalingsbetingelser.',
      suggestion: 'Fyll inn forfallsdatoen i faktureringssystemet, og eksporter filen på nytt.',
      explanation: 'Når noe skal betales, skal en forfallsdato eller betalingsbetingelser oppgis.',
    }),
    'SE-R-001': plainText({
      title: 'Det svenske mva.-nummeret har feil lengde',
      message: ({ found }) => `Selgerens mva.-nummer ${found} har ikke 14 tegn.`,
      suggestion: ({ expected }) => `Skriv SE og 12 sifre, for eksempel ${expected}.`,
      explanation: 'Et svensk mva.-nummer har 14 tegn.',
    }),
    'SE-R-002': plainText({
      title: 'Det svenske mva.-nummeret har annet enn sifre',
      message: ({ found }) => `Selgerens mva.-nummer ${found} har annet enn sifre etter SE.`,
      suggestion: ({ expected }) => `Skriv SE og 12 sifre, for eksempel ${expected}.`,
      explanation: 'Et svensk mva.-nummer har bare sifre etter SE.',
    }),
    'SE-R-003': plainText({
      title: 'Det svenske organisasjonsnummeret har annet enn sifre',
      message: ({ found }) => `Selgerens organisasjonsnummer ${found} har annet enn sifre.`,
      suggestion: ({ expected }) => `Skriv 10 sifre uten bindestrek, for eksempel ${expected}.`,
      explanation: 'En svensk selgers organisasjonsnummer har bare sifre.',
    }),
    'SE-R-004': plainText({
      title: 'Det svenske organisasjonsnummeret har feil lengde',
      message: ({ found }) => `Selgerens organisasjonsnummer ${found} har ikke 10 sifre.`,
      suggestion: ({ expected }) => `Skriv 10 sifre uten bindestrek, for eksempel ${expected}.`,
      explanation: 'En svensk selgers organisasjonsnummer har 10 sifre.',
    }),
    'SE-R-005': plainText({
      title: 'Annen skatteregistrering enn F-skatt',
      message: ({ found }) => `Selgerens skatteregistrering er ${found}.`,
      suggestion: ({ expected }) => `Skriv ${expected}, eller utelat opplysningen.`,
      explanation: 'En svensk selgers skatteregistrering ved siden av mva.-nummeret skal være «Godkänd för F-skatt».',
    }),
    'SE-R-006': plainText({
      title: 'Mva.-sats som ikke finnes i Sverige',
      message: ({ text, decimal }) =>
        text('rate') === '' ? 'Ordinær mva. mangler sats.' : `Mva.-satsen ${decimal('rate')} % brukes ikke i Sverige.`,
      suggestion: 'Ordinær mva. er 25, 12 eller 6 % i Sverige. Rett satsen i faktureringssystemet.',
      explanation: 'En svensk selgers ordinære mva. er 25, 12 eller 6 %.',
    }),
    'SE-R-007': plainText({
      title: 'Plusgironummeret har annet enn sifre',
      message: ({ found }) => `Plusgironummeret ${found} har annet enn sifre.`,
      suggestion: checkAccount,
      explanation: 'Et plusgironummer skrives med bare sifre i Peppol-fakturaer.',
    }),
    'SE-R-008': plainText({
      title: 'Bankgironummeret har annet enn sifre',
      message: ({ found }) => `Bankgironummeret ${found} har annet enn sifre.`,
      suggestion: checkAccount,
      explanation: 'Et bankgironummer skrives med bare sifre i Peppol-fakturaer.',
    }),
    'SE-R-009': plainText({
      title: 'Bankgironummeret har feil lengde',
      message: ({ found }) => `Bankgironummeret ${found} har ikke 7 eller 8 tegn.`,
      suggestion: checkAccount,
      explanation: 'Et bankgironummer har 7 eller 8 sifre.',
    }),
    'SE-R-010': plainText({
      title: 'Plusgironummeret har feil lengde',
      message: ({ found }) => `Plusgironummeret ${found} har ikke 2 til 8 tegn.`,
      suggestion: checkAccount,
      explanation: 'Et plusgironummer har 2 til 8 sifre.',
    }),
    'SE-R-011': plainText({
      title: 'Bankgiro eller plusgiro med utdatert kode',
      message: ({ found }) => `Betalingsmåten har koden ${found}, som tidligere ble brukt for girobetalinger.`,
      suggestion: 'Bruk kode 30 med SE:BANKGIRO eller SE:PLUSGIRO.',
      explanation: 'Bankgiro og plusgiro oppgis med kode 30 og SE:BANKGIRO eller SE:PLUSGIRO, ikke med 50 eller 56.',
    }),
    'SE-R-012': plainText({
      title: 'Betaling innen Sverige med feil kode',
      message: ({ found }) => `Selger og kjøper er svenske, men betalingsmåten har koden ${found}.`,
      suggestion: 'Bruk kode 30 for kontooverføring.',
      explanation: 'Mellom svenske parter oppgis kontooverføring med kode 30, ikke 31.',
    }),
    'SE-R-013': plainText({
      title: 'Det svenske organisasjonsnummerets kontrollsiffer er feil (Peppol)',
      message: ({ found }) => `Selgerens organisasjonsnummer ${found} har feil kontrollsiffer.`,
      suggestion: 'Sammenlign med registreringsbeviset, og rett nummeret i faktureringssystemet.',
      explanation: 'Siste siffer i en svensk selgers organisasjonsnummer er et kontrollsiffer og skal stemme.',
    }),
    'NO-R-001': plainText({
      title: 'Det norske mva.-nummeret er feil',
      message: ({ found }) =>
        `Selgerens mva.-nummer ${found} er ikke NO, et organisasjonsnummer med riktig kontrollsiffer og MVA.`,
      suggestion: ({ expected }) => `Skriv nummeret på denne formen: ${expected}.`,
      explanation: 'Et norsk mva.-nummer er NO, ni sifre med riktig kontrollsiffer og MVA.',
    }),
    'NO-R-002': plainText({
      title: 'Ordet Foretaksregisteret mangler',
      message: 'Fakturaen sier ikke at selgeren er innført i Foretaksregisteret.',
      suggestion: 'Aksjeselskaper legger til ordet Foretaksregisteret. Andre kan utelate det; fakturaen kan sendes.',
      explanation: 'Et norsk aksjeselskap skal oppgi ordet Foretaksregisteret på fakturaene sine.',
    }),
  },
};
