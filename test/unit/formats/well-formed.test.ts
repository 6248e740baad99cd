// Documents that are not well-formed are refused at the right place, and sound ones are not; libxml2 is asked as well.

import { XmlDocument } from 'libxml2-wasm';
import { describe, expect, it } from 'vitest';
import { checkWellFormed } from '../../../src/main/formats/check-well-formed.ts';
import type { XmlFault } from '../../../src/main/formats/xml-fault.ts';
import { XmlStream } from '../../../src/main/formats/xml-stream.ts';
import type { FileRefusal } from '../../../src/main/ports/import-source.ts';
import { readInPieces } from '../../property/formats/pieces.ts';
import { batchText, invoiceText } from './gasel-text.ts';
import { profiles, withFile } from './read-text.ts';
import { illFormedDocuments, soundDocuments, unmarked } from './xml-documents.ts';

function check(content: string | Uint8Array): Promise<FileRefusal | null> {
  return withFile(content, (path) => checkWellFormed(path, new AbortController().signal));
}

/** What libxml2 says; it takes DOCTYPE and some encodings that are refused here. */
function isSoundForLibxml2(content: string | Uint8Array): boolean {
  try {
    XmlDocument.fromBuffer(Buffer.from(content)).dispose();
    return true;
  } catch {
    return false;
  }
}

/** The outcome when every character comes alone, CRLF together. */
function outcomeByCharacter(text: string): 'more' | 'stopped' | XmlFault {
  const nobody = { startElement: () => undefined, endElement: () => undefined, text: () => undefined };
  const stream = new XmlStream(nobody);
  for (const piece of text.match(/\r\n|./gsu) ?? []) {
    const outcome = stream.write(piece);
    if (outcome !== 'more') return outcome;
  }
  return stream.end();
}

describe('a document that is not well-formed', () => {
  it.each(illFormedDocuments)('is refused at its fault: %j', async (marked, reason) => {
    const { text, place } = unmarked(marked);
    const refusal = await check(text);
    expect(refusal).toMatchObject({
      error: { code: 'INVALID_XML', details: place },
      problems: [{ ruleId: 'core.xml.wellformed', severity: 'error', ...place, params: { reason } }],
    });
    expect(isSoundForLibxml2(text)).toBe(false);
  });

  it('is refused at the same place when its characters come one by one', () => {
    for (const [marked, reason] of illFormedDocuments) {
      const { text, place } = unmarked(marked.replace(/^¦?\ufeff/, (start) => start.slice(0, -1)));
      expect({ text, outcome: outcomeByCharacter(text) }).toMatchObject({
        text,
        outcome: { start: place, params: { reason } },
      });
    }
  });

  it('is no better read inside a plainly written invoice', () => {
    const set = profiles();
    let refused = 0;
    for (const [marked] of illFormedDocuments) {
      const { text } = unmarked(marked);
      const batch = batchText([invoiceText(), invoiceText({ id: '1002', extra: text }), invoiceText({ id: '1003' })]);
      const bytes = Buffer.from(batch);
      const [fast, slow] = [readInPieces(bytes, [], set), readInPieces(bytes, [], set, { isTokenizedOnly: true })];
      expect(fast.refusal?.problems).toEqual(slow.refusal?.problems);
      expect(fast.invoices).toEqual(slow.invoices);
      if (slow.refusal !== null) refused++;
    }
    expect(refused).toBeGreaterThan(200);
  });
});

describe('a well-formed document', () => {
  it.each(soundDocuments)('is taken: %j', async (text) => {
    expect(await check(text)).toBeNull();
    expect(isSoundForLibxml2(text)).toBe(true);
    expect(outcomeByCharacter(text.replace(/^\ufeff/, ''))).toBe('more');
  });
});

describe('DOCTYPE', () => {
  it.each([
    '¦<!DOCTYPE a><a/>',
    '<!-- c -->\n<?p i?> ¦<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    '¦<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    '<a/>\n¦<!DOCTYPE a>',
    '<a>¦<!DOCTYPE a></a>',
    '¦<!DOCTYPE a [ <!-- never closed',
  ])('is refused wherever it stands: %j', async (marked) => {
    const { text, place } = unmarked(marked);
    expect(await check(text)).toMatchObject({
      error: { code: 'INVALID_XML' },
      problems: [{ ruleId: 'core.xml.doctype', ...place }],
    });
  });
});

