/** Pages of samples without a study: read, clustered and shown in the page, more and more of them. */
import { leftOutReasons, type Selection } from "../../chain/index.js";
import { counted, InputError, printable, type Table } from "../../core/index.js";
import { DEFAULT_SKIM, type SampleBatch } from "../../events/index.js";
import { type PART_EVENTS, RadiusScan, type ScanCounts } from "../../studies/index.js";
import { type EventSource } from "../data/event-source.js";
import { type BatchCache } from "../data/survey.js";
import { pointsCommand, sampleWord } from "../model/command-line.js";
import { pagesOf } from "./open.js";
import { type OpenStudy } from "./opened.js";
import { type LiveLane, type LiveSource } from "./protocol.js";
import { isScanned } from "./scanned.js";
import { type StudyState } from "./state.js";
import { type DataSample, PAGE_CLUSTERS, StudyData } from "./study-data.js";

/** As links and the command line call it: all entries with a particle in the acceptance. */
const SELECTION: Selection["kind"] = "all";
/** Trigger cells that are clustered between two looks at what else there is to do. */
const STEP = 60_000;
/** Clusters of a sample that are kept: 12 numbers each. */
const MOST_CLUSTERS = 1_500_000;

/** An open sample, whose batches are kept as long as there is room. */
export interface LiveSample {
  readonly source: EventSource;
  readonly cache: BatchCache;
}

interface Lane {
  readonly of: LiveLane;
  readonly sample: LiveSample;
  readonly scan: RadiusScan<typeof PAGE_CLUSTERS>;
  readonly entries: number;
  hasTruth: boolean;
}

export class LiveStudy {
  readonly #source: LiveSource;
  readonly #lanes: readonly Lane[];
  #isDone = false;

  /** InputError for samples without events; ConfigError for parameters that it cannot use. `samples`: of each lane. */
  constructor(source: LiveSource, samples: readonly LiveSample[]) {
    this.#source = source;
    this.#lanes = source.lanes.map((of, sample): Lane => {
      const opened = samples[sample];
      const scan = new RadiusScan({
        chain: of.chain,
        params: of.params,
        radii: source.radii,
        selection: SELECTION,
        sample,
        deltarThreshold: DEFAULT_SKIM.deltarThreshold,
        clusters: PAGE_CLUSTERS,
        mostClusters: MOST_CLUSTERS,
      });
      const entries = Math.min(source.limit, opened.source.info.event.length);
      if (entries === 0) throw new InputError(`${of.name} has no events`);
      return { of, sample: opened, scan, entries, hasTruth: false };
    });
  }

  get done(): number {
    return this.#lanes.reduce((sum, { scan }) => sum + scan.counts.entries, 0);
  }

  get total(): number {
    return this.#lanes.reduce((sum, { entries }) => sum + entries, 0);
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  /** Some entries of each sample in turn, so that all of them grow together: what there is after each step. */
  async *steps(): AsyncGenerator<void> {
    const open = this.#lanes.map((lane) => stepsOf(lane));
    while (open.length > 0) {
      for (const steps of [...open]) {
        if ((await steps.next()).done === true) open.splice(open.indexOf(steps), 1);
        else yield;
      }
    }
    this.#isDone = true;
  }

  /** The particles so far: those of the first radius, sample by sample, then of the second, and so on. */
  events(): Table<typeof PART_EVENTS>[] {
    return byPoint(this.#lanes.map(({ scan }) => scan.events()));
  }

  /** The pages of what there is so far. */
  study(): OpenStudy {
    const { radii } = this.#source;
    const points = radii ?? [Number.NaN];
    const keepsClusters = this.#lanes.every(({ scan }) => scan.keepsClusters);
    const clusters = byPoint(this.#lanes.map(({ scan }) => (keepsClusters ? scan.clusters() : [])));
    const data = new StudyData(
      { name: "live", about: this.#about() },
      this.#lanes.map(sampleOf),
      points,
      this.events(),
      keepsClusters ? { clusters: async () => clusters } : {},
    );
    const opened = pagesOf(data, null, (state) => commandOfLive(this.#source, state));
    return { ...opened, info: { ...opened.info, note: this.#note(keepsClusters) } };
  }

  #about(): string {
    const { radii, lanes } = this.#source;
    const chains = [...new Set(lanes.map(({ chain }) => chain))];
    const what = radii === null ? "the radius as set" : counted(radii.length, "radius", "radii");
    return `Read in the page, chain ${chains.join(" and ")}, ${what}.`;
  }

  /** What else is to be known: entries that are left out, and settings. */
  #note(keepsClusters: boolean): string {
    const lines = this.#lanes.map(({ of, scan: { counts }, entries }) => {
      const left = [...leftOutReasons(counts, of.params.base), ...badInWords(counts)];
      const settings = Object.entries(of.settings)
        .filter(([key]) => this.#source.radii === null || !isScanned(key))
        .map(([key, text]) => `${key} ${printable(text)}`);
      const all = counted(entries, "entry", "entries");
      const read = counts.entries < entries ? `${counts.entries} of ${all} read` : all;
      const what = [`${of.name}: ${read}`, ...settings].join(", ");
      return left.length === 0 ? `${what}.` : `${what}; left out: ${left.join(", ")}.`;
    });
    return [...lines, ...(keepsClusters ? [] : ["The clusters are too many to be kept: there are no spectra."])].join(
      " ",
    );
  }
}

/** Of tables by sample and radius. */
const byPoint = <T>(tables: readonly (readonly T[])[]): T[] =>
  (tables[0] ?? []).flatMap((_, point) => tables.map((of) => of[point]));

const badInWords = ({ bad }: ScanCounts): string[] => (bad === 0 ? [] : [`${bad} with values that are no numbers`]);

function sampleOf({ of: { id, name, chain, settings }, sample, hasTruth }: Lane): DataSample {
  return { name, hasTruth, ...sample.source.kind, shown: { id, chain, settings } };
}

/** One after another the entries of a sample, in pieces of whole entries. */
async function* stepsOf(lane: Lane): AsyncGenerator<void> {
  const { sample, scan, entries } = lane;
  const { batchFirst } = sample.source;
  for (let b = 0; b + 1 < batchFirst.length && batchFirst[b] < entries; b++) {
    const batch: SampleBatch = await sample.cache.read(b);
    lane.hasTruth ||= batch.truth !== undefined;
    const { tc_rows } = batch.entries.columns;
    const rows = Math.min(batch.entries.rows, entries - batchFirst[b]);
    for (let start = 0; start < rows;) {
      let end = start;
      for (let tcs = 0; end < rows && tcs < STEP; end++) tcs += tc_rows[end];
      scan.take(batch, start, end, batchFirst[b] + start);
      start = end;
      yield;
    }
  }
}

/** Of samples in the data folder, a command a setting; what else there is has to be named. */
export function commandOfLive({ lanes, radii, limit }: LiveSource, selection: StudyState): string {
  const commands = [...new Set(lanes.map(settingOf))].map((setting) => {
    const own = lanes.filter((lane) => settingOf(lane) === setting);
    const samples = own.map(({ id, spec }) => sampleWord(id, spec));
    return pointsCommand({ ...own[0], samples, radii, limit, selection });
  });
  return commands.join("; ");
}

const settingOf = ({ chain, settings }: LiveLane): string => JSON.stringify([chain, settings]);
