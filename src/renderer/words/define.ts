// How a catalogue is written: one area of the screen, its keys in all three languages side by side. No texts here.

import type { Language } from '../../shared/schema/settings.ts';

/** Texts of one area. Plural texts come as a pair `name_one` / `name_other` and are asked for as `name` with `count`. */
export type AreaWords<K extends string> = Readonly<Record<Language, Readonly<Record<K, string>>>>;

/** The names that may be asked for: plural pairs count once. */
export type WordKey<K extends string> = K extends `${infer Base}_one` ? Base : K extends `${string}_other` ? never : K;

/** Checks while compiling that all three languages hold the same keys. Values are filled in as `{{name}}`, counts as `{{count, number}}`. */
export function defineWords<K extends string>(words: AreaWords<K>): AreaWords<K> {
  return words;
}
