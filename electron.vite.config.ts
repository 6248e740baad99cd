// How the three parts are bundled: main (ESM, several entries), preload (one CommonJS file), renderer (minified).
// Entries and output places only; nothing here changes what the program does.

import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/** Output name → source. Each entry is a process or a thread of its own; all of them lie flat in out/main. */
const mainEntries = {
  index: 'src/main/index.ts',
  'engine-process': 'src/main/hosts/electron/engine-process.ts',
  cli: 'src/main/hosts/cli/main.ts',
  web: 'src/main/hosts/web/main.ts',
  'xml-thread': 'src/main/engine/xml-thread.ts',
  'pdf-worker': 'src/main/workers/pdf-worker.ts',
  'store-worker': 'src/main/workers/store-worker.ts',
  practice: 'src/main/practice/main.ts',
};

/** The only entries that may reach `electron`: the others also run where Electron is not. */
const electronEntries = new Set(['index', 'engine-process']);

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      sourcemap: true,
      minify: false,
      target: 'node20',
      rolldownOptions: {
        input: absolute(mainEntries),
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
    plugins: [keepElectronOutOfWorkers()],
  },
  preload: {
    build: {
      outDir: 'out/preload',
      sourcemap: true,
      minify: false,
      externalizeDeps: false,
      rolldownOptions: {
        input: absolute({ index: 'src/preload/index.ts' }),
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      emptyOutDir: true,
      sourcemap: true,
      minify: true,
      chunkSizeWarningLimit: 4000,
      rolldownOptions: { input: absolute({ index: 'src/renderer/index.html' }) },
    },
  },
});

function absolute(entries: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(entries).map(([name, path]) => [name, fileURLToPath(new URL(path, import.meta.url))]),
  );
}

/** Fails the build when a worker, the command line or the practice process shares a chunk with code that imports Electron. */
function keepElectronOutOfWorkers(): Plugin {
  return {
    name: 'utskick:keep-electron-out-of-workers',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk' || !file.isEntry || electronEntries.has(file.name)) continue;
        const seen = new Set<string>();
        const queue = [file.fileName];
        for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
          if (seen.has(name)) continue;
          seen.add(name);
          if (name === 'electron' || name.startsWith('electron/') || name === 'electron-store') {
            this.error(`The entry "${file.name}" reaches "${name}"; it must also run without Electron.`);
          }
          const chunk = bundle[name];
          if (chunk?.type === 'chunk') queue.push(...chunk.imports, ...chunk.dynamicImports);
        }
      }
    },
  };
}
