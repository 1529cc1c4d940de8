import { expect, test } from "vitest";
import { batchOf } from "./cells.test-data.js";
import { checkParticles, checkTcs } from "./check.js";

const cell = { x: 80, y: 10 };
const good = () => batchOf([{ cells: [cell] }, { cells: [cell, cell, cell] }, { cells: [cell] }]);

test("finite values pass, also very large ones and zeros elsewhere than in z", () => {
  const batch = good();
  batch.tc.columns.tc_energy[1] = 1.7e308;
  batch.tc.columns.tc_energy[2] = 1.7e308;
  batch.tc.columns.tc_pt[2] = 1.7e308;
  batch.tc.columns.tc_x.fill(0);
  batch.tc.columns.tc_mipPt.fill(0);
  expect(checkTcs(batch.tc.columns, 0, 5, () => "here")).toBeUndefined();
  for (const i of [0, 1, 2]) expect(checkParticles(batch, i)).toBeUndefined();
});

test.each(["tc_x", "tc_y", "tc_z", "tc_eta", "tc_phi", "tc_energy", "tc_pt", "tc_mipPt"] as const)(
  "a trigger cell whose %s is not finite is named by its place in its entry; those of other entries do not count",
  (name) => {
    for (const value of [Number.NaN, Infinity, -Infinity]) {
      const { columns } = good().tc;
      columns[name][3] = value;
      const check = (first: number, end: number) => () => checkTcs(columns, first, end, () => "event 7");
      expect(check(1, 4)).toThrow(`event 7: ${name} of trigger cell 2 is ${value}; use --skip-bad-events`);
      for (const [first, end] of [[0, 1], [1, 3], [4, 5]]) expect(check(first, end)()).toBeUndefined(); // prettier-ignore
    }
  },
);

test("z = 0 has no direction", () => {
  const { columns } = good().tc;
  columns.tc_z[1] = 0;
  expect(() => checkTcs(columns, 1, 4, () => "event 7")).toThrow("tc_z of trigger cell 0 is 0");
});

test.each([
  ["gen", "gen_eta"], ["gen", "gen_phi"], ["gen", "gen_en"], ["gen", "gen_pt"],
  ["cl3d", "cl3d_en"], ["cl3d", "cl3d_pt"], ["cl3d", "cl3d_eta"], ["cl3d", "cl3d_phi"],
] as const)("%s: a %s that is not finite is named with its event, and is of that alone", (table, name) => {
  const batch = good();
  (batch[table].columns as unknown as Record<string, Float64Array>)[name][1] = Number.NaN;
  const what = table === "gen" ? "particle" : "cl3d";
  expect(() => checkParticles(batch, 1)).toThrow(`event 101 (entry 1): ${name} of ${what} 0 is NaN`);
  for (const i of [0, 2]) expect(checkParticles(batch, i)).toBeUndefined();
}); // prettier-ignore
