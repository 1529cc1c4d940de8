/** `study scan`: a grid of parameters and chains; what each point gives and costs, and which change mends which split. */
import { createEntryChain, parseSelection, SharedStages, tcColumns } from "../../chain/index.js";
import { type Schema, TableBuilder } from "../../core/index.js";
import { scanPages } from "../../plots/index.js";
import {
  addEvents,
  BY_COLUMNS,
  type ScanAxis,
  type Bin,
  changedParams,
  FIGURES,
  gridPoints,
  HEAL,
  PART_EVENTS,
  rankedTable,
  SCAN_KEYS,
  SCAN_POINT,
  type ScanPoint,
  STUDY_EVENTS,
} from "../../studies/index.js";
import { healTable } from "./heal.js";
import { combinePoints, pointsSchema } from "./points.js";
import { type FinishedPart, LINES_FIELD, type PartsProcessor, type StudyContext, type StudySpec } from "./spec.js";

export interface ScanOptions {
  readonly axes: readonly ScanAxis[];
  readonly bins: readonly Bin[];
  readonly heal: boolean;
  /** Write the rows of the particles. */
  readonly events: boolean;
  /** Column of points by which the table is ranked, the best first; absent: the truest split fraction that there is. */
  readonly rank?: string;
}

interface ScanResult {
  /** Ranked, for people. */
  readonly table: readonly string[];
}

export const SCAN: StudySpec<ScanOptions, ScanPoint, ScanResult> = {
  name: "scan",
  about: "parameters on a grid: which setting stops particles from splitting, and what it costs",
  plan({ chains, params, options: { axes, heal } }, samples) {
    const points = gridPoints(chains, axes, params, heal);
    const parts = points.flatMap(({ chain, settings }, point) =>
      samples.map(({ name }, sample) => ({
        label: [chain, settings, name].filter((word) => word !== "").join(", "),
        point,
        sample,
      })),
    );
    return { points, parts };
  },
  point: SCAN_POINT,
  partSchemas: () => ({ events: PART_EVENTS }),
  process: openPoints,
  schemas: ({ options: { bins, heal, events } }) => ({
    points: pointsSchema(SCAN_KEYS, bins.length > 0),
    ...(events ? { events: STUDY_EVENTS } : {}),
    ...(heal ? { heal: HEAL } : {}),
  }),
  async combine({ plan, onProgress }, parts, writer): Promise<ScanResult> {
    const { bins, heal, events, rank } = plan.options;
    const ofGrid = parts.filter(({ point }) => plan.points[point].role === "grid");
    const keysOf = ({ point, sample }: FinishedPart): Record<keyof typeof SCAN_KEYS, number | string> => {
      const { chain, settings } = plan.points[point];
      return { point, chain, settings, sample };
    };
    const options = { own: SCAN_KEYS as Schema, bins, keysOf, ...(events ? { events: STUDY_EVENTS } : {}) };
    const rows = await combinePoints(ofGrid, writer, options, (done) => onProgress(done, ofGrid.length));
    if (heal) await writer.append("heal", await healTable(plan, parts));
    return { table: rankedTable(rows, plan.samples, rank) };
  },
  result: { table: LINES_FIELD },
  async pages(study, plan, name) {
    const { axes, bins, heal, rank } = plan.options;
    const schema = { ...SCAN_KEYS, ...FIGURES };
    const points = await (bins.length > 0
      ? study.readTable("points", { ...schema, ...BY_COLUMNS })
      : study.readTable("points", schema));
    return scanPages({
      about: `Study ${name}: chains ${plan.chains.join(", ")}, selection ${plan.selection}.`,
      samples: plan.samples,
      axes,
      points,
      ...(heal ? { heal: await study.readTable("heal", HEAL) } : {}),
      ...(rank === undefined ? {} : { rank }),
    });
  },
  lines: (_, { table }) => table,
};

/** Points of one sample, entry by entry: what they have in common is computed once an entry. */
async function openPoints(
  context: StudyContext<ScanOptions, ScanPoint>,
  parts: readonly number[],
): Promise<PartsProcessor> {
  const { plan } = context;
  const selection = parseSelection(plan.selection);
  const { skipBadEvents } = plan;
  const shared = new SharedStages();
  const runs = parts.map((number) => {
    const { point, sample } = plan.parts[number];
    const { chain, changes } = plan.points[point];
    const params = changedParams(plan.params, changes);
    const run = createEntryChain(chain, params, { selection, skipBadEvents, brief: true }, shared);
    return { chain, of: { point, sample }, params, run, events: new TableBuilder(PART_EVENTS) };
  });
  const sample = await context.openSample(plan.parts[parts[0]].sample);
  const columns = tcColumns(runs.map(({ chain }) => chain));
  return {
    batches: sample.batches,
    entries: sample.entries,
    async process(b) {
      const batch = await sample.read(b, columns);
      for (let i = 0; i < batch.entries.rows; i++) {
        for (const { run, of, params, events } of runs) {
          const result = run.take({ batch, i });
          if (result !== undefined) addEvents(events, { batch, i }, of, result, params.validation);
        }
      }
      const found = runs.map(({ run, events }) => ({
        tables: { events: events.finish() },
        counts: { ...run.finish().counts },
      }));
      return { entries: batch.entries.rows, parts: found };
    },
    close: () => sample.close(),
  };
}
