import { createRoot } from "solid-js";
import { expect, test } from "vitest";
import { hexId, waferId } from "../../data/coarse-ids.js";
import { type CoarseView } from "../../data/protocol.js";
import { type Model } from "../../model/model.js";
import { type Picked } from "../../model/picked.js";
import { DEFAULT_VIEW, type ViewState } from "../../model/view-state.js";
import { TOY_COARSE, TOY_EVENT, TOY_UV } from "../toy.test-data.js";
import { createCoarseState, type CoarseState } from "./coarse-state.js";
import { isAbove, sumText } from "./facts.js";

/** Wafers are those of the toy: row 0 is (2, −3), coarse seed 1; row 1 (−4, 1), coarse seed 0; row 2 (5, 5), coarse seed 2. */
function stateOf(picked: Picked | null, region = "", coarse: CoarseView = TOY_COARSE) {
  const changes: Partial<ViewState>[] = [];
  const model = {
    view: { ...DEFAULT_VIEW, region },
    picked: () => picked,
    setView: (change: Partial<ViewState>) => void changes.push(change),
  } as unknown as Model;
  const state = createRoot(() => createCoarseState(model, () => ({ event: TOY_EVENT, chain: TOY_UV, coarse })));
  return { ...state, changes };
}
const numbers = ({ pickedCell, pickedWafer, region }: CoarseState): number[] => [pickedCell(), pickedWafer(), region()];

test.each<{ name: string; picked: Picked | null; wanted: [cell: number, wafer: number, region: number] }>([
  { name: "nothing", picked: null, wanted: [-1, -1, 2] },
  { name: "a cell of the map", picked: { kind: "hex", index: hexId(-9, 20) }, wanted: [0, 0, 1] },
  { name: "a place without a cell", picked: { kind: "hex", index: hexId(0, 0) }, wanted: [-1, -1, 2] },
  { name: "a wafer", picked: { kind: "wafer", index: waferId(-4, 1) }, wanted: [-1, 1, 0] },
  { name: "a wafer that is no coarse seed", picked: { kind: "wafer", index: waferId(2, 1) }, wanted: [-1, 3, 2] },
  { name: "a wafer of other layers", picked: { kind: "wafer", index: waferId(9, 9) }, wanted: [-1, -1, 2] },
  { name: "a seed", picked: { kind: "seed", index: 0 }, wanted: [2, 1, 0] },
  { name: "a seed that is no cell", picked: { kind: "seed", index: 7 }, wanted: [-1, -1, 2] },
  { name: "a trigger cell on the map", picked: { kind: "tc", index: 1 }, wanted: [1, 0, 1] },
  { name: "a trigger cell of another layer", picked: { kind: "tc", index: 3 }, wanted: [-1, 0, 1] },
  { name: "a trigger cell that there is not", picked: { kind: "tc", index: 6 }, wanted: [-1, -1, 2] },
  { name: "a bin", picked: { kind: "bin", index: 0 }, wanted: [-1, -1, 2] },
])("the cell, wafer and region that belong to $name", ({ picked, wanted }) => {
  expect(numbers(stateOf(picked))).toEqual(wanted);
});

test("without a pick the region is the chosen one, where there is one, else that of the most energy", () => {
  expect(stateOf(null, "2,-3").region()).toBe(1);
  expect(stateOf(null, "-4,1").region()).toBe(0);
  expect(stateOf({ kind: "seed", index: 0 }, "2,-3").region()).toBe(0);
  // (2, 1) has the most energy of all wafers, but is no coarse seed; (2, 5) and (5, 1) are half right.
  for (const region of ["2,1", "2,5", "5,1", ""]) expect(stateOf(null, region).region()).toBe(2);
  expect(stateOf(null, "", { ...TOY_COARSE, coarse: [] }).region()).toBe(-1);
  const mipPt = Float64Array.of(400, 400, 300, 400, 0);
  // Of equals the first of the coarse seeds.
  expect(stateOf(null, "", { ...TOY_COARSE, wafers: { ...TOY_COARSE.wafers, mipPt } }).region()).toBe(0);
});

test("to show a region is to write its wafer into the link, and to pick nothing", () => {
  const { showRegion, changes } = stateOf(null);
  showRegion(1);
  showRegion(0);
  expect(changes).toEqual([
    { region: "2,-3", pick: "" },
    { region: "-4,1", pick: "" },
  ]);
});

test("above its threshold is a wafer with cells, of an |η| range, with at least as much energy", () => {
  // 170 of 170; 179.5 of 180; 300 of 170; 400 without a range; no cells.
  expect([0, 1, 2, 3, 4].map((row) => isAbove(TOY_COARSE, TOY_UV, row))).toEqual([true, false, true, false, false]);
  const empty = { ...TOY_COARSE, wafers: { ...TOY_COARSE.wafers, nTc: new Int32Array(5) } };
  expect(isAbove(empty, TOY_UV, 0)).toBe(false);
});

test.each([
  [0, "0.0"],
  [9.94, "9.9"],
  [9.95, "10"],
  [123.4, "123"],
])("a sum of %d reads %s in its hexagon", (value, text) => {
  expect(sumText(value)).toBe(text);
});
