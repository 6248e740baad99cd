// Handlers of rule.*: frame input to use case. No logic beyond that.

import { ok } from '../../../shared/result.ts';
import type { AppContext } from '../../app/context.ts';
import { listRules, readRuleSeverities, setRuleSeverity } from '../../app/rule-settings.ts';
import { unwaiveRule, waiveRule } from '../../app/waive-rule.ts';
import type { Handlers } from '../router.ts';

type RuleMethods = Extract<keyof Handlers, `rule.${string}`>;

/** Handlers over one open workspace. */
export function ruleHandlers(context: AppContext): Pick<Handlers, RuleMethods> {
  return {
    'rule.list': () => Promise.resolve(ok({ rules: listRules(context.ruleSets, readRuleSeverities(context)) })),
    'rule.set': ({ ruleId, severity }) => {
      const set = setRuleSeverity(context, ruleId, severity);
      return Promise.resolve(set.ok ? ok({ rules: [...set.value] }) : set);
    },
    'rule.waivers': ({ batchId }) => Promise.resolve(ok({ waivers: context.store.waivers.ofBatch(batchId) })),
    'rule.waive': (request) => Promise.resolve(waiveRule(context, request)),
    'rule.unwaive': ({ batchId, ruleId }) => Promise.resolve(unwaiveRule(context, batchId, ruleId)),
  };
}
