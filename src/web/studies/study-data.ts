/** A study as the pages see it: samples, points, and the particles of each. */
import { type ChainName } from "../../chain/index.js";
import { type Schema, sliceTable, type Table } from "../../core/index.js";
import { RADIUS_CLUSTERS } from "../../studies/index.js";
import { type Settings } from "../model/parameters.js";
import { isIn } from "../model/selection.js";
import { type AskedColumn, type Cuts, type Events, PointRows, type ResponseColumn } from "./point-rows.js";
import { type Part, rangesByPoint } from "./point-table.js";

/** What the display is to show for the same clusters, but for the radius. */
export interface ShownAs {
  /** Of the sample in the catalog. */
  readonly id: string;
  readonly chain: ChainName;
  readonly settings: Settings;
}

export interface DataSample {
  readonly name: string;
  readonly particles?: string;
  readonly pileup?: number;
  readonly hasTruth: boolean;
  /** Of its folder, from that of the study. */
  readonly path?: string;
  /** Of one that is read in the page. */
  readonly shown?: ShownAs;
}

/** What the pT of a cluster is made of, or corrected with. */
export interface Version {
  readonly id: "original" | "weighted" | "own_share";
  readonly name: string;
  column(measure: "pt" | "energy"): ResponseColumn;
}

const VERSIONS: readonly Version[] = [
  { id: "original", name: "original", column: (measure) => (measure === "pt" ? "response_pt" : "response_en") },
  {
    id: "weighted",
    name: "layer weighted",
    column: (measure) => (measure === "pt" ? "response_pt_weighted" : "response_en_weighted"),
  },
  // Its pt is what is known of it: the energy of the same share has the same ratio.
  { id: "own_share", name: "its own share", column: () => "response_signal" },
];

/** Columns of clusters that pages look at. */
export const PAGE_CLUSTERS = {
  point: RADIUS_CLUSTERS.point,
  sample: RADIUS_CLUSTERS.sample,
  entry: RADIUS_CLUSTERS.entry,
  en: RADIUS_CLUSTERS.en,
  pt: RADIUS_CLUSTERS.pt,
  eta: RADIUS_CLUSTERS.eta,
  phi: RADIUS_CLUSTERS.phi,
  gen_en: RADIUS_CLUSTERS.gen_en,
  gen_pt: RADIUS_CLUSTERS.gen_pt,
  gen_eta: RADIUS_CLUSTERS.gen_eta,
  gen_phi: RADIUS_CLUSTERS.gen_phi,
  matches: RADIUS_CLUSTERS.matches,
} as const satisfies Schema;

export type ClusterColumn = Exclude<keyof typeof PAGE_CLUSTERS, "point" | "sample">;

/** How columns are read that are not there from the beginning: all of a table at once, for all points. */
export interface MoreColumns {
  /** They come to the rows of particles that are there. */
  readonly events?: (names: readonly AskedColumn[]) => Promise<unknown>;
  /** Of the first point, sample by sample, then of the second, and so on; none where the study keeps no clusters. */
  readonly clusters?: (names: readonly ClusterColumn[]) => Promise<readonly Part<ClusterColumn>[]>;
}

interface ClusterCounts {
  readonly n: number;
  readonly matched: number;
}

/** What clusters beside a particle are counted by. */
const BESIDE = ["gen_pt", "gen_eta", "matches"] as const;

function countClusters({ rows, columns }: Part<(typeof BESIDE)[number]>, { eta, pt }: Cuts): ClusterCounts {
  const { gen_pt, gen_eta, matches } = columns;
  let n = 0;
  let matched = 0;
  for (let row = 0; row < rows; row++) {
    if (Number.isNaN(gen_pt[row])) continue;
    if (!(isIn(gen_pt[row], pt) && isIn(Math.abs(gen_eta[row]), eta))) continue;
    n++;
    matched += matches[row];
  }
  return { n, matched };
}

