// Who may import whom, as a table, and the rules made from it. test/contract/layer-rules.test.ts runs them on src/
// and on test/fixtures/wrong-tree, where every one of them has to trip. Nothing about style belongs here.

'use strict';

/** Files of a layer, as a pattern on the path from the root of the tree. */
const place = {
  shared: '^src/shared/',
  domain: '^src/main/domain/',
  ports: '^src/main/ports/',
  app: '^src/main/app/',
  store: '^src/main/store/',
  formats: '^src/main/formats/',
  documents: '^src/main/documents/',
  delivery: '^src/main/delivery/',
  adapters: '^src/main/adapters/',
  platform: '^src/main/platform/',
  workers: '^src/main/workers/',
  rpc: '^src/main/rpc/',
  engine: '^src/main/engine',
  hosts: '^src/main/hosts/',
  entry: '^src/main/index[.]ts$',
  practice: '^src/main/practice/',
  preload: '^src/preload/',
  renderer: '^src/renderer/',
};

const outerRing = ['domain', 'ports', 'shared'];

/**
 * One line a layer: the other layers it may import, the libraries that are its own, and whether Node's modules are.
 * A layer may always import itself; adapters, hosts and renderer features have a closer rule below.
 */
const layers = [
  { name: 'shared', may: [], libraries: ['zod'], node: false },
  { name: 'domain', may: ['shared'], libraries: [], node: false },
  { name: 'ports', may: ['domain', 'shared'], libraries: [], node: false },
  { name: 'app', may: outerRing, libraries: [], node: false },
  { name: 'store', may: outerRing, libraries: ['better-sqlite3', 'zod'], node: true },
  { name: 'formats', may: outerRing, libraries: ['saxes', 'zod'], node: true },
  { name: 'documents', may: outerRing, libraries: ['pdfmake', 'zod'], node: true },
  { name: 'delivery', may: outerRing, libraries: ['zod'], node: true },
  {
    name: 'adapters',
    may: outerRing,
    libraries: ['nodemailer', 'saxes', 'soap', 'ssh2', 'ssh2-sftp-client', 'undici', 'zod'],
    node: true,
  },
  { name: 'platform', may: outerRing, libraries: ['@napi-rs/keyring', 'chokidar', 'pino', 'yauzl', 'zod'], node: true },
  { name: 'workers', may: [...outerRing, 'formats', 'documents', 'store'], libraries: ['zod'], node: true },
  { name: 'rpc', may: ['app', 'ports', 'shared'], libraries: ['zod'], node: true },
  {
    name: 'engine',
    may: [...outerRing, 'app', 'store', 'formats', 'documents', 'delivery', 'adapters', 'platform', 'workers', 'rpc'],
    libraries: ['zod'],
    node: true,
  },
  {
    name: 'hosts',
    may: ['engine', 'rpc', 'platform', 'ports', 'shared'],
    libraries: ['electron', 'electron-store', 'zod'],
    node: true,
  },
  { name: 'entry', may: ['hosts'], libraries: [], node: false },
  { name: 'practice', may: ['shared'], libraries: ['saxes', 'smtp-server', 'ssh2', 'zod'], node: true },
  { name: 'preload', may: ['shared'], libraries: ['electron', 'zod'], node: false },
  {
    name: 'renderer',
    may: ['shared'],
    libraries: [
      'react',
      'react-dom',
      'react-aria-components',
      'zustand',
      'i18next',
      'react-i18next',
      'pdfjs-dist',
      '@tanstack/[^/]+',
      '@codemirror/[^/]+',
      '@lezer/[^/]+',
      'zod',
    ],
    node: false,
  },
];

const library = (names) => `(^|/)node_modules/(@types/)?(${names.join('|')})/`;
const paths = (names) => names.map((name) => place[name]);
const anyLibrary = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-bundled', 'npm-no-pkg', 'npm-unknown'];

