/** Opens ROOT files: header, directories, trees. Reads with a byte source, decompresses with injected codecs. */
import { FormatError, InputError, noun } from "../../core/index.js";
import { type ByteSource, checkNotEmpty } from "../source.js";
import { type RootCodecs, compressionName, contentsOf } from "./codecs.js";
import { Cursor } from "./cursor.js";
import { type RootKey, readKey } from "./key.js";
import { type Streamers } from "./streamers.js";
import { type RootTree, parseTree } from "./tree.js";

export interface RootFile {
  readonly source: ByteSource;
  /** ROOT's version that wrote it: 62209 is 6.22/09. */
  readonly version: number;
  /** Hexadecimal; identifies the file's content. */
  readonly uuid: string;
  readonly compression: string;
  /** Paths of the trees, with their directories, in the order of the file. */
  readonly trees: readonly string[];
  /** Paths of the RNTuples, which are not supported. */
  readonly rntuples: readonly string[];
  /**
   * Reads the record of a tree; a path that is not in `trees` is an InputError. Of several cycles it is the first in the
   * directory's list, as for ROOT, whatever their numbers say; "dir/tree;1" is cycle 1.
   */
  tree(path: string): Promise<RootTree>;
  /** Where the record of a tree is, key included: its bytes change whenever the tree does. */
  treeRange(path: string): { readonly start: number; readonly end: number };
}

/** Loads what opening the first tree would load: for pages that must work when their server is gone. */
export async function loadTreeReader(): Promise<void> {
  await import("./streamers.js");
}

/** The title of a ROOT file, from its first record. FormatError when it is none. */
export async function readFileTitle(source: ByteSource): Promise<string> {
  const bytes = await source.read(0, Math.min(source.size, 2048));
  const start = new DataView(bytes.buffer, bytes.byteOffset).getUint32(8);
  if (String.fromCharCode(...bytes.subarray(0, 4)) !== "root" || start > 256) {
    throw new FormatError(`${source.name}: not a ROOT file`);
  }
  return readKey(new Cursor(bytes, source.name, start)).title;
}

const TREE_CLASSES: readonly string[] = ["TTree", "TNtuple", "TNtupleD"];

/** By path, the keys of its trees and RNTuples in the order of the list: the first is what the path means. */
type Objects = Map<string, RootKey[]>;

function isTree(objects: Objects, path: string): boolean {
  return TREE_CLASSES.includes(objects.get(path)?.[0].className ?? "");
}

function isRNTuple(objects: Objects, path: string): boolean {
  return !isTree(objects, path);
}

/** Of "dir/tree", or "dir/tree;1": a kept key (TKey::Keep) has the negative of its cycle. */
function findKey(objects: Objects, path: string): RootKey | undefined {
  const exact = objects.get(path)?.[0];
  const [, name, cycle] = /^(.*);(-?\d+)$/s.exec(path) ?? [];
  if (exact !== undefined || name === undefined) return exact;
  return objects.get(name)?.find((key) => key.cycle === Number(cycle) || -key.cycle === Number(cycle));
}

const CONVERT = "convert it to a TTree, for example with RDataFrame's Snapshot or uproot's mktree";

/** What to add to "no such tree": "", or that the file has an RNTuple and what to do. */
export function rntupleNote({ rntuples }: Pick<RootFile, "rntuples">): string {
  if (rntuples.length === 0) return "";
  const [first, ...others] = rntuples.map((path) => `"${path}"`);
  return `; it holds the RNTuple${others.length === 0 ? "" : "s"} ${[first, ...others].join(", ")}, which is not supported: ${CONVERT}`;
}

/**
 * Reads the header and the list of keys of every directory.
 * Not a ROOT file, a truncated, unclosed or corrupt one: a FormatError that names the file.
 */
export async function openRootFile(source: ByteSource, codecs: RootCodecs): Promise<RootFile> {
  const file = new Reader(source, codecs);
  const header = await readHeader(source);
  const objects: Objects = new Map();
  await file.walk(header.directory, "", objects);
  const [trees, rntuples] = [isTree, isRNTuple].map((is) => [...objects.keys()].filter((path) => is(objects, path)));
  let streamers: Promise<Streamers> | undefined;
  const keyOf = (path: string): RootKey => {
    const key = findKey(objects, path);
    if (key === undefined) throw new InputError(`tree not found: "${path}" in ${source.name}, which has ${found()}`);
    if (TREE_CLASSES.includes(key.className)) return key;
    throw new FormatError(`${source.name}: "${path}" is an RNTuple, which is not supported: ${CONVERT}`);

    function found(): string {
      const cycles = objects.get(path.slice(0, path.lastIndexOf(";")))?.map((each) => each.cycle);
      return cycles === undefined ? listOf(trees) : `${noun(cycles.length, "cycle")} ${cycles.join(", ")} of it`;
    }
  };
  return {
    source,
    version: header.version % 1_000_000,
    uuid: header.uuid,
    compression: compressionName(header.compression),
    trees,
    rntuples,
    async tree(path) {
      const key = keyOf(path);
      streamers ??= file.streamers(header.infos);
      const [record, classes] = await Promise.all([file.record(key.seek, key.bytes, `tree "${path}"`, key), streamers]);
      const what = `${source.name}: tree "${path}"`;
      const object = classes.read(key.className, record.contents, record.key.keyBytes, what);
      return parseTree(object, { source, codecs, path, title: key.title }, classes);
    },
    treeRange(path) {
      const key = keyOf(path);
      return { start: key.seek, end: key.seek + key.bytes };
    },
  };
}

