// Words of a rule beside a problem: what it demands, and waivers.

import { defineWords } from '../define.ts';

/** Words of rules and waivers. */
export const rulesWords = defineWords({
  sv: {
    demands: 'Regeln',
    waive: 'Godta varningarna i körningen',
    reason: 'Skäl',
    reasonHelp: 'Skälet sparas med namn och tid. Anmärkningarna står kvar som godtagna.',
    waived: 'Godtagen.',
    waivedMark: 'Godtagen',
    waivedBy: 'Av {{actor}}',
    unwaive: 'Ta tillbaka',
  },
  nb: {
    demands: 'Regelen',
    waive: 'Godta varslene i kjøringen',
    reason: 'Begrunnelse',
    reasonHelp: 'Begrunnelsen lagres med navn og tid. Merknadene blir stående som godtatt.',
    waived: 'Godtatt.',
    waivedMark: 'Godtatt',
    waivedBy: 'Av {{actor}}',
    unwaive: 'Ta tilbake',
  },
  en: {
    demands: 'The rule',
    waive: 'Waive the warnings in this batch',
    reason: 'Reason',
    reasonHelp: 'The reason is kept with name and time. The findings stay, marked as waived.',
    waived: 'Waived.',
    waivedMark: 'Waived',
    waivedBy: 'By {{actor}}',
    unwaive: 'Take back',
  },
});
