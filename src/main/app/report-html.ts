// The page that a report is saved as: one file that holds everything it needs, opens anywhere, prints, and loads nothing.

import type { Language } from '../../shared/schema/settings.ts';

const style = `
  :root { color-scheme: light; }
  body { margin: 0 auto; padding: 24px; max-width: 1080px; color: #1c1d20; background: #fff;
    font: 14px/1.45 "Segoe UI", -apple-system, "Noto Sans", system-ui, sans-serif; font-variant-numeric: tabular-nums; }
  h1 { margin: 0 0 12px; font-size: 22px; }
  h2 { margin: 32px 0 4px; font-size: 16px; }
  p { margin: 4px 0; max-width: 75ch; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 0 0 20px; }
  dt, .rule, .soft { color: #53565d; }
  dd { margin: 0; overflow-wrap: anywhere; }
  table { width: 100%; margin: 8px 0; border-collapse: collapse; }
  th, td { padding: 4px 8px; border-bottom: 1px solid #d8d8d4; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
  th { color: #53565d; font-weight: 600; white-space: nowrap; overflow-wrap: normal; }
  .number { text-align: right; }
  .number, .moment { white-space: nowrap; }
  code, .rule { font-family: Consolas, "DejaVu Sans Mono", monospace; font-size: 12.5px; }
  .error { color: #b3232b; } .warning { color: #8f4a06; } .info { color: #4d5a6e; }
  @media print {
    body { padding: 0; max-width: none; font-size: 10pt; }
    h2 { break-after: avoid; } tr { break-inside: avoid; } thead { display: table-header-group; }
  }`;

/** The whole page. `title` is text; `body` is HTML whose text went through `escaped`. */
export function reportPage({
  language,
  title,
  body,
}: {
  readonly language: Language;
  readonly title: string;
  readonly body: string;
}): string {
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${style}
</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${body}
</body>
</html>
`;
}

/** Names and values as a list; those without a value are left out. */
export function factList(facts: readonly (readonly [string, string | null])[]): string {
  const rows = facts.flatMap(([name, value]) =>
    value === null ? [] : [`<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`],
  );
  return `<dl>\n${rows.join('\n')}\n</dl>`;
}

/** Text as HTML shows it, in an element or an attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/gu, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? '&quot;');
}
