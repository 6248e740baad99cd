// What the energy vendors' own formats must hold beside the sums: the metering point, its area and readings that agree. Warnings.

import type { InvoiceLine } from '../../../../shared/schema/invoice.ts';
import { addDecimals, compareDecimals, parseDecimal } from '../../decimal.ts';
import type { Decimal } from '../../decimal.ts';
import { defineRule, finding, noFindings } from '../define-rule.ts';
import type { RuleSet } from '../rule-set.ts';

const areas = /^(?:SE[1-4]|NO[1-5])$/u;
/** Readings and consumption are rounded to whole kWh one by one. */
const roundingKwh = { digits: 1n, scale: 0 };

/** An invoice for energy says at which metering point it was used. */
const missing = defineRule('vendor.metering.missing', ({ metering, lines }) => {
  if ((metering !== null && metering.meteringPointId !== null) || !lines.some(isEnergy)) return noFindings;
  return [finding('vendor.metering.missing', { field: 'metering.meteringPointId', expected: '735999100000000010' })];
});

function isEnergy({ kind, unit }: InvoiceLine): boolean {
  return kind === 'energy' && unit?.toUpperCase() === 'KWH';
}

/** The price area is one of SE1 to SE4 and NO1 to NO5; three letters name a grid area. */
const area = defineRule('vendor.metering.area', ({ metering }) => {
  const text = metering?.area ?? null;
  if (text === null || areas.test(text)) return noFindings;
  return [finding('vendor.metering.area', { field: 'metering.area', found: text, expected: 'SE1–SE4, NO1–NO5' })];
});

/** Reading at the end less reading at the start is the consumption. Silent where the meter has gone round or was changed. */
const readings = defineRule('vendor.metering.readings', ({ metering }) => {
  const { readingStart: start, readingEnd: end, consumptionKwh: stated } = metering ?? noMetering;
  if (start === null || end === null || stated === null || areReadingsRight(start, end, stated)) return noFindings;
  return [
    finding('vendor.metering.readings', {
      field: 'metering.consumptionKwh',
      found: stated,
      params: { consumption: stated, start, end },
    }),
  ];
});

const noMetering = { readingStart: null, readingEnd: null, consumptionKwh: null } as const;
/** Nearly all readings are whole: plain arithmetic is exact for so few digits. */
const wholeNumber = /^\d{1,12}$/u;

function areReadingsRight(start: string, end: string, stated: string): boolean {
  if (wholeNumber.test(start) && wholeNumber.test(end) && wholeNumber.test(stated)) {
    const used = Number(end) - Number(start);
    return used < 0 || Math.abs(used - Number(stated)) <= 1;
  }
  const from = parseDecimal(start);
  const to = parseDecimal(end);
  const consumption = parseDecimal(stated);
  if (from === null || to === null || consumption === null || compareDecimals(to, from) < 0) return true;
  const off = addDecimals(addDecimals(to, negated(from)), negated(consumption));
  return compareDecimals(off.digits < 0n ? negated(off) : off, roundingKwh) <= 0;
}

function negated({ digits, scale }: Decimal): Decimal {
  return { digits: -digits, scale };
}

/** The formats are assumed until a real file has been seen, and so are these rules. */
export const vendorSet: RuleSet = {
  id: 'vendor',
  version: '2026-11-21',
  scope: 'vendorFormats',
  applies: (_invoice, { format }) => format === 'GASEL',
  rules: [missing, area, readings],
};
