/** Exports of samples and runs, read back by pandas where it is, and as text. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_PARAMS } from "../src/chain/index.js";
import { type Schema, type Table } from "../src/core/index.js";
import { CLUSTERS, RECORDS, SAMPLE_TABLES } from "../src/events/index.js";
import { openRunFolder, openSampleFolder, writeSample } from "../src/io/node/index.js";
import { exportFolder, type ExportJob, type ExportReport } from "../src/pipeline/export.js";
import { runChains } from "../src/pipeline/run.js";
import { hasPandas, type PandasFrame, plain, readByPandas } from "./pandas.js";
import { GOLDEN, readLines, type ReferenceInput, toBatch } from "./reference/load.js";

let folder = "";
const at = (name: string): string => join(folder, name);
const shared = { force: false, version: "test", signal: new AbortController().signal };
const exported = (path: string, format: "hdf5" | "csv", out: string, more: Partial<ExportJob> = {}) =>
  exportFolder({ path: at(path), format, out: at(out), signal: shared.signal, options: {}, ...more });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bye-splits-export-"));
  // The second half has the event numbers of the first: as another endcap, or another run, would.
  const inputs = ["a", "d", "d"].flatMap((sample) => readLines<ReferenceInput>(`${GOLDEN}/${sample}/inputs`));
  await writeSample(at("sample"), {}, async (writer) => {
    await writer.append(toBatch(inputs));
    return {};
  });
  const run = {
    params: DEFAULT_PARAMS,
    sample: at("sample"),
    selection: "all",
    skipBadEvents: false,
    saveSteps: true,
    workers: 1,
    hdf5: true,
    ...shared,
  };
  await runChains({ ...run, chains: ["default"], out: at("run") });
  await runChains({ ...run, chains: ["default", "cs"], out: at("both") });
  await runChains({ ...run, chains: ["cs"], out: at("none"), selection: "above_eta_5" });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const VALUES = ["en", "pt", "x", "y", "z", "Rz", "eta", "phi"] as const;

/** The frames that the tables of a run stand for. */
async function expectedFrames(path: string): Promise<Record<string, Omit<PandasFrame, "types" | "attributes">>> {
  const run = await openRunFolder(path);
  const { chains } = run.info as unknown as { chains: string[] };
  const clusters = (await run.readTable("clusters", CLUSTERS)).columns;
  const records = (await run.readTable("events", RECORDS)).columns;
  const sample = await openSampleFolder(at("sample"));
  await sample.close();
  const entries = sample.entries.columns;
  const frame = (rows: readonly number[], names: readonly (keyof typeof CLUSTERS)[]) => ({
    index: { name: "seed_idx", values: rows.map((row) => clusters.seed_idx[row]) },
    columns: Object.fromEntries(names.map((name) => [name, rows.map((row) => Number(clusters[name][row]))])),
    h5py: names,
  });
  const rowsOf = (chain: string, entry?: number): number[] =>
    [...clusters.chain.keys()].filter(
      (row) => clusters.chain[row] === chain && (entry === undefined || clusters.entry[row] === entry),
    );
  const frames: Record<string, Omit<PandasFrame, "types" | "attributes">> = {};
  for (const [i, chain] of chains.entries()) {
    const prefix = i === 0 ? "" : `${chain}/`;
    const rows = rowsOf(chain);
    const data = frame(rows, [...VALUES, "event"]);
    const where = ["entry", "run", "lumi", "zside"] as const;
    const whereOf = (name: (typeof where)[number]) => rows.map((row) => Number(entries[name][clusters.entry[row]]));
    frames[`${prefix}data`] = {
      ...data,
      columns: { ...data.columns, ...Object.fromEntries(where.map((name) => [name, whereOf(name)])) },
      h5py: [...VALUES, "event", ...where],
    };
    for (const [row, entry] of records.entry.entries()) {
      if (records.chain[row] !== chain) continue;
      const name = `${prefix}ThresholdDummyHistomaxnoareath20_${records.event[row]}_ev`;
      frames[name in frames ? `${name}_entry${entry}` : name] = frame(rowsOf(chain, entry), VALUES);
    }
  }
  return frames;
}

