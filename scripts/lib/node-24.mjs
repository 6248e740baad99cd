// Which Node runs the product: the machine's own when it is new enough, else one brought from the npm registry.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { npmCi } from './npm.mjs';
import { nodePackages, oldestNodeApi, oldestNodeMajor } from './versions.mjs';

/** True when this very process is new enough to run the product. */
export function isNewEnough({ node, napi } = process.versions) {
  return Number.parseInt(node, 10) >= oldestNodeMajor && Number(napi) >= oldestNodeApi;
}

/**
 * The runtime to use in `root` without installing anything, or null when it has to be installed first.
 * @returns {{ node: string, env: NodeJS.ProcessEnv } | null}
 */
export function presentRuntime(root) {
  if (isNewEnough()) return runtimeOf(process.execPath, null);
  const pinned = nodePackages[`${process.platform}-${process.arch}`];
  if (!pinned) throw new Error(noNodeFor());
  return isInstalled(root, pinned) ? broughtRuntime(root, pinned) : null;
}

/** Installs the pinned Node package into .tools (npm compares its hash with ours) and returns it as a runtime. */
export async function bringRuntime(root, say) {
  const pinned = nodePackages[`${process.platform}-${process.arch}`];
  if (!pinned) throw new Error(noNodeFor());
  say(`Node ${process.versions.node} is older than ${oldestNodeMajor}: installing Node ${pinned.version} into .tools`);
  const tools = join(root, '.tools');
  mkdirSync(tools, { recursive: true });
  const dependencies = { [pinned.name]: pinned.version };
  const manifest = { name: 'utskick-tools', version: '0.0.0', private: true, dependencies };
  writeJson(join(tools, 'package.json'), manifest);
  writeJson(join(tools, 'package-lock.json'), {
    name: manifest.name,
    version: manifest.version,
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': manifest,
      [`node_modules/${pinned.name}`]: { version: pinned.version, integrity: pinned.integrity },
    },
  });
  await npmCi(tools, { node: process.execPath, env: process.env });
  if (!isInstalled(root, pinned)) throw new Error(`npm left no complete ${pinned.name} in ${tools}`);
  return broughtRuntime(root, pinned);
}

/** npm writes its own record last, so a package named there with our hash was unpacked completely. */
function isInstalled(root, pinned) {
  const record = join(root, '.tools/node_modules/.package-lock.json');
  if (!existsSync(record) || !existsSync(executableOf(root, pinned))) return false;
  const found = JSON.parse(readFileSync(record, 'utf8')).packages?.[`node_modules/${pinned.name}`];
  return found?.version === pinned.version && found.integrity === pinned.integrity;
}

function broughtRuntime(root, pinned) {
  return runtimeOf(executableOf(root, pinned), join(root, '.tools/node_modules', pinned.name));
}

/** The environment is the caller's own, with this Node first on the path (certificates, proxies and the rest stay). */
function runtimeOf(node, home) {
  const env = { ...process.env, UTSKICK_NODE: node };
  const pathName = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  env[pathName] = [dirname(node), env[pathName]].filter(Boolean).join(delimiter);
  // An addon compiled here must see the headers of this Node, whatever the machine's npm settings point at.
  if (home && existsSync(join(home, 'include'))) env.npm_config_nodedir = home;
  return { node, env };
}

function executableOf(root, pinned) {
  return join(root, '.tools/node_modules', pinned.name, pinned.executable);
}

function noNodeFor() {
  return (
    `Utskick needs Node ${oldestNodeMajor} or newer, this is ${process.versions.node}, and no package with Node is ` +
    `known for ${process.platform}-${process.arch}. Install Node ${oldestNodeMajor} from nodejs.org and try again.`
  );
}

function writeJson(file, value) {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}
