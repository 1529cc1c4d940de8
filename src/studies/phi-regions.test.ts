import { expect, test } from "vitest";
import { type TriggerCells } from "../detector/index.js";
import { measureOf } from "./best-radius.js";
import { cellsOfRegion, PHI_REGIONS } from "./phi-regions.js";

test.each([
  { name: "Si", want: [0, 1, 2, 3, 4] },
  { name: "ECAL", want: [0, 1, 2, 3] },
  { name: "HCAL", want: [4, 5] },
  { name: "MaxShower", want: [1, 2] },
  { name: "ExcludeMaxShower", want: [0, 3] },
  { name: "All", want: [0, 1, 2, 3, 4, 5] },
] as const)("cells of $name, of layers 7, 8, 15 and 16 of CE-E, silicon and scintillator of CE-H", ({ name, want }) => {
  const cells = {
    rows: 6,
    subdet: Int32Array.of(1, 1, 1, 1, 2, 10),
    layer: Int32Array.of(7, 8, 15, 16, 30, 40),
  } as unknown as TriggerCells;
  expect([...cellsOfRegion(cells, name)]).toEqual(want);
  expect(PHI_REGIONS.map((region) => region.name)).toContain(name);
});

test.each([
  { pileup: undefined, hasTruth: true, want: "response_pt" },
  { pileup: 0, hasTruth: true, want: "response_pt" },
  { pileup: 1, hasTruth: true, want: "response_signal" },
  { pileup: 200, hasTruth: true, want: "response_signal" },
  { pileup: 200, hasTruth: false, want: "response_pt" },
])("with pile-up $pileup, truth $hasTruth: $want", ({ pileup, hasTruth, want }) => {
  expect(measureOf({ hasTruth, ...(pileup === undefined ? {} : { pileup }) })).toBe(want);
});
