/** Clusters of the reference's radius study, each beside a generated particle, as the tables of a radius. */
import { matchParticle, projected, type ValidationParams } from "../chain/index.js";
import { InputError, type Table, TableBuilder, wrapPhi } from "../core/index.js";
import { CLUSTERS } from "../events/index.js";
import { type Figures } from "./figures.js";
import { addEventRow, clearEventRow, createEventRow } from "./point-events.js";
import { PART_EVENTS, RADIUS_CLUSTERS } from "./tables.js";

/** What the reference has at one radius: equally long columns. */
export interface ClusterFrame {
  readonly rows: number;
  readonly columns: Readonly<Record<string, Float64Array | BigInt64Array>>;
}

interface Particle {
  readonly event: bigint;
  readonly en: number;
  readonly eta: number;
  readonly phi: number;
  /** Of its event, and its own number there; known when all particles are. */
  entry: number;
  number: number;
}

/** Without these a row says nothing. */
const NEEDED = ["event", "en", "eta", "phi", "gen_en", "gen_eta", "gen_phi"] as const;
export const IMPORTED_COLUMNS: readonly string[] = NEEDED;

const { n_tc: _, ...KEPT } = RADIUS_CLUSTERS;
/** Those of a study of the radius, but for the number of trigger cells, which is not known. */
export const IMPORTED_CLUSTERS = KEPT;

/** The particles that have a cluster at one radius or more: all that the reference's results know of. */
export class KnownParticles {
  readonly #particles = new Map<string, Particle>();

