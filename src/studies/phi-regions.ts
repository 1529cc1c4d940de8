/** Parts of the detector whose trigger cells are moved between phi bins. */
import { type TriggerCells } from "../detector/index.js";

interface Region {
  readonly name: string;
  readonly about: string;
  /** `subdet`: 1 CE-E, 2 CE-H silicon, 10 scintillator. */
  holds(subdet: number, layer: number): boolean;
}

const isShowerMaximum = (layer: number): boolean => layer >= 8 && layer <= 15;

export const PHI_REGIONS = [
  { name: "Si", about: "all silicon", holds: (subdet) => subdet === 1 || subdet === 2 },
  { name: "ECAL", about: "CE-E", holds: (subdet) => subdet === 1 },
  { name: "HCAL", about: "CE-H, silicon and scintillator", holds: (subdet) => subdet === 2 || subdet === 10 },
  {
    name: "MaxShower",
    about: "CE-E, layers 8 to 15",
    holds: (subdet, layer) => subdet === 1 && isShowerMaximum(layer),
  },
  {
    name: "ExcludeMaxShower",
    about: "CE-E without layers 8 to 15",
    holds: (subdet, layer) => subdet === 1 && !isShowerMaximum(layer),
  },
  { name: "All", about: "all trigger cells", holds: () => true },
] as const satisfies readonly Region[];

export type PhiRegion = (typeof PHI_REGIONS)[number]["name"];

/** Rows of the trigger cells that lie in a region, ascending. */
export function cellsOfRegion({ rows, subdet, layer }: TriggerCells, name: PhiRegion): Int32Array {
  const { holds } = PHI_REGIONS.find((region) => region.name === name) as Region;
  const cells = new Int32Array(rows);
  let n = 0;
  for (let cell = 0; cell < rows; cell++) if (holds(subdet[cell], layer[cell])) cells[n++] = cell;
  return cells.slice(0, n);
}
