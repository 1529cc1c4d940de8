/** `study radius`: seeds once, clusters at many radii, each beside the particle that made it. */
import {
  chainOf,
  checkEntry,
  checkParticles,
  parseSelection,
  addSeed,
  createSeeds,
  EntryJudge,
  type EntryRows,
  selectEntry,
  type Seeds,
  SharedStages,
  tcColumns,
} from "../../chain/index.js";
import { type Column, ConfigError, InputError, type Schema, type Table, TableBuilder } from "../../core/index.js";
import { type SampleBatch } from "../../events/index.js";
import { fillFrames, type Frame, type FrameColumn, HDF5_FILE } from "../../io/node/index.js";
import { radiusPages } from "../../plots/index.js";
import {
  BY_COLUMNS,
  type BestRadius,
  FIGURES,
  PART_EVENTS,
  RADIUS_CLUSTERS,
  RADIUS_KEYS,
  RADIUS_POINT,
  RadiusCollector,
  radiusKey,
  type RadiusPoint,
  RadiusSweep,
  STUDY_ENTRIES,
  STUDY_SEEDS,
  WEIGHTED_COLUMNS,
  WEIGHTED_RESPONSES,
} from "../../studies/index.js";
import { EntryCursor } from "../entry-cursor.js";
import { digestRadii, type RadiusDigest, type RadiusOptions } from "./radius-digest.js";
import { addRow, copyGroups, eachGroup, picked, pointsSchema } from "./points.js";
import { RADIUS_RESULT, radiusAbout, radiusLines, type RadiusResult } from "./radius-result.js";
import { type PartsProcessor, type PartWriter, type StudyContext, type StudyPlan, type StudySpec } from "./spec.js";

export const RADII_FILE = "radii.hdf5";

const clustersSchema = ({ options }: StudyPlan<RadiusOptions>): Schema =>
  options.weights === undefined ? RADIUS_CLUSTERS : { ...RADIUS_CLUSTERS, ...WEIGHTED_COLUMNS };

const eventsSchema = ({ options }: StudyPlan<RadiusOptions>): Schema =>
  options.weights === undefined ? PART_EVENTS : { ...PART_EVENTS, ...WEIGHTED_RESPONSES };

