// Where the other programs and the resources lie, seen from this file: `.ts` in src/ when running from source, `.js` in out/main when built.

import { fileURLToPath } from 'node:url';

/** Scripts that are started as threads or processes of their own. */
export function entryPoints(from: string = import.meta.url): {
  readonly xmlWorker: URL;
  readonly pdfWorker: URL;
  readonly storeWorker: URL;
  readonly practice: URL;
  readonly web: URL;
  readonly engineProcess: URL;
} {
  const entry = (source: string, built: string): URL => new URL(isSource(from) ? source : built, from);
  return {
    xmlWorker: entry('../engine/xml-thread.ts', './xml-thread.js'),
    pdfWorker: entry('../workers/pdf-worker.ts', './pdf-worker.js'),
    storeWorker: entry('../workers/store-worker.ts', './store-worker.js'),
    practice: entry('../practice/main.ts', './practice.js'),
    web: entry('../hosts/web/main.ts', './web.js'),
    engineProcess: entry('../hosts/electron/engine-process.ts', './engine-process.js'),
  };
}

/** Folder with fonts, layouts and profiles, also inside the packaged application. */
export function resourcesFolder(from: string = import.meta.url): string {
  return fileURLToPath(new URL(isSource(from) ? '../../../resources' : '../../resources', from));
}

/** Folder with the built page, where index.html lies. It is the same for both: a page is always built. */
export function rendererFolder(from: string = import.meta.url): string {
  return fileURLToPath(new URL(isSource(from) ? '../../../out/renderer' : '../renderer', from));
}

/** The built preload script. */
export function preloadFile(from: string = import.meta.url): string {
  return fileURLToPath(new URL(isSource(from) ? '../../../out/preload/index.cjs' : '../preload/index.cjs', from));
}

/** The product's own package file. */
export function packageFile(from: string = import.meta.url): URL {
  return new URL(isSource(from) ? '../../../package.json' : '../../package.json', from);
}

function isSource(from: string): boolean {
  return from.endsWith('.ts');
}
