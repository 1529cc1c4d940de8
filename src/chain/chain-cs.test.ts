import { expect, test } from "vitest";
import { batchOf, cellAt } from "./cells.test-data.js";
import { CS_CHAIN } from "./chain-cs.js";
import { DEFAULT_PARAMS } from "./params.js";
import { SharedStages } from "./stages.js";

const hot = cellAt(2, { mipPt: 900, layer: 9, wafer: [3, 1], cell: [1, 2] });

test("the cells of an entry are read in the geometry of its sample, in the default one where it names none", () => {
  const find = (batch: ReturnType<typeof batchOf>) => CS_CHAIN.create(DEFAULT_PARAMS, new SharedStages()).findSeeds({ batch, i: 1 }).n; // prettier-ignore
  const batch = batchOf([{ cells: [hot, hot] }, { cells: [hot] }]);
  expect(find(batch)).toBe(1);
  expect(find({ ...batch, geometry: "V11" })).toBe(1);
  expect(() => find({ ...batch, geometry: "V99" })).toThrow('geometry version not found: "V99"');
});

test("coarse seeds are counted where seeds are looked for in them, else there are none by construction", () => {
  const batch = batchOf([{ cells: [hot] }]);
  const countOf = (InputName: "CStcOut" | "NoCStcOut") =>
    CS_CHAIN.create({ ...DEFAULT_PARAMS, seed_cs: { ...DEFAULT_PARAMS.seed_cs, InputName } }, new SharedStages()).coarseSeeds({ batch, i: 0 }); // prettier-ignore
  expect([countOf("CStcOut"), countOf("NoCStcOut")]).toEqual([1, undefined]);
});
