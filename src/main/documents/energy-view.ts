// The metering point and the consumption of an energy invoice in words, and the months of the chart. No drawing.

import type { Invoice } from '../../shared/schema/invoice.ts';
import { formatDecimal, formatMeteringPoint, monthName } from './format-values.ts';
import type { LabelledText, ViewTools } from './view-tools.ts';
import { addressLines } from './party-view.ts';

/** One bar of the chart. */
export interface MonthView {
  /** Short month name; with the year where a new one begins. */
  readonly label: string;
  /** Text over the bar. */
  readonly value: string;
  /** Height of the bar, 0 to 1 of the tallest. */
  readonly share: number;
}

/** What the energy panel shows. */
export interface EnergyView {
  readonly facts: readonly LabelledText[];
  /** Heading of the chart with its unit. */
  readonly chartTitle: string;
  /** Oldest first, at most 13; empty where the source has no history. */
  readonly months: readonly MonthView[];
}

const longestHistory = 13;

/** From this many kWh a month on, the chart counts in MWh: longer numbers would not fit over their bars. */
const kwhShownAsMwh = 10_000;

/** The panel's content, or null when the invoice concerns no metering point. */
export function energyView(invoice: Invoice, tools: ViewTools): EnergyView | null {
  const { metering } = invoice;
  if (metering === null) return null;
  const { words, fact, language } = tools;
  const decimal = (text: string | null): string => (text === null ? '' : formatDecimal(text, language));
  const readings = [metering.readingStart, metering.readingEnd].map(decimal).filter((text) => text !== '');
  const site = metering.siteAddress === null ? '' : addressLines(metering.siteAddress, null, tools).join(', ');
  const facts = [
    ...fact(
      words.consumption,
      metering.consumptionKwh === null ? null : `${decimal(metering.consumptionKwh)}\u00A0kWh`,
    ),
    ...fact(words.meteringPoint, metering.meteringPointId && formatMeteringPoint(metering.meteringPointId)),
    ...fact(words.siteAddress, tools.clean(site, 80)),
    ...fact(words.area, metering.area),
    ...fact(words.gridArea, metering.gridArea),
    ...fact(words.meterNumber, metering.meterNumber),
    ...fact(words.reading, readings.join(' – ')),
  ];
  const months = metering.history.slice(-longestHistory);
  if (facts.length === 0 && months.length === 0) return null;
  return { facts, ...chartOf(months, tools) };
}

/** Bar heights may be floats: they are drawn, not added up. */
function chartOf(
  history: readonly { readonly month: string; readonly kwh: string }[],
  { words, language }: ViewTools,
): Pick<EnergyView, 'chartTitle' | 'months'> {
  const amounts = history.map(({ kwh }) => (/^\d+(\.\d+)?$/u.test(kwh) ? Number(kwh) : 0));
  const highest = Math.max(1, ...amounts);
  const isMwh = highest >= kwhShownAsMwh;
  const months = history.map(({ month }, index): MonthView => {
    const [year = '', number = ''] = month.split('-');
    const isNewYear = index === 0 || number === '01';
    const kwh = amounts[index] ?? 0;
    return {
      label: monthName(Number(number), language) + (isNewYear ? ` ${year.slice(-2)}` : ''),
      value: isMwh
        ? formatDecimal((kwh / 1000).toFixed(1), language)
        : formatDecimal(Math.round(kwh).toString(), language),
      share: kwh / highest,
    };
  });
  return { chartTitle: `${words.history}, ${isMwh ? 'MWh' : 'kWh'}`, months };
}
