// Patterns for folder and file names at a print vendor: fields in braces, checked with the place of what is wrong. Pure; the only safe names come out.

/** Fields that hold a text of the invoice or of the release. */
export const nameTextFields = [
  'invoiceNumber',
  'customerNumber',
  'sellerNumber',
  'batch',
  'currency',
  'kind',
  'key',
] as const;
/** Fields that hold a day and take a form after a colon, such as `{date:yyyy-MM-dd}`. */
export const nameDateFields = ['date', 'invoiceDate', 'dueDate'] as const;
/** Name of a field. */
export type NameField = (typeof nameTextFields)[number] | (typeof nameDateFields)[number];

/** What is wrong with a pattern, and at which character (1-based). */
export interface NamePatternFault {
  readonly kind: 'unknownField' | 'unclosed' | 'dateForm' | 'character' | 'segment' | 'extension' | 'tooDeep';
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

/** Folders a pattern may make; vendors' folders are flat or one folder a day. */
const mostFolders = 4;
/** Longest text that one field gives. */
const longestField = 60;
/** A date's form: years, months and days with `-`, `_`, `.` or nothing between. */
const dateForm = /^(?:yyyy|yy|MM|dd|[-_.])+$/u;
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
  if (form !== undefined && !(dateForm.test(form) && /[yMd]/u.test(form))) return 'dateForm';
  return { kind: 'date', field: dateField, form: form ?? usualDateForm };
}

/** Every folder and the name begin with a letter, digit or field, hold no `..` and end in neither point; the name is a PDF's. */
function pathFault(text: string): NamePatternFault | null {
  let at = 0;
  const segments = text.split('/');
  for (const segment of segments) {
    if (!/^[A-Za-z0-9{]/u.test(segment) || segment.replace(/\{[^}]*\}/gu, 'x').includes('..') || segment.endsWith('.'))
      return { kind: 'segment', column: at + 1, found: segment };
    at += segment.length + 1;
  }
  if (segments.length - 1 > mostFolders) return { kind: 'tooDeep', column: 1, found: String(segments.length - 1) };
  return text.toLowerCase().endsWith('.pdf') ? null : { kind: 'extension', column: at, found: segments.at(-1) ?? '' };
}

/** Fills a pattern. Deterministic; every value loses all but ASCII letters, digits, `-` and `_`, and one that is empty gives `none`. */
export function fillNamePattern({ parts }: NamePattern, values: NameValues): string {
  return parts
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
}

function safeText(text: string): string {
  const safe = text.replace(/[^A-Za-z0-9_-]+/gu, '-').replace(/^[-_]+|-+$/gu, '');
  return safe === '' ? 'none' : safe.slice(0, longestField);
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
