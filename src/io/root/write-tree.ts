/** Writes a tree of numbers, vectors and counted arrays to a new ROOT file, in one pass over its entries. */
import { InputError } from "../../core/index.js";
import { type ByteSink } from "../source.js";
import { ByteBuilder } from "./byte-builder.js";
import { BranchWriter, type BranchSpec, type WriteColumn } from "./write-branch.js";
import { streamerInfos } from "./write-infos.js";
import { ObjectWriter } from "./write-object.js";
import {
  type Directory,
  FREE_BYTES,
  type KeyFields,
  type Place,
  headSize,
  keySize,
  placeDirectories,
  writeFree,
  writeHead,
  writeKey,
  writeKeyList,
} from "./write-records.js";

export interface TreeWriterOptions {
  /** The file's own name, as other programs show it. */
  readonly fileName: string;
  /** Title of the file, which says what wrote it [""]. */
  readonly fileTitle?: string;
  /** With its directories: "l1tHGCalTriggerNtuplizer/HGCalTriggerNtuple". */
  readonly tree: string;
  readonly title: string;
  readonly branches: readonly BranchSpec[];
  /** Default: nothing is compressed. */
  readonly compression?: Compression;
  /** A basket is written once it has this many bytes [32000]. */
  readonly basketBytes?: number;
}

/** How records are compressed; CMSSW's ntuples have zlib at level 1. */
export interface Compression {
  readonly algorithm: keyof typeof ALGORITHMS;
  /** As files tell it; what `compress` does is its own business. */
  readonly level: number;
  /** A zlib or xz stream, a zstd frame, or an LZ4 block after its XXH64 (8 bytes, big-endian). */
  readonly compress: (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>;
}

/** Takes the bytes of the file in order. */
export type RootSink = Pick<ByteSink, "write">;

/** ROOT's number of the algorithm, and how a compressed block begins: two letters and the method. */
const ALGORITHMS = {
  zlib: { number: 1, magic: [0x5a, 0x4c, 8] },
  lzma: { number: 2, magic: [0x58, 0x5a, 0] },
  lz4: { number: 4, magic: [0x4c, 0x34, 1] },
  zstd: { number: 5, magic: [0x5a, 0x53, 1] },
} as const;
/** Sizes of compressed blocks have 3 bytes. */
const LARGEST_BLOCK = 0xffffff;
const BLOCK_HEADER = 9;
/** What a basket's key has at its end: version, buffer size, entry size, entries, last byte, flag. */
const BASKET_FIELDS = 2 + 4 * 4 + 1;

export class RootTreeWriter {
  readonly #sink: RootSink;
  readonly #options: TreeWriterOptions;
  readonly #branches: readonly BranchWriter[];
  readonly #directories: readonly Directory[];
  readonly #largest = new Map<BranchWriter, number>();
  readonly #compression: number;
  #position = 0;
  #entries = 0;

  private constructor(sink: RootSink, options: TreeWriterOptions) {
    this.#sink = sink;
    this.#options = options;
    const [, ...folders] = options.tree.split("/").toReversed();
    this.#directories = placeDirectories(options.fileName, options.fileTitle ?? "", folders.toReversed());
    const branches = new Map<string, BranchWriter>();
    for (const spec of options.branches) {
      const counter = spec.counter === undefined ? undefined : branches.get(spec.counter);
      if (branches.has(spec.name) || (spec.counter !== undefined && counter?.spec.type !== "int32")) {
        throw new InputError(
          `branch "${spec.name}": it is there twice, or the int32 branch that counts it is not in front of it`,
        );
      }
      const branch = new BranchWriter(spec, counter);
      branches.set(spec.name, branch);
      if (counter !== undefined) this.#largest.set(counter, 0);
    }
    this.#branches = [...branches.values()];
    const { compression } = options;
    this.#compression =
      compression === undefined ? 0 : 100 * ALGORITHMS[compression.algorithm].number + compression.level;
  }

  /** Begins a file. Its first bytes are zero until `finish` says what they are. */
  static async create(sink: RootSink, options: TreeWriterOptions): Promise<RootTreeWriter> {
    const writer = new RootTreeWriter(sink, options);
    await writer.#append(new Uint8Array(headSize(writer.#directories)));
    return writer;
  }

