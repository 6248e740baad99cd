// The rules that hold a file against what came in before it: through real imports, one file that passes and one that fails, with the exact place.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importBatch } from '../../../src/main/app/import-batch.ts';
import type { Workspace } from '../../../src/main/engine/open-workspace.ts';
import type { Problem } from '../../../src/shared/schema/problem.ts';
import { ruleFacts } from '../../../src/shared/words/rule-facts.ts';
import { openTestWorkspace } from '../../support/test-workspace.ts';
import { storeFailures } from '../../unit/rules/store-failures.ts';

let folder: string;
let workspace: Workspace;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'utskick-store-rules-'));
  workspace = await openTestWorkspace(join(folder, 'data'));
});

afterAll(async () => {
  await workspace.close();
  await rm(folder, { recursive: true, force: true });
});

async function problemsOf(name: string, text: string): Promise<readonly Problem[]> {
  const path = join(folder, name);
  await writeFile(path, text);
  const report = await importBatch(workspace.context, {
    files: [{ path, name }],
    mode: 'lenient',
    ownerPid: process.pid,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  const [batch] = report.batches;
  if (batch === undefined) throw new Error(JSON.stringify(report.refused));
  return workspace.context.store.reads.problemPage(batch.id, null, 0, 100).problems;
}

describe('the rules on what came in before', () => {
  it.each(storeFailures.map((each) => [each.id, each] as const))(
    '%s passes what is new and finds what is not, at its line and column',
    async (id, { earlier, good, bad, place }) => {
      for (const [name, text] of Object.entries({ earlier, good })) {
        const passed = await problemsOf(`${id}-${name}.xml`, text);
        expect(passed.filter(({ ruleId }) => ruleId === id)).toEqual([]);
      }
      const found = (await problemsOf(`${id}-bad.xml`, bad)).filter(({ ruleId }) => ruleId === id);
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({ ...place, severity: ruleFacts[id].severity });
    },
  );
});