/** Three rules a layer: no layer beyond those named, no foreign library, and no Node module where none is meant. */
function rulesOf({ name, may, libraries, node }) {
  const from = { path: place[name] };
  const rules = [
    error(`${name}-imports-only-its-layers`, from, { path: '^src/', pathNot: paths([name, ...may]) }),
    error(`${name}-imports-only-its-libraries`, from, {
      dependencyTypes: anyLibrary,
      ...(libraries.length > 0 ? { pathNot: library(libraries) } : {}),
    }),
  ];
  if (!node) rules.push(error(`${name}-runs-without-node`, from, { dependencyTypes: ['core'] }));
  return rules;
}

function error(name, from, to) {
  return { name, severity: 'error', from, to };
}

/** A library has one home: elsewhere it is an error even in a layer that may import others like it. */
const homes = [
  ['electron', '^src/main/hosts/electron/|^src/preload/|^src/main/index[.]ts$', ['electron', 'electron-store']],
  ['sql', place.store, ['better-sqlite3']],
  ['mail', '^src/main/adapters/email/', ['nodemailer']],
  ['soap', '^src/main/adapters/svea/', ['soap']],
  ['ssh', '^src/main/adapters/sftp/|^src/main/practice/', ['ssh2', 'ssh2-sftp-client']],
];

module.exports = {
  forbidden: [
    ...layers.flatMap(rulesOf),
    ...homes.map(([name, home, libraries]) =>
      error(`${name}-library-only-at-home`, { path: '^src/', pathNot: home }, { path: library(libraries) }),
    ),
    error(
      'adapters-never-import-each-other',
      { path: '^src/main/adapters/([^/]+)/' },
      {
        path: '^src/main/adapters/[^/]+/',
        pathNot: '^src/main/adapters/$1/',
      },
    ),
    // They run in the reading thread, which must not load what talks to a peer: nothing they lead to may, the adapter's own mapping included.
    error(
      'rules-of-a-channel-are-pure',
      { path: '^src/main/adapters/([^/]+)/rules[.]ts$' },
      { path: '^src/', pathNot: [...paths(['domain', 'ports', 'shared']), '^src/main/adapters/$1/'] },
    ),
    error(
      'rules-of-a-channel-reach-no-peer',
      { path: '^src/main/adapters/[^/]+/rules[.]ts$' },
      {
        path: ['node_modules/(?!zod/)', '^(node:)?(net|tls|http|https|http2|dns|dgram|child_process|fs)(/|$)'],
        reachable: true,
      },
    ),
    // The command line's `serve` is the web host started by hand: the one place where a host starts another.
    error(
      'hosts-never-import-each-other',
      { path: '^src/main/hosts/([^/]+)/' },
      {
        path: '^src/main/hosts/[^/]+/',
        pathNot: ['^src/main/hosts/$1/', '^src/main/hosts/web/'],
      },
    ),
    error(
      'only-the-command-line-starts-the-web-host',
      { path: '^src/', pathNot: '^src/main/hosts/(cli|web)/' },
      {
        path: '^src/main/hosts/web/',
      },
    ),
    error(
      'features-never-import-each-other',
      { path: '^src/renderer/features/([^/]+)/' },
      {
        path: '^src/renderer/features/',
        pathNot: '^src/renderer/features/$1/',
      },
    ),
    error(
      'features-import-only-ui-state-rpc-words',
      { path: '^src/renderer/features/' },
      {
        path: '^src/renderer/',
        pathNot: '^src/renderer/(features|ui|state|rpc|words)/',
      },
    ),
    error(
      'renderer-parts-never-import-features',
      { path: '^src/renderer/(ui|state|rpc|words)/' },
      {
        path: '^src/renderer/(features|app)/',
      },
    ),
    error('no-cycles', {}, { circular: true }),
    error('everything-resolves', { path: '^src/' }, { couldNotResolve: true }),
    error('source-never-imports-tests', { path: '^src/' }, { path: '^(test|bench|scripts)/' }),
    error('every-file-has-a-layer', { path: '^src/', pathNot: Object.values(place) }, {}),
  ],
  options: {
    doNotFollow: { path: '(^|/)node_modules/' },
    tsPreCompilationDeps: true,
    detectJSDocImports: false,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.css', '.d.ts'],
    },
  },
};
