import { type Cursor } from "./cursor.js";

/** The head of every record of a ROOT file (TKey). */
export interface RootKey {
  /** Bytes of the record, key included. */
  readonly bytes: number;
  readonly version: number;
  /** Uncompressed bytes of the object. */
  readonly objectBytes: number;
  readonly keyBytes: number;
  /** Counts up with each object of the same name; negative for a kept key. Says nothing about which one is meant. */
  readonly cycle: number;
  /** Position of the record in the file. */
  readonly seek: number;
  readonly className: string;
  readonly name: string;
  readonly title: string;
}

export function readKey(cursor: Cursor): RootKey {
  return { ...readKeyNumbers(cursor), className: cursor.string(), name: cursor.string(), title: cursor.string() };
}

/** The part of a key before its strings. */
export function readKeyNumbers(cursor: Cursor): Omit<RootKey, "className" | "name" | "title"> {
  const bytes = cursor.i32();
  const version = cursor.i16();
  const objectBytes = cursor.u32();
  cursor.skip(4); // date and time
  const keyBytes = cursor.u16();
  const cycle = cursor.i16();
  // Versions above 1000 have 64-bit positions.
  const seek = version > 1000 ? cursor.u64() : cursor.u32();
  cursor.skip(version > 1000 ? 8 : 4); // position of the directory
  return { bytes, version, objectBytes, keyBytes, cycle, seek };
}
