// Questions to the operating system about processes.

/** True when a process with this id runs on this computer (also one of another user). Ids are reused; callers add a time limit where that matters. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
