/** Where the column chunks of a Parquet file are. */
import type { ColumnChunk } from "hyparquet";

/** Column chunks closer than this are fetched together: less than what a request costs. */
const GAP = 1 << 15;

export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Ranges that touch or nearly touch, merged. */
export function mergeRanges(ranges: readonly ByteRange[]): ByteRange[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last.end + GAP) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

/** Whether it is the top-level column of that name. */
export function isColumn({ meta_data: meta }: ColumnChunk, name: string): boolean {
  return meta !== undefined && meta.path_in_schema.length === 1 && meta.path_in_schema[0] === name;
}

/** Where its pages are. */
export function chunkRange({ file_path: elsewhere, meta_data: meta }: ColumnChunk): ByteRange {
  if (elsewhere) throw new Error(`its data are in another file, ${elsewhere}`);
  if (meta === undefined) throw new Error("it is encrypted");
  // A dictionary stands before the data; some writers put an offset of 0 where there is none.
  const start = Number(meta.dictionary_page_offset || meta.data_page_offset);
  return { start, end: start + Number(meta.total_compressed_size) };
}
