/**
 * Both chains in one thread on the reference's samples a (300 photons, PU0) and c (4 PU200-like events with inputs):
 * events/s of the whole and of the four kernels of the default chain, ns/TC of each; beside the kernels the same in C++, compiled and
 * run in the same call where there are g++ and the yardstick. Answers are asserted. Prints one JSON object.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  Clusterer,
  createChain,
  createGrid,
  createHistogram,
  createSeeds,
  createSmoother,
  createSmoothMap,
  DEFAULT_PARAMS,
  fillInto,
  parseSelection,
  seedInto,
} from "../src/chain/index.js";
import { type SampleBatch } from "../src/events/index.js";
import { readLines, referenceFolder, type ReferenceInput, toBatch } from "../test/reference/load.js";

const params = { ...DEFAULT_PARAMS, base: { ...DEFAULT_PARAMS.base, PhiAxis: "regular" as const } };

/** Calls `run` for about `seconds` and returns the mean time of a call [s]. */
function time(run: () => void, seconds: number): number {
  const start = performance.now();
  let calls = 0;
  for (;;) {
    run();
    calls++;
    const elapsed = (performance.now() - start) / 1000;
    if (elapsed > seconds) return elapsed / calls;
  }
}

interface Yardstick {
  readonly mode: number;
  readonly median_events_per_s: number;
}

/** Events/s of the default chain in C++: every TC against every seed, and with the seeds in a grid. Undefined without a compiler. */
function measureCpp(reference: string, sample: string): { readonly naive: number; readonly grid: number } | undefined {
  const script = join(reference, "../tools/yardstick/run.sh");
  if (!existsSync(script) || spawnSync("g++", ["--version"]).status !== 0) {
    console.error("C++ is left out: it needs g++ and the yardstick beside the reference");
    return undefined;
  }
  const { stdout, stderr } = spawnSync("bash", [script, sample], { encoding: "utf8" });
  const lines = [...stdout.matchAll(/\{.*\}/g)].map(([text]) => JSON.parse(text) as Yardstick);
  const rateOf = (mode: number): number => lines.find((line) => line.mode === mode)?.median_events_per_s ?? Number.NaN;
  if (lines.length !== 2) throw new Error(`the yardstick says ${stdout}${stderr}`);
  return { naive: rateOf(0), grid: rateOf(1) };
}

/** Events/s of a whole chain. */
function measureChain(
  chain: "default" | "cs",
  batch: SampleBatch,
  expected: { seeds: number; clusters: number },
): number {
  const run = createChain(chain, params, { selection: parseSelection("all") });
  const { counts } = run(batch);
  if (counts.seeds !== expected.seeds || counts.clusters !== expected.clusters) {
    throw new Error(
      `${chain}: ${counts.seeds} seeds and ${counts.clusters} clusters, expected ${JSON.stringify(expected)}`,
    );
  }
  time(() => run(batch), 0.7);
  return counts.selected / time(() => run(batch), 1);
}

/** ns/TC of the steps of the default chain. */
function measureSteps(batch: SampleBatch): Record<string, number> {
  const grid = createGrid(params.base);
  const histogram = createHistogram(grid);
  const smoother = createSmoother(params.base, params.smooth);
  const map = createSmoothMap(grid.nRz, grid.nPhi);
  const seeds = createSeeds();
  const clusterer = new Clusterer(params.cluster);
  const assignment = new Int32Array(batch.tc.rows);
  const { tc_first, tc_rows } = batch.entries.columns;
  const tc = batch.tc.columns;
  const spent = { fill: 0, smooth: 0, seed: 0, cluster: 0 };
  const steps = (): void => {
    for (let i = 0; i < batch.entries.rows; i++) {
      const first = tc_first[i];
      const end = first + tc_rows[i];
      const t0 = performance.now();
      fillInto(histogram, tc, first, end, 1);
      const t1 = performance.now();
      smoother.smoothInto(map, histogram);
      const t2 = performance.now();
      seedInto(seeds, map, histogram, params.seed);
      const t3 = performance.now();
      clusterer.assignInto(assignment, seeds, tc, first, end, 1, "");
      const t4 = performance.now();
      spent.fill += t1 - t0;
      spent.smooth += t2 - t1;
      spent.seed += t3 - t2;
      spent.cluster += t4 - t3;
    }
  };
  time(steps, 0.3);
  for (const key of Object.keys(spent) as (keyof typeof spent)[]) spent[key] = 0;
  let calls = 0;
  time(() => {
    steps();
    calls++;
  }, 0.7);
  return Object.fromEntries(
    Object.entries(spent).map(([step, ms]) => [`${step} ns/TC`, (1e6 * ms) / calls / batch.tc.rows]),
  );
}

const folder = referenceFolder();
if (folder === null) throw new Error("needs the reference: set BYE_SPLITS_REFERENCE");
const expected = {
  a: { default: { seeds: 266, clusters: 266 }, cs: { seeds: 248, clusters: 248 } },
  c: { default: { seeds: 319, clusters: 319 }, cs: { seeds: 57, clusters: 57 } },
};
const result: Record<string, number> = {};
for (const sample of ["a", "c"] as const) {
  const batch = toBatch(readLines<ReferenceInput>(`${folder}/${sample}/inputs`));
  for (const chain of ["default", "cs"] as const) {
    result[`${sample} ${chain} events/s`] = measureChain(chain, batch, expected[sample][chain]);
  }
  const steps = measureSteps(batch);
  for (const [step, ns] of Object.entries(steps)) result[`${sample} ${step}`] = ns;
  const ns = Object.values(steps).reduce((sum, each) => sum + each, 0);
  const kernels = (1e9 * batch.entries.rows) / (ns * batch.tc.rows);
  result[`${sample} kernels events/s`] = kernels;
  const cpp = measureCpp(folder, sample);
  if (cpp === undefined) continue;
  result[`${sample} C++ events/s`] = cpp.naive;
  result[`${sample} C++ with a grid events/s`] = cpp.grid;
  result[`${sample} kernels over C++ [/s of both]`] = kernels / cpp.naive;
  result[`${sample} kernels over C++ with a grid [/s of both]`] = kernels / cpp.grid;
}
console.log(JSON.stringify(result));
