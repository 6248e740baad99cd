// The panel about the metering point: its facts on the left, the chart of the months on the right. First page only.

import type { EnergyView } from './energy-view.ts';
import type { FixedItem } from './fixed-items.ts';
import { pt } from './layout.ts';
import { breakLines, labelAt, lineAt } from './page-tools.ts';
import type { PageTools } from './page-tools.ts';

/** Draws the panel at its fixed place. */
export function energyPanel(energy: EnergyView, tools: PageTools): FixedItem[] {
  return [...panelFacts(energy, tools), ...(energy.months.length === 0 ? [] : chart(energy, tools))];
}

function panelFacts(energy: EnergyView, tools: PageTools): FixedItem[] {
  const { colours, margin, energy: place } = tools.layout;
  const x = pt(margin.left);
  const valueX = x + pt(31);
  const width = pt(place.chartLeft) - valueX - pt(5);
  const bottom = pt(place.top + place.height);
  const leading = 11.6;
  const nodes: FixedItem[] = [];
  let y = pt(place.top);
  energy.facts.forEach(({ label, text }, index) => {
    const isBold = index === 0;
    const lines = breakLines(tools, text, { size: 8, bold: isBold, width, most: 2 });
    if (y + lines.length * leading > bottom) return;
    nodes.push(labelAt(tools, { x, y, text: label }, { size: 8, color: colours.muted, width: pt(30) }));
    for (const line of lines) {
      nodes.push(lineAt(tools, { x: valueX, y, text: line }, { size: 8, bold: isBold, color: colours.ink, width }));
      y += leading;
    }
  });
  return nodes;
}

/** Bars with their values above and months below; the latest month in the accent colour. */
function chart(energy: EnergyView, tools: PageTools): FixedItem[] {
  const { colours, energy: place } = tools.layout;
  const left = pt(place.chartLeft);
  const width = pt(place.chartWidth);
  const floor = pt(place.top + place.height) - 13;
  const tallest = floor - pt(place.top) - 24;
  const pitch = Math.min(width / energy.months.length, width / 8);
  const barWidth = pitch * 0.62;
  const bars: FixedItem[] = [];
  const labels: FixedItem[] = [];
  energy.months.forEach((month, index) => {
    const isLatest = index === energy.months.length - 1;
    const x = left + index * pitch;
    const height = Math.round(month.share * tallest * 100) / 100;
    if (height > 0) {
      const color = isLatest ? colours.accent : colours.bar;
      bars.push({
        kind: 'area',
        x: x + (pitch - barWidth) / 2,
        y: floor - height,
        width: barWidth,
        height,
        radius: 0,
        color,
      });
    }
    const style = {
      size: 5.8,
      align: 'center',
      width: pitch,
      bold: isLatest,
      color: isLatest ? colours.ink : colours.muted,
    } as const;
    labels.push(lineAt(tools, { x, y: floor - height - 8.5, text: month.value }, style));
    labels.push(lineAt(tools, { x, y: floor + 3, text: month.label }, style));
  });
  return [
    labelAt(tools, { x: left, y: pt(place.top), text: energy.chartTitle }, { size: 8, color: colours.muted, width }),
    ...bars,
    { kind: 'rule', x1: left, x2: left + pitch * energy.months.length, y: floor, color: colours.line, dash: 0 },
    ...labels,
  ];
}
