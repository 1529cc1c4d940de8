/** The quantities of generated particles that results are shown against, and the bins of each. */
import { type Lane, valuesOf } from "./lanes.js";
import { type Axis } from "./plot.js";
import { roundEdges } from "./ticks.js";

export interface Variable {
  readonly id: string;
  readonly axis: Axis;
  /** One value a row of the lane. */
  values(lane: Lane): number[];
  /** Edges that hold all values. */
  edges(lanes: readonly Lane[]): number[];
}

/** At most so many bins of a round width. */
const BINS = 12;

function covering(lanes: readonly Lane[], values: (lane: Lane) => number[]): number[] {
  const all = lanes.flatMap(values);
  const low = all.reduce((least, value) => Math.min(least, value), Infinity);
  const high = all.reduce((most, value) => Math.max(most, value), -Infinity);
  return all.length === 0 ? [0, 1] : roundEdges(low, high, BINS);
}

const pt = (lane: Lane): number[] => valuesOf(lane, "genpt");
const energy = (lane: Lane): number[] => valuesOf(lane, "genen");
const eta = (lane: Lane): number[] => valuesOf(lane, "geneta").map(Math.abs);

export const VARIABLES: readonly Variable[] = [
  { id: "pt", axis: { label: "generated pT", unit: "GeV" }, values: pt, edges: (lanes) => covering(lanes, pt) },
  {
    id: "energy",
    axis: { label: "generated E", unit: "GeV" },
    values: energy,
    edges: (lanes) => covering(lanes, energy),
  },
  { id: "eta", axis: { label: "generated |η|" }, values: eta, edges: (lanes) => covering(lanes, eta) },
  {
    id: "phi",
    axis: { label: "generated φ", unit: "rad" },
    values: (lane) => valuesOf(lane, "genphi"),
    edges: () => Array.from({ length: 13 }, (_, i) => ((i - 6) * Math.PI) / 6),
  },
];

/** phi folded by 60 degrees: the tiling of the detector repeats, so that what depends on it shows here. */
export const FOLDED_PHI: Variable = {
  id: "phi-folded",
  axis: { label: "generated φ modulo 60°", unit: "°" },
  values: (lane) =>
    valuesOf(lane, "genphi").map((phi) => {
      const at = phi / (Math.PI / 3);
      return 60 * (at - Math.floor(at));
    }),
  edges: () => Array.from({ length: 13 }, (_, i) => 5 * i),
};
