/** Steps one after another write what `run` writes, byte for byte. */
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ChainName, chainOf, type ChainParams, DEFAULT_PARAMS } from "../src/chain/index.js";
import { openSampleFolder, writeSample } from "../src/io/node/index.js";
import { runChains } from "../src/pipeline/run.js";
import { type RunTask } from "../src/pipeline/run-task.js";
import { simulateSample } from "../src/pipeline/simulate.js";
import { runFirstStep, runNextStep, type StepReport } from "../src/pipeline/steps.js";
import { cutIntoBatches } from "./batches.js";
import { tableHashes } from "./cli.js";
import { GOLDEN, readLines, type ReferenceInput, toBatch } from "./reference/load.js";

let folder = "";
const at = (name: string): string => join(folder, name);
const shared = { force: false, version: "test", signal: new AbortController().signal };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bye-splits-steps-"));
  const simulated = { pileup: 0, endcap: "both", events: 60, ...shared } as const;
  await simulateSample({ ...simulated, particles: "photons", seed: 5, out: at("photons") });
  await simulateSample({ ...simulated, particles: "pions", seed: 6, out: at("pions") });
  // TCs on bin edges, seeds without a position, equal neighbours, events without TCs, seeds or clusters.
  const inputs = ["a", "d"].flatMap((sample) => readLines<ReferenceInput>(`${GOLDEN}/${sample}/inputs`));
  for (const [name, times] of [
    ["edges", 1],
    ["bad", 1],
    ["batches", 3],
  ] as const) {
    const batch = toBatch(Array.from({ length: times }, () => inputs).flat());
    if (name === "bad") {
      const { tc_first } = batch.entries.columns;
      const { tc_mipPt, tc_layer, tc_cu, tc_wu } = batch.tc.columns;
      tc_mipPt[tc_first[3]] = Number.NaN;
      tc_layer[tc_first[5]] = 0;
      tc_cu.fill(9, tc_first[7], tc_first[8]);
      tc_wu.fill(99, tc_first[8], tc_first[9]);
    }
    await writeSample(at(name), {}, async (writer) => {
      await writer.append(batch);
      return {};
    });
  }
  await cutIntoBatches(at("batches"), 3000);
  const sample = await openSampleFolder(at("batches"));
  expect(sample.batches).toBeGreaterThan(1);
  await sample.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Case {
  readonly name: string;
  readonly chain: ChainName;
  readonly sample?: "photons" | "pions" | "edges" | "bad" | "batches";
  readonly params?: { readonly [K in keyof ChainParams]?: Partial<ChainParams[K]> };
  readonly task?: Partial<RunTask>;
}

function taskOf({ chain, params = {}, task = {} }: Case): RunTask {
  const merged = Object.entries(DEFAULT_PARAMS).map(([section, values]) => [
    section,
    { ...(values as object), ...params[section as keyof ChainParams] },
  ]);
  return {
    chains: [chain],
    params: Object.fromEntries(merged) as ChainParams,
    selection: "all",
    skipBadEvents: false,
    ...task,
  };
}

async function stepByStep(task: RunTask, sample: string, run: string): Promise<StepReport> {
  const [first, ...others] = chainOf(task.chains[0]).steps.map(({ name }) => name);
  let report = await runFirstStep({ step: first, run, sample, task, ...shared });
  for (const step of others) report = await runNextStep({ step, run, ...shared });
  return report;
}

const radius = (r: number): Partial<ChainParams["cluster"]> => ({
  CoeffA: DEFAULT_PARAMS.cluster.CoeffA.map(() => r),
});
const low = { threshold: [10, 10, 10] };

const CASES: readonly Case[] = [
  { name: "the defaults", chain: "default" },
  { name: "edge cases", chain: "default", sample: "edges" },
  {
    name: "flat_top and a window of 2 on edge cases",
    chain: "default",
    sample: "edges",
    params: { smooth: { kernel: "flat_top" }, seed: { window: 2, histoThreshold: 3 } },
  },
  {
    name: "max_energy among many seeds in one radius",
    chain: "default",
    sample: "pions",
    params: {
      smooth: { BinSums: DEFAULT_PARAMS.smooth.BinSums.map(() => 1) },
      seed: { histoThreshold: 1 },
      cluster: { algo: "max_energy", ...radius(0.1) },
    },
  },
  { name: "several batches", chain: "default", sample: "batches" },
  { name: "splits_only", chain: "default", sample: "pions", task: { selection: "splits_only" } },
  { name: "above_eta_2.2", chain: "default", task: { selection: "above_eta_2.2" } },
  { name: "an empty selection", chain: "default", task: { selection: "above_eta_5" } },
  { name: "an open phi axis", chain: "default", sample: "edges", params: { base: { PhiAxis: "regular" } } },
  {
    name: "sums within distances, CoeffB, area by row, another grid",
    chain: "default",
    params: {
      base: { NbinsPhi: 144 },
      smooth: { SeedsNormByArea: true },
      cluster: { CoeffB: 0.01 },
      valid_cluster: { tcDeltaRthresh: [0.05, 0.1] },
    },
  },
  { name: "the first entries", chain: "default", task: { entries: { from: 0, to: 17 } } },
  { name: "chosen events", chain: "cs", task: { events: ["2", "5", "41"] }, params: { cs: low } },
  { name: "bad events left out", chain: "default", sample: "bad", task: { skipBadEvents: true } },
  { name: "the defaults", chain: "cs", sample: "pions" },
  { name: "edge cases", chain: "cs", sample: "edges" },
  { name: "several batches", chain: "cs", sample: "batches" },
  { name: "many coarse seeds", chain: "cs", params: { cs: { ...low, nearby: true }, seed: { window: 2 } } },
  { name: "all TCs", chain: "cs", params: { seed_cs: { InputName: "NoCStcOut", hexDist: false } } },
  { name: "the cylinder", chain: "cs", sample: "pions", params: { cs: low, cluster: { CSCylinder: true } } },
  {
    name: "seeds of all TCs, clusters in the cylinder",
    chain: "cs",
    params: { cs: low, seed_cs: { InputName: "NoCStcOut" }, cluster: { CSCylinder: true } },
  },
  { name: "bad events left out", chain: "cs", sample: "bad", params: { cs: low }, task: { skipBadEvents: true } },
];

