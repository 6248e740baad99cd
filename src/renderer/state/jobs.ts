// Imports and releases that run or have just ended, followed through events. Outcomes are fetched once when a job ends.

import { create } from 'zustand';
import type { StoreApi, UseBoundStore } from 'zustand';
import type { MethodOutput } from '../../shared/contract/methods.ts';
import type { JobProgress } from '../../shared/schema/batch.ts';
import type { Client } from '../rpc/client.ts';

/** How a job ended. */
export type JobOutcome = MethodOutput<'job.result'>;

/** A job as last heard of, with its outcome once it ended. */
export interface JobEntry {
  readonly progress: JobProgress;
  readonly outcome: JobOutcome | null;
}

/** Jobs by id, in order of start. */
export interface JobsState {
  readonly jobs: Readonly<Record<string, JobEntry>>;
  /** Forgets an ended job's row or message. */
  readonly dismiss: (jobId: string) => void;
}

/** A store that components subscribe to. */
export type Jobs = UseBoundStore<StoreApi<JobsState>>;

/** True while a job can still be cancelled. */
export function isRunning(progress: JobProgress): boolean {
  return progress.phase !== 'done' && progress.phase !== 'failed' && progress.phase !== 'cancelled';
}

/** Follows the client's job events; asks for the running ones at the start and after a gap. */
export function createJobs(client: Client): Jobs {
  const store = create<JobsState>()((set) => ({
    jobs: {},
    dismiss: (jobId) =>
      set((state) => ({ jobs: Object.fromEntries(Object.entries(state.jobs).filter(([id]) => id !== jobId)) })),
  }));

  function put(progress: JobProgress): void {
    const known = store.getState().jobs[progress.jobId];
    store.setState((state) => ({
      jobs: { ...state.jobs, [progress.jobId]: { progress, outcome: known?.outcome ?? null } },
    }));
    if (!isRunning(progress) && (known?.outcome ?? null) === null) void fetchOutcome(progress.jobId);
  }

  async function fetchOutcome(jobId: string): Promise<void> {
    const result = await client.call('job.result', { jobId });
    if (!result.ok || result.value.state === 'running') return;
    store.setState((state) => {
      const entry = state.jobs[jobId];
      return entry === undefined ? state : { jobs: { ...state.jobs, [jobId]: { ...entry, outcome: result.value } } };
    });
  }

  async function fetchRunning(): Promise<void> {
    const result = await client.call('job.list', {});
    if (!result.ok) return;
    for (const progress of result.value.jobs)
      if (isRunning(progress) || store.getState().jobs[progress.jobId] !== undefined) put(progress);
  }

  client.onEvent((event) => {
    if (event.topic === 'job') put(event.job);
  });
  client.onResync(() => void fetchRunning());
  void fetchRunning();
  return store;
}
