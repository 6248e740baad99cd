// Patterns for folder and file names at a print vendor: fields in braces, checked with the place of what is wrong. Pure; only safe names come out.

/** Fields that hold a text of the invoice or of the release. */
export const nameTextFields = ['invoiceNumber', 'key', 'batch', 'seller', 'currency', 'kind'] as const;
/** Fields that hold a day and take a form after a colon, such as `{date:yyyy-MM-dd}`. */
export const nameDateFields = ['date', 'invoiceDate', 'dueDate'] as const;

/** Kinds of faults. `notUnique`: the file's name holds neither the invoice's number nor the key, so that all invoices would have the same. */
export const nameFaultKinds = [
  'unknownField',
  'unclosed',
  'dateForm',
  'character',
  'segment',
  'extension',
  'tooDeep',
  'tooLong',
  'notUnique',
] as const;
/** One of {@link nameFaultKinds}. */
export type NameFaultKind = (typeof nameFaultKinds)[number];

/** What is wrong with a pattern, and at which character (1-based). */
export interface NamePatternFault {
  readonly kind: NameFaultKind;
  readonly column: number;
  /** The field, character or part it is about. */
  readonly found: string;
}

/** Texts and days of one invoice; a day is `yyyy-mm-dd`, null where the source has none. */
export type NameValues = Readonly<Record<(typeof nameTextFields)[number], string>> &
  Readonly<Record<(typeof nameDateFields)[number], string | null>>;

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'field'; readonly field: (typeof nameTextFields)[number] }
  | { readonly kind: 'date'; readonly field: (typeof nameDateFields)[number]; readonly form: string };

/** A pattern that was checked. */
export interface NamePattern {
  readonly parts: readonly Part[];
}

/** What a print vendor's files are called where nothing else is wished. */
export const usualNamePattern = '{invoiceNumber}_{key}.pdf';

/** Folders a pattern may make; vendors' folders are flat or one folder a day. */
const mostFolders = 4;
/** Longest text that one field gives. */
const longestField = 60;
/** Longest folder or file name: 200 characters are taken everywhere, and a copy's number or a device's `x-` may come to it. */
const longestSegment = 190;
/** Names that a Windows server takes for a device, whatever follows the first dot. */
const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/iu;
/** A date's form: years, months and days with `-`, `_`, `.` or nothing between. */
const dateForm = /^(?:yyyy|yy|MM|dd)(?:[-_.]?(?:yyyy|yy|MM|dd)){0,4}$/u;
const usualDateForm = 'yyyy-MM-dd';

/** Reads a pattern, or says what is wrong and where. */
export function readNamePattern(
  text: string,
): { readonly ok: true; readonly pattern: NamePattern } | { readonly ok: false; readonly fault: NamePatternFault } {
  const parts: Part[] = [];
  const fault = (kind: NamePatternFault['kind'], at: number, found: string) =>
    ({ ok: false, fault: { kind, column: at + 1, found } }) as const;
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === '{') {
      const end = text.indexOf('}', at);
      if (end < 0) return fault('unclosed', at, text.slice(at, at + 20));
      const part = fieldPart(text.slice(at + 1, end));
      if (part === 'unknownField' || part === 'dateForm') return fault(part, at, text.slice(at, end + 1));
      parts.push(part);
      at = end + 1;
      continue;
    }
    if (!/[A-Za-z0-9._/-]/u.test(character)) return fault('character', at, character);
    parts.push({ kind: 'text', text: character });
    at += 1;
  }
  const faultOfPath = pathFault(text);
  return faultOfPath === null ? { ok: true, pattern: { parts } } : { ok: false, fault: faultOfPath };
}

