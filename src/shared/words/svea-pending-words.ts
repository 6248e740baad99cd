// Why Svea still looks at an order, in three languages. A reason that is not known is shown as it came.

import type { Language } from '../schema/settings.ts';

const reasons: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  SMSOnHighAmount: {
    sv: 'Kunden ska bekräfta det höga beloppet med sms',
    nb: 'Kunden skal bekrefte det høye beløpet med SMS',
    en: 'The customer is to confirm the high amount by text message',
  },
  HighAmount: { sv: 'Beloppet är högt', nb: 'Beløpet er høyt', en: 'The amount is high' },
  UseOfDeliveryAddress: {
    sv: 'Leveransadressen är en annan än folkbokföringens',
    nb: 'Leveringsadressen er en annen enn den folkeregistrerte',
    en: 'The delivery address is not the registered one',
  },
  UseOfUnofficialDeliveryAddressB2B: {
    sv: 'Företagets leveransadress är inte den registrerade',
    nb: 'Bedriftens leveringsadresse er ikke den registrerte',
    en: 'The company’s delivery address is not the registered one',
  },
  PendingScoringDecision: {
    sv: 'Kreditbedömningen är inte klar',
    nb: 'Kredittvurderingen er ikke ferdig',
    en: 'The credit assessment is not done',
  },
  AffordabilityAssessment: {
    sv: 'Kundens betalningsförmåga bedöms',
    nb: 'Kundens betalingsevne vurderes',
    en: 'The customer’s ability to pay is being assessed',
  },
  BankId: {
    sv: 'Kunden ska legitimera sig med BankID',
    nb: 'Kunden skal legitimere seg med BankID',
    en: 'The customer is to identify with BankID',
  },
};

/** A reason in words. */
export function sveaPendingWord(reason: string, language: Language): string {
  return Object.hasOwn(reasons, reason) ? (reasons[reason]?.[language] ?? reason) : reason;
}