/** Particles by point and sample, of points that are radii or alone. */
export class StudyData {
  readonly name: string;
  readonly about: string;
  readonly samples: readonly DataSample[];
  /** Of each point, ascending; one NaN for a point that is no radius. */
  readonly radii: readonly number[];
  readonly versions: readonly Version[];
  /** Whether particles without any cluster are known too: else there are no shares of all particles. */
  readonly knowsAll: boolean;
  /** What else is not known of results of others, in words; "" where all is. */
  readonly unknown: string;
  /** Whether the study keeps clusters. */
  readonly hasClusters: boolean;
  readonly #more: MoreColumns;
  readonly #events: readonly Events[];
  readonly #cache = new Map<string, readonly PointRows[]>();
  readonly #clusterCounts = new WeakMap<PointRows, ClusterCounts>();

  /** `events`: those of the first point, sample by sample, then of the second, and so on; with the responses in pT, from which the versions are known. */
  constructor(
    about: { readonly name: string; readonly about: string; readonly unknown?: string },
    samples: readonly DataSample[],
    radii: readonly number[],
    events: readonly Events[],
    more: MoreColumns = {},
  ) {
    this.name = about.name;
    this.about = about.about;
    this.unknown = about.unknown ?? "";
    this.knowsAll = this.unknown === "";
    this.samples = samples;
    this.radii = radii;
    this.hasClusters = more.clusters !== undefined;
    this.#more = more;
    this.#events = events;
    const has = (column: ResponseColumn): boolean => events.some(({ columns }) => hasNumber(columns[column] ?? []));
    const isPiledUp = samples.some(({ pileup = 0 }) => pileup > 0);
    this.versions = VERSIONS.filter(
      ({ id, column }) => id === "original" || (has(column("pt")) && (id !== "own_share" || isPiledUp)),
    );
  }

  /** Rows of a point and sample that the cuts keep. Those of the cuts that came last are kept. */
  rows(point: number, sample: number, cuts: Cuts): PointRows {
    const key = JSON.stringify([cuts.eta.lo, cuts.eta.hi, cuts.pt.lo, cuts.pt.hi, cuts.only].map(String));
    let all = this.#cache.get(key) as PointRows[] | undefined;
    if (all === undefined) {
      if (this.#cache.size >= KEPT) this.#cache.delete(this.#cache.keys().next().value ?? "");
      this.#cache.set(key, (all = []));
    }
    const at = point * this.samples.length + sample;
    return (all[at] ??= new PointRows(this.#events[at], cuts));
  }

  events(point: number, sample: number): Events {
    return this.#events[point * this.samples.length + sample];
  }

  /** To be waited for before these columns of particles are looked at. */
  async need(names: readonly AskedColumn[]): Promise<void> {
    await this.#more.events?.(names);
  }

  /** These columns of all clusters of a point and sample: read when they are asked for. None where the study keeps no clusters. */
  async clusters<K extends ClusterColumn>(point: number, sample: number, names: readonly K[]): Promise<Part<K>> {
    const all = await this.#more.clusters?.(names);
    if (all === undefined) throw new Error("the study has no clusters");
    return all[point * this.samples.length + sample];
  }

  /** Of the clusters beside a particle that the cuts keep: all, and those that match it. Kept with the rows. */
  async clusterCounts(point: number, sample: number, cuts: Cuts): Promise<ClusterCounts> {
    const rows = this.rows(point, sample, cuts);
    const known = this.#clusterCounts.get(rows);
    if (known !== undefined) return known;
    const found = countClusters(await this.clusters(point, sample, BESIDE), cuts);
    this.#clusterCounts.set(rows, found);
    return found;
  }

  /** The point whose radius is nearest; the middle one for none. */
  nearest(radius: number | null): number {
    if (radius === null) return Math.floor((this.radii.length - 1) / 2);
    let best = 0;
    for (const [point, each] of this.radii.entries()) {
      if (Math.abs(each - radius) < Math.abs(this.radii[best] - radius)) best = point;
    }
    return best;
  }
}

/** Cuts whose rows are kept: one goes back and forth between two. */
const KEPT = 2;

const hasNumber = (values: ArrayLike<number>): boolean => {
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i])) return true;
  return false;
};

/** The rows of each point and sample, as views. */
export function byPoint<
  T extends { readonly rows: number; readonly columns: { readonly point: Int32Array; readonly sample: Int32Array } },
>(table: T, points: number, samples: number): T[] {
  return rangesByPoint(table, points, samples).map(
    ([start, end]) => sliceTable(table as unknown as Table, start, end) as unknown as T,
  );
}