function fieldPart(inside: string): Part | 'unknownField' | 'dateForm' {
  const [name = '', form] = inside.split(/:(.*)/su);
  const textField = nameTextFields.find((each) => each === name);
  if (textField !== undefined) return form === undefined ? { kind: 'field', field: textField } : 'unknownField';
  const dateField = nameDateFields.find((each) => each === name);
  if (dateField === undefined) return 'unknownField';
  if (form !== undefined && !dateForm.test(form)) return 'dateForm';
  return { kind: 'date', field: dateField, form: form ?? usualDateForm };
}

/** Every folder and the name begin with a letter, digit or field, hold no `..` and end in no dot; the name is a PDF's, and its own. */
function pathFault(text: string): NamePatternFault | null {
  let at = 0;
  const segments = text.split('/');
  const name = segments.at(-1) ?? '';
  for (const segment of segments) {
    const plain = segment.replace(/\{[^}]*\}/gu, 'x');
    if (!/^[A-Za-z0-9{]/u.test(segment) || plain.includes('..') || plain.endsWith('.'))
      return { kind: 'segment', column: at + 1, found: segment };
    if (longestOf(segment) > longestSegment) return { kind: 'tooLong', column: at + 1, found: segment };
    at += segment.length + 1;
  }
  const column = text.length - name.length + 1;
  if (segments.length - 1 > mostFolders) return { kind: 'tooDeep', column: 1, found: String(segments.length - 1) };
  if (!name.endsWith('.pdf')) return { kind: 'extension', column, found: name };
  return /\{(?:invoiceNumber|key)\}/u.test(name) ? null : { kind: 'notUnique', column, found: name };
}

/** Characters that a folder or name can come to. */
function longestOf(segment: string): number {
  const fields = segment.match(/\{[^}]*\}/gu) ?? [];
  return segment.length + fields.reduce((sum, field) => sum + longestOfField(field) - field.length, 0);
}

/** A day is no longer than its form is written, or the usual one. */
function longestOfField(field: string): number {
  const isDay = nameDateFields.some((name) => field === `{${name}}` || field.startsWith(`{${name}:`));
  return isDay ? Math.max(field.length, usualDateForm.length) : longestField;
}

/** True when the name tells two deliveries of one invoice apart. */
export function holdsKey({ parts }: NamePattern): boolean {
  return parts.findLastIndex((part) => part.kind === 'field' && part.field === 'key') > parts.findLastIndex(isSlash);
}

function isSlash(part: Part): boolean {
  return part.kind === 'text' && part.text === '/';
}

/**
 * Fills a pattern; deterministic. Every value keeps ASCII letters (accents are taken off), digits, `-` and `_`, and one that is empty gives
 * `none`. What comes out is a relative path of names that every common file system takes.
 */
export function fillNamePattern({ parts }: NamePattern, values: NameValues): string {
  const path = parts
    .map((part) => {
      switch (part.kind) {
        case 'text':
          return part.text;
        case 'field':
          return safeText(values[part.field]);
        case 'date':
          return writeDate(values[part.field], part.form);
      }
    })
    .join('');
  return path
    .split('/')
    .map((name) => (deviceName.test(name) ? `x-${name}` : name))
    .join('/');
}

/** Letters that are not one with a mark on it. */
const letters: Readonly<Record<string, string>> = { ø: 'o', Ø: 'O', æ: 'ae', Æ: 'AE', ß: 'ss' };

function safeText(text: string): string {
  const safe = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[øØæÆß]/gu, (letter) => letters[letter] ?? '-')
    .replace(/[^A-Za-z0-9_-]+/gu, '-')
    .slice(0, longestField)
    .replace(/^[-_]+|-+$/gu, '');
  return safe === '' ? 'none' : safe;
}

function writeDate(day: string | null, form: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(day ?? '');
  if (match === null) return 'none';
  const [, year = '', month = '', dayOfMonth = ''] = match;
  return form.replace(/yyyy|yy|MM|dd/gu, (unit) => {
    if (unit === 'yyyy') return year;
    if (unit === 'yy') return year.slice(2);
    return unit === 'MM' ? month : dayOfMonth;
  });
}
