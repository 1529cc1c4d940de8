/** Which single change mends which split: from rows of particles by hand. */
import { expect, test } from "vitest";
import { DEFAULT_PARAMS } from "../../chain/index.js";
import { createTable } from "../../core/index.js";
import { PART_EVENTS } from "../../studies/index.js";
import { healTable } from "./heal.js";

type Particle = readonly [entry: number, particle: number, split: number, trueSplit: number];

const partOf = (point: number, sample: number, groups: readonly (readonly Particle[])[]) => {
  const tables = groups.map((rows) => {
    const { columns } = createTable(PART_EVENTS, rows.length);
    for (const [row, [entry, particle, split, trueSplit]] of rows.entries()) {
      [columns.entry[row], columns.particle[row]] = [entry, particle];
      [columns.is_split[row], columns.true_split[row]] = [split, trueSplit];
    }
    return { rows: rows.length, columns };
  });
  const file = { groups, read: (_: unknown, group: number) => Promise.resolve(tables[group]), close: () => Promise.resolve() };
  return { point, sample, run: { openTable: () => Promise.resolve(file) } };
}; // prettier-ignore

const window = DEFAULT_PARAMS.seed.window;
const point = (changes: Readonly<Record<string, unknown>>, chain = "default") => ({ chain, changes });
const plan = {
  ...{ params: DEFAULT_PARAMS, samples: [{ name: "a" }, { name: "b" }], chains: ["default"] },
  points: [
    point({ "seed.window": window + 1 }),
    point({ "seed.window": window }),
    point({ "smooth.kernel": "flat_top" }),
    point({ "seed.window": window + 1, "smooth.kernel": "flat_top" }),
    // The same change once more.
    point({ "seed.window": window + 1, "smooth.kernel": DEFAULT_PARAMS.smooth.kernel }),
  ],
};

test("each particle that is split as configured has a row for each single change; those that it leaves out have none", async () => {
  const parts = [
    partOf(0, 0, [[[7, 0, 0, 0], [7, 1, 1, 0]], [[9, 0, 1, 1]]]),
    partOf(1, 0, [[[7, 0, 1, 0], [7, 1, 0, 0]], [[8, 0, 1, 1], [9, 0, 1, 1]]]),
    partOf(2, 0, [[[7, 0, 1, 1], [8, 0, 0, 0]]]),
    partOf(3, 0, [[[7, 0, 0, 0], [8, 0, 0, 0], [9, 0, 0, 0]]]),
    partOf(4, 0, [[[7, 0, 1, 1], [8, 0, 1, 1], [9, 0, 1, 1]]]),
    // Of the other sample there is no part as configured.
    partOf(0, 1, [[[7, 0, 1, 0]]]),
  ];
  const { rows, columns } = await healTable(plan as never, parts as never);
  const found = Array.from({ length: rows }, (_, row) => [
    columns.entry[row], columns.particle[row], columns.setting[row], columns.split[row], columns.true_split[row],
  ]);
  const wider = `seed.window=${window + 1}`;
  expect(found).toEqual([
    [7, 0, wider, 0, 0],
    [7, 0, "smooth.kernel=flat_top", 1, 1],
    [8, 0, "smooth.kernel=flat_top", 0, 0],
    [9, 0, wider, 1, 1],
  ]);
  expect([new Set(columns.sample), new Set(columns.chain)]).toEqual([new Set([0]), new Set(["default"])]);
}); // prettier-ignore
