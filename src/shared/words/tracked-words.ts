// Words for what a peer says about an invoice after it was sent. States are the peer's own; one that is not known is shown as it came.

import type { Language } from '../schema/settings.ts';

/** Kinds of facts, as the store keeps them. */
export const trackedFacts = ['state', 'history', 'payment', 'credited', 'dunning', 'document'] as const;

/** Said of an order that Svea has turned into an invoice. */
const deliveredAtPeer: Readonly<Record<Language, string>> = {
  sv: 'levererad, kan vänta på godkännande i Sveas administration',
  nb: 'levert, kan vente på godkjenning i Sveas administrasjon',
  en: 'delivered, may await approval in Svea’s administration',
};

/** SendRegning's states (guide, Invoice status), and Svea's. */
const states: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  start: { sv: 'skapad', nb: 'opprettet', en: 'made' },
  sent: { sv: 'skickad', nb: 'sendt', en: 'sent' },
  dueSr: {
    sv: 'förfallen, påminns av SendRegning',
    nb: 'forfalt, purres av SendRegning',
    en: 'due, dunned by SendRegning',
  },
  dueDecide: { sv: 'förfallen, att besluta om', nb: 'forfalt, til beslutning', en: 'due, to be decided' },
  dunnedNotDue: { sv: 'påmind, ej förfallen', nb: 'purret, ikke forfalt', en: 'dunned, not due' },
  collectionDue: { sv: 'inkassovarsel förfallet', nb: 'inkassovarsel forfalt', en: 'collection notice due' },
  collection: { sv: 'hos inkasso', nb: 'til inkasso', en: 'in collection' },
  lost: { sv: 'avskriven', nb: 'tapt', en: 'lost' },
  deliveredAtPeer,
  paid: { sv: 'betald', nb: 'betalt', en: 'paid' },
};

/** A peer's state in words. */
export function stateWord(state: string, language: Language): string {
  return Object.hasOwn(states, state) ? (states[state]?.[language] ?? state) : state;
}

/** The states of an entry in words, by the names the sentences use. */
export function trackedStates(
  facts: Readonly<Record<string, string | number | null>>,
  language: Language,
): Readonly<Record<string, string>> {
  const word = (name: string): string => stateWord(String(facts[name] ?? ''), language);
  return { stateWord: word('state'), fromWord: word('from'), toWord: word('to') };
}