export const RADIUS: StudySpec<RadiusOptions, RadiusPoint, RadiusResult, RadiusDigest> = {
  name: "radius",
  about: "clusters at many radii: which radius collects the energy of which particle",
  plan({ chains, params, options: { radii, weights } }, samples) {
    if (chains.length !== 1) throw new ConfigError("study radius takes one chain: give one with --chain");
    if (params.cluster.CSCylinder) {
      throw new ConfigError("study radius clusters all trigger cells: cluster.CSCylinder has no meaning in it");
    }
    for (const { name, particles = "unknown particles" } of samples) {
      if (weights === undefined || Object.hasOwn(weights, particles)) continue;
      throw new InputError(`${name} holds ${particles}: --weights has ${Object.keys(weights).join(", ")}`);
    }
    const parts = radii.flatMap((radius, point) =>
      samples.map(({ name }, sample) => ({ label: `radius ${radius}, ${name}`, point, sample })),
    );
    return { points: radii.map((radius) => ({ radius })), parts };
  },
  point: RADIUS_POINT,
  shared: {
    schemas: ({ samples }) =>
      Object.fromEntries(
        samples.flatMap((_, sample) => [
          [entriesOf(sample), STUDY_ENTRIES],
          [seedsOf(sample), STUDY_SEEDS],
        ]),
      ),
    fill: saveSeeds,
  },
  grows: {
    option: "radii",
    partName: ({ points, parts }, number) => {
      const { point, sample } = parts[number];
      return `${radiusKey(points[point].radius).replace("coef_", "")}-${sample}`;
    },
  },
  partSchemas: (plan) => ({ clusters: clustersSchema(plan), events: eventsSchema(plan) }),
  process: openRadii,
  schemas: (plan) => ({
    clusters: clustersSchema(plan),
    events: eventsSchema(plan),
    points: pointsSchema(RADIUS_KEYS, plan.options.bins.length > 0),
  }),
  digest: digestRadii,
  async combine({ plan, onProgress, digestOf }, parts, writer, beside): Promise<RadiusResult> {
    const { radii, bins } = plan.options;
    const [schema, events] = [clustersSchema(plan), eventsSchema(plan)];
    const [work, total] = [counter(), 2 * parts.length];
    const figures = writeFigures();
    // Waited for when the clusters are written; a failure must not count as unhandled until then.
    figures.catch(() => undefined);
    const file = await beside(RADII_FILE, HDF5_FILE);
    await fillFrames(file.path, RADII_FILE, async (frames) => {
      /** Rows of the frame of a point so far: those of one sample after another. */
      const rows = new Map<number, number>();
      for (const part of parts) {
        const radius = radii[part.point];
        const add = (clusters: Table, isAll: boolean): void => {
          const start = rows.get(part.point) ?? 0;
          const frame = frameOf(clusters.columns, start, clusters.rows);
          // A frame that does not grow is written in half the time.
          frames[isAll && plan.samples.length === 1 ? "add" : "append"](radiusKey(radius), frame, { radius });
          rows.set(part.point, start + clusters.rows);
        };
        await copyGroups(part, "events", events, writer);
        await copyGroups(part, "clusters", schema, writer);
        await eachGroup(part.run, "clusters", schema, async (clusters, isAll) => {
          (clusters.columns["point"] as Int32Array).fill(part.point);
          add(clusters, isAll);
        });
        // Also of a radius without clusters there is a frame.
        if (!rows.has(part.point)) add(new TableBuilder(schema).finish(), false);
        onProgress(work(), total);
      }
    });
    return { best: await figures };

    async function writeFigures(): Promise<RadiusResult["best"]> {
      const points = new TableBuilder<Schema>(pointsSchema(RADIUS_KEYS, bins.length > 0));
      const best = plan.samples.map((): BestRadius | null => null);
      // Asked ahead: the thread that answers has always one to do.
      const digests = parts.map(digestOf);
      for (const digest of digests) digest.catch(() => undefined);
      for (const [i, { point, sample }] of parts.entries()) {
        const digest = await digests[i];
        for (const row of digest.figures) addRow(points, { point, radius: radii[point], sample, ...row });
        if (digest.best !== undefined) best[sample] = digest.best;
        onProgress(work(), total);
      }
      await writer.append("points", points.finish());
      return best;
    }
  },
  result: RADIUS_RESULT,
  async pages(study, plan, name, result) {
    const { samples, options } = plan;
    const schema = { ...RADIUS_KEYS, ...FIGURES };
    const points = await (options.bins.length > 0
      ? study.readTable("points", { ...schema, ...BY_COLUMNS })
      : study.readTable("points", schema));
    const best = radiusLines(plan, result);
    return radiusPages({
      about: radiusAbout(plan, name),
      samples,
      points,
      best,
      isImported: plan.imported !== undefined,
    });
  },
  lines: radiusLines,
};

const seedsOf = (sample: number): string => `seeds_${sample}`;
const entriesOf = (sample: number): string => `entries_${sample}`;

/** Selection and all steps before clustering, of every sample. */
async function saveSeeds(
  context: Omit<StudyContext<RadiusOptions>, "study">,
  writer: PartWriter,
): Promise<{ readonly counts: readonly Readonly<Record<string, number>>[] }> {
  const { plan, signal } = context;
  const selection = parseSelection(plan.selection);
  const counts = [];
  for (const number of plan.samples.keys()) {
    const steps = chainOf(plan.chains[0]).create(plan.params, new SharedStages());
    const entries = new TableBuilder(STUDY_ENTRIES);
    const seeds = new TableBuilder(STUDY_SEEDS);
    const count = { entries: 0, outside: 0, withoutCl3d: 0, deselected: 0, bad: 0, selected: 0, seeds: 0 };
    const sample = await context.openSample(number);
    try {
      for (let b = 0; b < sample.batches; b++) {
        signal.throwIfAborted();
        const batch = await sample.read(b, tcColumns(plan.chains));
        for (let i = 0; i < batch.entries.rows; i++) {
          const at = { batch, i };
          count.entries++;
          try {
            checkParticles(batch, i);
            const { leftOut } = selectEntry(batch, i, selection, plan.params.base);
            if (leftOut !== null) {
              count[leftOut]++;
              continue;
            }
            checkEntry(at);
            addSeedRows(seeds, entries, batch.entries.columns.entry[i], steps.findSeeds(at));
          } catch (error) {
            if (!(error instanceof InputError) || !plan.skipBadEvents) throw error;
            count.bad++;
          }
        }
        count.selected += entries.rows;
        count.seeds += seeds.rows;
        await writer.append(entriesOf(number), entries.finish());
        await writer.append(seedsOf(number), seeds.finish());
        context.onProgress(count.entries, sample.entries);
        await new Promise((resolve) => setImmediate(resolve));
      }
    } finally {
      await sample.close();
    }
    counts.push(count);
  }
  return { counts };
}

