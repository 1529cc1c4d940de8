/**
 * How the time of an event grows, one thread: the default chain with its number of trigger cells, clustering with that of seeds. Cells are those
 * of the reference's sample c, again and again, each time turned a little. Prints one JSON object and draws growth.svg beside itself.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Clusterer, createChain, createSeeds, addSeed, DEFAULT_PARAMS, parseSelection } from "../src/chain/index.js";
import { copyRows, createTable, Random } from "../src/core/index.js";
import { type SampleBatch, TC } from "../src/events/index.js";
import { plotSvg } from "../src/plots/svg.js";
import { readLines, referenceFolder, type ReferenceInput, toBatch } from "../test/reference/load.js";

const CELLS = [1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000];
const SEEDS = [1, 2, 5, 10, 20, 50, 80, 200, 500, 1000];
const SEEDS_AMONG = 30_000;
const TURN = 0.37;

const folder = referenceFolder();
if (folder === null) throw new Error("needs the reference: set BYE_SPLITS_REFERENCE");
const source = toBatch(readLines<ReferenceInput>(`${folder}/c/inputs`));

/** The first entry with n trigger cells. */
function entryOf(n: number): SampleBatch {
  const tc = createTable(TC, n);
  for (let at = 0; at < n; at += source.tc.rows) {
    const rows = Math.min(source.tc.rows, n - at);
    for (const name of Object.keys(TC) as (keyof typeof TC)[]) {
      copyRows(source.tc.columns[name], 0, rows, tc.columns[name], at);
    }
    const angle = (TURN * at) / source.tc.rows;
    const { tc_x, tc_y, tc_phi } = tc.columns;
    for (let t = at; t < at + rows; t++) {
      const [x, y] = [tc_x[t], tc_y[t]];
      tc_x[t] = x * Math.cos(angle) - y * Math.sin(angle);
      tc_y[t] = x * Math.sin(angle) + y * Math.cos(angle);
      tc_phi[t] = Math.atan2(tc_y[t], tc_x[t]);
    }
  }
  const { columns } = source.entries;
  const entries = { rows: 1, columns: { ...columns, tc_first: Int32Array.of(0), tc_rows: Int32Array.of(n) } };
  return { ...source, tc, entries } as SampleBatch;
}

/** [us] Median time of a call. */
function time(run: () => void): number {
  const times: number[] = [];
  const start = performance.now();
  while (performance.now() - start < 500 || times.length < 20) {
    const before = performance.now();
    run();
    times.push(1000 * (performance.now() - before));
  }
  return times.slice(times.length >> 2).toSorted((a, b) => a - b)[(3 * times.length) >> 3];
}

const chain = createChain("default", DEFAULT_PARAMS, { selection: parseSelection("all"), brief: true });
// Compiled, before the first figure.
const [warm, warmer] = [entryOf(20_000), entryOf(10_000)];
time(() => (chain(warm), chain(warmer)));
const result: Record<string, number> = {};
const ofCells = CELLS.map((n) => {
  // In turn: what a chain found in its last entry it does not look for again.
  const [one, other] = [entryOf(n), entryOf(n)];
  return time(() => (chain(one), chain(other))) / 2;
});
for (const [k, n] of CELLS.entries()) result[`${n} cells [us an event]`] = ofCells[k];
// A line with an offset, relative deviations squared.
const sums = [0, 0, 0, 0, 0];
for (const [k, n] of CELLS.entries()) {
  const [u, v] = [1 / ofCells[k], n / ofCells[k]];
  for (const [s, term] of [u * u, u * v, v * v, u, v].entries()) sums[s] += term;
}
const determinant = sums[0] * sums[2] - sums[1] * sums[1];
const offset = (sums[3] * sums[2] - sums[4] * sums[1]) / determinant;
const slope = (sums[0] * sums[4] - sums[1] * sums[3]) / determinant;
result["a cell [ns]"] = 1000 * slope;
result["an event without cells [us]"] = offset;
result["farthest from the line (<= 15) [%]"] = Math.max(
  ...CELLS.map((n, k) => 100 * Math.abs(ofCells[k] / (offset + slope * n) - 1)),
);

const { tc } = entryOf(SEEDS_AMONG);
const clusterer = new Clusterer(DEFAULT_PARAMS.cluster);
const assignment = new Int32Array(SEEDS_AMONG);
const ofSeeds = SEEDS.map((n) => {
  const random = new Random(n);
  const seeds = createSeeds();
  for (let k = 0; k < n; k++) {
    const s = addSeed(seeds);
    const t = Math.floor(random.uniform() * SEEDS_AMONG);
    seeds.energy[s] = random.uniform();
    seeds.x[s] = tc.columns.tc_x[t] / tc.columns.tc_z[t];
    seeds.y[s] = tc.columns.tc_y[t] / tc.columns.tc_z[t];
  }
  return time(() => clusterer.assignInto(assignment, seeds, tc.columns, 0, SEEDS_AMONG, 1, ""));
});
for (const [k, n] of SEEDS.entries()) result[`${n} seeds [us to cluster ${SEEDS_AMONG} cells]`] = ofSeeds[k];
result["200 seeds over 80 (<= 1.3)"] = ofSeeds[SEEDS.indexOf(200)] / ofSeeds[SEEDS.indexOf(80)];

const series = (color: "blue" | "orange", x: readonly number[], y: readonly number[]) => [
  { color, marks: [{ kind: "points", x, y, joined: true } as const] },
];
const us = { label: "time", unit: "us", log: true } as const;
writeFileSync(
  fileURLToPath(new URL("growth.svg", import.meta.url)),
  plotSvg({
    id: "growth",
    title: "Time of an event",
    notes: [
      `Left: the default chain. Right: clustering of ${SEEDS_AMONG.toLocaleString("en")} trigger cells. Medians, one thread.`,
    ],
    columns: 2,
    panels: [
      { x: { label: "trigger cells", log: true }, y: us, series: series("blue", CELLS, ofCells) },
      { x: { label: "seeds", log: true }, y: us, series: series("orange", SEEDS, ofSeeds) },
    ],
  }),
);
console.log(JSON.stringify(result));
