/** What was dropped on the page: files, or the files of a folder. */

export interface Dropped {
  readonly name: string;
  readonly files: readonly File[];
}

export function nameOfFiles(files: readonly File[]): string {
  return files.length === 1 ? files[0].name : `${files.length} files`;
}

/** Of a folder its own files, not those of folders in it; null when text was dropped. Must be called in the event: afterwards the data are gone. */
export async function droppedFiles({ items, files }: DataTransfer): Promise<Dropped | null> {
  const entries = [...items].map((item) => item.webkitGetAsEntry());
  const all = [...files];
  const folder = entries.find((entry) => entry?.isDirectory === true);
  if (folder === undefined || folder === null) return all.length === 0 ? null : { name: nameOfFiles(all), files: all };
  if (entries.length > 1) throw new Error("one folder at a time, or only files");
  const reader = (folder as FileSystemDirectoryEntry).createReader();
  const found: File[] = [];
  for (;;) {
    // A hundred at a time, then none.
    const more = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (more.length === 0) return { name: folder.name, files: found };
    for (const entry of more) {
      if (entry.isFile) {
        found.push(await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)));
      }
    }
  }
}