function addSeedRows(
  out: TableBuilder<typeof STUDY_SEEDS>,
  entries: TableBuilder<typeof STUDY_ENTRIES>,
  entry: number,
  seeds: Seeds,
): void {
  const row = entries.add(1);
  entries.columns.entry[row] = entry;
  entries.columns.n_seeds[row] = seeds.n;
  const at = out.add(seeds.n);
  const to = out.columns;
  for (let s = 0; s < seeds.n; s++) {
    to.entry[at + s] = entry;
    to.seed_idx[at + s] = s;
    to.seedEn[at + s] = seeds.energy[s];
    to.seedXdivZ[at + s] = seeds.x[s];
    to.seedYdivZ[at + s] = seeds.y[s];
  }
}

/** Clusters at the radii of some parts of one sample, from the saved seeds. */
async function openRadii(context: StudyContext<RadiusOptions>, parts: readonly number[]): Promise<PartsProcessor> {
  const { plan, study } = context;
  const { radii, layers, weights, deltarThreshold } = plan.options;
  const { validation } = plan.params;
  const number = plan.parts[parts[0]].sample;
  const points = parts.map((part) => plan.parts[part].point);
  const collectors = points.map(
    (point) =>
      new RadiusCollector(
        { point, sample: number, radius: radii[point] },
        validation,
        deltarThreshold,
        weights !== undefined,
      ),
  );
  const options = {
    ...(layers === undefined ? {} : { layers }),
    ...(weights === undefined ? {} : { weights: weights[plan.samples[number].particles ?? ""].weights }),
  };
  const sweep = new RadiusSweep(
    plan.params,
    points.map((point) => radii[point]),
    options,
  );
  const selection = parseSelection(plan.selection);
  const seeds = createSeeds();
  const schema = clustersSchema(plan);
  const sample = await context.openSample(number);
  const entries = await EntryCursor.create(await study.openTable(entriesOf(number)), STUDY_ENTRIES);
  const saved = await EntryCursor.create(await study.openTable(seedsOf(number)), STUDY_SEEDS);

  async function takeEntry(batch: SampleBatch, i: number): Promise<void> {
    const entry = batch.entries.columns.entry[i];
    const { first, end } = await entries.take(entry);
    if (first === end) return;
    restoreSeeds(seeds, await saved.take(entry));
    const { particles } = selectEntry(batch, i, selection, plan.params.base);
    const judge = new EntryJudge({ batch, i }, particles, validation);
    sweep.sweep({ batch, i }, seeds, (k, found) => collectors[k].add({ batch, i }, judge, found));
  }

  return {
    batches: sample.batches,
    entries: sample.entries,
    async process(b) {
      const batch = await sample.read(b, tcColumns(plan.chains));
      const { rows, columns } = batch.entries;
      if (rows > 0) for (const cursor of [entries, saved]) await cursor.skipTo(columns.entry[0]);
      for (let i = 0; i < rows; i++) await takeEntry(batch, i);
      const found = collectors.map((collector) => {
        const { clusters, events, withoutPosition } = collector.finish();
        return {
          tables: { clusters: picked(schema, clusters), events: picked(eventsSchema(plan), events) },
          counts: { withoutPosition },
        };
      });
      return { entries: rows, parts: found };
    },
    async close() {
      await sample.close();
      await entries.close();
      await saved.close();
    },
  };
}

function restoreSeeds(seeds: Seeds, { columns, first, end }: EntryRows<typeof STUDY_SEEDS>): void {
  seeds.n = 0;
  for (let row = first; row < end; row++) {
    const s = addSeed(seeds);
    seeds.energy[s] = columns.seedEn[row];
    seeds.x[s] = columns.seedXdivZ[row];
    seeds.y[s] = columns.seedYdivZ[row];
  }
}

/** Rows of a table as pandas has them, numbered from `start` on. */
function frameOf(columns: Readonly<Record<string, Column>>, start: number, rows: number): Frame {
  const index = BigInt64Array.from({ length: rows }, (_, row) => BigInt(start + row));
  return { columns: columns as Record<string, FrameColumn>, index };
}

/** 1, 2, 3, ... */
function counter(): () => number {
  let n = 0;
  return () => ++n;
}