  /** InputError with `place` for a column that is missing, and a value that is no number. */
  add(frame: ClusterFrame, place: string): void {
    if (frame.rows === 0) return;
    const lacks = NEEDED.filter((name) => !Object.hasOwn(frame.columns, name));
    if (lacks.length > 0) {
      throw new InputError(
        `${place} lacks the columns ${lacks.join(", ")}: the clusters are not beside their generated particles`,
      );
    }
    for (let row = 0; row < frame.rows; row++) {
      for (const name of NEEDED) {
        const value = frame.columns[name][row];
        if (
          name === "event" ? Number.isSafeInteger(Number(value)) || typeof value === "bigint" : Number.isFinite(value)
        )
          continue;
        throw new InputError(`${place}, row ${row}: ${name} is ${value}`);
      }
      const key = keyOf(frame, row);
      if (this.#particles.has(key)) continue;
      const { event, gen_en, gen_eta, gen_phi } = frame.columns;
      const [en, eta, phi] = [gen_en, gen_eta, gen_phi].map((column) => Number(column[row]));
      this.#particles.set(key, { event: BigInt(event[row]), en, eta, phi, entry: -1, number: 0 });
    }
  }

  /** By event; entries are numbered in their order. The key of each tells which rows are beside it. */
  finish(): { readonly all: ReadonlyMap<string, Readonly<Particle>>; readonly entries: number } {
    const sorted = [...this.#particles].toSorted(([, a], [, b]) =>
      a.event < b.event ? -1 : Number(a.event > b.event),
    );
    let last: Particle | undefined;
    for (const [, particle] of sorted) {
      const isSame = last?.event === particle.event;
      particle.entry = (last?.entry ?? -1) + (isSame ? 0 : 1);
      particle.number = isSame ? (last?.number ?? 0) + 1 : 0;
      last = particle;
    }
    return { all: new Map(sorted), entries: (last?.entry ?? -1) + 1 };
  }
}

function keyOf({ columns }: ClusterFrame, row: number): string {
  return `${columns["event"][row]} ${columns["gen_en"][row]} ${columns["gen_eta"][row]} ${columns["gen_phi"][row]}`;
}

export interface ImportedTables {
  readonly clusters: Table<typeof IMPORTED_CLUSTERS>;
  readonly events: Table<typeof PART_EVENTS>;
  /** Rows that the file calls no match although they are as near as a match, across phi = +-pi. */
  readonly acrossPhi: number;
}

export interface ImportedPoint {
  readonly point: number;
  readonly radius: number;
  readonly validation: ValidationParams;
  /** Largest deltaR of a match, where the file does not say what matches. */
  readonly threshold: number;
}

/**
 * The tables of a frame. What the file says matches, matches; deltaR is with phi wrapped. Every known particle has a row, also where it
 * has no cluster; -1: seeds and false clusters are not known. InputError for a cluster that is there twice.
 */
export function importRadius(
  frame: ClusterFrame,
  place: string,
  known: ReadonlyMap<string, Readonly<Particle>>,
  { point, radius, validation, threshold }: ImportedPoint,
): ImportedTables {
  const rowsOf = new Map<string, number[]>();
  for (let row = 0; row < frame.rows; row++) {
    const key = keyOf(frame, row);
    const rows = rowsOf.get(key);
    if (rows === undefined) rowsOf.set(key, [row]);
    else rows.push(row);
  }
  const { en: energies, eta: etas, phi: phis } = frame.columns;
  const {
    matches,
    pt: pts,
    seed_idx: seeds,
  } = frame.columns as Readonly<Record<string, Float64Array | BigInt64Array | undefined>>;
  const clusters = new TableBuilder(IMPORTED_CLUSTERS);
  const events = new TableBuilder(PART_EVENTS);
  const own = new TableBuilder(CLUSTERS);
  const event = createEventRow();
  let acrossPhi = 0;
  for (const [key, particle] of known) {
    const rows = (rowsOf.get(key) ?? []).toSorted((a, b) => Number(seeds?.[a] ?? a) - Number(seeds?.[b] ?? b));
    const again = seeds === undefined ? -1 : rows.findIndex((row, i) => i > 0 && seeds[row] === seeds[rows[i - 1]]);
    if (again >= 0) {
      throw new InputError(
        `${place}, row ${rows[again]}: event ${particle.event} has the seed ${seeds?.[rows[again]]} twice`,
      );
    }
    clearEventRow(event);
    own.clear();
    const genPt = particle.en / Math.cosh(particle.eta);
    const first = clusters.add(rows.length);
    own.add(rows.length);
    const to = clusters.columns;
    let best = -1;
    event.n_matched = 0;
    for (const [i, row] of rows.entries()) {
      const at = first + i;
      const [en, eta, phi] = [energies, etas, phis].map((column) => Number(column[row]));
      const pt = pts === undefined ? en / Math.cosh(eta) : Number(pts[row]);
      const deltaR = Math.hypot(Math.abs(eta) - Math.abs(particle.eta), wrapPhi(phi - particle.phi));
      const isMatch = matches === undefined ? deltaR <= threshold : Number(matches[row]) !== 0;
      if (!isMatch && deltaR <= threshold && Math.abs(phi - particle.phi) > Math.PI) acrossPhi++;
      const { x, y } = projected(eta, phi);
      const values = {
        ...{ point, radius, sample: 0, entry: particle.entry, event: particle.event },
        ...{ seed_idx: Number(seeds?.[row] ?? i), en, pt, eta, phi, deltaR, matches: Number(isMatch) },
        ...{ gen_en: particle.en, gen_pt: genPt, gen_eta: particle.eta, gen_phi: particle.phi },
        ...{ en_norm: en / particle.en, pt_norm: pt / genPt },
      };
      for (const [name, value] of Object.entries(values))
        (to as unknown as Record<string, Record<number, unknown>>)[name][at] = value;
      own.columns.en[i] = en;
      own.columns.pt[i] = pt;
      own.columns.x[i] = x;
      own.columns.y[i] = y;
      own.columns.z[i] = 1;
      if (!isMatch) continue;
      event.n_matched++;
      if (best < 0 || en > to.en[best]) best = at;
    }
    event.particle = particle.number;
    event.n_seeds = event.n_false = -1;
    event.n_clusters = rows.length;
    event.has_truth = 0;
    event.gen_pt = genPt;
    event.gen_eta = particle.eta;
    event.response_en = best < 0 ? Number.NaN : to.en_norm[best];
    event.response_pt = best < 0 ? Number.NaN : to.pt_norm[best];
    const entry = { columns: own.columns, first: 0, end: rows.length };
    event.is_split = Number(matchParticle(entry, particle.eta, particle.phi, validation).isSplit);
    addEventRow(events, { point, sample: 0 }, particle.entry, event);
  }
  return { clusters: clusters.finish(), events: events.finish(), acrossPhi };
}

const UNKNOWN = {
  ...{ efficiency: Number.NaN, efficiency_lo: Number.NaN, efficiency_hi: Number.NaN },
  ...{ split_fraction: Number.NaN, split_fraction_lo: Number.NaN, split_fraction_hi: Number.NaN },
  ...{ seeds: Number.NaN, clusters: Number.NaN, false_clusters: Number.NaN },
  ...{ match_control: Number.NaN, split_control: Number.NaN },
  ...{ split_net: Number.NaN, split_net_lo: Number.NaN, split_net_hi: Number.NaN },
} as const satisfies Partial<Figures>;

/** Figures of rows that know some particles alone: what is a share of all particles or events is not known. */
export function withoutShares<T extends Figures>(figures: T): T {
  return { ...figures, ...UNKNOWN };
}
