// What is known about the imported file itself: when and how it came in, its size and its checksum.

import { useState } from 'react';
import type { ReactNode } from 'react';
import type { BatchSummary } from '../../../shared/schema/batch.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Moment } from '../../ui/values.tsx';
import { useFormats, useWords } from '../../words/use-words.ts';

/** A button that opens the facts. */
export function AboutFile({ batch }: { readonly batch: BatchSummary }): ReactNode {
  const t = useWords('batch');
  const common = useWords('common');
  const formats = useFormats();
  const [isOpen, setIsOpen] = useState(false);
  const close = (): void => setIsOpen(false);
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('readAt'), <Moment key="at" atMs={batch.importedAtMs} />],
    [t('mode'), t(`mode.${batch.mode}`)],
    [t('size'), formats.bytes(batch.sizeBytes)],
    ...(batch.sourceBatchId === null ? [] : [[t('sourceId'), batch.sourceBatchId] as const]),
    [t('checksum'), <code key="sum">{batch.sha256}</code>],
  ];
  return (
    <>
      <IconButton icon="info" label={t('details')} onPress={() => setIsOpen(true)} />
      <Dialog
        title={t('details')}
        isOpen={isOpen}
        onClose={close}
        actions={
          <Button onPress={close} autoFocus>
            {common('close')}
          </Button>
        }
      >
        <dl className="about-file">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Dialog>
    </>
  );
}
