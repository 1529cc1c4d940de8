import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Random, sliceTable } from "../core/index.js";
import {
  createSkim,
  DEFAULT_SKIM,
  NTUPLE_GROUPS,
  type NtupleChunk,
  type NtupleGroup,
  type TC_TRUTH,
} from "../events/index.js";
import { type SampleReader } from "../io/index.js";
import { openSampleFolder, writeSample } from "../io/node/index.js";
import { exportFolder } from "./export.js";
import { exportRoot } from "./export-root.js";
import { simulateSample } from "./simulate.js";
import { skimFiles } from "./skim.js";

let folder = "";
const { signal } = new AbortController();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bye-splits-export-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

test.each(["positive", "both"] as const)("endcap %s: the skim of the exported file is the sample", async (endcap) => {
  const sample = join(folder, endcap);
  const out = join(folder, `${endcap}.root`);
  const job = { particles: "pions", events: 8, endcap, force: false, version: "0.0.0", signal } as const;
  await simulateSample({ ...job, pileup: 1, seed: 5, out: sample });
  await exportFolder({ path: sample, format: "root", out, signal, options: {} });
  const skimmed = join(folder, `${endcap}-skimmed`);
  const { cutFlow } = await skimFiles({
    ...{ ...DEFAULT_SKIM, ...job, events: -1, inputs: [out], allowDuplicates: false, checkGeometry: true, workers: 1 },
    out: skimmed,
  });
  expect(cutFlow.entries).toBeGreaterThan(4);
  expect(cutFlow.events).toBeLessThanOrEqual(8);
  for (const table of ["entries", "gen", "cl3d", "tc"]) {
    const [ours, theirs] = await Promise.all([sample, skimmed].map((path) => readFile(join(path, `${table}.parquet`))));
    expect([table, ours.equals(theirs)]).toEqual([table, true]);
  }
});

/** Cuts that remove nothing but events without a particle or a cl3d. */
const EVERYTHING = {
  ...DEFAULT_SKIM,
  particles: "any",
  mipThreshold: -Infinity,
  maxLayer: Infinity,
  endcap: "both",
} as const;

/** Few numbers, so that they repeat and neighbours share them; some need 32 bits and more. */
const NUMBERS = [0n, 1n, 2n, -7n, 2_309_460_469n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n)];

/** Events with particles, cl3d and trigger cells in none, one or both endcaps. */
function randomChunk(random: Random, events: number): NtupleChunk {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(list.length * random.uniform())];
  const sides = Array.from({ length: events }, () => pick([[1, -1], [1, -1], [1], [-1], []]));
  const group = <G extends NtupleGroup>(name: G): NtupleChunk[G] => {
    const rows = sides.map((each) =>
      each.flatMap((side) => Array<number>(1 + Math.floor(3 * random.uniform())).fill(side)),
    );
    const side: number[] = rows.flat();
    let end = 0;
    const offsets = Int32Array.from([0, ...rows.map(({ length }) => (end += length))]);
    const columns = Object.keys(NTUPLE_GROUPS[name]).map((column) => {
      const value = (k: number): number => {
        if (column === "genpart_gen") return 1;
        if (column === "genpart_reachedEE") return 2;
        if (column === "tc_zside") return side[k];
        if (column.endsWith("eta")) return side[k] * (1.5 + random.uniform());
        if (/id$|wafer|cell|layer|subdet/.test(column)) return Math.floor(1000 * random.uniform());
        return random.uniform();
      };
      const isReal = NTUPLE_GROUPS[name][column as keyof (typeof NTUPLE_GROUPS)[G]] === "float";
      return [column, (isReal ? Float32Array : Int32Array).from(side.map((_, k) => value(k)))];
    });
    return { offsets, columns: Object.fromEntries(columns) } as NtupleChunk[G];
  };
  return {
    events,
    run: Array.from({ length: events }, () => pick([1n, 4_294_967_295n])),
    lumi: Array.from({ length: events }, () => pick([1n, 2n])),
    event: Array.from({ length: events }, () => pick(NUMBERS)),
    genpart: group("genpart"),
    cl3d: group("cl3d"),
    tc: group("tc"),
  };
}

