// Starts an import from files the host has taken in, from a file dialog, or of the sample batch; failures are said.

import { useCallback } from 'react';
import type { ImportMode } from '../../shared/schema/batch.ts';
import type { AppError } from '../../shared/result.ts';
import type { FileToken } from '../../shared/contract/bridge.ts';
import { useErrorText } from '../words/use-error-words.ts';
import { useEngine } from './client-context.tsx';
import { useSay } from './ui-context.tsx';

/** Imports taken files in the given mode. No files (a closed dialog) is nothing to say. */
export function useImport(mode: ImportMode): (files: readonly FileToken[]) => void {
  const { client } = useEngine();
  const sayError = useSayError();
  return useCallback(
    (files) => {
      if (files.length === 0) return;
      void client.call('batch.import', { fileTokens: files.map(({ token }) => token), mode }).then((result) => {
        if (!result.ok) sayError(result.error);
      });
    },
    [client, mode, sayError],
  );
}

/** Opens the host's file dialog and imports what is chosen. */
export function useChooseAndImport(mode: ImportMode): () => void {
  const { client } = useEngine();
  const importFiles = useImport(mode);
  const sayError = useSayError();
  return useCallback(() => {
    void client.chooseFiles().then((chosen) => {
      if (chosen.ok) importFiles(chosen.value);
      else sayError(chosen.error);
    });
  }, [client, importFiles, sayError]);
}

/** Imports a sample batch with a few planted errors. */
export function useImportSample(): () => void {
  const { client } = useEngine();
  const sayError = useSayError();
  return useCallback(() => {
    void client.call('batch.importSample', {}).then((result) => {
      if (!result.ok) sayError(result.error);
    });
  }, [client, sayError]);
}

function useSayError(): (error: AppError) => void {
  const say = useSay();
  const textOf = useErrorText();
  return useCallback((error) => say({ tone: 'error', text: textOf(error) }), [say, textOf]);
}
