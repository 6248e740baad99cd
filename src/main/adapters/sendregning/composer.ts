// The document of an invoice for SendRegning: its own part of a request, frozen at release and sent unchanged.

import type { ChannelConfig, SendRegningConfig } from '../../../shared/schema/connection.ts';
import { err, ok } from '../../../shared/result.ts';
import type { DocumentComposer } from '../../ports/channel-adapter.ts';
import { mapInvoice } from './map-invoice.ts';
import { writeInvoice } from './requests.ts';

/** Composes by the connection's choice of shipment. */
export const sendRegningComposer: DocumentComposer = {
  steps: 1,
  compose: (invoice, config, chosen) => {
    const { shipment } = sendRegningConfigOf(config);
    // The service's own number of the invoice, which it gave when it took it; the source has the seller's.
    const invoiceNo = chosen?.credited?.invoiceNo;
    const creditedId = typeof invoiceNo === 'string' ? invoiceNo : null;
    const mapped = mapInvoice(invoice, { shipment, creditedId, lists: chosen?.lists ?? null });
    if (!mapped.ok) return err(mapped.error);
    const { sws, totalMinor } = mapped.value;
    return ok({
      bytes: Buffer.from(writeInvoice(sws)),
      extension: 'xml',
      // What it is found by at the service.
      target: sws.clientId,
      // The service writes a credit with the same sign as what it credits; here it is money the other way.
      payable: { amountMinor: invoice.kind === 'creditNote' ? -totalMinor : totalMinor, currency: 'NOK' },
    });
  },
};

/** The settings, where they are this channel's. */
export function sendRegningConfigOf(config: ChannelConfig): SendRegningConfig {
  if (config.channel !== 'sendregning') throw new TypeError('the SendRegning adapter was given another channel');
  return config;
}
