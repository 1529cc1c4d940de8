/** The look of the samples of a study: one colour and marker each, the same in all its figures. */
import { rowsWhere } from "../core/index.js";
import { type ColorName } from "./colors.js";
import { type Marker } from "./plot.js";

export interface StudyLane {
  readonly color: ColorName;
  readonly marker: Marker;
}

const COLORS: readonly ColorName[] = ["blue", "orange", "green", "purple", "blue2", "orange2", "green2", "purple2"];
const MARKERS: readonly Marker[] = ["circle", "square", "triangle", "diamond"];

export function studyLanes(samples: readonly unknown[]): StudyLane[] {
  return samples.map((_, i) => ({ color: COLORS[i % COLORS.length], marker: MARKERS[i % MARKERS.length] }));
}

/** Rows of a sample in the points of a study that are of all particles, not of bins. */
export function rowsOfSample(
  {
    rows,
    columns,
  }: { readonly rows: number; readonly columns: { readonly sample: Int32Array; readonly by?: string[] } },
  sample: number,
): number[] {
  const { by } = columns;
  return rowsWhere(rows, (row) => columns.sample[row] === sample && (by === undefined || by[row] === ""));
}
