/** Curves of the statistics: the figures of `report`, of what the survey found so far. */
import { createTable, type Table } from "../../core/index.js";
import { type Geometry } from "../../detector/index.js";
import { RECORDS } from "../../events/index.js";
import {
  createFigure,
  FOLDED_PHI,
  lanesOf,
  PHI_IN_BIN,
  type Plot,
  type ReportRun,
  splitPlot,
  tilingPlot,
  TURN_ON,
  turnOnPlot,
  VARIABLES,
} from "../../plots/index.js";
import { CURVE_NAMES, type CurveName } from "./curve-names.js";
import { type CurveRequest, type CurveSide } from "./protocol.js";

/** The panel is this wide [px]. */
const SIZE = { width: 300, height: 220 };

/** The curve as SVG. */
export function curveSvg({ curve, sides, what }: CurveRequest, geometry: Geometry): string {
  const lanes = lanesOf(sides.map((side) => runOf(side, what)));
  return createFigure({ ...plotOf(curve, lanes, geometry), ...SIZE }).svg;
}

function plotOf(curve: CurveName, lanes: ReturnType<typeof lanesOf>, geometry: Geometry): Plot {
  if (curve === "tiling") return tilingPlot(lanes, geometry, "curve-tiling");
  const threshold = TURN_ON.find((each) => curve === `turn-on-${each}`);
  if (threshold !== undefined) return turnOnPlot(lanes, threshold);
  const variable = [...VARIABLES, FOLDED_PHI, PHI_IN_BIN].find(({ id }) => curve === `split-${id}`);
  if (variable === undefined) throw new Error(`no curve ${curve}, one of ${Object.keys(CURVE_NAMES).join(", ")}`);
  return splitPlot(lanes, variable, `curve-${curve}`);
}

function runOf({ name, chain, params, entries }: CurveSide, what: string): ReportRun {
  const particles = entries.flat();
  return {
    name,
    selection: what,
    params,
    records: recordsOf(chain, entries),
    knowsTruth: particles.some(({ truth }) => truth !== null),
  };
}

/** The columns of records that the curves read; the others are 0. */
function recordsOf(chain: string, entries: CurveSide["entries"]): Table<typeof RECORDS> {
  const rows = entries.flatMap((particles, entry) => particles.map((particle) => ({ entry, particle })));
  const table = createTable(RECORDS, rows.length);
  const to = table.columns;
  for (const [row, { entry, particle }] of rows.entries()) {
    to.entry[row] = entry;
    to.chain[row] = chain;
    to.geneta[row] = particle.eta;
    to.genphi[row] = particle.phi;
    to.genen[row] = particle.energy;
    to.genpt[row] = particle.pt;
    to.is_split[row] = Number(particle.isSplit);
    to.n_matched[row] = Number(particle.isMatched);
    to.response_en[row] = particle.response;
    to.response_pt[row] = particle.responsePt;
    to.n_control[row] = particle.controls;
    to.match_control[row] = particle.controlsMatched;
    to.split_control[row] = particle.controlsSplit;
    to.true_split[row] = Number(particle.truth?.isSplit === true);
  }
  return table;
}
