// Frozen documents of every kind in one folder: PDFs, and the data that services take. The ending is for people who look into it; the hash is the name.

import type { Result } from '../../shared/result.ts';
import type { ContentStore } from '../ports/content-store.ts';
import { createContentStore } from './content-store.ts';

/** First byte of each kind; whatever else is kept is kept as a PDF. */
const kinds = [
  { extension: '.xml', firstByte: '<'.charCodeAt(0) },
  { extension: '.json', firstByte: '{'.charCodeAt(0) },
] as const;

/** Opens the folder. A document is kept with the ending its content tells, and found by its hash alone. */
export function createDocumentStore(folder: string): ContentStore {
  const pdfs = createContentStore(folder, '.pdf');
  const others = kinds.map(({ extension, firstByte }) => ({ firstByte, files: createContentStore(folder, extension) }));
  const find = async <T>(ask: (files: ContentStore) => Promise<Result<T>>): Promise<Result<T>> => {
    const first = await ask(pdfs);
    if (first.ok || first.error.code !== 'NOT_FOUND') return first;
    for (const { files } of others) {
      const found = await ask(files);
      if (found.ok || found.error.code !== 'NOT_FOUND') return found;
    }
    return first;
  };
  return {
    ...pdfs,
    keepBytes: (bytes, sha256) =>
      (others.find(({ firstByte }) => bytes[0] === firstByte)?.files ?? pdfs).keepBytes(bytes, sha256),
    read: (sha256) => find((files) => files.read(sha256)),
    readPart: (sha256, part) => find((files) => files.readPart(sha256, part)),
    remove: (sha256) => [pdfs, ...others.map(({ files }) => files)].every((files) => files.remove(sha256)),
  };
}
