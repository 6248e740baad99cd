// Files that can't be a batch: error codes as EG Flow names them, with the problem and its place beside it.

import type { AppError } from '../../shared/result.ts';
import type { Problem } from '../../shared/schema/problem.ts';
import type { FileRefusal } from '../ports/import-source.ts';
import { problemOfFault, problemOfFile } from './problem-of.ts';
import type { TextPlace } from './text-place.ts';
import type { XmlFault } from './xml-fault.ts';

/** 100 MB, the largest file EG Flow takes. */
export const largestFileBytes = 104_857_600;
/** 1 KB, the smallest. */
export const smallestFileBytes = 1_024;

/** Refuses a file whose size is outside the limits; null when it is inside. */
export function refuseSize(fileSize: number): FileRefusal | null {
  if (fileSize >= smallestFileBytes && fileSize <= largestFileBytes) return null;
  const reason = fileSize === 0 ? 'empty' : fileSize < smallestFileBytes ? 'tooSmall' : 'tooLarge';
  const params = { reason, fileSize, limit: largestFileBytes, minimum: smallestFileBytes };
  const [message, suggestion] = sizeWords[reason];
  const problem = problemOfFile(
    {
      ruleId: 'core.file.size',
      severity: 'error',
      found: `${fileSize} B`,
      expected: `${smallestFileBytes}–${largestFileBytes} B`,
      params,
    },
    nowhere,
  );
  return {
    error: {
      code: 'FILE_TOO_LARGE',
      message,
      details: { fileSize, limit: largestFileBytes, minimum: smallestFileBytes, suggestion },
    },
    problems: [problem],
  };
}

/** Refuses a file that can't be read as XML, or is beyond a cap. */
export function refuseFault(fault: XmlFault, path: string | null): FileRefusal {
  return refuseProblem(problemOfFault(fault, path));
}

/** Refuses a batch file without a single invoice. */
export function refuseWithoutInvoices(element: string, place: TextPlace): FileRefusal {
  const problem = problemOfFile(
    { ruleId: 'core.required', severity: 'error', found: null, expected: null, params: { field: 'invoices', element } },
    { path: element, ...place, length: 0 },
  );
  return {
    error: {
      code: 'VALIDATION_ERROR',
      message: 'The file holds no invoices.',
      details: { element, suggestion: 'Check the export in the billing system and import the new file.' },
    },
    problems: [problem],
  };
}

/** Refuses a file that the disk does not give. */
export function refuseUnreadable(path: string, cause: unknown): FileRefusal {
  return refuseWithout({
    code: 'UNREADABLE',
    message: unreadableWords(path, systemCodeOf(cause)),
    details: { path, cause: cause === folderGiven ? 'a folder' : String(cause) },
  });
}

/** A folder given as a file; opening one succeeds on most systems. */
export const folderGiven: Readonly<{ code: string }> = { code: 'EISDIR' };

/** Code of a system call's failure (`ENOENT`); empty when there is none. */
function systemCodeOf(cause: unknown): string {
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
}

/** English, for the command line and logs. */
function unreadableWords(path: string, systemCode: string): string {
  switch (systemCode) {
    case 'ENOENT':
    case 'ENOTDIR':
      return `There is no file ${path}. Check its name and folder.`;
    case 'EISDIR':
      return `${path} is a folder. Name the files in it instead.`;
    case 'EACCES':
    case 'EPERM':
      return `This user may not read ${path}. Check the permissions of the file and its folder.`;
    default:
      return `${path} can’t be read from the disk${systemCode === '' ? '' : ` (${systemCode})`}. Check that it is a file and still there, and try again.`;
  }
}

/** Answers a cancelled reading. */
export function refuseCancelled(): FileRefusal {
  return refuseWithout({
    code: 'CANCELLED',
    message: 'The reading was cancelled. No invoice of this file was imported.',
  });
}

/** A refusal that has no place in the file. */
export function refuseWithout(error: AppError): FileRefusal {
  return { error, problems: [] };
}

const nowhere = { path: null, line: null, column: null, length: 0 };

