/** What the footers of our Parquet files say about the bytes before them. */
import type { ColumnMetaData } from "hyparquet";
import type { ParquetCodecs } from "./codecs.js";

/** The key in the footer under which the hash of all row groups stands. */
export const CONTENT = "content";

/** The hash of the row groups so far and one more, of that hash; the magic is a part of the first one. */
export function nextContent(content: string, group: string, codecs: ParquetCodecs): string {
  return hexHash(new TextEncoder().encode(content + group), codecs);
}

/** xxHash64 as 16 hexadecimal digits. */
export function hexHash(bytes: Uint8Array, codecs: Pick<ParquetCodecs, "xxh64">): string {
  return codecs.xxh64(bytes).toString(16).padStart(16, "0");
}

/**
 * The key in a column chunk's metadata under which its page's checksum stands. The decoder verifies that the page has the
 * checksum which is written in it; the footer says which one belongs here, so that swapped pages are found as well.
 */
const CHECKSUM = "checksum";

/** Of a chunk: its only page is a zstd frame with the checksum of its content at the end. */
export function chunkChecksum(frame: Uint8Array): { key: string; value: string } {
  const checksum = new DataView(frame.buffer, frame.byteOffset + frame.length - 4, 4).getUint32(0, true);
  return { key: CHECKSUM, value: checksum.toString(16).padStart(8, "0") };
}

function expectedChecksum({ key_value_metadata: pairs }: ColumnMetaData): string | undefined {
  return pairs?.find(({ key }) => key === CHECKSUM)?.value;
}

/** Whether we wrote the chunk, with a checksum of its page. */
export function hasChecksum(meta: ColumnMetaData): boolean {
  return expectedChecksum(meta) !== undefined;
}

/** Whether we wrote the chunk; throws when its bytes are those of another one. */
export function checkChunk(bytes: Uint8Array, meta: ColumnMetaData): boolean {
  const expected = expectedChecksum(meta);
  if (expected === undefined) return false;
  if (bytes.length >= 4 && chunkChecksum(bytes).value === expected) return true;
  throw new Error("its checksum is not the one in the footer");
}
