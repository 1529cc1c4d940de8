/** Which clusters of an entry are of pile-up. */
import { expect, test } from "vitest";
import { TableBuilder } from "../core/index.js";
import { CLUSTERS } from "../events/index.js";
import { batchOf } from "./cells.test-data.js";
import { EntryJudge } from "./judge.js";
import { DEFAULT_PARAMS } from "./params.js";

const { validation } = DEFAULT_PARAMS;
const eta = 2;
const rz = 1 / Math.sinh(eta);

/** The clusters of the second of three entries, whose particle is on the x axis at R/z `rz`; `selected`: whether the chain looks at it. */
function countFalse(list: readonly { at?: number; pt?: number; signal?: number }[], selected = true): number {
  const batch = batchOf([0, 1, 2].map(() => ({ cells: [], eta })));
  batch.gen.columns.gen_phi.set([1, 0, 2]);
  const table = new TableBuilder(CLUSTERS);
  // A false one before and one behind: of other entries.
  for (const { at = rz, pt = 10, signal = Number.NaN } of [{ at: -rz }, ...list, { at: -rz }]) {
    const row = table.add(1);
    table.columns.x[row] = at;
    table.columns.z[row] = -1;
    table.columns.pt[row] = pt;
    table.columns.signal_pt[row] = signal;
  }
  const judge = new EntryJudge({ batch, i: 1 }, selected ? [1] : [], validation);
  return judge.countFalse({ columns: table.columns, first: 1, end: 1 + list.length });
}

const { splitDistance } = validation;
test.each([
  ["near the particle", [{ at: rz + splitDistance * (1 - 1e-9) }, { at: rz - splitDistance * (1 - 1e-9) }], 0],
  ["as far away as no match is", [{ at: rz + splitDistance * (1 + 1e-9) }, {}], 1],
  ["with a tenth of signal", [{ pt: 10, signal: 1, at: -rz }], 0],
  [
    "with less than a tenth of signal, near as it is",
    [
      { pt: 10, signal: 1 - 1e-9 },
      { pt: 10, signal: 0 },
    ],
    2,
  ],
  ["that are none at all", [], 0],
])("false clusters: %s", (_, list, n) => {
  expect([countFalse(list), countFalse(list, false)]).toEqual([n, n]);
});
