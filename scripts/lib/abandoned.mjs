// Noticing that npm or npx, which started us through a shell, is gone: npm ends the shell, and the shell tells nobody.

import { readFileSync } from 'node:fs';

const pollMs = 250;

/**
 * Calls `end` once when the process that started this one has gone, or the npm behind it (seen on Linux only).
 * Does nothing when started directly: then a detached life may be what was asked for.
 * @param {() => void} end
 * @returns {() => void} stops watching
 */
export function whenAbandoned(end) {
  if (!process.env.npm_command || process.platform === 'win32') return () => undefined;
  const shell = process.ppid;
  const npm = parentOf(shell);
  const timer = setInterval(() => {
    if (process.ppid === shell && parentOf(shell) === npm) return;
    clearInterval(timer);
    end();
  }, pollMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** The parent's process id as Linux tells it; undefined elsewhere, and for a process that is gone. */
function parentOf(pid) {
  try {
    // "pid (name) state ppid …": the name may hold spaces and brackets, so count from its last bracket.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined; // not Linux, or gone: the comparison above decides
  }
}
