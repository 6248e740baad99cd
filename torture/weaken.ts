// Reaches the engine's open databases from outside, to make them worse than the product does: for negative controls and a full disk.

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import type Database from 'better-sqlite3';

const normalSync = 'synchronous = NORMAL';

/** The databases an engine has open. */
export interface Databases {
  /** No commit waits for the disk any more, and no line of the journal. */
  setNormalSync(): void;
  /** No database may grow by more than so many pages: SQLite then says that the disk is full. */
  limitGrowth(pages: number): void;
}

/** Notes every database that is opened from now on. `isNeeded` false: nothing is touched. */
export async function watchDatabases(isNeeded: boolean): Promise<Databases> {
  const open = new Set<Database.Database>();
  let isNormal = false;
  if (isNeeded) {
    const { default: library } = await import('better-sqlite3');
    const prototype = library.prototype;
    const original = prototype.pragma;
    prototype.pragma = function pragma(this: Database.Database, ...given: Parameters<typeof original>) {
      open.add(this);
      const [what, ...options] = given;
      // The import itself goes back and forth between the two.
      return original.call(this, isNormal ? what.replace('synchronous = FULL', normalSync) : what, ...options);
    };
  }
  const each = (work: (database: Database.Database) => void): void => {
    for (const database of open) if (database.open) work(database);
  };
  return {
    setNormalSync: () => {
      isNormal = true;
      each((database) => database.pragma(normalSync));
      // The journal of what is sent would make up for most of what the database loses.
      fs.fdatasyncSync = () => undefined;
      syncBuiltinESMExports();
    },
    limitGrowth: (pages) =>
      each((database) => {
        const size = Number(database.pragma('page_count', { simple: true }));
        database.pragma(`max_page_count = ${String(size + pages)}`);
      }),
  };
}
