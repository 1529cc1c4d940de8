/** The records of a ROOT file besides those of a tree: keys, directories, header. All positions have 64 bits. */
import { ByteBuilder } from "./byte-builder.js";

export interface KeyFields {
  readonly className: string;
  readonly name: string;
  readonly title: string;
}

export interface PlacedKey extends KeyFields {
  readonly keyBytes: number;
  readonly objectBytes: number;
  /** Bytes of the record as stored, key included. */
  readonly bytes: number;
  readonly seek: number;
  /** Position of the directory that it belongs to. */
  readonly directory: number;
}

// Keys and directories of this version + 1000 have 64-bit positions.
const KEY_VERSION = 1004;
const DIRECTORY_VERSION = 1005;
const FREE_VERSION = 1001;
/** Records know the second when they were made; ours are the same whenever they are made. */
const NO_DATE = 0;

export function keySize({ className, name, title }: KeyFields): number {
  return 34 + textSize(className) + textSize(name) + textSize(title);
}

function textSize(text: string): number {
  const out = new ByteBuilder(64);
  out.string(text);
  return out.length;
}

export function writeKey(out: ByteBuilder, key: PlacedKey): void {
  out.u32(key.bytes);
  out.u16(KEY_VERSION);
  out.u32(key.objectBytes);
  out.u32(NO_DATE);
  out.u16(key.keyBytes);
  out.u16(1); // cycle
  out.u64(key.seek);
  out.u64(key.directory);
  out.string(key.className);
  out.string(key.name);
  out.string(key.title);
}

/** A directory: of the file itself when `parent` is undefined. */
export interface Directory {
  readonly key: PlacedKey;
  readonly parent: Directory | undefined;
  readonly keys: PlacedKey[];
}

const DIRECTORY_BYTES = 60;
const HEADER_BYTES = 100;

/** The directories of a path such as "a/b", outermost first; their records follow the header of the file. */
export function placeDirectories(fileName: string, fileTitle: string, path: readonly string[]): Directory[] {
  const directories: Directory[] = [];
  let seek = HEADER_BYTES;
  for (const name of [fileName, ...path]) {
    const parent = directories.at(-1);
    const fields = {
      className: parent === undefined ? "TFile" : "TDirectory",
      name,
      title: parent === undefined ? fileTitle : name,
    };
    const keyBytes = keySize(fields);
    const objectBytes = DIRECTORY_BYTES + (parent === undefined ? textSize(name) + textSize(fileTitle) : 0);
    const bytes = keyBytes + objectBytes;
    const key = { ...fields, keyBytes, objectBytes, bytes, seek, directory: parent?.key.seek ?? 0 };
    parent?.keys.push(key);
    directories.push({ key, parent, keys: [] });
    seek += bytes;
  }
  return directories;
}

export interface Place {
  readonly seek: number;
  readonly bytes: number;
}

export interface FileHead {
  readonly directories: readonly Directory[];
  /** Where the list of keys of each directory is. */
  readonly keyLists: readonly Place[];
  readonly infos: Place;
  readonly free: Place;
  readonly end: number;
  readonly compression: number;
  readonly uuid: Uint8Array;
}

/** Size of the head: the header and the records of the directories. */
export function headSize(directories: readonly Directory[]): number {
  return directories.reduce((sum, { key }) => sum + key.bytes, HEADER_BYTES);
}

export function writeHead(head: FileHead): Uint8Array {
  const out = new ByteBuilder();
  const [top] = head.directories;
  out.append(Uint8Array.from("root", (letter) => letter.charCodeAt(0)));
  out.u32(1_062_400); // readers of ROOT 6.24 know all our classes; + 1000000: 64-bit positions
  out.u32(HEADER_BYTES);
  out.u64(head.end);
  out.u64(head.free.seek);
  out.u32(head.free.bytes);
  out.u32(1); // free segments
  out.u32(nameBytes(top));
  out.u8(8); // bytes of a position
  out.u32(head.compression);
  out.u64(head.infos.seek);
  out.u32(head.infos.bytes);
  writeUuid(out, head.uuid);
  out.append(new Uint8Array(HEADER_BYTES - out.length));
  for (const [i, directory] of head.directories.entries()) {
    const { key, parent } = directory;
    writeKey(out, key);
    if (parent === undefined) {
      out.string(key.name);
      out.string(key.title);
    }
    out.u16(DIRECTORY_VERSION);
    out.u32(NO_DATE);
    out.u32(NO_DATE);
    out.u32(head.keyLists[i].bytes);
    out.u32(nameBytes(directory));
    out.u64(key.seek);
    out.u64(parent?.key.seek ?? 0);
    out.u64(head.keyLists[i].seek);
    writeUuid(out, head.uuid);
  }
  return out.bytes;
}

/** Bytes in front of a directory's own record. */
function nameBytes({ key }: Directory): number {
  return key.bytes - DIRECTORY_BYTES;
}

function writeUuid(out: ByteBuilder, uuid: Uint8Array): void {
  out.u16(1);
  out.append(uuid);
}

export function writeKeyList(keys: readonly PlacedKey[]): Uint8Array {
  const out = new ByteBuilder();
  out.u32(keys.length);
  for (const key of keys) writeKey(out, key);
  return out.bytes;
}

/** The free segment behind the last byte of the file. */
export function writeFree(end: number): Uint8Array {
  const out = new ByteBuilder();
  out.u16(FREE_VERSION);
  out.u64(end);
  out.u64(Math.max(2_000_000_000, end + 1_000_000_000));
  return out.bytes;
}

/** Bytes of what `writeFree` returns. */
export const FREE_BYTES = 18;
