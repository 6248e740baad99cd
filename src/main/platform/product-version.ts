// The product's version, from its package file. Nothing else is read from there.

import { readFileSync } from 'node:fs';
import { packageFile } from './entry-points.ts';

/** For example `0.1.0`. Throws when the package file is damaged: then the installation is. */
export function productVersion(): string {
  const content: unknown = JSON.parse(readFileSync(packageFile(), 'utf8'));
  if (typeof content === 'object' && content !== null && 'version' in content && typeof content.version === 'string')
    return content.version;
  throw new Error('package.json has no version.');
}
