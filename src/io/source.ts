/** Where bytes come from (a file, memory, a file dropped on a page, a URL) and go to. Readers and writers know nothing else. */
import { FormatError } from "../core/index.js";

/** Random access to bytes that do not change while they are read. */
export interface ByteSource {
  /** Shown in errors: a path, a URL or a file name. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /**
   * Bytes [start, end): a fresh or shared array, not to be modified. Never fewer than asked for: a range
   * outside the source and a short read are errors that name the source.
   */
  read(start: number, end: number): Promise<Uint8Array>;
  /** Tells files, and states of a file, apart, where the system says: equal for two sources of the same bytes on a disk. */
  readonly identity?: string;
  /** Throws an InputError when the file was changed since it was opened. Without: it cannot be. */
  check?(): Promise<void>;
  close?(): Promise<void>;
}

/** Throws a FormatError unless [start, end) lies within the source. */
export function checkRange(source: Pick<ByteSource, "name" | "size">, start: number, end: number): void {
  if (Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 0 && start <= end && end <= source.size)
    return;
  throw new FormatError(
    `${source.name}: bytes ${start} to ${end} are needed, but the file has ${source.size} bytes: it is truncated or corrupt`,
  );
}

/** Throws a FormatError for a source without bytes: what a copy or a job that failed leaves. */
export function checkNotEmpty({ name, size }: Pick<ByteSource, "name" | "size">): void {
  if (size === 0) throw new FormatError(`${name} is empty: it has 0 bytes`);
}

/** Bytes in memory; reads are views. */
export function memorySource(name: string, bytes: Uint8Array): ByteSource {
  const size = bytes.byteLength;
  return {
    name,
    size,
    async read(start, end) {
      checkRange({ name, size }, start, end);
      return bytes.subarray(start, end);
    },
  };
}

/** What `blobSource` needs of a browser's `Blob`. */
export interface BlobLike {
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** A file dropped on a page. */
export function blobSource(name: string, blob: BlobLike): ByteSource {
  const { size } = blob;
  return {
    name,
    size,
    async read(start, end) {
      checkRange({ name, size }, start, end);
      return new Uint8Array(await blob.slice(start, end).arrayBuffer());
    },
  };
}

/** Named sources: the files of a folder, or those dropped on a page. */
export interface SourceFolder {
  /** Shown in errors. */
  readonly name: string;
  /** `undefined` when there is no such file. */
  open(file: string): Promise<ByteSource | undefined>;
  /** Throws an InputError when a file was put into or taken from the folder, or another one is in its place, since it was opened. */
  check?(): Promise<void>;
}

/** Where a writer puts its bytes, in order. The bytes may be reused once `write` has resolved. */
export interface ByteSink {
  write(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** Opens a new file of an output folder for writing, or one of which the first `kept` bytes stay. */
export type OpenSink = (file: string, kept?: number) => Promise<ByteSink>;
