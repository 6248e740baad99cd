// All areas of the catalogue by name. A feature adds its file here and nowhere else.

import { accountWords } from './areas/account.ts';
import { attentionWords } from './areas/attention.ts';
import { batchWords } from './areas/batch.ts';
import { batchesWords } from './areas/batches.ts';
import { commonWords } from './areas/common.ts';
import { compareWords } from './areas/compare.ts';
import { deliveriesWords } from './areas/deliveries.ts';
import { formatsWords } from './areas/formats.ts';
import { fixesWords } from './areas/fixes.ts';
import { frameWords } from './areas/frame.ts';
import { invoiceWords } from './areas/invoice.ts';
import { limitsWords } from './areas/limits.ts';
import { laneWords } from './areas/lanes.ts';
import { emailMoreWords } from './areas/email-more.ts';
import { namePatternWords } from './areas/name-pattern.ts';
import { mailTextsWords } from './areas/mail-texts.ts';
import { practiceWords } from './areas/practice.ts';
import { problemsWords } from './areas/problems.ts';
import { releaseWords } from './areas/release.ts';
import { rulesWords } from './areas/rules.ts';
import { settingsWords } from './areas/settings.ts';
import { sourceWords } from './areas/source.ts';
import { storageWords } from './areas/storage.ts';
import { sendRegningWords } from './areas/sendregning.ts';
import { sveaWords } from './areas/svea.ts';
import { steerWords } from './areas/steer.ts';
import type { WordKey } from './define.ts';

/** Area → its words in all languages. */
export const catalogue = {
  account: accountWords,
  attention: attentionWords,
  batch: batchWords,
  batches: batchesWords,
  common: commonWords,
  compare: compareWords,
  deliveries: deliveriesWords,
  formats: formatsWords,
  fixes: fixesWords,
  frame: frameWords,
  emailMore: emailMoreWords,
  invoice: invoiceWords,
  mailTexts: mailTextsWords,
  lanes: laneWords,
  limits: limitsWords,
  namePattern: namePatternWords,
  practice: practiceWords,
  problems: problemsWords,
  release: releaseWords,
  rules: rulesWords,
  settings: settingsWords,
  source: sourceWords,
  steer: steerWords,
  storage: storageWords,
  sendregning: sendRegningWords,
  svea: sveaWords,
} as const;

/** Name of an area. */
export type Area = keyof typeof catalogue;

/** Keys of an area, plural pairs counted once. */
export type KeyOf<A extends Area> = WordKey<Extract<keyof (typeof catalogue)[A]['sv'], string>>;
