// The organisation's own severities: which rules may get one, and how they change what was found.

import type { OwnSeverity } from '../../../shared/schema/rules.ts';
import type { Finding } from './rule.ts';

/** Rule id → what the organisation wants it to be. */
export type OwnSeverities = ReadonlyMap<string, OwnSeverity>;

/** The findings with the organisation's severities; those of rules it has turned off are left out. What is needed stays as it is. */
export function withOwnSeverities(
  findings: readonly Finding[],
  severities: OwnSeverities | undefined,
): readonly Finding[] {
  if (severities === undefined || severities.size === 0) return findings;
  return findings.flatMap((finding) => {
    const own = finding.isNeeded === true ? undefined : severities.get(finding.ruleId);
    if (own === undefined) return [finding];
    return own === 'off' ? [] : [{ ...finding, severity: own }];
  });
}
