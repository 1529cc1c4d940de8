/** Whether trigger cells of an ntuple are where the geometry has them: another detector version is found before it misleads. */
import { InputError } from "../core/index.js";
import { type Geometry, SCINTILLATOR_WAFER, tcIndex } from "../detector/index.js";
import { type NtupleChunk } from "./ntuple.js";

/** [cm] A TC that is farther from its place counts as misplaced; the smallest TCs are 2.4 cm wide. */
const TOLERANCE = 0.5;
const MAX_SHARE = 0.01;
const MAX_CHECKED = 1000;

/** Checks the first 1,000 silicon TCs that it is given, in one call or several. */
export class GeometryCheck {
  readonly #geometry: Geometry;
  #checked = 0;
  #misplaced = 0;
  #misplacedSwapped = 0;

  constructor(geometry: Geometry) {
    this.#geometry = geometry;
  }

  /** InputError when more than 1 % of the TCs so far are over 0.5 cm away in x or y from the geometry's position. */
  add({ tc }: NtupleChunk): void {
    if (this.#checked >= MAX_CHECKED) return;
    const { tc_subdet, tc_waferu, tc_cellu, tc_cellv } = tc.columns;
    for (let i = 0; i < tc_subdet.length && this.#checked < MAX_CHECKED; i++) {
      if (tc_waferu[i] === SCINTILLATOR_WAFER) continue;
      this.#checked++;
      if (this.#isMisplaced(tc.columns, i, tc_cellu[i], tc_cellv[i])) this.#misplaced++;
      if (this.#isMisplaced(tc.columns, i, tc_cellv[i], tc_cellu[i])) this.#misplacedSwapped++;
    }
    if (this.#misplaced <= MAX_SHARE * this.#checked) return;
    const swapped = this.#misplacedSwapped <= MAX_SHARE * this.#checked;
    throw new InputError(
      `${this.#misplaced} of ${this.#checked} silicon trigger cells are more than ${TOLERANCE} cm away from where geometry ` +
        `${this.#geometry.version} has them: ` +
        (swapped
          ? "with tc_cellu and tc_cellv swapped they agree, so the cells are swapped"
          : "the ntuple was made with another geometry version: take its positions with `geometry import` and compare with them (--geometry FILE), or go on with --no-geometry-check"),
    );
  }

  #isMisplaced(columns: NtupleChunk["tc"]["columns"], i: number, cu: number, cv: number): boolean {
    const { tc_layer, tc_waferu, tc_waferv, tc_zside, tc_x, tc_y } = columns;
    const { x, y } = this.#geometry.triggerCells;
    const tc = tcIndex(this.#geometry, tc_layer[i], tc_waferu[i], tc_waferv[i], cu, cv);
    // NaN for layers that do not exist.
    if (!(tc >= 0)) return true;
    return Math.abs(tc_x[i] - tc_zside[i] * x[tc]) > TOLERANCE || Math.abs(tc_y[i] - y[tc]) > TOLERANCE;
  }
}
