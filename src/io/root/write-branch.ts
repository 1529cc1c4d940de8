/** One branch that is being written: its entries until they fill a basket, and where its baskets are. */
import { InputError } from "../../core/index.js";
import { ByteBuilder } from "./byte-builder.js";
import { type Scalar } from "./scalars.js";
import { type MemberValue, type RootObject } from "./write-object.js";

/** A number an entry, or a `vector` of them, or an array whose length the branch `counter` gives. */
export interface BranchSpec {
  readonly name: string;
  readonly type: Scalar;
  readonly vector?: true;
  readonly counter?: string;
}

/** Vectors and counted arrays: entry i has the values [offsets[i], offsets[i + 1]). */
export interface WriteColumn {
  readonly values: ArrayLike<number | bigint>;
  readonly offsets?: ArrayLike<number>;
}

interface TypeInfo {
  readonly bytes: number;
  readonly leaf: string;
  readonly letter: string;
  readonly cpp: string;
  /** Of the class vector<...>. */
  readonly checksum: number;
}

const TYPES: Readonly<Record<Scalar, TypeInfo>> = {
  bool: { bytes: 1, leaf: "TLeafO", letter: "O", cpp: "bool", checksum: 29929751 },
  int8: { bytes: 1, leaf: "TLeafB", letter: "B", cpp: "char", checksum: 29929535 },
  uint8: { bytes: 1, leaf: "TLeafB", letter: "b", cpp: "unsigned char", checksum: 728903898 },
  int16: { bytes: 2, leaf: "TLeafS", letter: "S", cpp: "short", checksum: 89793095 },
  uint16: { bytes: 2, leaf: "TLeafS", letter: "s", cpp: "unsigned short", checksum: 2186716184 },
  int32: { bytes: 4, leaf: "TLeafI", letter: "I", cpp: "int", checksum: 9976712 },
  uint32: { bytes: 4, leaf: "TLeafI", letter: "i", cpp: "unsigned int", checksum: 3106279697 },
  int64: { bytes: 8, leaf: "TLeafL", letter: "L", cpp: "Long64_t", checksum: 2424165566 },
  uint64: { bytes: 8, leaf: "TLeafL", letter: "l", cpp: "ULong64_t", checksum: 2977495147 },
  float: { bytes: 4, leaf: "TLeafF", letter: "F", cpp: "float", checksum: 89790107 },
  double: { bytes: 8, leaf: "TLeafD", letter: "D", cpp: "double", checksum: 269370212 },
};

/** Version of streamed vectors. */
const VECTOR_VERSION = 9;
const BYTE_COUNT = 0x40000000;

/** The entries of a basket. */
export interface FullBasket {
  readonly entries: number;
  /** The bytes of the entries; valid until the next entry is added. */
  readonly data: Uint8Array;
  /** Where each entry starts; undefined when all have the same size. */
  readonly offsets: readonly number[] | undefined;
}

export class BranchWriter {
  readonly spec: BranchSpec;
  readonly leaf: RootObject;
  readonly #leafMembers: Record<string, MemberValue>;
  readonly #type: TypeInfo;
  readonly #data = new ByteBuilder(65_536);
  #offsets: number[] = [];
  #entries = 0;
  readonly #bytes: number[] = [];
  readonly #firsts: number[] = [];
  readonly #seeks: number[] = [];
  #written = 0;
  #uncompressed = 0;
  #compressed = 0;

