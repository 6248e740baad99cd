// What the print vendor's channel asks of an invoice at import: file names are made of invoice numbers. Pure: it runs in the reading thread.

import { safeFilePart } from '../../domain/document-name.ts';
import { defineRule, finding, noFindings } from '../../domain/rules/define-rule.ts';
import type { ChannelRules } from '../../ports/channel-rules.ts';

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
export const sftpRules = {
  channel: 'sftp',
  version: '2026-11-21',
  asks: 'routed',
  rules: [name],
} as const satisfies ChannelRules;
