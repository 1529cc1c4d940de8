/** The tables of a radius study from a sample as it is read, for those who look while it runs: nothing is stored in between. */
import {
  chainOf,
  type ChainParams,
  checkEntry,
  checkParticles,
  EntryJudge,
  type LeftOut,
  parseSelection,
  selectEntry,
  type Selection,
  SharedStages,
} from "../chain/index.js";
import { ConfigError, InputError, type Schema, sliceTable, type Table, TableBuilder } from "../core/index.js";
import { type SampleBatch } from "../events/index.js";
import { RadiusCollector } from "./radius-clusters.js";
import { RadiusSweep } from "./radius-sweep.js";
import { PART_EVENTS } from "./tables.js";

export interface RadiusScanOptions<S extends Schema> {
  readonly chain: string;
  readonly params: ChainParams;
  /** Ascending; null: those that the parameters give, layer by layer, as one point whose radius is NaN. */
  readonly radii: readonly number[] | null;
  /** As on the command line. */
  readonly selection: string;
  /** Number of the sample in the rows. */
  readonly sample: number;
  /** Largest deltaR of a match. */
  readonly deltarThreshold: number;
  /** Columns of clusters that are kept, some of RADIUS_CLUSTERS. */
  readonly clusters: S;
  /** Clusters are no longer kept when there are so many of all radii. */
  readonly mostClusters: number;
}

/** Entries that were looked at, and of those why some were left out. */
export interface ScanCounts extends Record<LeftOut | "entries" | "bad" | "selected" | "withoutPosition", number> {}

/** No layer's radius changes. */
const NO_LAYER = { from: 1, to: 0 };

/** Entry by entry, all radii at once. */
export class RadiusScan<S extends Schema> {
  readonly counts: ScanCounts = {
    entries: 0,
    outside: 0,
    withoutCl3d: 0,
    deselected: 0,
    bad: 0,
    selected: 0,
    withoutPosition: 0,
  };
  readonly #params: ChainParams;
  readonly #selection: Selection;
  readonly #steps: ReturnType<ReturnType<typeof chainOf>["create"]>;
  readonly #sweep: RadiusSweep;
  readonly #collectors: readonly RadiusCollector[];
  readonly #events: readonly TableBuilder<typeof PART_EVENTS>[];
  readonly #clusters: readonly TableBuilder<S>[];
  readonly #mostClusters: number;

  /** ConfigError for parameters that mean nothing with one radius for all trigger cells. */
  constructor(options: RadiusScanOptions<S>) {
    const { chain, params, radii, selection, sample, deltarThreshold, clusters, mostClusters } = options;
    if (params.cluster.CSCylinder) {
      throw new ConfigError("cluster.CSCylinder has no meaning here: all trigger cells are clustered; switch it off");
    }
    const points = radii ?? [Number.NaN];
    this.#params = params;
    this.#selection = parseSelection(selection);
    this.#steps = chainOf(chain).create(params, new SharedStages());
    this.#sweep = new RadiusSweep(params, radii ?? [1], radii === null ? { layers: NO_LAYER } : {});
    this.#collectors = points.map(
      (radius, point) => new RadiusCollector({ point, sample, radius }, params.validation, deltarThreshold),
    );
    this.#events = points.map(() => new TableBuilder(PART_EVENTS));
    this.#clusters = points.map(() => new TableBuilder(clusters));
    this.#mostClusters = mostClusters;
  }

  /** Adds the entries [from, to) of a batch, which are called `first` and so on. Entries with values that are no numbers are counted and left out. */
  take(batch: SampleBatch, from: number, to: number, first: number): void {
    const { columns } = batch.entries;
    const entry = columns.entry.map((_, i) => first + i - from);
    const named: SampleBatch = { ...batch, entries: { ...batch.entries, columns: { ...columns, entry } } };
    for (let i = from; i < to; i++) this.#takeEntry(named, i);
    for (const [k, collector] of this.#collectors.entries()) {
      const found = collector.finish();
      this.#events[k].append(found.events);
      this.counts.withoutPosition += found.withoutPosition;
      if (this.keepsClusters) this.#clusters[k].append(found.clusters as unknown as Table<S>);
    }
  }

  /** False when there are too many. */
  get keepsClusters(): boolean {
    return this.#clusters.reduce((sum, { rows }) => sum + rows, 0) <= this.#mostClusters;
  }

  /** The particles so far, by radius: as they are, whatever is added later. */
  events(): Table<typeof PART_EVENTS>[] {
    return this.#events.map((builder) => sliceTable<typeof PART_EVENTS>(builder, 0, builder.rows));
  }

  /** The clusters so far, by radius. */
  clusters(): Table<S>[] {
    return this.#clusters.map((builder) => sliceTable<S>(builder, 0, builder.rows));
  }

  #takeEntry(batch: SampleBatch, i: number): void {
    const at = { batch, i };
    const { counts } = this;
    counts.entries++;
    const found = this.#findSeeds(at);
    if (found === null) return;
    counts.selected++;
    const judge = new EntryJudge(at, found.particles, this.#params.validation);
    this.#sweep.sweep(at, found.seeds, (k, result) => this.#collectors[k].add(at, judge, result));
  }

  #findSeeds(at: { readonly batch: SampleBatch; readonly i: number }) {
    const { batch, i } = at;
    try {
      checkParticles(batch, i);
      const { leftOut, particles } = selectEntry(batch, i, this.#selection, this.#params.base);
      if (leftOut === null) {
        checkEntry(at);
        return { particles, seeds: this.#steps.findSeeds(at) };
      }
      this.counts[leftOut]++;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.counts.bad++;
    }
    return null;
  }
}
