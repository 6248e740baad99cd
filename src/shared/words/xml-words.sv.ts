// Swedish words for what makes a file no readable XML, by reason. English and Norwegian stand beside this file.

import type { ReasonWords } from './xml-words.ts';

const cutOff = 'Filen är avklippt. Gör om exporten i faktureringssystemet och importera den nya filen.';
const atPlace = 'Gå till platsen i källvyn och rätta orsaken i faktureringssystemet.';

/** Message and next step by reason. */
export const svReasons: ReasonWords = {
  bareAmpersand: () => [
    'Ett &-tecken står ensamt i texten.',
    'Faktureringssystemet måste skriva &amp; i stället för &, till exempel i namn som ”Bygg & Betong”.',
  ],
  unknownEntity: ({ text }) => [
    `Teckenkoden &${text('entity')}; finns inte i XML.`,
    'Skriv själva tecknet, eller dess nummer: &#229; för å.',
  ],
  wrongEndTag: ({ text }) => [
    `Sluttaggen </${text('actual')}> står där </${text('expected')}> väntades. Elementet öppnades på rad ${text('openedLine')}.`,
    'Kontrollera att varje element avslutas i rätt ordning. Filen kan ha ändrats för hand eller avbrutits.',
  ],
  unclosedElement: ({ text }) => [
    `Filen tar slut innan elementet ${text('element')}, öppnat på rad ${text('openedLine')}, har avslutats.`,
    cutOff,
  ],
  strayEndTag: ({ text }) => [
    `Sluttaggen </${text('actual')}> saknar starttagg.`,
    'Ta bort sluttaggen eller lägg till starttaggen. Filen kan ha ändrats för hand.',
  ],
  lessThanInAttribute: () => ['Ett <-tecken står i ett attributvärde.', 'Skriv &lt; i stället för <.'],
  unquotedAttribute: () => ['Ett attributvärde saknar citattecken.', 'Sätt värdet inom citattecken.'],
  missingAttributeValue: () => ['Ett attribut saknar värde.', 'Skriv attributet som namn="värde".'],
  missingSpace: () => ['Mellanslag saknas mellan två attribut.', 'Sätt ett mellanslag efter citattecknet.'],
  duplicateAttribute: ({ text }) => [
    `Attributet ${text('name')} står två gånger i samma element.`,
    'Ta bort det ena av dem.',
  ],
  controlCharacter: ({ text }) => [
    `Tecknet ${text('codePoint')} får inte förekomma i XML.`,
    'Ta bort det osynliga tecknet i faktureringssystemet. Det följer ofta med när text klistras in.',
  ],
  cdataEndInText: () => ['Teckenföljden ]]> står i löpande text.', 'Skriv ]]&gt; i stället.'],
  textOutsideRoot: () => [
    'Det står text utanför rotelementet.',
    'Kontrollera att filen inte är två filer i en, och att inget står före eller efter rotelementet.',
  ],
  secondRoot: ({ text }) => [
    `Efter rotelementet börjar ett nytt element, ${text('actual')}.`,
    'En fil får bara ha ett rotelement. Dela filen eller gör om exporten.',
  ],
  unboundPrefix: ({ text }) => [
    `Prefixet ${text('prefix')} hör inte till någon namnrymd.`,
    `Deklarera xmlns:${text('prefix')} på rotelementet.`,
  ],
  badNamespace: ({ text }) => [
    `Deklarationen ${text('name')} bryter mot reglerna för XML-namnrymder.`,
    'Ta bort deklarationen, eller ge prefixet en adress som inte är reserverad.',
  ],
  badName: () => [
    'Ett namn på element eller attribut är felskrivet, eller så står ett ensamt <-tecken i texten.',
    'Skriv &lt; i stället för < i löpande text.',
  ],
  badComment: () => [
    'En kommentar är felskriven.',
    'En kommentar börjar med <!-- och slutar med -->, utan -- däremellan.',
  ],
  badDeclaration: () => ['En deklaration som börjar med <! är felskriven.', 'Ta bort deklarationen.'],
  badInstruction: () => [
    'XML-deklarationen eller en bearbetningsinstruktion är felskriven.',
    'Filen ska börja med <?xml version="1.0" encoding="UTF-8"?>, utan något före.',
  ],
  unfinished: () => ['Filen tar slut mitt i en tagg.', cutOff],
  noRoot: () => ['Filen innehåller ingen XML.', 'Kontrollera att rätt fil har valts.'],
  other: ({ text }) => [
    text('detail') === ''
      ? 'Filen följer inte reglerna för XML.'
      : `Filen följer inte reglerna för XML: ${text('detail')}.`,
    atPlace,
  ],
};
