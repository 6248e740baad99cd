// What is wrong in a format profile, in words of each language: state and what is expected. Shared by the command line and Settings.

import type { ProfileComplaint } from '../schema/format.ts';
import type { Language } from '../schema/settings.ts';

type Text = (param: (name: string) => string) => string;
type Words = Readonly<Record<ProfileComplaint['code'], Text>>;

/** The complaint as a sentence. Where it is comes apart: {@link placeOfComplaint}. */
export function wordsForComplaint({ code, params }: ProfileComplaint, language: Language): string {
  return words[language][code]((name) => params[name] ?? '');
}

/** `fields.dueDate.path`, `dialects[0].when`; empty for the file as a whole. */
export function placeOfComplaint({ at }: Pick<ProfileComplaint, 'at'>): string {
  return at.reduce<string>((path, key) => {
    if (typeof key === 'number') return `${path}[${String(key)}]`;
    const shown = /^[\w$]+$/u.test(key) ? key : `"${key}"`;
    return path === '' ? shown : `${path}.${shown}`;
  }, '');
}

const sv: Words = {
  notJson: () => 'Filen är inte giltig JSON här.',
  tooLarge: (p) => `Filen är större än ${p('limit')} byte; en profil är högst så stor.`,
  missingKey: (p) => `Nyckeln ”${p('name')}” saknas.`,
  unknownKey: (p) => `Nyckeln ”${p('name')}” finns inte i profiler.`,
  wrongShape: (p) => `Värdet av ”${p('name')}” har fel form: ${p('expected')} väntas.`,
  unknownField: (p) => `Fältet ”${p('name')}” finns inte.${meant(p('nearest'), 'Menades')}`,
  unknownList: (p) => `Listan ”${p('name')}” finns inte.${meant(p('nearest'), 'Menades')}`,
  unknownRule: (p) => `Regeln ”${p('name')}” finns inte.`,
  unknownValue: (p) => `Värdet av ”${p('name')}” ska vara något av: ${p('expected')}.`,
  wrongType: (p) => `Fältet ”${p('name')}” ska ha typen ”${p('expected')}”, inte ”${p('found')}”.`,
  noPath: (p) => `Fältet ”${p('name')}” behöver en sökväg (path) eller ett förval (default).`,
  badDefault: (p) => `Förvalet ”${p('found')}” för ”${p('name')}” går inte att läsa som ${p('expected')}.`,
  rowsTwice: () => 'Raderna står både i ”rows” och i listan ”lines”. Behåll en av dem.',
  notInProfile: (p) => `Fältet ”${p('name')}” har ingen sökväg i den här profilen.`,
  emptyCondition: (p) => `Villkoret på ”${p('name')}” säger inget. Ange equals, startsWith eller contains.`,
  unknownPrefix: (p) => `Prefixet ”${p('prefix')}” har ingen namnrymd i ”namespaces”.`,
  pathTwice: (p) => `Sökvägen ”${p('path')}” används för två fält.`,
  listTwice: (p) => `Elementet ”${p('path')}” hör redan till en annan lista.`,
  badPath: (p) => `”${p('path')}” är ingen sökväg. Skriv A/B, A/@attribut eller en punkt.`,
  rootTaken: (p) =>
    `Profilen ”${p('id')}” har redan den här namnrymden och det här rotelementet. Använd dess id för att ersätta den.`,
  idTaken: (p) => `En annan profil har redan id ”${p('id')}”.`,
};

