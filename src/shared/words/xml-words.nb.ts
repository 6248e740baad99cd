// Norwegian (bokmål) words for what makes a file no readable XML, by reason.

import type { ReasonWords } from './xml-words.ts';

const cutOff = 'Filen er avkuttet. Kjør eksporten i faktureringssystemet på nytt og importer den nye filen.';
const atPlace = 'Gå til stedet i kildevisningen og rett årsaken i faktureringssystemet.';

/** Message and next step by reason. */
export const nbReasons: ReasonWords = {
  bareAmpersand: () => [
    'Et &-tegn står alene i teksten.',
    'Faktureringssystemet må skrive &amp; i stedet for &, for eksempel i navn som «Bygg & Betong».',
  ],
  unknownEntity: ({ text }) => [
    `Tegnkoden &${text('entity')}; finnes ikke i XML.`,
    'Skriv selve tegnet, eller nummeret: &#229; for å.',
  ],
  wrongEndTag: ({ text }) => [
    `Sluttaggen </${text('actual')}> står der </${text('expected')}> var ventet. Elementet ble åpnet på linje ${text('openedLine')}.`,
    'Kontroller at hvert element avsluttes i riktig rekkefølge. Filen kan være endret for hånd eller avbrutt.',
  ],
  unclosedElement: ({ text }) => [
    `Filen slutter før elementet ${text('element')}, åpnet på linje ${text('openedLine')}, er avsluttet.`,
    cutOff,
  ],
  strayEndTag: ({ text }) => [
    `Sluttaggen </${text('actual')}> mangler starttagg.`,
    'Fjern sluttaggen eller legg til starttaggen. Filen kan være endret for hånd.',
  ],
  lessThanInAttribute: () => ['Et <-tegn står i en attributtverdi.', 'Skriv &lt; i stedet for <.'],
  unquotedAttribute: () => ['En attributtverdi mangler anførselstegn.', 'Sett verdien i anførselstegn.'],
  missingAttributeValue: () => ['Et attributt mangler verdi.', 'Skriv attributtet som navn="verdi".'],
  missingSpace: () => ['Mellomrom mangler mellom to attributter.', 'Sett et mellomrom etter anførselstegnet.'],
  duplicateAttribute: ({ text }) => [
    `Attributtet ${text('name')} står to ganger i samme element.`,
    'Fjern det ene av dem.',
  ],
  controlCharacter: ({ text }) => [
    `Tegnet ${text('codePoint')} er ikke tillatt i XML.`,
    'Fjern det usynlige tegnet i faktureringssystemet. Det følger ofte med når tekst limes inn.',
  ],
  cdataEndInText: () => ['Tegnrekken ]]> står i løpende tekst.', 'Skriv ]]&gt; i stedet.'],
  textOutsideRoot: () => [
    'Det står tekst utenfor rotelementet.',
    'Kontroller at filen ikke er to filer i én, og at ingenting står foran eller etter rotelementet.',
  ],
  secondRoot: ({ text }) => [
    `Etter rotelementet begynner et nytt element, ${text('actual')}.`,
    'En fil kan bare ha ett rotelement. Del filen, eller kjør eksporten på nytt.',
  ],
  unboundPrefix: ({ text }) => [
    `Prefikset ${text('prefix')} hører ikke til noe navnerom.`,
    `Deklarer xmlns:${text('prefix')} på rotelementet.`,
  ],
  badNamespace: ({ text }) => [
    `Deklarasjonen ${text('name')} bryter reglene for XML-navnerom.`,
    'Fjern deklarasjonen, eller gi prefikset en adresse som ikke er reservert.',
  ],
  badName: () => [
    'Et navn på et element eller attributt er feilskrevet, eller et <-tegn står alene i teksten.',
    'Skriv &lt; i stedet for < i løpende tekst.',
  ],
  badComment: () => [
    'En kommentar er feilskrevet.',
    'En kommentar begynner med <!-- og slutter med -->, uten -- imellom.',
  ],
  badDeclaration: () => ['En deklarasjon som begynner med <!, er feilskrevet.', 'Fjern deklarasjonen.'],
  badInstruction: () => [
    'XML-deklarasjonen eller en behandlingsinstruksjon er feilskrevet.',
    'Filen skal begynne med <?xml version="1.0" encoding="UTF-8"?>, uten noe foran.',
  ],
  unfinished: () => ['Filen slutter midt i en tagg.', cutOff],
  noRoot: () => ['Filen inneholder ingen XML.', 'Kontroller at riktig fil er valgt.'],
  other: ({ text }) => [
    text('detail') === ''
      ? 'Filen følger ikke reglene for XML.'
      : `Filen følger ikke reglene for XML: ${text('detail')}.`,
    atPlace,
  ],
};