/** `the trees "a", "b"` or `no tree`. */
export function listOf(paths: readonly string[]): string {
  if (paths.length === 0) return "no tree";
  return `the ${noun(paths.length, "tree")} ${paths.map((path) => `"${path}"`).join(", ")}`;
}

interface Range {
  readonly seek: number;
  readonly bytes: number;
}

interface Header {
  readonly version: number;
  readonly uuid: string;
  readonly compression: number;
  readonly infos: Range;
  /** The list of keys of the top directory. */
  readonly directory: Range;
}

/** More than the header and the record of the top directory of any file. */
const HEAD_BYTES = 4096;

async function readHeader(source: ByteSource): Promise<Header> {
  checkNotEmpty(source);
  const head = await source.read(0, Math.min(HEAD_BYTES, source.size));
  if (head.length < 4 || String.fromCharCode(...head.subarray(0, 4)) !== "root") {
    throw new FormatError(`${source.name} is not a ROOT file: it does not start with "root"`);
  }
  const cursor = new Cursor(head, source.name, 4);
  const version = cursor.u32();
  // Files that have exceeded 2 GB have a version above 1000000 and 64-bit positions.
  const position = version >= 1_000_000 ? () => cursor.u64() : () => cursor.u32();
  const begin = cursor.u32();
  const end = position();
  position(); // list of free segments
  cursor.skip(4 + 4); // its size, number of segments
  const nameBytes = cursor.u32();
  cursor.skip(1); // size of positions
  const compression = cursor.u32();
  const infos = { seek: position(), bytes: cursor.u32() };
  cursor.skip(2); // version of the UUID
  const at = cursor.skip(16);
  const uuid = Array.from(head.subarray(at, at + 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (end > source.size) {
    throw new FormatError(`${source.name} is truncated: its header says ${end} bytes, the file has ${source.size}`);
  }
  cursor.at = begin;
  cursor.skip(nameBytes);
  const directory = readDirectory(cursor);
  if (directory.seek === 0 || infos.seek === 0) {
    throw new FormatError(
      `${source.name} was not closed by the program that wrote it: it has no list of keys (ROOT can recover such files)`,
    );
  }
  return { version, uuid, compression, infos, directory };
}

/** The list of keys of a directory, from its record. */
function readDirectory(cursor: Cursor): Range {
  const large = cursor.i16() > 1000;
  cursor.skip(4 + 4); // created, modified
  const bytes = cursor.u32();
  cursor.skip(4 + (large ? 16 : 8)); // size of its name; positions of itself and of its parent
  return { seek: large ? cursor.u64() : cursor.u32(), bytes };
}

/** TDirectoryFile, which old files and some programs call TDirectory. */
function isDirectory({ className }: RootKey): boolean {
  return className.startsWith("TDirectory");
}

function isSameClass(a: RootKey, b: RootKey): boolean {
  return a.className === b.className || (isDirectory(a) && isDirectory(b));
}

class Reader {
  readonly #source: ByteSource;
  readonly #codecs: RootCodecs;
  readonly #seen = new Set<number>();

  constructor(source: ByteSource, codecs: RootCodecs) {
    this.#source = source;
    this.#codecs = codecs;
  }

  /** Adds the trees and RNTuples of a directory and of those in it. */
  async walk(directory: Range, prefix: string, objects: Objects): Promise<void> {
    const what = `${this.#source.name}: directory "${prefix === "" ? "/" : prefix}"`;
    if (this.#seen.has(directory.seek)) throw new FormatError(`${what} contains itself: the file is corrupt`);
    this.#seen.add(directory.seek);
    if (directory.bytes === 0) return;
    const bytes = await this.#source.read(directory.seek, directory.seek + directory.bytes);
    const cursor = new Cursor(bytes, what);
    readKey(cursor);
    const keys = cursor.u32();
    for (let i = 0; i < keys; i++) {
      const key = readKey(cursor);
      const path = prefix + key.name;
      if (TREE_CLASSES.includes(key.className) || key.className.endsWith("RNTuple")) {
        objects.set(path, [...(objects.get(path) ?? []), key]);
      } else if (isDirectory(key)) {
        const { contents } = await this.record(key.seek, key.bytes, `directory "${path}"`, key);
        await this.walk(readDirectory(new Cursor(contents, what)), `${path}/`, objects);
      }
    }
  }

  async streamers(infos: Range): Promise<Streamers> {
    const { key, contents } = await this.record(infos.seek, infos.bytes, "StreamerInfo");
    // jsroot is loaded when the first tree is opened.
    const { Streamers } = await import("./streamers.js");
    return new Streamers(contents, key.keyBytes, this.#source.name);
  }

  /** A record's own key and its decompressed contents. Throws unless the key is the `expected` one. */
  async record(
    seek: number,
    bytes: number,
    name: string,
    expected?: RootKey,
  ): Promise<{ key: RootKey; contents: Uint8Array }> {
    const what = `${this.#source.name}: ${name}`;
    const record = await this.#source.read(seek, seek + bytes);
    const key = readKey(new Cursor(record, what));
    if (
      key.bytes !== bytes ||
      key.keyBytes > bytes ||
      (expected !== undefined && (!isSameClass(key, expected) || key.objectBytes !== expected.objectBytes))
    ) {
      throw new FormatError(
        `${what}: the record at byte ${seek} is not the one its directory lists: the file is corrupt`,
      );
    }
    return { key, contents: await contentsOf(record, key, this.#codecs, what) };
  }
}
