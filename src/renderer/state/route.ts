// Where the operator is, as a value in the address's fragment: back and forward work, and nothing is loaded by it.

import { useSyncExternalStore } from 'react';

/** Tabs of a batch. */
export const batchTabs = ['invoices', 'problems', 'source', 'deliveries', 'proof'] as const;
/** One of {@link batchTabs}. */
export type BatchTab = (typeof batchTabs)[number];

/** Sections of the settings. */
export const settingsSections = [
  'connections',
  'organisation',
  'mailTexts',
  'formats',
  'intake',
  'rules',
  'look',
  'storage',
  'log',
  'practice',
  'about',
] as const;
/** One of {@link settingsSections}. */
export type SettingsSection = (typeof settingsSections)[number];

/** A place of a source file; `line` and `column` are 1-based. */
export interface SourcePlace {
  readonly fileOrdinal: number;
  readonly line: number;
  readonly column: number;
}

/** What the list of deliveries starts with; left out = everything. */
export const deliveriesShown = ['failed', 'unknown'] as const;
/** One of {@link deliveriesShown}. */
export type DeliveriesShown = (typeof deliveriesShown)[number];

/** Every place of the application. */
export type Route =
  | { readonly screen: 'batches' }
  | {
      readonly screen: 'batch';
      readonly batchId: string;
      readonly tab: BatchTab;
      readonly place: SourcePlace | null;
      readonly ruleId: string | null;
    }
  | { readonly screen: 'invoice'; readonly batchId: string; readonly invoiceId: number }
  | { readonly screen: 'attention' }
  | { readonly screen: 'deliveries'; readonly show?: DeliveriesShown }
  | { readonly screen: 'settings'; readonly section: SettingsSection };

/** The route of a batch's tab; `place` and `ruleId` lead to a place in the source or to one cause. */
export function batchRoute(
  batchId: string,
  tab: BatchTab,
  target: { readonly place?: SourcePlace; readonly ruleId?: string } = {},
): Route {
  return { screen: 'batch', batchId, tab, place: target.place ?? null, ruleId: target.ruleId ?? null };
}

/** The fragment of a route, with `#`. */
export function hashOf(route: Route): string {
  switch (route.screen) {
    case 'batches':
    case 'attention':
      return `#/${route.screen}`;
    case 'deliveries':
      return route.show === undefined ? '#/deliveries' : `#/deliveries/${route.show}`;
    case 'settings':
      return `#/settings/${route.section}`;
    case 'invoice':
      return `#/batches/${encodeURIComponent(route.batchId)}/invoice/${route.invoiceId}`;
    case 'batch': {
      const search = new URLSearchParams();
      if (route.place !== null) {
        search.set('file', String(route.place.fileOrdinal));
        search.set('line', String(route.place.line));
        search.set('column', String(route.place.column));
      }
      if (route.ruleId !== null) search.set('rule', route.ruleId);
      const text = search.toString();
      return `#/batches/${encodeURIComponent(route.batchId)}/${route.tab}${text === '' ? '' : `?${text}`}`;
    }
  }
}

/** Reads a fragment; anything unknown leads to the batches. */
export function routeOf(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#?\/?/u, '').split('?', 2);
  const [screen, id, part, last] = path.split('/').map(decoded);
  if (screen === 'attention') return { screen };
  if (screen === 'deliveries') {
    const show = deliveriesShown.find((name) => name === id);
    return show === undefined ? { screen } : { screen, show };
  }
  if (screen === 'settings')
    return { screen, section: settingsSections.find((section) => section === id) ?? 'connections' };
  if (screen === 'batches' && id !== undefined && id !== '') {
    if (part === 'invoice') {
      const invoiceId = positive(last ?? null);
      if (invoiceId !== null) return { screen: 'invoice', batchId: id, invoiceId };
    }
    const query = new URLSearchParams(search);
    return {
      screen: 'batch',
      batchId: id,
      tab: batchTabs.find((tab) => tab === part) ?? 'invoices',
      place: placeOf(query),
      ruleId: query.get('rule'),
    };
  }
  return { screen: 'batches' };
}

/** The route now; follows the address. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(followHash, () => window.location.hash);
  return routeOf(hash);
}

/** Goes to a route, with a new entry in the history. */
export function go(route: Route): void {
  window.location.hash = hashOf(route);
}

/** Goes to a route in place of the present one, for steps that "back" should not repeat. */
export function goInPlace(route: Route): void {
  window.location.replace(hashOf(route));
}

function followHash(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

function placeOf(query: URLSearchParams): SourcePlace | null {
  const line = positive(query.get('line'));
  if (line === null) return null;
  const fileOrdinal = Number(query.get('file') ?? '0');
  return {
    fileOrdinal: Number.isSafeInteger(fileOrdinal) && fileOrdinal >= 0 ? fileOrdinal : 0,
    line,
    column: positive(query.get('column')) ?? 1,
  };
}

function positive(text: string | null): number | null {
  const value = Number(text ?? '');
  return Number.isSafeInteger(value) && value > 0 ? value : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    // A fragment typed by hand may hold a lone "%": taken as it stands.
    if (error instanceof URIError) return text;
    throw error;
  }
}
