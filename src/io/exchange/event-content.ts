/** One entry and what chains made of it, as far as files of single events need it; the views of the pages are such. */
import { InputError } from "../../core/index.js";
import { type Geometry, tcIndex, tcOutline } from "../../detector/index.js";
import { type SampleBatch } from "../../events/index.js";

/** A generated particle; eta and phi [rad] at the front face of CE-E. */
export interface ParticleContent {
  readonly pid: number;
  /** [GeV] */
  readonly pt: number;
  /** [GeV] */
  readonly energy: number;
  readonly eta: number;
  readonly phi: number;
}

/** An entry with its `n` trigger cells in columns: lengths [cm], energies [GeV], mipPt [MIP_T]. */
export interface EventContent {
  readonly entry: number;
  readonly event: number;
  readonly run: number;
  readonly lumi: number;
  /** The three with all their digits, as files hold them: numbers, or text where a number would be rounded. */
  readonly exact?: Readonly<Record<"event" | "run" | "lumi", number | string>>;
  readonly zside: number;
  readonly particles: readonly ParticleContent[];
  readonly n: number;
  readonly layer: Int32Array;
  readonly wu: Int32Array;
  readonly wv: Int32Array;
  readonly cu: Int32Array;
  readonly cv: Int32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  readonly eta: Float64Array;
  readonly phi: Float64Array;
  readonly energy: Float64Array;
  readonly pt: Float64Array;
  readonly mipPt: Float64Array;
  /** x/|z|, y/|z| of 4 corners each. */
  readonly corners: Float32Array;
}

/** A cluster, named by its seed [GeV, rad]. */
export interface ClusterContent {
  readonly seed: number;
  readonly energy: number;
  readonly pt: number;
  readonly eta: number;
  readonly phi: number;
}

export interface ChainContent {
  readonly clusters: readonly ClusterContent[];
  /** Seed of each trigger cell, -1 for none. */
  readonly assignment: Int32Array;
}

/** What chains made of one entry, by a word that tells them apart: default and cs, or A and B. */
export type ChainContents<C extends ChainContent = ChainContent> = Readonly<Record<string, C>>;

export const TC_INTEGERS = ["layer", "wu", "wv", "cu", "cv"] as const;
export const TC_REALS = ["x", "y", "z", "eta", "phi", "energy", "pt", "mipPt"] as const;

/** Half the width of the square for a trigger cell that the geometry does not know [cm]. */
const UNKNOWN_SIZE = 1;

/** The generated particles of row `i` of a batch's entries. */
export function particlesOf(batch: SampleBatch, i: number): ParticleContent[] {
  const { gen_first, gen_rows } = batch.entries.columns;
  const { gen_pid, gen_pt, gen_en, gen_eta, gen_phi } = batch.gen.columns;
  return Array.from({ length: gen_rows[i] }, (_, k) => {
    const g = gen_first[i] + k;
    return { pid: gen_pid[g], pt: gen_pt[g], energy: gen_en[g], eta: gen_eta[g], phi: gen_phi[g] };
  });
}

/** Row `i` of a batch's entries; the columns share its memory. */
export function eventContent(batch: SampleBatch, i: number, geometry: Geometry): EventContent {
  const { entry, event, run, lumi, zside, tc_first, tc_rows } = batch.entries.columns;
  const n = tc_rows[i];
  const tc = batch.tc.columns;
  const cut = <T extends Int32Array | Float64Array>(column: T): T => column.subarray(tc_first[i], tc_first[i] + n) as T;
  const columns = {
    layer: cut(tc.tc_layer),
    wu: cut(tc.tc_wu),
    wv: cut(tc.tc_wv),
    cu: cut(tc.tc_cu),
    cv: cut(tc.tc_cv),
    x: cut(tc.tc_x),
    y: cut(tc.tc_y),
    z: cut(tc.tc_z),
    eta: cut(tc.tc_eta),
    phi: cut(tc.tc_phi),
    energy: cut(tc.tc_energy),
    pt: cut(tc.tc_pt),
    mipPt: cut(tc.tc_mipPt),
  };
  return {
    entry: entry[i],
    event: Number(event[i]),
    run: Number(run[i]),
    lumi: Number(lumi[i]),
    exact: { event: exactly(event[i]), run: exactly(run[i]), lumi: exactly(lumi[i]) },
    zside: zside[i],
    particles: particlesOf(batch, i),
    n,
    ...columns,
    corners: cornersOf({ n, zside: zside[i], ...columns }, geometry),
  };
}

function exactly(number: bigint): number | string {
  return Number.isSafeInteger(Number(number)) ? Number(number) : String(number);
}

function cornersOf(
  tcs: Pick<EventContent, "n" | "zside" | "x" | "y" | "z" | (typeof TC_INTEGERS)[number]>,
  geometry: Geometry,
): Float32Array {
  const { n, zside, layer, wu, wv, cu, cv, x, y, z } = tcs;
  const corners = new Float32Array(8 * n);
  const outline = new Float64Array(8);
  for (let t = 0; t < n; t++) {
    const tc = tcIndex(geometry, layer[t], wu[t], wv[t], cu[t], cv[t]);
    if (tc >= 0) tcOutline(geometry, tc, outline);
    for (let k = 0; k < 4; k++) {
      // The other endcap is the same detector turned about the y axis.
      const cornerX = tc >= 0 ? zside * outline[2 * k] : x[t] + (k === 0 || k === 3 ? -UNKNOWN_SIZE : UNKNOWN_SIZE);
      const cornerY = tc >= 0 ? outline[2 * k + 1] : y[t] + (k < 2 ? -UNKNOWN_SIZE : UNKNOWN_SIZE);
      corners[8 * t + 2 * k] = cornerX / Math.abs(z[t]);
      corners[8 * t + 2 * k + 1] = cornerY / Math.abs(z[t]);
    }
  }
  return corners;
}

/** InputError unless all numbers that files hold are finite, which JSON has no others, and columns have a value for each trigger cell. */
export function checkContent(event: EventContent, chains: ChainContents): void {
  const where = `event ${event.event} (entry ${event.entry})`;
  const finite = (value: number, what: string, tc?: number): void => {
    if (Number.isFinite(value)) return;
    const name = tc === undefined ? what : `${what} of trigger cell ${tc}`;
    throw new InputError(`${where}: ${name} is ${value}, expected a finite number; choose other events`);
  };
  const whole = (values: ArrayLike<number>, what: string, each = 1): void => {
    if (values.length === each * event.n) return;
    throw new InputError(`${where}: ${what} has ${values.length} values, expected ${each * event.n}`);
  };
  for (const name of TC_INTEGERS) whole(event[name], name);
  for (const name of TC_REALS) {
    whole(event[name], name);
    for (let t = 0; t < event.n; t++) finite(event[name][t], name, t);
  }
  whole(event.corners, "corners", 8);
  for (let k = 0; k < 8 * event.n; k++) finite(event.corners[k], "a corner", k >> 3);
  for (const [i, particle] of event.particles.entries()) {
    for (const name of ["pt", "energy", "eta", "phi"] as const) finite(particle[name], `${name} of particle ${i}`);
  }
  for (const [label, { clusters, assignment }] of Object.entries(chains)) {
    whole(assignment, `the assignment of ${label}`);
    for (const cluster of clusters) {
      for (const name of ["energy", "pt", "eta", "phi"] as const) {
        finite(cluster[name], `${name} of cluster ${cluster.seed} of ${label}`);
      }
    }
  }
}
