// What e-mail addresses are sent to: the part of RFC 5321 that mail servers take in practice. No quoted names, no address literals.

/** Why an address can't be used. */
export type EmailFault =
  | 'empty'
  | 'controlCharacter'
  | 'space'
  | 'noAt'
  | 'severalAt'
  | 'tooLong'
  | 'localTooLong'
  | 'localPart'
  | 'localNotAscii'
  | 'domain';

/** RFC 5321 4.5.3.1.3, without the angle brackets. */
const maxLength = 254;
/** RFC 5321 4.5.3.1.1. */
const maxLocalLength = 64;
/** RFC 5321 4.5.3.1.2. */
const maxDomainLength = 253;
/** RFC 1035 2.3.4. */
const maxLabelLength = 63;

/** The first thing wrong with an address, null when it can be used. The domain may be internationalised, the name before @ may not. */
export function emailFault(text: string): EmailFault | null {
  if (text === '') return 'empty';
  let at = -1;
  let hasSpace = false;
  let hasSeveral = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (isControl(code)) return 'controlCharacter';
    if (code === 32 || code === 0xa0) hasSpace = true;
    if (code !== 64) continue;
    if (at >= 0) hasSeveral = true;
    at = index;
  }
  if (hasSpace) return 'space';
  if (at < 0) return 'noAt';
  if (hasSeveral) return 'severalAt';
  if (text.length > maxLength) return 'tooLong';
  if (at > maxLocalLength) return 'localTooLong';
  return localFault(text, at) ?? (isDomain(text.slice(at + 1)) ? null : 'domain');
}

/** Whether mail can be sent to the address as far as its form tells. */
export function isEmailAddress(text: string): boolean {
  return emailFault(text) === null;
}

/** C0, DEL, C1, line and paragraph separators, zero-width and direction marks: nothing that may reach a header. */
function isControl(code: number): boolean {
  if (code < 32 || (code >= 127 && code <= 159)) return true;
  if (code < 0x200b) return false;
  return code <= 0x200f || (code >= 0x2028 && code <= 0x202e) || (code >= 0x2060 && code <= 0x206f) || code === 0xfeff;
}

/** Dot-atom of RFC 5322: letters, digits and !#$%&'*+-/=?^_`{|}~, points between. */
function localFault(text: string, end: number): EmailFault | null {
  if (end === 0 || text.charCodeAt(0) === 46 || text.charCodeAt(end - 1) === 46) return 'localPart';
  for (let index = 0; index < end; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 127) return 'localNotAscii';
    if (isLetterOrDigit(code)) continue;
    if (code === 46 ? text.charCodeAt(index + 1) === 46 : !"!#$%&'*+-/=?^_`{|}~".includes(text.charAt(index)))
      return 'localPart';
  }
  return null;
}

function isDomain(domain: string): boolean {
  if (domain.length > maxDomainLength) return false;
  if (isPlainDomain(domain)) return true;
  const labels = domain.split('.');
  const top = labels.at(-1) ?? '';
  return labels.length >= 2 && labels.every(isLabel) && top.length >= 2 && !/^\d+$/u.test(top);
}

/** Nearly every domain: two and more labels of ASCII letters, digits and inner hyphens, the last one with a letter. */
function isPlainDomain(domain: string): boolean {
  let start = 0;
  let hasLetter = false;
  for (let index = 0; index <= domain.length; index += 1) {
    const code = index < domain.length ? domain.charCodeAt(index) : 46;
    if (code === 46) {
      const length = index - start;
      if (length === 0 || length > maxLabelLength || domain.charCodeAt(index - 1) === 45) return false;
      if (index === domain.length) return start > 0 && length >= 2 && hasLetter;
      start = index + 1;
      hasLetter = false;
    } else if (code === 45 ? index === start : !isLetterOrDigit(code)) return false;
    else if (code > 57) hasLetter = true;
  }
  return false;
}

function isLabel(label: string): boolean {
  if (label === '' || label.length > maxLabelLength || label.startsWith('-') || label.endsWith('-')) return false;
  for (let index = 0; index < label.length; index += 1) {
    const code = label.charCodeAt(index);
    if (!isLetterOrDigit(code) && code !== 45 && code <= 127) return false;
  }
  return /^[\p{L}\p{M}\p{N}-]+$/u.test(label);
}

function isLetterOrDigit(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}
