// Writes docs/rules from the rules and their words. A test holds the pages fresh.

import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rulePages } from '../src/main/app/rule-pages.ts';
import { allRuleSets } from '../src/main/engine/channel-rules.ts';

const folder = join(import.meta.dirname, '../docs/rules');
const pages = rulePages(allRuleSets);
await mkdir(folder, { recursive: true });
for (const name of await readdir(folder)) if (!pages.has(name)) await rm(join(folder, name));
for (const [name, text] of pages) await writeFile(join(folder, name), text);
console.log(`${pages.size} pages in docs/rules`);
