// What axe finds in a page as it is now. Injected through the debugger, because the page's content policy allows no script of a test's.

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** Every violation as one line a place: rule, what it asks for, element. Empty when there is none. Another theme can only change `colours`. */
export async function accessibilityFaults(
  page: Page,
  about: 'everything' | 'colours' = 'everything',
): Promise<readonly string[]> {
  // Legacy mode: without a second page, which the host's token does not open. Left out is the component library's own log of what it has
  // said to screen readers: for seconds it keeps pointing at buttons that have gone.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).exclude('[data-live-announcer]');
  const { violations } = await (about === 'colours' ? axe.withRules(['color-contrast']) : axe).analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, html, any }) => [id, help, target.join(' '), html.slice(0, 160), any[0]?.message].join(' | ')),
  );
}
