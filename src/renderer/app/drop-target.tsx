// The whole window takes files: it lights up while they are held over it and says what will happen.

import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { ImportMode } from '../../shared/schema/batch.ts';
import { droppedIn } from '../rpc/dropped.ts';
import type { Dropped } from '../rpc/dropped.ts';
import { useEngine } from '../state/client-context.tsx';
import { useImport } from '../state/use-import.ts';
import { Icon } from '../ui/icon.tsx';
import { useErrorText } from '../words/use-error-words.ts';
import { useWords } from '../words/use-words.ts';
import { useSay } from '../state/ui-context.tsx';

/** Listens on the window and imports what is dropped. */
export function DropTarget({ mode }: { readonly mode: ImportMode }): ReactNode {
  const t = useWords('frame');
  const say = useSay();
  const { client } = useEngine();
  const textOf = useErrorText();
  const importFiles = useImport(mode);
  const isOver = useFileDrag((dropped) => {
    void client.takeDroppedFiles(dropped).then((taken) => {
      if (taken.ok) importFiles(taken.value);
      else say({ tone: 'error', text: `${t('dropFailed')} ${textOf(taken.error)}` });
    });
  });
  if (!isOver) return null;
  return (
    <div className="drop-target" role="status">
      <div className="drop-card">
        <Icon name="upload" size={32} />
        <h2>{t('dropTitle')}</h2>
        <p className="soft">{t('dropText')}</p>
      </div>
    </div>
  );
}

/** True while files are held over the window. Enter and leave come in pairs for every element on the way, so they are counted. */
function useFileDrag(onDrop: (dropped: Dropped) => void): boolean {
  const [isOver, setIsOver] = useState(false);
  const drop = useRef(onDrop);
  useEffect(() => {
    drop.current = onDrop;
  });
  useEffect(() => {
    let depth = 0;
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
    const listen: readonly [string, (event: DragEvent) => void][] = [
      ['dragenter', () => setIsOver((depth += 1) > 0)],
      ['dragleave', () => setIsOver((depth = Math.max(0, depth - 1)) > 0)],
      ['dragover', (event) => event.dataTransfer !== null && (event.dataTransfer.dropEffect = 'copy')],
      [
        'drop',
        (event) => {
          depth = 0;
          setIsOver(false);
          const dropped = droppedIn(event.dataTransfer);
          if (dropped.files.length > 0) drop.current(dropped);
        },
      ],
    ];
    const handlers = listen.map(([type, act]) => {
      const handler = (event: Event): void => {
        if (!(event instanceof DragEvent) || !hasFiles(event)) return;
        event.preventDefault();
        act(event);
      };
      window.addEventListener(type, handler);
      return () => window.removeEventListener(type, handler);
    });
    return () => handlers.forEach((stop) => stop());
  }, []);
  return isOver;
}