  /** Adds entries; `columns` has every branch. Baskets that are full are written. */
  async fill(entries: number, columns: Readonly<Record<string, WriteColumn>>): Promise<void> {
    for (const branch of this.#branches) {
      const column = columns[branch.spec.name];
      checkColumn(branch, column, entries);
      if (branch.spec.counter !== undefined) checkCounts(branch.spec, column, columns[branch.spec.counter], entries);
      for (let i = 0; i < entries; i++) {
        branch.add(column, i);
        if (branch.pending >= (this.#options.basketBytes ?? 32_000)) await this.#writeBasket(branch);
      }
      const largest = this.#largest.get(branch);
      if (largest !== undefined) {
        this.#largest.set(
          branch,
          Array.from(column.values, Number).reduce((a, b) => Math.max(a, b), largest),
        );
      }
    }
    this.#entries += entries;
  }

  /**
   * Writes the rest. Returns the first bytes of the file, which have to replace the zeros there.
   * `uuid` is asked last: 16 bytes that files of other contents do not have.
   */
  async finish(uuid: () => Uint8Array): Promise<Uint8Array> {
    for (const branch of this.#branches) if (branch.pending > 0) await this.#writeBasket(branch);
    for (const [counter, largest] of this.#largest) counter.countsUpTo(largest);
    await this.#writeTree();
    const infos = { className: "TList", name: "StreamerInfo", title: "Doubly linked list" };
    const contents = streamerInfos(keySize(infos));
    const stored = await this.#compress(contents);
    const infosPlace = await this.#place(infos, keySize(infos), { contents, stored }, this.#directories[0]);
    const keyLists: Place[] = [];
    for (const directory of this.#directories) {
      keyLists.push(await this.#record(directory.key, writeKeyList(directory.keys), directory));
    }
    const { className, name, title } = this.#directories[0].key;
    const top = { className, name, title };
    const end = this.#position + keySize(top) + FREE_BYTES;
    const free = await this.#record(top, writeFree(end), this.#directories[0]);
    return writeHead({
      directories: this.#directories,
      keyLists,
      infos: infosPlace,
      free,
      end,
      compression: this.#compression,
      uuid: uuid(),
    });
  }

  async #append(bytes: Uint8Array): Promise<void> {
    await this.#sink.write(bytes);
    this.#position += bytes.length;
  }

  /** Appends an uncompressed record. */
  async #record({ className, name, title }: KeyFields, contents: Uint8Array, directory: Directory): Promise<Place> {
    const fields = { className, name, title };
    return this.#place(fields, keySize(fields), { contents, stored: contents }, directory);
  }

  /** Appends a record whose key is followed by `extra` in its `keyBytes`. `stored`: the contents as they stand in the file. */
  async #place(
    fields: KeyFields,
    keyBytes: number,
    { contents, stored }: { readonly contents: Uint8Array; readonly stored: Uint8Array },
    directory: Directory,
    extra?: (out: ByteBuilder) => void,
  ): Promise<Place & { readonly keyBytes: number; readonly objectBytes: number; readonly directory: number }> {
    const place = {
      ...fields,
      seek: this.#position,
      bytes: keyBytes + stored.length,
      keyBytes,
      objectBytes: contents.length,
      directory: directory.key.seek,
    };
    const out = new ByteBuilder(keyBytes + stored.length);
    writeKey(out, place);
    extra?.(out);
    out.append(stored);
    await this.#append(out.bytes);
    return place;
  }

  async #writeTree(): Promise<void> {
    const name = this.#options.tree.split("/").at(-1) ?? "";
    const fields = { className: "TTree", name, title: this.#options.title };
    const keyBytes = keySize(fields);
    const writer = new ObjectWriter(keyBytes);
    const sum = (of: (branch: BranchWriter) => number): number =>
      this.#branches.reduce((n, branch) => n + of(branch), 0);
    const compressed = sum((branch) => branch.compressed);
    writer.object({
      className: "TTree",
      members: {
        fName: name,
        fTitle: this.#options.title,
        fFillStyle: 1001,
        fLineColor: 602,
        fLineStyle: 1,
        fLineWidth: 1,
        fMarkerColor: 1,
        fMarkerStyle: 1,
        fMarkerSize: 1,
        fEntries: this.#entries,
        fTotBytes: sum((branch) => branch.uncompressed),
        fZipBytes: compressed,
        fFlushedBytes: compressed,
        fWeight: 1,
        fScanField: 25,
        fDefaultEntryOffsetLen: 1000,
        fMaxEntries: 1e12,
        fMaxEntryLoop: 1e12,
        fAutoSave: -300_000_000,
        fAutoFlush: -30_000_000,
        fEstimate: 1_000_000,
        fBranches: this.#branches.map((branch) => branch.record(this.#compression)),
        fLeaves: this.#branches.map((branch) => branch.leaf),
      },
    });
    const contents = writer.out.bytes;
    const directory = this.#directories[this.#directories.length - 1];
    const stored = await this.#compress(contents);
    const place = await this.#place(fields, keyBytes, { contents, stored }, directory);
    directory.keys.push({ ...fields, ...place });
  }

  async #writeBasket(branch: BranchWriter): Promise<void> {
    const { entries, data, offsets } = branch.take();
    const fields = { className: "TBasket", name: branch.spec.name, title: this.#options.tree.split("/").at(-1) ?? "" };
    const keyBytes = keySize(fields) + BASKET_FIELDS;
    const contents = offsets === undefined ? data : withOffsets(data, offsets, keyBytes);
    const stored = await this.#compress(contents);
    const directory = this.#directories[this.#directories.length - 1];
    const { seek, bytes } = await this.#place(fields, keyBytes, { contents, stored }, directory, (out) => {
      out.u16(3);
      out.u32(keyBytes + contents.length);
      // The size of an entry, or of the array of their offsets.
      out.u32(offsets === undefined ? data.length / entries : Math.max(1000, entries + 1));
      out.u32(entries);
      out.u32(keyBytes + data.length);
      out.u8(0);
    });
    branch.placed(entries, seek, bytes, keyBytes + contents.length);
  }