  /** `counter`: the branch that counts the values, when spec.counter names one. */
  constructor(spec: BranchSpec, counter: BranchWriter | undefined) {
    this.spec = spec;
    this.#type = TYPES[spec.type];
    const title = spec.counter === undefined ? spec.name : `${spec.name}[${spec.counter}]`;
    this.#leafMembers = { fName: spec.name, fTitle: title, fLen: 1 };
    if (spec.vector) Object.assign(this.#leafMembers, { fID: -1, fType: -1 });
    else {
      const unsigned = spec.type.startsWith("u");
      Object.assign(this.#leafMembers, {
        fLenType: this.#type.bytes,
        fIsUnsigned: unsigned,
        fLeafCount: counter?.leaf,
      });
    }
    this.leaf = { className: spec.vector ? "TLeafElement" : this.#type.leaf, members: this.#leafMembers };
  }

  /** Bytes that wait for their basket. */
  get pending(): number {
    return this.#data.length;
  }

  get uncompressed(): number {
    return this.#uncompressed;
  }

  get compressed(): number {
    return this.#compressed;
  }

  get jagged(): boolean {
    return this.spec.vector === true || this.spec.counter !== undefined;
  }

  /** Adds entry i of a column. An integer that the type cannot hold is an InputError. */
  add({ values, offsets }: WriteColumn, i: number): void {
    const first = offsets === undefined ? i : offsets[i];
    const n = offsets === undefined ? 1 : offsets[i + 1] - first;
    const size = n * this.#type.bytes;
    this.#offsets.push(this.#data.length);
    if (this.spec.vector) {
      this.#data.u32(BYTE_COUNT + 6 + size);
      this.#data.u16(VECTOR_VERSION);
      this.#data.u32(n);
    }
    const at = this.#data.skip(size);
    const { view } = this.#data;
    for (let k = 0; k < n; k++) {
      const value = values[first + k];
      if (!put(view, at + k * this.#type.bytes, this.spec.type, value)) {
        throw new InputError(`branch "${this.spec.name}" of type ${this.#type.cpp}: ${value} does not fit`);
      }
    }
    this.#entries++;
  }

  /** What is pending; the branch has nothing pending afterwards. */
  take(): FullBasket {
    const basket = { entries: this.#entries, data: this.#data.bytes, offsets: this.jagged ? this.#offsets : undefined };
    this.#data.clear();
    this.#offsets = [];
    this.#entries = 0;
    return basket;
  }

  /** Notes that a basket of `entries` entries is in `bytes` bytes of the file. */
  placed(entries: number, seek: number, bytes: number, uncompressed: number): void {
    this.#seeks.push(seek);
    this.#bytes.push(bytes);
    this.#firsts.push(this.#written);
    this.#written += entries;
    this.#compressed += bytes;
    this.#uncompressed += uncompressed;
  }

  /** The leaf of a branch that counts others says how many there are at most. */
  countsUpTo(largest: number): void {
    Object.assign(this.#leafMembers, { fIsRange: true, fMaximum: largest });
  }

  /** The branch for the tree's record, when everything is placed. */
  record(compression: number): RootObject {
    const { name, vector } = this.spec;
    const fMaxBaskets = Math.max(10, this.#bytes.length + 1);
    const members = {
      fName: name,
      fTitle: vector ? name : `${String(this.#leafMembers["fTitle"])}/${this.#type.letter}`,
      fFillStyle: 1001,
      fCompress: compression,
      fBasketSize: 32_000,
      fEntryOffsetLen: this.jagged ? 1000 : 0,
      fWriteBasket: this.#bytes.length,
      fEntryNumber: this.#written,
      fMaxBaskets,
      fSplitLevel: vector ? 99 : 0,
      fEntries: this.#written,
      fTotBytes: this.#uncompressed,
      fZipBytes: this.#compressed,
      fLeaves: [this.leaf],
      fBasketBytes: this.#bytes,
      // One more than there are baskets: where the next would begin.
      fBasketEntry: [...this.#firsts, this.#written],
      fBasketSeek: this.#seeks,
    };
    if (!vector) return { className: "TBranch", members };
    const fClassName = `vector<${this.#type.cpp}>`;
    const element = { fClassName, fCheckSum: this.#type.checksum, fClassVersion: 6, fID: -1, fStreamerType: -1 };
    return { className: "TBranchElement", members: { ...members, ...element } };
  }
}

/** Writes a number; false when an integer does not fit. */
function put(view: DataView, at: number, type: Scalar, value: number | bigint): boolean {
  const number = Number(value);
  switch (type) {
    case "float":
      view.setFloat32(at, number);
      return true;
    case "double":
      view.setFloat64(at, number);
      return true;
    case "bool":
      view.setUint8(at, number);
      return number === 0 || number === 1;
    case "int8":
      view.setInt8(at, number);
      return view.getInt8(at) === number;
    case "uint8":
      view.setUint8(at, number);
      return view.getUint8(at) === number;
    case "int16":
      view.setInt16(at, number);
      return view.getInt16(at) === number;
    case "uint16":
      view.setUint16(at, number);
      return view.getUint16(at) === number;
    case "int32":
      view.setInt32(at, number);
      return view.getInt32(at) === number;
    case "uint32":
      view.setUint32(at, number);
      return view.getUint32(at) === number;
    case "int64":
      if (!Number.isInteger(number)) return false;
      view.setBigInt64(at, BigInt(value));
      return view.getBigInt64(at) === BigInt(value);
    case "uint64":
      if (!Number.isInteger(number)) return false;
      view.setBigUint64(at, BigInt(value));
      return view.getBigUint64(at) === BigInt(value);
  }
}