describe.skipIf(!hasPandas)("pandas.read_hdf [needs python pandas]", () => {
  test.each(["run", "both", "none"])("reads every frame of the clusters of %s", async (name) => {
    const frames = readByPandas(join(at(name), "clusters.hdf5"));
    const want = await expectedFrames(at(name));
    expect(Object.keys(frames).toSorted()).toEqual(Object.keys(want).toSorted());
    expect(frames).toMatchObject(want);
    expect(Object.keys(frames["data"].columns)).toEqual([...VALUES, "event", "entry", "run", "lumi", "zside"]);
    const { event, entry, run, lumi, zside, ...reals } = frames["data"].types;
    expect([event, run, lumi, entry, zside]).toEqual(["int64", "int64", "int64", "int32", "int32"]);
    expect(new Set(Object.values(reals))).toEqual(new Set(["float64"]));
  });

  test("reads every table of a sample", async () => {
    await exported("sample", "hdf5", "sample.hdf5");
    const frames = readByPandas(at("sample.hdf5"));
    const sample = await openSampleFolder(at("sample"));
    const { geometry, ...tablesOf } = await sample.readBatch(0);
    await sample.close();
    expect([sample.batches, geometry]).toEqual([1, "V11"]);
    const tables: Record<string, Table> = { ...tablesOf };
    expect(Object.keys(frames).toSorted()).toEqual(["cl3d", "entries", "gen", "tc"]);
    for (const [name, schema] of Object.entries<Schema>(SAMPLE_TABLES)) {
      const { columns, index } = frames[name];
      expect(Object.keys(columns)).toEqual(Object.keys(schema));
      expect(index.values).toEqual([...Array(tables[name].rows).keys()]);
      for (const column of Object.keys(schema)) expect(columns[column]).toEqual(plain(tables[name].columns[column]));
    }
  });
});

test("the clusters of run --hdf5 are those of export", async () => {
  const report = await exported("run", "hdf5", "exported.hdf5");
  expect(report).toEqual({ kind: "run", empty: false, files: [at("exported.hdf5")] } satisfies ExportReport);
  const sizes = [at("exported.hdf5"), join(at("run"), "clusters.hdf5")].map((file) => readFileSync(file).length);
  expect(sizes[0]).toBe(sizes[1]);
  expect(sizes[0]).toBeGreaterThan(20_000);
});

describe("csv", () => {
  const lines = (file: string): string[] => readFileSync(file, "utf8").trimEnd().split("\n");

  test("a name that ends in .csv is one table, the clusters of a run or the trigger cells of a sample", async () => {
    await exported("run", "csv", "clusters.csv");
    await exported("run", "csv", "seeds.csv", { table: "seeds" });
    await exported("sample", "csv", "tc.csv");
    const run = await openRunFolder(at("run"));
    const { rows, columns } = await run.readTable("clusters", CLUSTERS);
    const [header, first, ...others] = lines(at("clusters.csv"));
    // No simulated sample: nothing is known of signals.
    const names = Object.keys(CLUSTERS).filter((name) => name !== "signal_pt");
    expect(header).toBe(names.join(","));
    expect(first).toBe(names.map((name) => String(columns[name as keyof typeof CLUSTERS][0])).join(","));
    expect(others).toHaveLength(rows - 1);
    expect(lines(at("seeds.csv"))[0]).toContain("seedXdivZ");
    expect(lines(at("tc.csv"))[0]).toContain("tc_mipPt");
  });

  test("another name is a folder with every table", async () => {
    const { files } = await exported("both", "csv", "csv");
    const names = ["assignment", "clusters", "coarse_seeds", "events", "fill", "seeds", "smooth"];
    expect(readdirSync(at("csv")).toSorted()).toEqual(names.map((name) => `${name}.csv`));
    expect(files.toSorted()).toEqual(names.map((name) => join(at("csv"), `${name}.csv`)));
    await expect(exported("both", "csv", "csv")).rejects.toThrow(/csv exists already: use --force/);
    await exported("both", "csv", "csv", { options: { force: true } });
  });

  test("a table that is not there is an error that lists those that are, and nothing is written", async () => {
    await expect(exported("run", "csv", "x/y.csv", { table: "tc" })).rejects.toThrow(
      /run has no table "tc"; it has seeds, clusters, assignment, events, fill, smooth/,
    );
    expect(existsSync(at("x"))).toBe(false);
  });
});