const sizeWords: Readonly<Record<'empty' | 'tooSmall' | 'tooLarge', readonly [string, string]>> = {
  empty: ['The file is empty.', 'Make the export in the billing system again; it may have been interrupted.'],
  tooSmall: [
    'The file is smaller than 1 KB and can’t be an invoice file.',
    'Check that the right file was chosen and that its export was finished.',
  ],
  tooLarge: ['The file exceeds the limit of 100 MB.', 'Split large batches into multiple files.'],
};

function refuseProblem(problem: Problem): FileRefusal {
  const [error, suggestion] = wordsFor(problem);
  return {
    error: {
      code: 'INVALID_XML',
      message: 'The file is not well-formed XML or can’t be read safely.',
      details: { line: problem.line, column: problem.column, error, suggestion },
    },
    problems: [problem],
  };
}

/** English, for the command line and logs; screens use the catalogue. */
function wordsFor({ ruleId, params }: Problem): readonly [string, string] {
  switch (ruleId) {
    case 'core.xml.doctype':
      return [
        'The file has a document type declaration (DOCTYPE)',
        'Export without DOCTYPE: it could pull other files in, so it is not read',
      ];
    case 'core.xml.limit':
      return [
        `A limit is passed: ${String(params.limit)}, at most ${String(params.max)}`,
        'Check the place in the file; a quote or an end tag may be missing before it',
      ];
    case 'core.encoding':
      return encodingWords(params);
    default:
      return wellFormednessWords(params);
  }
}

function encodingWords(params: Problem['params']): readonly [string, string] {
  const of = (name: string): string => String(params[name] ?? '');
  switch (params.reason) {
    case 'unsupported':
      return [`The declared encoding ${of('encoding')} is not supported`, 'Export as UTF-8'];
    case 'contradiction':
      return [
        `The XML declaration says ${of('encoding')}, but the bytes of the file are ${of('actual')}`,
        'Export the file again so that its first line names the encoding it is written in, best UTF-8',
      ];
    default:
      return [
        `The byte ${of('byte')} at offset ${of('offset')} is not ${of('encoding')}`,
        of('guess') === ''
          ? 'Export as UTF-8'
          : `Export as UTF-8, or declare encoding="${of('guess')}" in the first line`,
      ];
  }
}

function wellFormednessWords(params: Problem['params']): readonly [string, string] {
  const of = (name: string): string => String(params[name] ?? '');
  switch (params.reason) {
    case 'bareAmpersand':
      return ['An ampersand stands alone', 'Write &amp; instead of &'];
    case 'unknownEntity':
      return [`Unknown entity: &${of('entity')};`, 'Write the character itself, or its number'];
    case 'wrongEndTag':
      return [
        `Unexpected end tag: </${of('actual')}>; </${of('expected')}> was expected (opened on line ${of('openedLine')})`,
        'Check that all opening tags have matching closing tags',
      ];
    case 'strayEndTag':
      return [`Unexpected end tag: </${of('actual')}>`, 'Check that all opening tags have matching closing tags'];
    case 'unclosedElement':
      return [
        `The file ends before </${of('element')}> (opened on line ${of('openedLine')})`,
        'The file is cut off: make the export again',
      ];
    case 'unfinished':
      return ['The file ends in the middle of a tag', 'The file is cut off: make the export again'];
    case 'noRoot':
      return ['The file does not start as XML', 'Check that the right file was chosen'];
    case 'duplicateAttribute':
      return [`The attribute ${of('name')} is given twice`, 'Remove one of them'];
    case 'unboundPrefix':
      return [`The prefix ${of('prefix')} has no namespace`, `Declare xmlns:${of('prefix')} on the root element`];
    case 'badNamespace':
      return [`The declaration ${of('name')} breaks the rules of XML namespaces`, 'Remove the declaration'];
    case 'controlCharacter':
      return [`The character ${of('codePoint')} is not allowed in XML`, 'Remove the character in the billing system'];
    case 'other':
      return [`Not well-formed: ${of('detail')}`, 'Check the place in the file'];
    default:
      return [`Not well-formed (${of('reason')})`, 'Check the place in the file'];
  }
}
