/** The record of a TTree: its branches, how they are laid out, and where their baskets are. */
import { FormatError, InputError, nearest } from "../../core/index.js";
import { type ByteSource } from "../source.js";
import { type RootCodecs, compressionName } from "./codecs.js";
import { type Layout, type LeafRecord, layoutOf } from "./layout.js";
import { Member } from "./member.js";
import { type Streamers } from "./streamers.js";

/** A basket: `entries` entries of one branch, from entry `first` on. */
export interface BasketRef {
  readonly first: number;
  readonly entries: number;
  /** Its record in the file, or undefined when it is kept in the tree's record. */
  readonly range?: { readonly start: number; readonly end: number };
  /** A basket kept in the tree's record, uncompressed. */
  readonly embedded?: EmbeddedBasket;
}

export interface EmbeddedBasket {
  readonly bytes: Uint8Array;
  /** Where each entry starts in `bytes`; undefined when all have the same size. */
  readonly offsets: Int32Array | undefined;
}

export interface RootBranch {
  readonly name: string;
  /** Names of the branches above and its own, separated by "/". */
  readonly path: string;
  /** As in C++: "vector<float>", "float[n]". */
  readonly typeName: string;
  readonly layout: Layout;
  readonly entries: number;
  /** Bytes of its baskets, with their keys. */
  readonly uncompressedBytes: number;
  readonly compressedBytes: number;
  readonly compression: string;
  readonly baskets: readonly BasketRef[];
}

export interface RootTree {
  readonly source: ByteSource;
  readonly codecs: RootCodecs;
  /** With its directories: "l1tHGCalTriggerNtuplizer/HGCalTriggerNtuple". */
  readonly path: string;
  readonly title: string;
  readonly entries: number;
  readonly uncompressedBytes: number;
  readonly compressedBytes: number;
  /** Depth first: a branch comes before those below it. */
  readonly branches: readonly RootBranch[];
}

/** How errors name a tree or one of its branches. */
export function nameOf(tree: Pick<RootTree, "source" | "path">, branch?: Pick<RootBranch, "path">): string {
  const inTree = `tree "${tree.path}"`;
  return `${tree.source.name}: ${branch === undefined ? inTree : `branch "${branch.path}" in ${inTree}`}`;
}

/**
 * The branch of a name or path. A branch that is not there is an InputError; so is a name that several branches
 * share, unless one of them is at the top.
 */
export function findBranch(tree: RootTree, name: string): RootBranch {
  const exact = tree.branches.find((branch) => branch.path === name);
  if (exact !== undefined) return exact;
  const named = tree.branches.filter((branch) => branch.name === name);
  if (named.length === 1) return named[0];
  if (named.length > 1) {
    throw new InputError(
      `${nameOf(tree)} has ${named.length} branches "${name}": give one of ${named.map((b) => `"${b.path}"`).join(", ")}`,
    );
  }
  const paths = tree.branches.map(({ path }) => path);
  const near = nearest(name, name.includes("/") ? paths : tree.branches.map((branch) => branch.name));
  throw new InputError(
    `branch not found: "${name}" in tree "${tree.path}" (${tree.source.name})${near === undefined ? "" : `; nearest: "${near}"`}`,
  );
}

/** Interprets the contents of a TTree's record, as jsroot hands them over. */
export function parseTree(
  record: object,
  tree: Pick<RootTree, "source" | "codecs" | "path" | "title">,
  streamers: Streamers,
): RootTree {
  const what = nameOf(tree);
  const root = new Member(record, what);
  const entries = root.count("fEntries");
  const branches: RootBranch[] = [];
  for (const branch of root.list("fBranches")) addBranch(branch, "", tree, streamers, branches);
  return {
    ...tree,
    entries,
    uncompressedBytes: root.count("fTotBytes"),
    compressedBytes: root.count("fZipBytes"),
    branches,
  };
}

