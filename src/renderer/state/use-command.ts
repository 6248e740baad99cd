// The hook by which components make the engine act: one call at a time, the outcome as a value.

import { useCallback, useRef, useState } from 'react';
import type { MethodInput, MethodName, MethodOutput } from '../../shared/contract/methods.ts';
import type { AppError, Result } from '../../shared/result.ts';
import { useEngine } from './client-context.tsx';

/** A command, whether it runs, and how it last failed. */
export interface Command<M extends MethodName> {
  /** Null when the same command is already running here: a second click does nothing. */
  readonly run: (input: MethodInput<M>) => Promise<Result<MethodOutput<M>> | null>;
  readonly isRunning: boolean;
  readonly error: AppError | null;
  readonly clearError: () => void;
}

/** A command of the engine for one button or form. */
export function useCommand<M extends MethodName>(method: M): Command<M> {
  const { client } = useEngine();
  const running = useRef(false);
  const [isRunning, setIsRunning] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const run = useCallback(
    async (input: MethodInput<M>) => {
      if (running.current) return null;
      running.current = true;
      setIsRunning(true);
      const result = await client.call(method, input);
      running.current = false;
      setIsRunning(false);
      setError(result.ok ? null : result.error);
      return result;
    },
    [client, method],
  );
  return { run, isRunning, error, clearError: useCallback(() => setError(null), []) };
}