describe('the encoding', () => {
  const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
  const wide = (text: string): Buffer => utf16(text).swap16();
  const declared = (name: string): string => `<?xml version="1.0" encoding="${name}"?><a>å</a>`;

  it.each([
    ['UTF-8 without a declaration', Buffer.from('<a>å😀</a>')],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${declared('utf-8')}`)],
    ['UTF-16LE with a byte order mark', utf16(`\ufeff${declared('UTF-16')}`)],
    ['UTF-16BE with a byte order mark', wide(`\ufeff${declared('UTF-16')}`)],
    ['UTF-16LE without a byte order mark', utf16(declared('UTF-16LE'))],
    ['UTF-16BE without a byte order mark', wide(declared('utf-16be'))],
    ['ISO-8859-1', Buffer.from(declared('ISO-8859-1'), 'latin1')],
    ['ISO-8859-1 under another name', Buffer.from(declared('Latin1'), 'latin1')],
    ['Windows-1252', Buffer.from(declared('Windows-1252').replace('å', '\x80'), 'latin1')],
    ['US-ASCII', Buffer.from(declared('us-ascii').replace('å', '&#229;'))],
  ])('is read: %s', async (_name, bytes) => {
    expect(await check(bytes)).toBeNull();
  });

  it.each([
    ['a name that nobody knows', Buffer.from(declared('NOPE-8')), 'unsupported', 31],
    ['one that is not read', Buffer.from(declared('ISO-8859-15'), 'latin1'), 'unsupported', 31],
    ['a name of 60 letters', Buffer.from(declared('x'.repeat(60))), 'unsupported', 31],
    [
      'a name after 3,000 spaces',
      Buffer.from(declared('EUC-JP').replace(' enc', `${' '.repeat(3000)}enc`)),
      'unsupported',
      3030,
    ],
    ['a name every object has', Buffer.from(declared('constructor')), 'unsupported', 31],
    ['UTF-32 with a byte order mark', Buffer.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0]), 'unsupported', 1],
    ['EBCDIC', Buffer.from([0x4c, 0x6f, 0xa7, 0x94, 0x93]), 'unsupported', 1],
    ['UTF-16 in UTF-8', Buffer.from(declared('utf-16')), 'contradiction', 31],
    ['UTF-8 in UTF-16', utf16(`\ufeff${declared('UTF-8')}`), 'contradiction', 31],
    ['UTF-16BE in UTF-16LE', utf16(`\ufeff${declared('UTF-16BE')}`), 'contradiction', 31],
    ['ISO-8859-1 after the mark of UTF-8', Buffer.from(`\ufeff${declared('ISO-8859-1')}`), 'contradiction', 31],
  ])('is refused at its name when it is %s', async (_name, bytes, reason, column) => {
    expect(await check(bytes)).toMatchObject({
      error: { code: 'INVALID_XML' },
      problems: [{ ruleId: 'core.encoding', line: 1, column, params: { reason } }],
    });
  });

  it('is not looked for beyond a cap', async () => {
    const text = declared('UTF-8').replace(' enc', `${' '.repeat(5000)}enc`);
    expect(await check(text)).toMatchObject({
      problems: [{ ruleId: 'core.xml.limit', params: { limit: 'declaration', max: 4096 } }],
    });
  });

  const before = '<a>\r\n<b>å😀\t';
  const one = (declaration: string, byte: number): Buffer =>
    Buffer.from(`${declaration}<a>\r\n<b>\t\xe5${String.fromCharCode(byte)}</b></a>`, 'latin1');
  it.each([
    [
      'a byte of Latin-1 in UTF-8',
      Buffer.concat([Buffer.from(before), Buffer.from([0xe5]), Buffer.from('</b></a>')]),
      '0xE5',
      15,
      2,
      7,
    ],
    [
      'an overlong character',
      Buffer.concat([Buffer.from(before), Buffer.from([0xc0, 0xaf]), Buffer.from('</b></a>')]),
      '0xC0',
      15,
      2,
      7,
    ],
    [
      'a surrogate in UTF-8',
      Buffer.concat([Buffer.from(before), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('</b></a>')]),
      '0xED',
      15,
      2,
      7,
    ],
    [
      'a character beyond Unicode',
      Buffer.concat([Buffer.from(before), Buffer.from([0xf4, 0x90, 0x80, 0x80]), Buffer.from('</b></a>')]),
      '0xF4',
      15,
      2,
      7,
    ],
    [
      'a file cut inside a character',
      Buffer.concat([Buffer.from(before), Buffer.from([0xe2, 0x82])]),
      '0xE2',
      15,
      2,
      7,
    ],
    ['a stray continuation byte', Buffer.concat([Buffer.from(before), Buffer.from([0x80])]), '0x80', 15, 2, 7],
    ['a lone surrogate in UTF-16', utf16(`\ufeff${before}\ud83dx</b></a>`), '0x3D', 26, 2, 7],
    ['half a code unit at the end', Buffer.concat([utf16(`\ufeff${before}`), Buffer.from([0x3c])]), '0x3C', 26, 2, 7],
    ['a byte that Windows-1252 has not', one('<?xml version="1.0" encoding="windows-1252"?>', 0x81), '0x81', 55, 2, 6],
    ['a letter in US-ASCII', one('<?xml version="1.0" encoding="us-ascii"?>', 0x41), '0xE5', 50, 2, 5],
  ])('is checked byte by byte: %s', async (_name, bytes, byte, offset, line, column) => {
    const refusal = await check(bytes);
    expect(refusal).toMatchObject({
      error: { code: 'INVALID_XML' },
      problems: [{ ruleId: 'core.encoding', line, column, params: { reason: 'badByte', byte, offset } }],
    });
    expect(bytes[offset]).toBe(Number(byte));
  });
});