describe("step by step equals run", () => {
  test.each(CASES.map((each, i) => ({ ...each, i })))("$chain: $name", async (each) => {
    const task = taskOf(each);
    const sample = at(each.sample ?? "photons");
    const whole = await runChains({ ...task, sample, out: at(`run${each.i}`), saveSteps: true, workers: 1, ...shared });
    const report = await stepByStep(task, sample, at(`steps${each.i}`));
    expect(tableHashes(at(`steps${each.i}`))).toEqual(tableHashes(at(`run${each.i}`)));
    expect(report.summary).toEqual(whole.chains);
    const { selected, seeds, bad } = whole.chains[0].counts;
    expect([selected > 0, seeds > 0]).toEqual(each.name === "an empty selection" ? [false, false] : [true, true]);
    expect(bad).toBe(each.task?.skipBadEvents === true ? (each.chain === "cs" ? 4 : 2) : 0);
  });
});

describe("one step", () => {
  const task = taskOf({ name: "", chain: "default" });
  const next = (step: string, run: string, more: object = {}): Promise<StepReport> =>
    runNextStep({ step, run: at(run), ...shared, ...more });

  beforeAll(async () => {
    await runFirstStep({ step: "fill", run: at("filled"), sample: at("edges"), task, ...shared });
    await stepByStep(task, at("edges"), at("done"));
  });

  test.each<{ name: string; run: () => Promise<unknown>; says: RegExp }>([
    {
      name: "without the table that it reads",
      run: () => next("seed", "filled"),
      says: /filled has no smooth\.parquet: step smooth makes it/,
    },
    { name: "before its turn", run: () => next("cluster", "filled"), says: /no seeds\.parquet: step seed makes it/ },
    {
      name: "of the other chain",
      run: () => next("seed-cs", "filled"),
      says: /the default chain has no step seed-cs; it has fill, smooth, seed, cluster, validate/,
    },
    {
      name: "of the other chain first",
      run: () => runFirstStep({ step: "coarse-seed", run: at("none"), sample: at("edges"), task, ...shared }),
      says: /the default chain has no step coarse-seed/,
    },
    { name: "done twice", run: () => next("smooth", "done"), says: /smooth\.parquet exists already: use --force/ },
    {
      name: "with another sample",
      run: () => next("smooth", "filled", { sample: at("bad") }),
      says: /bad is not the sample of .*filled: its hash is [0-9a-f]+, run\.json has [0-9a-f]+/,
    },
    { name: "on a folder that is no run", run: () => next("smooth", "edges"), says: /there is no run\.json/ },
  ])("$name is an error", async ({ run, says }) => {
    await expect(run()).rejects.toThrow(says);
    await expect(run()).rejects.toMatchObject({ code: expect.stringMatching(/INPUT|OUTPUT/) as string });
  });

  test("on a run of both chains is an error", async () => {
    const both = { ...task, chains: ["default", "cs"] } as const;
    await runChains({ ...both, sample: at("edges"), out: at("both"), saveSteps: true, workers: 1, ...shared });
    await expect(next("seed", "both")).rejects.toThrow(
      /both holds the chains default, cs: a step works on a run of one/,
    );
  });

  test("with --force writes the same again, also after run --save-steps", async () => {
    await runChains({ ...task, sample: at("edges"), out: at("forced"), saveSteps: true, workers: 1, ...shared });
    const before = tableHashes(at("forced"));
    for (const step of ["smooth", "seed", "cluster"] as const) await next(step, "forced", { force: true });
    const { summary } = await next("validate", "forced", { force: true });
    expect(tableHashes(at("forced"))).toEqual(before);
    expect(JSON.parse(readFileSync(join(at("forced"), "run.json"), "utf8"))).toMatchObject({ summary });
  });

  test("looks for the sample where --sample says", async () => {
    cpSync(at("edges"), at("moving"), { recursive: true });
    await runFirstStep({ step: "fill", run: at("moved-run"), sample: at("moving"), task, ...shared });
    renameSync(at("moving"), at("moved"));
    await expect(next("smooth", "moved-run")).rejects.toThrow(
      /cannot read .*moving: .*; say with --sample where the sample of .*moved-run is/,
    );
    await next("smooth", "moved-run", { sample: at("moved") });
    expect(tableHashes(at("moved-run"))["smooth.parquet"]).toBe(tableHashes(at("done"))["smooth.parquet"]);
  });

  test("refuses a table with other entries than those of the run", async () => {
    cpSync(at("filled"), at("mixed"), { recursive: true });
    const path = join(at("mixed"), "run.json");
    const info = JSON.parse(readFileSync(path, "utf8")) as object;
    // The first version has no checksum.
    const changes = { formatVersion: 1, checksum: undefined, selection: "above_eta_2.2" };
    writeFileSync(path, JSON.stringify({ ...info, ...changes }));
    await expect(next("smooth", "mixed")).rejects.toThrow(
      /fill\.parquet: entry \d+ is out of place or not of this run/,
    );
    expect(existsSync(join(at("mixed"), "smooth.parquet"))).toBe(false);
  });
});
