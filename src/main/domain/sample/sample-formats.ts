// The formats a sample can be written in. Names as typed after --format.

import type { SampleWriter } from './sample-writer.ts';
import { gaselSample } from './write-sample-invoice.ts';
import { sendRegningSample } from './write-sample-sendregning.ts';
import { svefakturaSample } from './write-sample-svefaktura.ts';
import { swedwiseSample } from './write-sample-swedwise.ts';
import { ublCreditNoteSample, ublSample } from './write-sample-ubl.ts';
import { xellentSample } from './write-sample-xellent.ts';
import { zynergySample } from './write-sample-zynergy.ts';

/** Names of formats that samples can be written in; the first is the usual one. */
export const sampleFormats = [
  'gasel',
  'xellent',
  'zynergy',
  'ubl',
  'en-16931',
  'peppol-bis',
  'ehf',
  'ehf-forward-billing',
  'ehf-2',
  'oioubl',
  'svefaktura',
  'swedwise',
  'sendregning',
  'ubl-creditnote',
  'en-16931-creditnote',
  'peppol-bis-creditnote',
  'ehf-creditnote',
  'ehf-forward-billing-creditnote',
  'ehf-2-creditnote',
  'oioubl-creditnote',
] as const;
/** One of {@link sampleFormats}. */
export type SampleFormat = (typeof sampleFormats)[number];

/** The writer of each format. */
export const sampleWriters: Readonly<Record<SampleFormat, SampleWriter>> = {
  gasel: gaselSample,
  xellent: xellentSample,
  zynergy: zynergySample,
  ubl: ublSample('ubl'),
  'en-16931': ublSample('en-16931'),
  'peppol-bis': ublSample('peppol-bis'),
  ehf: ublSample('ehf'),
  'ehf-forward-billing': ublSample('ehf-forward-billing'),
  'ehf-2': ublSample('ehf-2'),
  oioubl: ublSample('oioubl'),
  svefaktura: svefakturaSample,
  swedwise: swedwiseSample,
  sendregning: sendRegningSample,
  'ubl-creditnote': ublCreditNoteSample('ubl-creditnote'),
  'en-16931-creditnote': ublCreditNoteSample('en-16931-creditnote'),
  'peppol-bis-creditnote': ublCreditNoteSample('peppol-bis-creditnote'),
  'ehf-creditnote': ublCreditNoteSample('ehf-creditnote'),
  'ehf-forward-billing-creditnote': ublCreditNoteSample('ehf-forward-billing-creditnote'),
  'ehf-2-creditnote': ublCreditNoteSample('ehf-2-creditnote'),
  'oioubl-creditnote': ublCreditNoteSample('oioubl-creditnote'),
};