const nb: Words = {
  notJson: () => 'Filen er ikke gyldig JSON her.',
  tooLarge: (p) => `Filen er større enn ${p('limit')} byte; en profil er høyst så stor.`,
  missingKey: (p) => `Nøkkelen «${p('name')}» mangler.`,
  unknownKey: (p) => `Nøkkelen «${p('name')}» finnes ikke i profiler.`,
  wrongShape: (p) => `Verdien av «${p('name')}» har feil form: ${p('expected')} ventes.`,
  unknownField: (p) => `Feltet «${p('name')}» finnes ikke.${meant(p('nearest'), 'Mentes')}`,
  unknownList: (p) => `Listen «${p('name')}» finnes ikke.${meant(p('nearest'), 'Mentes')}`,
  unknownRule: (p) => `Regelen «${p('name')}» finnes ikke.`,
  unknownValue: (p) => `Verdien av «${p('name')}» skal være en av: ${p('expected')}.`,
  wrongType: (p) => `Feltet «${p('name')}» skal ha typen «${p('expected')}», ikke «${p('found')}».`,
  noPath: (p) => `Feltet «${p('name')}» trenger en sti (path) eller et forvalg (default).`,
  badDefault: (p) => `Forvalget «${p('found')}» for «${p('name')}» kan ikke leses som ${p('expected')}.`,
  rowsTwice: () => 'Linjene står både i «rows» og i listen «lines». Behold en av dem.',
  notInProfile: (p) => `Feltet «${p('name')}» har ingen sti i denne profilen.`,
  emptyCondition: (p) => `Vilkåret på «${p('name')}» sier ingenting. Oppgi equals, startsWith eller contains.`,
  unknownPrefix: (p) => `Prefikset «${p('prefix')}» har ikke noe navnerom i «namespaces».`,
  pathTwice: (p) => `Stien «${p('path')}» brukes for to felt.`,
  listTwice: (p) => `Elementet «${p('path')}» hører allerede til en annen liste.`,
  badPath: (p) => `«${p('path')}» er ingen sti. Skriv A/B, A/@attributt eller et punktum.`,
  rootTaken: (p) =>
    `Profilen «${p('id')}» har allerede dette navnerommet og dette rotelementet. Bruk dens id for å erstatte den.`,
  idTaken: (p) => `En annen profil har allerede id «${p('id')}».`,
};

const en: Words = {
  notJson: () => 'The file is not valid JSON here.',
  tooLarge: (p) => `The file is larger than ${p('limit')} bytes; a profile is at most that large.`,
  missingKey: (p) => `The key "${p('name')}" is missing.`,
  unknownKey: (p) => `There is no key "${p('name')}" in profiles.`,
  wrongShape: (p) => `The value of "${p('name')}" has the wrong shape: ${p('expected')} is expected.`,
  unknownField: (p) => `There is no field "${p('name')}".${meant(p('nearest'), 'Perhaps')}`,
  unknownList: (p) => `There is no list "${p('name')}".${meant(p('nearest'), 'Perhaps')}`,
  unknownRule: (p) => `There is no rule "${p('name')}".`,
  unknownValue: (p) => `The value of "${p('name')}" must be one of: ${p('expected')}.`,
  wrongType: (p) => `The field "${p('name')}" must have the type "${p('expected')}", not "${p('found')}".`,
  noPath: (p) => `The field "${p('name')}" needs a path or a default.`,
  badDefault: (p) => `The default "${p('found')}" of "${p('name')}" can’t be read as ${p('expected')}.`,
  rowsTwice: () => 'The rows stand both in "rows" and in the list "lines". Keep one of them.',
  notInProfile: (p) => `The field "${p('name')}" has no path in this profile.`,
  emptyCondition: (p) => `The condition on "${p('name')}" says nothing. Give equals, startsWith or contains.`,
  unknownPrefix: (p) => `The prefix "${p('prefix')}" has no namespace in "namespaces".`,
  pathTwice: (p) => `The path "${p('path')}" is used for two fields.`,
  listTwice: (p) => `The element "${p('path')}" already belongs to another list.`,
  badPath: (p) => `"${p('path')}" is not a path. Write A/B, A/@attribute or a full stop.`,
  rootTaken: (p) => `The profile "${p('id')}" already has this namespace and root element. Use its id to replace it.`,
  idTaken: (p) => `Another profile already has the id "${p('id')}".`,
};

const words: Readonly<Record<Language, Words>> = { sv, nb, en };

function meant(nearest: string, word: string): string {
  return nearest === '' ? '' : ` ${word} "${nearest}"?`;
}
