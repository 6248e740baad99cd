// English words for what makes a file no readable XML, by reason.

import type { ReasonWords } from './xml-words.ts';

const cutOff = 'The file is cut off. Make the export in the billing system again and import the new file.';
const atPlace = 'Go to the place in the source view and mend the cause in the billing system.';

/** Message and next step by reason. */
export const enReasons: ReasonWords = {
  bareAmpersand: () => [
    'An ampersand stands alone in the text.',
    'The billing system must write &amp; instead of &, for example in names such as “Bygg & Betong”.',
  ],
  unknownEntity: ({ text }) => [
    `The entity &${text('entity')}; does not exist in XML.`,
    'Write the character itself, or its number: &#229; for å.',
  ],
  wrongEndTag: ({ text }) => [
    `The end tag </${text('actual')}> stands where </${text('expected')}> was expected. The element was opened on line ${text('openedLine')}.`,
    'Check that every element is closed in the right order. The file may have been changed by hand or cut off.',
  ],
  unclosedElement: ({ text }) => [
    `The file ends before the element ${text('element')}, opened on line ${text('openedLine')}, is closed.`,
    cutOff,
  ],
  strayEndTag: ({ text }) => [
    `The end tag </${text('actual')}> has no start tag.`,
    'Remove the end tag or add the start tag. The file may have been changed by hand.',
  ],
  lessThanInAttribute: () => ['A < stands in an attribute’s value.', 'Write &lt; instead of <.'],
  unquotedAttribute: () => ['An attribute’s value has no quotation marks.', 'Put the value in quotation marks.'],
  missingAttributeValue: () => ['An attribute has no value.', 'Write the attribute as name="value".'],
  missingSpace: () => ['There is no space between two attributes.', 'Put a space after the quotation mark.'],
  duplicateAttribute: ({ text }) => [
    `The attribute ${text('name')} stands twice in the same element.`,
    'Remove one of them.',
  ],
  controlCharacter: ({ text }) => [
    `The character ${text('codePoint')} is not allowed in XML.`,
    'Remove the invisible character in the billing system. It often comes along when text is pasted.',
  ],
  cdataEndInText: () => ['The characters ]]> stand in running text.', 'Write ]]&gt; instead.'],
  textOutsideRoot: () => [
    'There is text outside the root element.',
    'Check that the file is not two files in one, and that nothing stands before or after the root element.',
  ],
  secondRoot: ({ text }) => [
    `Another element, ${text('actual')}, begins after the root element.`,
    'A file can only have one root element. Split the file, or make the export again.',
  ],
  unboundPrefix: ({ text }) => [
    `The prefix ${text('prefix')} has no namespace.`,
    `Declare xmlns:${text('prefix')} on the root element.`,
  ],
  badNamespace: ({ text }) => [
    `The declaration ${text('name')} breaks the rules of XML namespaces.`,
    'Remove the declaration, or give the prefix an address that is not reserved.',
  ],
  badName: () => [
    'The name of an element or attribute is misspelt, or a < stands alone in the text.',
    'Write &lt; instead of < in running text.',
  ],
  badComment: () => [
    'A comment is written wrongly.',
    'A comment begins with <!-- and ends with -->, without -- in between.',
  ],
  badDeclaration: () => ['A declaration that begins with <! is written wrongly.', 'Remove the declaration.'],
  badInstruction: () => [
    'The XML declaration or a processing instruction is written wrongly.',
    'The file should begin with <?xml version="1.0" encoding="UTF-8"?>, with nothing before it.',
  ],
  unfinished: () => ['The file ends in the middle of a tag.', cutOff],
  noRoot: () => ['The file holds no XML.', 'Check that the right file was chosen.'],
  other: ({ text }) => [
    text('detail') === ''
      ? 'The file does not follow the rules of XML.'
      : `The file does not follow the rules of XML: ${text('detail')}.`,
    atPlace,
  ],
};
