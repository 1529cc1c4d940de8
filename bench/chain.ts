/**
 * The default chain in one thread on the reference's samples a (300 photons, PU0) and c (4 PU200-like events with
 * inputs): events/s of the whole, ns/TC of each step. Answers are asserted. Prints one JSON object.
 */
import {
  Clusterer,
  createDefaultChain,
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

/** Calls `run` for about `seconds` and returns the mean time of a call [s]. */
function time(run: () => void, seconds: number): number {
  const start = process.hrtime.bigint();
  let calls = 0;
  for (;;) {
    run();
    calls++;
    const elapsed = Number(process.hrtime.bigint() - start) / 1e9;
    if (elapsed > seconds) return elapsed / calls;
  }
}

function measure(
  name: string,
  batch: SampleBatch,
  expected: { seeds: number; clusters: number },
): Record<string, number> {
  const params = { ...DEFAULT_PARAMS, base: { ...DEFAULT_PARAMS.base, PhiAxis: "regular" as const } };
  const run = createDefaultChain(params, { selection: parseSelection("all") });
  const { counts } = run(batch);
  if (counts.seeds !== expected.seeds || counts.clusters !== expected.clusters) {
    throw new Error(
      `sample ${name}: ${counts.seeds} seeds and ${counts.clusters} clusters, expected ${JSON.stringify(expected)}`,
    );
  }
  time(() => run(batch), 0.7);
  const whole = time(() => run(batch), 1);

  const grid = createGrid(params.base);
  const histogram = createHistogram(grid);
  const smoother = createSmoother(params.base, params.smooth);
  const map = createSmoothMap(grid.nRz, grid.nPhi);
  const seeds = createSeeds();
  const clusterer = new Clusterer(params.cluster);
  const assignment = new Int32Array(batch.tc.rows);
  const occupied = new Uint8Array(grid.nRz);
  const { tc_first, tc_rows } = batch.entries.columns;
  const tc = batch.tc.columns;
  const spent = { fill: 0n, smooth: 0n, seed: 0n, cluster: 0n };
  const steps = (): void => {
    for (let i = 0; i < batch.entries.rows; i++) {
      const first = tc_first[i];
      const end = first + tc_rows[i];
      const t0 = process.hrtime.bigint();
      fillInto(histogram, tc, first, end, 1);
      const t1 = process.hrtime.bigint();
      occupied.fill(0);
      for (let k = 0; k < histogram.nBins; k++) occupied[Math.floor(histogram.bins[k] / grid.nPhi)] = 1;
      smoother.smoothInto(map, histogram.mipPt, occupied);
      const t2 = process.hrtime.bigint();
      seedInto(seeds, map, histogram, params.seed);
      const t3 = process.hrtime.bigint();
      clusterer.assignInto(assignment, seeds, tc, first, end, 1, "");
      const t4 = process.hrtime.bigint();
      spent.fill += t1 - t0;
      spent.smooth += t2 - t1;
      spent.seed += t3 - t2;
      spent.cluster += t4 - t3;
    }
  };
  time(steps, 0.3);
  for (const key of Object.keys(spent) as (keyof typeof spent)[]) spent[key] = 0n;
  let calls = 0;
  time(() => {
    steps();
    calls++;
  }, 0.7);
  const result: Record<string, number> = { [`${name} events/s`]: counts.selected / whole };
  for (const [step, ns] of Object.entries(spent)) result[`${name} ${step} ns/TC`] = Number(ns) / calls / batch.tc.rows;
  return result;
}

const folder = referenceFolder();
if (folder === null) throw new Error("needs the reference: set BYE_SPLITS_REFERENCE");
const load = (sample: string): SampleBatch => toBatch(readLines<ReferenceInput>(`${folder}/${sample}/inputs`));
console.log(
  JSON.stringify({
    ...measure("a", load("a"), { seeds: 266, clusters: 266 }),
    ...measure("c", load("c"), { seeds: 319, clusters: 319 }),
  }),
);
