/** What was dropped on the page: files, or the files of a folder. */
import { onCleanup } from "solid-js";

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

/** What a page does with what is dropped on it, while it is there. */
export function listenToDrops(on: {
  /** Something is held over the page. */
  over(isOver: boolean): void;
  files(files: readonly File[], name: string): void;
  problem(text: string): void;
}): void {
  const listen = (event: DragEvent): void => {
    event.preventDefault();
    on.over(event.type === "dragover");
    if (event.type !== "drop" || event.dataTransfer === null) return;
    droppedFiles(event.dataTransfer).then(
      (dropped) => dropped !== null && on.files(dropped.files, dropped.name),
      (error: unknown) =>
        on.problem(`What was dropped cannot be opened: ${error instanceof Error ? error.message : String(error)}`),
    );
  };
  const names = ["dragover", "dragleave", "drop"] as const;
  for (const name of names) addEventListener(name, listen);
  onCleanup(() => {
    for (const name of names) removeEventListener(name, listen);
  });
}
