// The source file of a batch, at a place when one is given, with its problems flagged.

import { useCallback, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { BatchFile } from '../../../shared/schema/batch.ts';
import type { SourcePlace } from '../../state/route.ts';
import { useQuery } from '../../state/use-query.ts';
import { IconButton } from '../../ui/button.tsx';
import { Select } from '../../ui/fields.tsx';
import type { ShownPlace } from '../../ui/source-view-marks.ts';
import { SourceView } from '../../ui/source-view.tsx';
import { usePlainKeys } from '../../ui/use-plain-keys.ts';
import { EmptyState, QueryView } from '../../ui/views.tsx';
import { useFormats, useWords } from '../../words/use-words.ts';
import { markFrom, useFileMarks } from './source-marks.ts';
import './problems.css';

/** The source file of a batch, at a place when one is given. */
export function SourceTab({
  batchId,
  place,
}: {
  readonly batchId: string;
  readonly place: SourcePlace | null;
}): ReactNode {
  const t = useWords('source');
  const query = useQuery('batch.get', { batchId });
  return (
    <QueryView query={query} lines={12}>
      {({ files }) =>
        files.length === 0 ? (
          <EmptyState icon="file" title={t('noFilesTitle')} />
        ) : (
          <SourceFiles key={placeKey(place)} batchId={batchId} files={files} wanted={place} />
        )
      }
    </QueryView>
  );
}

function SourceFiles({
  batchId,
  files,
  wanted,
}: {
  readonly batchId: string;
  readonly files: readonly BatchFile[];
  readonly wanted: SourcePlace | null;
}): ReactNode {
  const t = useWords('source');
  const [fileOrdinal, setFileOrdinal] = useState(wanted?.fileOrdinal ?? files[0]?.ordinal ?? 0);
  const { marks, isAll } = useFileMarks(batchId, fileOrdinal);
  const [place, setPlace] = useState<SourcePlace | null>(wanted);
  const [chosen, setChosen] = useState(-1);
  /** Where the reader is, which is not always where the last step led. */
  const cursor = useRef<{ readonly line: number; readonly column: number } | null>(wanted);
  const onCursor = useCallback((at: { readonly line: number; readonly column: number }) => {
    cursor.current = at;
  }, []);
  const step = useCallback(
    (direction: 1 | -1) => {
      const index = markFrom(marks, cursor.current ?? { line: 0, column: 0 }, direction);
      const mark = marks[index];
      if (mark === undefined) return;
      setChosen(index);
      setPlace({ fileOrdinal, line: mark.line, column: mark.column });
    },
    [marks, fileOrdinal],
  );
  const next = useCallback(() => step(1), [step]);
  const previous = useCallback(() => step(-1), [step]);
  usePlainKeys(useMemo(() => ({ n: next, p: previous, f8: next, 'shift+f8': previous }), [next, previous]));
  const shownMarks = useMemo(
    () => marks.map((mark, index) => (index === chosen ? { ...mark, isMain: true } : mark)),
    [marks, chosen],
  );
  const shownPlace = useMemo<ShownPlace | null>(
    () =>
      wanted === null || chosen >= 0
        ? null
        : { line: wanted.line, column: wanted.column, endLine: null, endColumn: null },
    [wanted, chosen],
  );
  const file = files.find(({ ordinal }) => ordinal === fileOrdinal);
  const pickFile = (id: string): void => {
    setFileOrdinal(Number(id));
    setPlace(null);
    setChosen(-1);
    cursor.current = null;
  };
  return (
    <SourceView
      key={fileOrdinal}
      batchId={batchId}
      fileOrdinal={fileOrdinal}
      label={t('label', { name: file?.fileName ?? '' })}
      place={place}
      marks={shownMarks}
      shownPlace={shownPlace}
      onCursor={onCursor}
      tools={
        <>
          {files.length > 1 && <FileChoice files={files} chosen={fileOrdinal} onChoose={pickFile} />}
          {files.length === 1 && <span className="clip mono source-name">{file?.fileName}</span>}
          <IconButton
            icon="up"
            label={t('previousProblem')}
            keys="p"
            onPress={previous}
            isDisabled={marks.length === 0}
          />
          <IconButton icon="down" label={t('nextProblem')} keys="n" onPress={next} isDisabled={marks.length === 0} />
          <MarkCount total={marks.length} chosen={chosen} isAll={isAll} />
        </>
      }
    />
  );
}

function MarkCount({
  total,
  chosen,
  isAll,
}: {
  readonly total: number;
  readonly chosen: number;
  readonly isAll: boolean;
}): ReactNode {
  const t = useWords('source');
  const formats = useFormats();
  const text =
    total === 0
      ? t('noProblems')
      : chosen >= 0
        ? t('problemOf', { number: formats.count(chosen + 1), total: formats.count(total) })
        : t('problems', { count: total });
  return (
    <span
      className="soft clip"
      role="status"
      title={isAll ? undefined : t('problemsFirst', { count: formats.count(total) })}
    >
      {isAll || chosen >= 0 ? text : t('problemsFirst', { count: formats.count(total) })}
    </span>
  );
}

function FileChoice({
  files,
  chosen,
  onChoose,
}: {
  readonly files: readonly BatchFile[];
  readonly chosen: number;
  readonly onChoose: (id: string) => void;
}): ReactNode {
  const t = useWords('source');
  const formats = useFormats();
  return (
    <div className="source-files">
      <Select
        label={t('file')}
        hideLabel
        value={String(chosen)}
        options={files.map(({ ordinal, fileName, sizeBytes }) => ({
          id: String(ordinal),
          label: fileName,
          detail: formats.bytes(sizeBytes),
        }))}
        onChange={onChoose}
      />
    </div>
  );
}

function placeKey(place: SourcePlace | null): string {
  return place === null ? 'none' : `${place.fileOrdinal}:${place.line}:${place.column}`;
}
