// The pages of docs/rules, written from the rules and their words. Text only; scripts/rule-docs.mjs writes the files.

import type { RuleEntry } from '../../shared/schema/rules.ts';
import { languages } from '../../shared/schema/settings.ts';
import { wordsForRule } from '../../shared/words/problem-words.ts';
import { isRuleId } from '../../shared/words/rule-facts.ts';
import { replacedRules } from '../domain/rules/en16931/stand-in.ts';
import type { RuleSet } from '../domain/rules/rule-set.ts';
import { listRules } from './rule-settings.ts';

type SetId = RuleEntry['set'];

const sets: Readonly<Record<SetId, { readonly title: string; readonly when: string }>> = {
  file: {
    title: 'The file and its values',
    when: 'Every file. The reader itself checks these; their severity is fixed.',
  },
  core: { title: 'Core', when: 'Every invoice, in every format.' },
  history: {
    title: 'The customer’s earlier invoices',
    when: 'Every invoice whose seller has been imported before. Invoices in quarantine are not remembered. `npx utskick validate` looks at files alone.',
  },
  channel: {
    title: 'Channels',
    when: 'Invoices that would go by the channel the rule is named for; where no invoice goes by a channel of itself (Svea, SendRegning), all that its service could be meant for once the workspace has a connection of it. What these find is information while the invoice’s own channel has a connection too, and a warning where it has none.',
  },
  vendor: { title: 'Vendors’ energy formats', when: 'GASEL. The format is assumed, and so are these rules.' },
  en16931: {
    title: 'EN 16931 for UBL',
    when: 'UBL documents whose CustomizationID begins with `urn:cen.eu:en16931:`, or that have none but a ProfileID of Peppol’s billing process. Not plain UBL, not OIOUBL.',
  },
  se: {
    title: 'Sweden (Peppol BIS Billing 3)',
    when: 'Documents under Peppol BIS Billing 3 whose seller has a Swedish address.',
  },
  no: { title: 'Norway (Peppol BIS Billing 3)', when: 'Documents under Peppol BIS Billing 3 with a Norwegian seller.' },
};

const menders = {
  vendor: 'the billing system’s vendor',
  operator: 'whoever imports',
  customerData: 'whoever keeps the customer register',
} as const;

/** File name → text, all of docs/rules. */
export function rulePages(ruleSets: readonly RuleSet[]): ReadonlyMap<string, string> {
  const rules = listRules(ruleSets, null);
  const names = Object.keys(sets) as SetId[];
  const pages = names.map(
    (id) =>
      [
        `${id}.md`,
        setPage(
          id,
          rules.filter(({ set }) => set === id),
        ),
      ] as const,
  );
  return new Map([['README.md', indexPage(names, rules)], ...pages]);
}

const generated = '<!-- Written by `npm run docs:rules`. Change the rules and their words instead. -->';

function indexPage(names: readonly SetId[], rules: readonly RuleEntry[]): string {
  const rows = names.map((id) => {
    const own = rules.filter(({ set }) => set === id);
    return `| [${sets[id].title}](${id}.md) | ${versionOf(own)} | ${String(own.length)} | ${sets[id].when} |`;
  });
  const replaced = [...replacedRules].map(
    ([own, ids]) => `| \`${own}\` | ${ids.map((each) => `\`${each}\``).join(', ')} |`,
  );
  return `${generated}

# Rules

Every import is checked by these rules. A finding names line and column. Only an error keeps an invoice back.

| Set | Version | Rules | Applies to |
|---|---|---|---|
${rows.join('\n')}

## Severity

An organisation can make a rule an error, a warning, information, or turn it off: in Settings → Rules, or with
\`npx utskick rules set RULE error|warning|info|off|default --data DIR\`. It counts from the next import on and is stored in the workspace.
\`npx utskick validate --data DIR\` uses them too; without \`--data\` it opens no workspace and uses the rules' own. What the program itself needs has a fixed severity.

A rule's warnings can be waived in a batch with a reason. Reason, person and time are kept; the findings stay visible. Errors can't be waived.

## One fault is said once

On documents under EN 16931 these rules give way to the standard's:

| Rule | Stands down for |
|---|---|
${replaced.join('\n')}

Values that every invoice must have are reported as \`BR-02\`, \`BR-03\`, \`BR-05\`, \`BR-06\`, \`BR-07\` and \`BR-12\` to \`BR-15\` in place of \`core.required\`,
and an amount that is not exact as its \`BR-DEC\` rule in place of \`core.type.decimal\`; both stay errors whatever is set. The rules on account,
organisation and VAT numbers and on VAT rates ask more than the standard's, and give way only where the standard's has spoken about the same
field. \`BR-CO-17\` and the \`-09\` rule of a VAT category are both the standard's own and are both shown, as other validators do.

## What is not here of EN 16931

Asked are \`BR-01\` to \`BR-16\`, \`BR-CO-03\`, \`-04\`, \`-09\` to \`-18\` and \`-25\`, \`BR-DEC\`, and the VAT categories S, Z, E, AE and O.

| Not asked | Why |
|---|---|
| \`BR-CO-05\` to \`BR-CO-08\` | That the code and the text of a reason for an allowance or charge say the same: the standard states it in words, and in its own Schematron the test is always true. No program can judge it. |
| \`BR-DEC-03\`, \`-04\`, \`-07\`, \`-08\`, \`-21\`, \`-22\`, \`-26\` | These numbers are not given to any rule: the standard's list goes from \`-02\` to \`-05\`, from \`-06\` to \`-09\`, from \`-20\` to \`-23\` and from \`-25\` to \`-27\`. |
| \`BR-IC\`, \`BR-G\`, \`BR-IG\`, \`BR-IP\` | VAT categories for trade between countries, the Canary Islands, Ceuta and Melilla: energy and utilities are not invoiced under them. The sums of such an invoice are checked all the same. |

The severities are the standards' own: all of EN 16931 is fatal; \`SE-R-007\` to \`SE-R-012\` and \`NO-R-002\` are warnings, the other national rules fatal.
`;
}

function setPage(id: SetId, rules: readonly RuleEntry[]): string {
  return `${generated}

# ${sets[id].title}

${sets[id].when} Version ${versionOf(rules)}.

${rules.map(ruleSection).join('\n')}`;
}

/** The newest: a channel's rules have a version of their own. */
function versionOf(rules: readonly RuleEntry[]): string {
  return rules.reduce((newest, { setVersion }) => (setVersion > newest ? setVersion : newest), '');
}

function ruleSection({ id, severity, mender, canBeSet }: RuleEntry): string {
  if (!isRuleId(id)) throw new Error(`${id} is no rule`);
  const texts = languages.map((language) => {
    const { title, explanation } = wordsForRule(id, language);
    return `- *${language}:* **${title}.** ${explanation}`;
  });
  return `## ${id}

${severity}${canBeSet ? '' : ' (fixed)'} · mended by ${menders[mender]}

${texts.toReversed().join('\n')}
`;
}
