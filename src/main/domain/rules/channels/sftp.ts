// What the print vendor's channel asks at import: file names are made of invoice numbers.

import { safeFilePart } from '../../document-name.ts';
import { defineRule, finding, noFindings } from '../define-rule.ts';
import type { ChannelRules } from './channel-rules.ts';

/** `channel.sftp.name`: the number can't stand as it is in the file's name, so the vendor will see another. Nothing is lost: the index lists both. */
const name = defineRule('channel.sftp.name', ({ invoiceNumber }) => {
  if (invoiceNumber === null || safeFilePart(invoiceNumber) === invoiceNumber) return noFindings;
  const fileName = safeFilePart(invoiceNumber);
  return [
    finding('channel.sftp.name', {
      field: 'invoiceNumber',
      found: invoiceNumber,
      expected: fileName,
      params: { fileName },
    }),
  ];
});

/** Rules of the print vendor's channel. */
export const sftpRules: ChannelRules = { channel: 'sftp', rules: [name] };
