/**
 * Reading of a PU200-like ntuple, one thread: 1,000 events, 15 branches of trigger cells in baskets of 32 kB, in every
 * compression of ROOT. Beside the decompressor alone (checksums included) on the same baskets, jsroot and (with $BYE_SPLITS_PYTHON) uproot.
 * The decoder must reach 0.75 of the decompressor. Rates count uncompressed bytes. Files are in memory; what is read is asserted. Prints one JSON object.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Random } from "../src/core/index.js";
import {
  type BranchSpec,
  type Compression,
  iterateBranches,
  memorySource,
  openRootFile,
  readBranches,
  type RootCodecs,
  type WriteColumn,
} from "../src/io/index.js";
import { decompress } from "../src/io/root/codecs.js";
import { rootCodecs, writeRootTree, zstdCompression } from "../src/io/node/index.js";
import { hasXz, lz4Compression, withLzma } from "../src/io/node/root-compress.test-data.js";

const EVENTS = 1000;
const TCS = 2000;
const INTEGERS = ["tc_subdet", "tc_zside", "tc_layer", "tc_waferu", "tc_waferv", "tc_cellu", "tc_cellv"];
const REALS = ["tc_pt", "tc_mipPt", "tc_energy", "tc_eta", "tc_phi", "tc_x", "tc_y", "tc_z"];
const NAMES = [...INTEGERS, ...REALS];
const BRANCHES: readonly BranchSpec[] = [
  ...INTEGERS.map((name): BranchSpec => ({ name, type: "int32", vector: true })),
  ...REALS.map((name): BranchSpec => ({ name, type: "float", vector: true })),
];
const TREE = "ntuple/tree";

/** Positions on a grid as those of trigger cells, energies are noise; in layers, and in a layer by wafer. */
function makeColumns(): Record<string, WriteColumn> {
  const random = new Random(1);
  const values: Record<string, Float32Array | Int32Array> = {};
  for (const name of INTEGERS) values[name] = new Int32Array(EVENTS * TCS);
  for (const name of REALS) values[name] = new Float32Array(EVENTS * TCS);
  for (let row = 0; row < EVENTS * TCS; row++) {
    const place = ((row % TCS) * 50) / TCS;
    const layer = 1 + Math.floor(place);
    const waferu = Math.floor((place % 1) * 19) - 9;
    const waferv = Math.floor(19 * random.uniform()) - 9;
    const cellu = Math.floor(8 * random.uniform());
    const cellv = Math.floor(8 * random.uniform());
    const x = 16.6 * waferu + 2.1 * cellu - 8.3 * waferv;
    const y = 14.4 * waferv + 2.1 * cellv + 3;
    const z = 320 + 3.5 * layer;
    const eta = Math.asinh(z / Math.hypot(x, y));
    const mipPt = 0.5 + 1.5 * random.exponential();
    const pt = mipPt * random.between(0.01, 0.012);
    const integers = [layer <= 28 ? 1 : 2, 1, layer, waferu, waferv, cellu, cellv];
    const reals = [pt, mipPt, pt * Math.cosh(eta), eta, Math.atan2(y, x), x, y, z];
    for (const [k, value] of [...integers, ...reals].entries()) values[NAMES[k]][row] = value;
  }
  const offsets = Int32Array.from({ length: EVENTS + 1 }, (_, i) => i * TCS);
  return Object.fromEntries(NAMES.map((name) => [name, { values: values[name], offsets }]));
}

/** What the writer does with data that compression does not make smaller. */
const NONE: Compression = { algorithm: "zlib", level: 0, compress: (bytes) => bytes };

/** The inputs, beside this program in out/: the other processes find them, and the next build removes them. */
async function inputs(): Promise<Record<string, string>> {
  const folder = new URL("root-inputs/", import.meta.url).pathname;
  const names = ["zlib", "lz4", "zstd", ...(hasXz ? ["lzma"] : []), "none"];
  const paths = Object.fromEntries(names.map((name) => [name, join(folder, `${name}.root`)]));
  if (existsSync(folder)) return paths;
  const columns = makeColumns();
  const write = (name: string, compression?: Compression): Promise<void> =>
    writeRootTree(
      paths[name],
      { force: true },
      { tree: TREE, title: "", branches: BRANCHES, ...(compression && { compression }) },
      (writer) => writer.fill(EVENTS, columns),
    );
  await write("zlib");
  await write("lz4", await lz4Compression());
  await write("zstd", await zstdCompression());
  await write("none", NONE);
  if (hasXz) await withLzma((compression) => write("lzma", compression));
  return paths;
}

const MB = (EVENTS * TCS * 4 * NAMES.length) / 1e6;

/** MB/s of the fastest of `runs` of each, in turns, so that all see the same machine. */
async function fastest(actions: readonly (() => unknown)[], runs: number): Promise<number[]> {
  const best = actions.map(() => 0);
  for (let i = 0; i < runs; i++) {
    for (const [k, action] of actions.entries()) {
      const start = process.hrtime.bigint();
      await action();
      best[k] = Math.max(best[k], MB / (Number(process.hrtime.bigint() - start) / 1e9));
    }
  }
  return best;
}

