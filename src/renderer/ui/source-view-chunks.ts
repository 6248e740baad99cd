// Which stretches of a source file are in the editor and which must be fetched or let go. Numbers only, no calls.

/** Lines fetched at a time. */
export const chunkLines = 200;
/** Stretches kept: 20,000 lines of text, however large the file is. */
const keptChunks = 100;

/** Keeps account of the stretches by their number, from 0. */
export interface ChunkBook {
  /** Stretches between two lines (1-based, both included) that are neither there nor asked for; they count as asked for from now on. */
  take(firstLine: number, lastLine: number): readonly number[];
  /** A stretch has come. */
  arrived(chunk: number): void;
  /** It did not come: it may be asked for again. */
  failed(chunk: number): void;
  /** Stretches to let go so that only the nearest ones stay; they are forgotten here. */
  drop(nearLine: number): readonly number[];
  has(line: number): boolean;
}

/** First line (1-based) of a stretch. */
export function firstLineOf(chunk: number): number {
  return chunk * chunkLines + 1;
}

/** Makes an empty book. */
export function createChunkBook(): ChunkBook {
  const asked = new Set<number>();
  const there = new Set<number>();
  return {
    take: (firstLine, lastLine) => {
      const wanted: number[] = [];
      for (let chunk = chunkOf(firstLine); chunk <= chunkOf(lastLine); chunk += 1) {
        if (asked.has(chunk) || there.has(chunk)) continue;
        asked.add(chunk);
        wanted.push(chunk);
      }
      return wanted;
    },
    arrived: (chunk) => {
      asked.delete(chunk);
      there.add(chunk);
    },
    failed: (chunk) => {
      asked.delete(chunk);
    },
    drop: (nearLine) => {
      if (there.size <= keptChunks) return [];
      const near = chunkOf(nearLine);
      const farthest = [...there]
        .sort((one, other) => Math.abs(other - near) - Math.abs(one - near))
        .slice(0, there.size - keptChunks);
      for (const chunk of farthest) there.delete(chunk);
      return farthest;
    },
    has: (line) => there.has(chunkOf(line)),
  };
}

function chunkOf(line: number): number {
  return Math.floor((Math.max(1, line) - 1) / chunkLines);
}
