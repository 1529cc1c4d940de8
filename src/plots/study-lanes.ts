/** The look of the samples of a study: one colour and marker each, the same in all its figures. */
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