  /** Compressed blocks, or the contents themselves when those are not longer. */
  async #compress(contents: Uint8Array): Promise<Uint8Array> {
    const { compression } = this.#options;
    if (compression === undefined) return contents;
    const out = new ByteBuilder(contents.length);
    for (let at = 0; at < contents.length; at += LARGEST_BLOCK) {
      const block = contents.subarray(at, at + LARGEST_BLOCK);
      const zipped = await compression.compress(block);
      if (out.length + BLOCK_HEADER + zipped.length >= contents.length || zipped.length > LARGEST_BLOCK)
        return contents;
      out.append(
        Uint8Array.of(
          ...ALGORITHMS[compression.algorithm].magic,
          ...littleEndian3(zipped.length),
          ...littleEndian3(block.length),
        ),
      );
      out.append(zipped);
    }
    return out.bytes;
  }
}

function littleEndian3(value: number): number[] {
  return [value & 0xff, (value >>> 8) & 0xff, value >>> 16];
}

/** After the data: the number of offsets, one for each entry from the start of the key, and a zero. */
function withOffsets(data: Uint8Array, offsets: readonly number[], keyBytes: number): Uint8Array {
  const out = new ByteBuilder(data.length + 4 * offsets.length + 8);
  out.append(data);
  out.u32(offsets.length + 1);
  for (const offset of offsets) out.u32(keyBytes + offset);
  out.u32(0);
  return out.bytes;
}

function checkColumn({ spec, jagged }: BranchWriter, column: WriteColumn | undefined, entries: number): void {
  const { values, offsets } = column ?? {};
  const fits =
    values !== undefined && (jagged ? offsets !== undefined && offsets.length > entries : values.length >= entries);
  if (!fits || (!jagged && offsets !== undefined)) {
    throw new InputError(
      `branch "${spec.name}" needs ${jagged ? "offsets and values" : "a value"} for each of ${entries} entries`,
    );
  }
}

function checkCounts(
  { name, counter }: BranchSpec,
  { offsets = [] }: WriteColumn,
  counts: WriteColumn,
  entries: number,
): void {
  for (let i = 0; i < entries; i++) {
    const n = offsets[i + 1] - offsets[i];
    if (Number(counts.values[i]) !== n) {
      throw new InputError(`branch "${name}" has ${n} values in entry ${i}, "${counter}" says ${counts.values[i]}`);
    }
  }
}
