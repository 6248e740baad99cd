// The rules as the organisation sees them: the list with severities, and setting one. What is stored is only what differs.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Channel } from '../../shared/schema/delivery.ts';
import { canSetSeverity, ruleSeveritiesSchema } from '../../shared/schema/rules.ts';
import type { OwnSeverity, RuleEntry, RuleSeverities } from '../../shared/schema/rules.ts';
import { isRuleId, ruleFacts } from '../../shared/words/rule-facts.ts';
import type { OwnSeverities } from '../domain/rules/own-severities.ts';
import type { RuleSet } from '../domain/rules/rule-set.ts';
import type { ParseOptions, SourceParser } from '../ports/import-source.ts';
import { actNow } from './context.ts';
import type { AppContext } from './context.ts';

const settingKey = 'ruleSeverities';

/** Every rule in the order of the list, with what the organisation has set. `stored` null: nothing is set. */
export function listRules(sets: readonly RuleSet[], stored: RuleSeverities | null): RuleEntry[] {
  const setOf = new Map(sets.flatMap((set) => set.rules.map(({ id }) => [id, set] as const)));
  return Object.entries(ruleFacts).map(([id, { severity, mender }]) => {
    const set = setOf.get(id);
    // What the reader itself checks has no set; under EN 16931 it reports some of it under the standard's ids.
    const setId = set?.id ?? (id.startsWith('BR-') ? 'en16931' : 'file');
    const version = set?.version ?? sets.find((each) => each.id === setId)?.version ?? '1';
    const ownSeverity = stored?.[id] ?? null;
    return { id, set: setId, setVersion: version, severity, ownSeverity, canBeSet: canSetSeverity(id), mender };
  });
}

/** What the organisation has set. A stored value that no longer fits counts as not set, and is logged. */
export function readRuleSeverities(context: Pick<AppContext, 'store' | 'log'>): RuleSeverities {
  const stored = context.store.config.setting(settingKey);
  if (stored === null || stored === undefined) return {};
  const parsed = ruleSeveritiesSchema.safeParse(stored);
  if (parsed.success) return parsed.data;
  context.log.warn('stored rule severities do not fit, the rules’ own are used', {
    issues: parsed.error.issues.length,
  });
  return {};
}

/**
 * Sets a rule's severity for this workspace; null takes it back. It counts from the next import on and is in the audit log.
 * Errors: NOT_FOUND (no such rule), NOT_ALLOWED (the program itself needs it).
 */
export function setRuleSeverity(
  context: AppContext,
  ruleId: string,
  severity: OwnSeverity | null,
): Result<readonly RuleEntry[]> {
  if (!isRuleId(ruleId)) return fail('NOT_FOUND', `There is no rule ${ruleId}.`, { ruleId });
  if (!canSetSeverity(ruleId))
    return fail(
      'NOT_ALLOWED',
      `The severity of ${ruleId} can't be set: the program needs it to read and send safely.`,
      {
        ruleId,
      },
    );
  const { [ruleId]: _before, ...others } = readRuleSeverities(context);
  const isOwn = severity === null || severity === ruleFacts[ruleId].severity;
  const now = isOwn ? others : { ...others, [ruleId]: severity };
  context.store.config.saveSetting(settingKey, now, actNow(context));
  context.publish({ topic: 'app' });
  return ok(listRules(context.ruleSets, now));
}

/** What a workspace has to say about the rules. */
export interface OwnRules {
  readonly severities: RuleSeverities;
  /** Channels it has a connection of. */
  readonly connected: readonly Channel[];
}

/** A parser that reads every file by the workspace's word as it stands when the reading begins. */
export function withOwnRules(parser: SourceParser, own: () => OwnRules): SourceParser {
  const withOwn = <O extends object>(options: O): O & Pick<ParseOptions, 'severities' | 'connected'> => {
    const { severities, connected } = own();
    const set: OwnSeverities = new Map(Object.entries(severities));
    return { ...options, connected, ...(set.size === 0 ? {} : { severities: set }) };
  };
  return {
    get largestFileBytes() {
      return parser.largestFileBytes;
    },
    warm: () => parser.warm(),
    detect: (path) => parser.detect(path),
    parse: (path, options) => parser.parse(path, withOwn(options)),
    readSingles: (files, options) => parser.readSingles(files, withOwn(options)),
    close: () => parser.close(),
  };
}
