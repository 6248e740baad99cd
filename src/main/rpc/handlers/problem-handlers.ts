// Handlers of problem.*: frame input to use case. No logic beyond that.

import { ok } from '../../../shared/result.ts';
import type { AppContext } from '../../app/context.ts';
import { exportProblems, vendorMail } from '../../app/export-problems.ts';
import { matchOf } from '../../app/problem-match.ts';
import type { Handlers } from '../router.ts';

type ProblemMethods = Extract<keyof Handlers, `problem.${string}`>;

/** Handlers over one open workspace. */
export function problemHandlers(context: AppContext): Pick<Handlers, ProblemMethods> {
  const { reads } = context.store;
  return {
    'problem.groups': ({ batchId, language, ...filter }) =>
      Promise.resolve(ok({ groups: reads.problemGroups(batchId, matchOf(filter, language)) })),
    'problem.page': ({ batchId, ruleId, language, offset, limit, ...filter }) => {
      const match = matchOf(filter, language);
      const ruleIds = ruleId === null ? match.ruleIds : [ruleId];
      return Promise.resolve(ok(reads.problemPage(batchId, { ...match, ruleIds }, offset, limit)));
    },
    'problem.fields': ({ batchId }) => Promise.resolve(ok({ fields: reads.problemFields(batchId) })),
    'problem.export': ({ batchId, form, language, to, ...filter }) =>
      exportProblems(context, { batchId, form, language, to, filter }),
    'problem.mail': ({ batchId, language, to, ...filter }) => vendorMail(context, { batchId, language, to, filter }),
  };
}
