/** The detector as text, for other programs: layers and trigger cells (TCs) of the positive endcap. */
import { csvLine } from "../core/index.js";
import { type Geometry } from "./geometry.js";
import { type TriggerCells } from "./trigger-cells.js";
import { THICKNESS_NAMES } from "./wafers.js";

const NAMES = ["layer", "subdet", "wu", "wv", "cu", "cv"] as const satisfies (keyof TriggerCells)[];
const PLACES = ["x", "y", "z", "eta", "phi"] as const satisfies (keyof TriggerCells)[];

/** Six decimals: 10 nm, or 1e-6 in eta and phi. */
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

/** One line per TC under a line of names. Lengths in cm; thickness as in THICKNESS_NAMES; scintillator: wu = wv = -999. */
export function geometryCsv(geometry: Geometry): string {
  const tcs = geometry.triggerCells;
  const lines = [csvLine([...NAMES, "thickness", ...PLACES])];
  for (let tc = 0; tc < tcs.rows; tc++) {
    const names = NAMES.map((name) => tcs[name][tc]);
    const places = PLACES.map((name) => rounded(tcs[name][tc]));
    lines.push(csvLine([...names, THICKNESS_NAMES[tcs.thickness[tc]], ...places]));
  }
  return lines.join("");
}

/** Who wrote it, the version, its layers, and the TCs as columns; thickness counts in `thicknessNames`. Lengths in cm, dE/dx in MeV per MIP. */
export function geometryJson(geometry: Geometry): string {
  const { rows, ...columns } = geometry.triggerCells;
  const triggerCells = Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, Array.from(column, rounded)]),
  );
  const { version, layers } = geometry;
  return `${JSON.stringify({ generator: "bye-splits", version, layers, thicknessNames: THICKNESS_NAMES, rows, triggerCells })}\n`;
}
