/**
 * Both chains in one thread on the reference's samples a (300 photons, PU0) and c (4 PU200-like events with inputs):
 * events/s of the whole, ns/TC of each step of the default chain. Answers are asserted. Prints one JSON object.
 */
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
  for (const [step, ns] of Object.entries(measureSteps(batch))) result[`${sample} ${step}`] = ns;
}
console.log(JSON.stringify(result));
