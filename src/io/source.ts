/** Where bytes come from: a file, memory, a file dropped on a page, a URL. Readers know nothing else. */
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
