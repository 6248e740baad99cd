// What a person dropped on the window: files, and in a browser the way into folders. Reads names, no contents.

/** A drop. Entries are only to be had while the event is handled, so they are taken at once. */
export interface Dropped {
  readonly files: readonly File[];
  /** The same things as the browser's file system sees them, in the same order. */
  readonly entries: readonly FileSystemEntry[];
}

/** A file under the name it is sent with: that of a folder's file says the way from the folder, with `/`. */
export interface NamedFile {
  readonly file: File;
  readonly name: string;
}

/** As many as one import takes; more would only be refused there. */
const mostFiles = 20_000;

/** Takes a drop's files and entries. To be called before the event is over. */
export function droppedIn(transfer: DataTransfer | null): Dropped {
  const items = [...(transfer?.items ?? [])].filter(({ kind }) => kind === 'file');
  const entries = items.map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  return { files: [...(transfer?.files ?? [])], entries };
}

/** The single files of a drop; those of folders at any depth, by name. Stops after {@link mostFiles} and one. */
export async function filesInDrop({ files, entries }: Dropped): Promise<readonly NamedFile[]> {
  const named: NamedFile[] = [];
  if (!entries.some((entry) => entry.isDirectory)) return files.map((file) => ({ file, name: file.name }));
  const waiting = [...entries].reverse();
  for (let entry = waiting.pop(); entry !== undefined && named.length <= mostFiles; entry = waiting.pop()) {
    if (isFile(entry)) named.push({ file: await fileOf(entry), name: entry.fullPath.replace(/^\//u, '') });
    else if (isDirectory(entry)) {
      const inside = await entriesOf(entry);
      waiting.push(...inside.sort((one, other) => (one.name < other.name ? 1 : -1)));
    }
  }
  return named;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A reader gives a hundred at a time, and none at the end. */
async function entriesOf(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}