/** The entries of a sample in batches of `sizes`, the last of which repeats. */
async function cutAnew(sample: SampleReader, sizes: readonly number[]): Promise<Parameters<typeof exportRoot>[0]> {
  const { entries, gen, cl3d, tc, truth } = await sample.readBatch(0);
  expect(sample.batches).toBe(1);
  const batchFirst = [0];
  for (let k = 0; batchFirst[k] < entries.rows; k++) {
    batchFirst.push(Math.min(entries.rows, batchFirst[k] + (sizes[k] ?? sizes[sizes.length - 1])));
  }
  return {
    entries,
    hasTruth: truth !== undefined,
    batches: batchFirst.length - 1,
    batchFirst,
    readBatch(b) {
      const [first, end] = batchFirst.slice(b, b + 2);
      const rowsOf = (name: "gen" | "cl3d" | "tc"): [number, number] => {
        const [from, rows] = [entries.columns[`${name}_first`], entries.columns[`${name}_rows`]];
        return [from[first], from[end - 1] + rows[end - 1]];
      };
      return Promise.resolve({
        entries: sliceTable(entries, first, end),
        gen: sliceTable(gen, ...rowsOf("gen")),
        cl3d: sliceTable(cl3d, ...rowsOf("cl3d")),
        tc: sliceTable(tc, ...rowsOf("tc")),
        ...(truth === undefined ? {} : { truth: sliceTable<typeof TC_TRUTH>(truth, ...rowsOf("tc")) }),
      });
    },
  };
}

const TABLES = ["entries", "gen", "cl3d", "tc"];
const bytesOf = (path: string): Promise<Buffer[]> =>
  Promise.all(TABLES.map((table) => readFile(join(path, `${table}.parquet`))));

test.each(Array.from({ length: 12 }, (_, seed) => seed))(
  "a sample of seed %i in batches of any size: the skim of the exported file is the sample, the file is the same",
  async (seed) => {
    const random = new Random(seed);
    const path = join(folder, `random-${seed}`);
    await writeSample(path, {}, async (writer) => {
      await writer.append(createSkim(EVERYTHING).skim(randomChunk(random, 1 + Math.floor(20 * random.uniform()))));
      return {};
    });
    const sample = await openSampleFolder(path);
    const files: Buffer[] = [];
    for (const sizes of [[1], [2], [1, 2], [3, 1, 4], [1e3]]) {
      const out = join(folder, `random-${seed}.root`);
      if (sample.nEntries > 0) await exportRoot(await cutAnew(sample, sizes), out, { force: true }, signal);
      else await exportRoot(sample, out, { force: true }, signal);
      files.push(await readFile(out));
    }
    await sample.close();
    for (const file of files) expect(file.equals(files[0])).toBe(true);
    const skimmed = join(folder, `random-${seed}-skimmed`);
    await skimFiles({
      ...{ ...EVERYTHING, events: -1, inputs: [join(folder, `random-${seed}.root`)], allowDuplicates: true },
      ...{ checkGeometry: false, workers: 1, out: skimmed, force: false, version: "0.0.0", signal },
    });
    const [ours, theirs] = [await bytesOf(path), await bytesOf(skimmed)];
    for (const [i, table] of TABLES.entries()) expect([table, ours[i].equals(theirs[i])]).toEqual([table, true]);
  },
);

test("what particles deposited stays with the cells where a batch ends between the endcaps of an event", async () => {
  const path = join(folder, "truth");
  const job = { particles: "photons", events: 4, endcap: "both", force: false, version: "0.0.0", signal } as const;
  await simulateSample({ ...job, pileup: 0, seed: 7, out: path });
  const sample = await openSampleFolder(path);
  expect([sample.hasTruth, sample.nEntries]).toEqual([true, 8]);
  const files: Buffer[] = [];
  for (const sizes of [[1e3], [1], [3]]) {
    const out = join(folder, "truth.root");
    await exportRoot(await cutAnew(sample, sizes), out, { force: true }, signal);
    files.push(await readFile(out));
  }
  await sample.close();
  expect(files.map((file) => file.equals(files[0]))).toEqual([true, true, true]);
});