function addBranch(
  record: Member,
  parent: string,
  tree: Pick<RootTree, "source" | "path">,
  streamers: Streamers,
  branches: RootBranch[],
): void {
  const name = record.text("fName");
  const path = parent + name;
  const branch = record.named(nameOf(tree, { path }));
  const className = branch.text("_typename");
  const entries = branch.count("fEntries");
  const otherFile = branch.text("fFileName");
  const baskets = otherFile === "" ? readBaskets(branch, entries) : [];
  const isElement = className === "TBranchElement";
  const { layout, typeName } = layoutOf({
    className,
    leaves: branch.list("fLeaves").map(readLeaf),
    hasBaskets: baskets.length > 0,
    objectClass: isElement ? branch.text("fClassName") : "",
    type: isElement ? branch.number("fType") : 0,
    streamerType: isElement ? branch.number("fStreamerType") : 0,
    memberType: isElement
      ? streamers.memberType(
          branch.text("fClassName"),
          branch.number("fClassVersion"),
          branch.number("fCheckSum"),
          memberName(name),
        )
      : undefined,
  });
  branches.push({
    name,
    path,
    typeName,
    layout: otherFile === "" ? layout : { kind: "unsupported", reason: `a branch in another file (${otherFile})` },
    entries,
    uncompressedBytes: branch.count("fTotBytes"),
    compressedBytes: branch.count("fZipBytes"),
    compression: compressionName(branch.number("fCompress")),
    baskets,
  });
  for (const child of branch.list("fBranches")) addBranch(child, `${path}/`, tree, streamers, branches);
}

/** "fX" of the branch "track.fX[3]". */
function memberName(branchName: string): string {
  const plain = branchName.split("[", 1)[0];
  return plain.slice(plain.lastIndexOf(".") + 1);
}

function readLeaf(leaf: Member): LeafRecord {
  return {
    className: leaf.text("_typename"),
    unsigned: leaf.flag("fIsUnsigned"),
    length: leaf.count("fLen"),
    counted: leaf.has("fLeafCount"),
  };
}

/** The baskets in order, without empty ones. Throws unless they hold exactly the entries of the branch. */
function readBaskets(branch: Member, entries: number): BasketRef[] {
  const written = branch.count("fWriteBasket");
  const bytes = branch.numbers("fBasketBytes");
  const firsts = branch.numbers("fBasketEntry");
  const seeks = branch.numbers("fBasketSeek");
  const inRecord = branch.list("fBaskets", true);
  const last = branch.has("fFirstEntry") ? branch.count("fFirstEntry") + entries : entries;
  const baskets: BasketRef[] = [];
  // The parents of split branches have entries and no data.
  const empty = written === 0 && !(seeks[0] > 0) && inRecord[0] === undefined;
  if (entries === 0 || empty) return baskets;
  let next = last - entries;
  for (let i = 0; i <= written && next < last; i++) {
    const first = i < firsts.length ? firsts[i] : Number.NaN;
    const end = i < written && i + 1 < firsts.length ? firsts[i + 1] : last;
    if (first !== next || !(end >= first) || end > last) {
      throw new FormatError(
        `${branch.what}: basket ${i} holds entries ${first} to ${end}, expected ${next} to at most ${last}: the file is corrupt`,
      );
    }
    // A program that was given no entries between others writes a basket of none.
    if (end === first) continue;
    next = end;
    const embedded = inRecord[i];
    if (seeks[i] > 0 && bytes[i] > 0) {
      baskets.push({ first, entries: end - first, range: { start: seeks[i], end: seeks[i] + bytes[i] } });
    } else if (embedded !== undefined) {
      baskets.push({ first, entries: end - first, embedded: readEmbedded(embedded, end - first) });
    } else {
      throw new FormatError(`${branch.what}: basket ${i} (entries ${first} to ${end}) is not in the file`);
    }
  }
  if (next !== last) {
    throw new FormatError(`${branch.what}: its baskets end at entry ${next}, expected ${last}: the file is corrupt`);
  }
  return baskets;
}

function readEmbedded(basket: Member, entries: number): EmbeddedBasket {
  const keyBytes = basket.count("fKeylen");
  const size = basket.count("fLast") - keyBytes;
  const held = basket.count("fNevBuf");
  const bytes = basket.bytes("fBufferRef");
  if (held !== entries || bytes.length < size || size < 0) {
    throw new FormatError(
      `${basket.what}: a basket in the tree's record holds ${held} entries in ${bytes.length} bytes, expected ${entries} in ${size}`,
    );
  }
  if (!basket.has("fEntryOffset")) return { bytes: bytes.subarray(0, size), offsets: undefined };
  const starts = basket.numbers("fEntryOffset");
  if (starts.length < entries)
    throw new FormatError(`${basket.what}: ${starts.length} entry offsets, expected ${entries}`);
  const offsets = new Int32Array(entries + 1);
  for (let i = 0; i < entries; i++) offsets[i] = starts[i] - keyBytes;
  offsets[entries] = size;
  return { bytes: bytes.subarray(0, size), offsets };
}
