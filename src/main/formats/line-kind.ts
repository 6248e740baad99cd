// Guesses what a row is (energy, grid, fee …) where the format has no word for it. For grouping on the document only; never for sums.

import type { LineKind } from '../../shared/schema/invoice.ts';

/** Parts of row texts, Swedish and Norwegian, in the order they are tried. */
const clues: readonly (readonly [RegExp, LineKind])[] = [
  [/öresavrundning|øreavrunding|öresutjämning|avrundning|avrunding/i, 'rounding'],
  [/påminnelse|purregebyr|inkasso/i, 'reminder'],
  [/energiskatt|elavgift|forbruksavgift|elskatt/i, 'tax'],
  [/elcertifikat|elsertifikat|ursprungsgaranti|opprinnelsesgaranti/i, 'certificate'],
  [/rabatt/i, 'discount'],
  [/elnät|nätavgift|elöverföring|nettleie|nettleige/i, 'grid'],
  [/månadsavgift|årsavgift|fast avgift|månedsbeløp|fastbeløp|abonnemang|abonnement/i, 'fee'],
];

/** The kind by the row's text, else by its unit (`KWH` = energy), else `other`. */
export function guessLineKind(description: string, unit: string | null): LineKind {
  for (const [clue, kind] of clues) if (clue.test(description)) return kind;
  return unit?.toUpperCase() === 'KWH' ? 'energy' : 'other';
}
