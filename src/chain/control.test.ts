/** Control directions, truth and false clusters on hand-made entries. */
import { expect, test } from "vitest";
import { createTable } from "../core/index.js";
import { type SampleBatch, TC_TRUTH } from "../events/index.js";
import { batchOf, type Cell } from "./cells.test-data.js";
import { createChain, DEFAULT_PARAMS, parseSelection } from "./index.js";

const options = { selection: parseSelection("all") };
const RZ = 0.25;
const ETA = Math.asinh(1 / RZ);
const SIXTH = Math.PI / 3;

/** A cluster of `pt` [GeV] at R/z and phi: seeds in its own bin. */
const spot = (phi: number, pt: number, rz = RZ): Cell => ({
  x: 330 * rz * Math.cos(phi),
  y: 330 * rz * Math.sin(phi),
  mipPt: 5000 + pt,
  pt,
});

/** One entry with a particle of phi 0 and others, and what each cell has of it. */
function run(
  cells: readonly Cell[],
  others: readonly { eta: number; phi: number }[] = [],
  truth?: readonly (readonly [number, number])[],
) {
  let batch: SampleBatch = batchOf([{ cells, eta: ETA, phi: 0, energy: 100 }]);
  if (others.length > 0) {
    const particles = [{ eta: ETA, phi: 0 }, ...others];
    batch = batchOf(particles.map(({ eta, phi }, i) => ({ cells: i === 0 ? cells : [], eta, phi })));
    const columns = Object.fromEntries(
      Object.entries(batch.entries.columns).map(([name, column]) => [name, column.slice(0, 1)]),
    ) as unknown as SampleBatch["entries"]["columns"];
    columns.gen_rows[0] = particles.length;
    batch = { ...batch, entries: { rows: 1, columns } };
  }
  if (truth !== undefined) {
    const table = createTable(TC_TRUTH, truth.length);
    for (const [t, [signal, particle]] of truth.entries()) {
      table.columns.tc_signal[t] = signal;
      table.columns.tc_particle[t] = particle;
    }
    batch = { ...batch, truth: table };
  }
  const { events, counts, clusters } = createChain("default", DEFAULT_PARAMS, options)(batch);
  const { match_control, split_control, n_control, is_split, true_split, true_match } = events.columns;
  return {
    controls: [n_control[0], match_control[0], split_control[0]],
    isSplit: is_split[0],
    truth: [true_split[0], true_match[0]],
    second: [true_split[1], true_match[1]],
    counts,
    signalPt: Array.from(clusters.columns.signal_pt),
  };
}

test.each([
  { name: "nothing there", cells: [spot(0, 30)], want: [5, 0, 0] },
  { name: "a cluster large enough to split", cells: [spot(0, 30), spot(SIXTH, 10)], want: [5, 1, 1] },
  { name: "one that is matched but too small a share", cells: [spot(0, 30), spot(2 * SIXTH, 3)], want: [5, 1, 0] },
  { name: "one that is matched but too soft", cells: [spot(0, 5), spot(3 * SIXTH, 1.5)], want: [5, 1, 0] },
  { name: "a cluster between the directions", cells: [spot(0, 30), spot(1.5 * SIXTH, 10)], want: [5, 0, 0] },
  {
    name: "without a cluster of its own nothing splits",
    cells: [spot(SIXTH, 10), spot(SIXTH + 0.1, 10)],
    want: [5, 1, 0],
  },
])("control directions: $name", ({ cells, want }) => {
  expect(run(cells).controls).toEqual(want);
});

test.each([
  { name: "at the direction", phi: SIXTH, want: 4 },
  { name: "at 0.19 of it", phi: SIXTH - 0.78, want: 4 },
  { name: "not one at 0.21 of it", phi: SIXTH - 0.87, want: 5 },
  { name: "in between two", phi: SIXTH * 1.5, want: 3 },
  { name: "at the particle itself: none", phi: 0.05, want: 5 },
])("a control direction with another particle near is left out: $name", ({ phi, want }) => {
  expect(run([spot(0, 30)], [{ eta: ETA, phi }]).controls[0]).toBe(want);
});

test.each([
  { name: "all of both clusters is signal", cells: [spot(0, 30), spot(0.15, 20)], signal: [1, 1], split: 1, match: 1 },
  { name: "the second is pile-up", cells: [spot(0, 30), spot(0.15, 20)], signal: [1, 0.05], split: 0, match: 1 },
  {
    name: "the second is mostly pile-up, but 3 GeV are a tenth",
    cells: [spot(0, 20), spot(0.15, 30)],
    signal: [1, 0.1],
    split: 1,
    match: 1,
  },
  {
    name: "half of the deposit is nowhere",
    cells: [spot(0, 10), spot(0.15, 0.4), { ...spot(0.15, 30), mipPt: 0.1, layer: 9, y: 200 }],
    signal: [1, 1, 1],
    split: 0,
    match: 0,
  },
  { name: "nothing was deposited", cells: [spot(0, 10)], signal: [0], split: 0, match: 0 },
])("truth: $name", ({ cells, signal, split, match }) => {
  const found = run(
    cells,
    [],
    signal.map((share) => [share, share > 0 ? 0 : -1] as const),
  );
  expect(found.truth).toEqual([split, match]);
});

test("two particles, a cluster each: neither is truly split, and both are found", () => {
  const cells = [spot(0, 30), spot(0.15, 20)];
  const found = run(
    cells,
    [{ eta: ETA, phi: 0.15 }],
    [
      [1, 0],
      [1, 1],
    ],
  );
  expect([found.truth, found.second]).toEqual([
    [0, 1],
    [0, 1],
  ]);
  expect(found.signalPt).toEqual([30, 20]);
  expect(found.counts).toMatchObject({ particles: 2, withTruth: 2, trulySplit: 0, trulyMatched: 2, falseClusters: 0 });
});

test("a cluster is false below a tenth of signal; without truth, far from every particle", () => {
  const cells = [spot(0, 30), spot(0.15, 20), spot(2, 10)];
  const pure = run(cells, [], [[1, 0], [0.05, 0], [0.2, 0]]); // prettier-ignore
  expect(pure.counts.falseClusters).toBe(1);
  expect(run(cells).counts.falseClusters).toBe(1);
  expect(run(cells).signalPt).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  expect(run(cells).counts.withTruth).toBe(0);
});

test.each([
  { name: "alone", others: [], want: 0 },
  { name: "another one within the split distance", others: [{ eta: ETA, phi: 0.2 }], want: 2 },
  { name: "another one beyond it", others: [{ eta: ETA, phi: 0.3 }], want: 0 },
  { name: "two, far from each other", others: [{ eta: ETA, phi: -0.2 }, { eta: ETA, phi: 0.2 }], want: 3 }, // prettier-ignore
])("particles that matching does not tell apart: $name", ({ others, want }) => {
  expect(run([spot(0, 30)], others).counts.withNeighbour).toBe(want);
});
