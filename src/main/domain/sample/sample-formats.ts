// The formats a sample can be written in. Names as typed after --format.

import type { SampleWriter } from './sample-writer.ts';
import { gaselSample } from './write-sample-invoice.ts';
import { sendRegningSample } from './write-sample-sendregning.ts';
import { svefakturaSample } from './write-sample-svefaktura.ts';
import { swedwiseSample } from './write-sample-swedwise.ts';
import { ublSample } from './write-sample-ubl.ts';
import { xellentSample } from './write-sample-xellent.ts';
import { zynergySample } from './write-sample-zynergy.ts';

/** Names of formats that samples can be written in; the first is the usual one. */
export const sampleFormats = [
  'gasel',
  'xellent',
  'zynergy',
  'ubl',
  'peppol-bis',
  'ehf',
  'ehf-forward-billing',
  'ehf-2',
  'oioubl',
  'svefaktura',
  'swedwise',
  'sendregning',
] as const;
/** One of {@link sampleFormats}. */
export type SampleFormat = (typeof sampleFormats)[number];

/** The writer of each format. */
export const sampleWriters: Readonly<Record<SampleFormat, SampleWriter>> = {
  gasel: gaselSample,
  xellent: xellentSample,
  zynergy: zynergySample,
  ubl: ublSample('ubl'),
  'peppol-bis': ublSample('peppol-bis'),
  ehf: ublSample('ehf'),
  'ehf-forward-billing': ublSample('ehf-forward-billing'),
  'ehf-2': ublSample('ehf-2'),
  oioubl: ublSample('oioubl'),
  svefaktura: svefakturaSample,
  swedwise: swedwiseSample,
  sendregning: sendRegningSample,
};