/** Of all mipPt, in every file. */
let expected: number | undefined;

async function bench(name: string, path: string, codecs: RootCodecs, result: Record<string, number>): Promise<void> {
  const bytes = readFileSync(path);
  const file = await openRootFile(memorySource(name, bytes), codecs);
  const tree = await file.tree(TREE);
  const check = await readBranches(tree, ["tc_mipPt"]);
  const sum = (check.columns["tc_mipPt"].values as Float32Array).reduce((total, value) => total + value, 0);
  expected ??= sum;
  if (sum !== expected) throw new Error(`${name}: the mipPt sum is ${sum}, expected ${expected}`);

  const blocks: { bytes: Uint8Array; size: number }[] = [];
  for (const { baskets } of tree.branches) {
    for (const { range } of baskets) {
      if (range === undefined) throw new Error("a basket in the tree's record");
      const view = new DataView(bytes.buffer, bytes.byteOffset + range.start);
      const keyBytes = view.getUint16(14);
      blocks.push({ bytes: bytes.subarray(range.start + keyBytes, range.end), size: view.getUint32(6) });
    }
  }
  /** `copy`: what gives back the bytes of a basket that is stored as it is, as noise is. */
  const raw = (copy: (bytes: Uint8Array) => Uint8Array) => async (): Promise<void> => {
    let total = 0;
    for (const { bytes, size } of blocks) {
      const stored = bytes.length === size;
      total += stored ? copy(bytes).length : (await decompress(bytes, size, codecs, name)).length;
    }
    if (total < MB * 1e6) throw new Error(`${name}: ${total} bytes`);
  };
  const decode = async (): Promise<void> => {
    let values = 0;
    for await (const { columns } of iterateBranches(tree, NAMES)) {
      for (const column of NAMES) values += columns[column].values.length;
    }
    if (values !== EVENTS * TCS * NAMES.length) throw new Error(`${name}: ${values} values`);
  };
  const actions = [raw((bytes) => new Uint8Array(bytes)), raw((bytes) => bytes), decode];
  const [theirs, free, ours] = await fastest(actions, name === "lzma" ? 1 : 5);
  result[`${name} [MB/s]`] = ours;
  if (name === "none") return;
  result[`${name} decompressor [MB/s]`] = theirs;
  result[`${name} of its decompressor (>= 0.75) [/s]`] = ours / theirs;
  result[`${name} of it, what is stored for nothing [/s]`] = ours / free;
}

/** Tree to arrays, all branches at once, with jsroot; from the file, as it cannot read from memory. */
async function jsroot(path: string): Promise<void> {
  const io = "jsroot/io";
  const tree = "jsroot/tree";
  const { openFile } = (await import(/* @vite-ignore */ io)) as {
    openFile(path: string): Promise<{ readObject(path: string): Promise<object> }>;
  };
  const { TSelector, treeProcess } = (await import(/* @vite-ignore */ tree)) as {
    TSelector: new () => {
      addBranch(name: string): void;
      Process: () => void;
      tgtobj: Record<string, ArrayLike<number>>;
    };
    treeProcess(tree: object, selector: object): Promise<unknown>;
  };
  const file = await openFile(path);
  const selector = new TSelector();
  for (const name of NAMES) selector.addBranch(name);
  let values = 0;
  selector.Process = () => {
    for (const name of NAMES) values += selector.tgtobj[name].length;
  };
  await treeProcess(await file.readObject(TREE), selector);
  if (values !== EVENTS * TCS * NAMES.length) throw new Error(`jsroot: ${values} values`);
}

const UPROOT = `
import sys, time, uproot
for path in sys.argv[1:]:
    start = time.perf_counter()
    with uproot.open(path) as file:
        file["${TREE}"].arrays(library="ak")
    print(time.perf_counter() - start)
`;

function uproot(paths: Record<string, string>, result: Record<string, number>): void {
  const python = process.env["BYE_SPLITS_PYTHON"] ?? "python3";
  const { status, stdout } = spawnSync(python, ["-c", UPROOT, ...Object.values(paths)], { encoding: "utf8" });
  if (status !== 0) return;
  for (const [i, seconds] of stdout.trim().split("\n").entries()) {
    result[`uproot ${Object.keys(paths)[i]} [MB/s]`] = MB / Number(seconds);
  }
}

const result: Record<string, number> = {};
const codecs = await rootCodecs();
const paths = await inputs();
for (const [name, path] of Object.entries(paths)) {
  await bench(name, path, codecs, result);
  // jsroot unpacks lzma at 1 MB/s.
  if (name === "lzma") continue;
  const [theirs] = await fastest([() => jsroot(path)], 1);
  result[`jsroot ${name} [MB/s]`] = theirs;
}
uproot(paths, result);
console.log(JSON.stringify(result));
