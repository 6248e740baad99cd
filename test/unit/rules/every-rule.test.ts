// Every rule id there is has a document that passes it and one that fails it, with line and column, in one of the tables beside this file.

import { expect, it } from 'vitest';
import { ruleCatalogue } from '../../../src/main/domain/rules/all.ts';
import { allRuleSets } from '../../../src/main/engine/channel-rules.ts';
import { ownFailures } from './own-failures.ts';
import { readerFailures } from './reader-failures.ts';
import { serviceFailures } from './service-failures.ts';
import { standardFailures } from './standard-failures.ts';
import { storeFailures } from './store-failures.ts';

/** Rules that say something about no place in a file, and why. */
const withoutPlace: Readonly<Record<string, string>> = {
  'core.file.size': 'a file that is too small or too large is not read',
  'core.problems.capped':
    'tells how many findings of a batch are counted and not listed (test/integration/store/imports.test.ts)',
};

it('every rule has a document that passes and one that fails, and a place unless it can have none', () => {
  const placed = [
    ...ownFailures,
    ...standardFailures,
    ...storeFailures,
    ...serviceFailures,
    ...readerFailures.filter(({ place }) => place !== null),
  ].map(({ id }) => id);
  expect([...new Set(placed), ...Object.keys(withoutPlace)].toSorted()).toEqual(Object.keys(ruleCatalogue).toSorted());
});

it('every rule of a set is in the catalogue, under one set only', () => {
  const inSets = allRuleSets.flatMap(({ rules }) => rules.map(({ id }) => id));
  expect(inSets.filter((id) => !(id in ruleCatalogue))).toEqual([]);
  expect(new Set(inSets).size).toBe(inSets.length);
});
