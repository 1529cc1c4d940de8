/** `study phi-bins`: trigger cells are moved between phi bins; what the tunable parameter gains and costs. */
import { createEntryChain, createGrid, parseSelection, tcColumns } from "../../chain/index.js";
import {
  ConfigError,
  effectiveRms,
  isCount,
  isListOf,
  readFields,
  type Schema,
  TableBuilder,
  shortNumber,
} from "../../core/index.js";
import {
  addMovedEvents,
  type Bin,
  createCellMoves,
  mapPhi,
  MOVED_COLUMNS,
  PHI_COUNTS,
  PHI_EVENTS,
  PHI_KEYS,
  PHI_PART_EVENTS,
  PHI_POINTS,
  PHI_ROWS,
  parseStudyInfo,
  PHI_POINT,
  type PhiPoint,
  type PhiRegion,
  TC_MAP,
} from "../../studies/index.js";
import { phiBinsPages } from "../../plots/index.js";
import { openGeometry } from "../geometry.js";
import { readTcMap } from "../tc-map.js";
import { combinePoints, eachGroup, picked, pointsSchema, type Row } from "./points.js";
import {
  type FinishedPart,
  importedAbout,
  LINES_FIELD,
  type PartsProcessor,
  type PartWriter,
  type StudyContext,
  type StudyPlan,
  type StudySpec,
} from "./spec.js";

export interface PhiBinsOptions {
  readonly region: PhiRegion;
  /** Ascending, 0 to 1. */
  readonly parameters: readonly number[];
  readonly seed: number;
  readonly maxSweeps: number;
  readonly bins: readonly Bin[];
  /** File of `geometry import`, where the samples have the positions of its trigger cells. */
  readonly geometry?: string;
}

const LIMITED = ["numbers of rows, by parameter", isListOf(isCount), true] as const;

interface PhiBinsResult {
  /** For people. */
  readonly table: readonly string[];
  /** Rows that the limit of sweeps ended, by parameter. */
  readonly limited: readonly number[];
}

export const PHI_BINS: StudySpec<PhiBinsOptions, PhiPoint, PhiBinsResult> = {
  name: "phi-bins",
  about: "trigger cells moved between phi bins, so that fewer clusters split: how far, and what it costs",
  plan({ chains, options: { parameters } }, samples) {
    if (chains.join() !== "default") throw new ConfigError("study phi-bins is about the bins of the default chain");
    const parts = parameters.flatMap((parameter, point) =>
      samples.map(({ name }, sample) => ({ label: `parameter ${parameter}, ${name}`, point, sample })),
    );
    return { points: parameters.map((parameter) => ({ parameter })), parts };
  },
  point: PHI_POINT,
  shared: {
    schemas: () => ({ tc_map: TC_MAP, rows: PHI_ROWS, counts: PHI_COUNTS }),
    fill: saveMaps,
  },
  partSchemas: () => ({ events: PHI_PART_EVENTS }),
  process: openParameters,
  schemas: ({ options: { bins } }) => ({ points: pointsSchema(PHI_KEYS, bins.length > 0), events: PHI_EVENTS }),
  combine,
  result: { table: LINES_FIELD, limited: LIMITED },
  async pages(study, plan, name) {
    const { region, parameters, seed } = plan.options;
    const [points, rows, counts, events] = await Promise.all([
      study.readTable("points", PHI_POINTS),
      study.readTable("rows", PHI_ROWS),
      study.readTable("counts", PHI_COUNTS),
      study.readTable("events", PHI_EVENTS),
    ]);
    const of = plan.imported === undefined ? `region ${region}, seed ${seed}.` : importedAbout(plan.imported);
    const about = `Study ${name}: ${of}`;
    return phiBinsPages({
      about,
      samples: plan.samples.map((sample) => sample.name),
      parameters,
      points,
      rows,
      counts,
      events,
    });
  },
  lines: (_, { table }) => table,
};

/** The maps of all parameters: they do not depend on samples. */
async function saveMaps(
  { plan, signal, onProgress }: Omit<StudyContext<PhiBinsOptions>, "study">,
  writer: PartWriter,
): Promise<{ readonly limited: readonly number[] }> {
  const { region, parameters, seed, maxSweeps, geometry } = plan.options;
  const { triggerCells } = await openGeometry(geometry);
  const grid = createGrid(plan.params.base);
  const limited: number[] = [];
  for (const [k, parameter] of parameters.entries()) {
    signal.throwIfAborted();
    const { map, rows, counts } = mapPhi(triggerCells, grid, { region, parameter, seed, maxSweeps });
    await writer.append("tc_map", map);
    await writer.append("rows", rows);
    await writer.append("counts", counts);
    limited.push(rows.columns.ended.reduce((n, ended) => n + (1 - ended), 0));
    onProgress(k + 1, parameters.length);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { limited };
}

/** The chain on one sample, with the trigger cells where each parameter puts them. */
async function openParameters(
  context: StudyContext<PhiBinsOptions>,
  parts: readonly number[],
): Promise<PartsProcessor> {
  const { plan, study } = context;
  const { params, skipBadEvents } = plan;
  const selection = parseSelection(plan.selection);
  const runs = await Promise.all(
    parts.map(async (number) => {
      const { point, sample } = plan.parts[number];
      const moves = createCellMoves(await readTcMap(study, plan.options.parameters[point]), study.name);
      const run = createEntryChain("default", params, { selection, skipBadEvents, brief: true });
      return { of: { point, sample }, moves, run, events: new TableBuilder(PHI_PART_EVENTS) };
    }),
  );
  const columns = [...new Set([...tcColumns(["default"]), ...MOVED_COLUMNS])];
  const sample = await context.openSample(plan.parts[parts[0]].sample);
  return {
    batches: sample.batches,
    entries: sample.entries,
    async process(b) {
      const batch = await sample.read(b, columns);
      const found = runs.map(({ of, moves, run, events }) => {
        const moved = moves(batch);
        for (let i = 0; i < moved.entries.rows; i++) {
          const at = { batch: moved, i };
          const result = run.take(at);
          if (result !== undefined) addMovedEvents(events, at, of, result, params.validation);
        }
        return { tables: { events: events.finish() }, counts: { selected: run.finish().counts.selected } };
      });
      return { entries: batch.entries.rows, parts: found };
    },
    close: () => sample.close(),
  };
}

async function combine(
  { plan, study, onProgress }: StudyContext<PhiBinsOptions>,
  parts: readonly FinishedPart[],
  writer: PartWriter,
): Promise<PhiBinsResult> {
  const { parameters, bins } = plan.options;
  const rows = await study.readTable("rows", PHI_ROWS);
  const moves = parameters.map((parameter) => movesOf(rows, parameter));
  const keys = new Map<FinishedPart, Row>();
  for (const part of parts) {
    const eta: number[] = [];
    const phi: number[] = [];
    await eachGroup(part.run, "events", PHI_PART_EVENTS, async (events) => {
      eta.push(...events.columns.match_reseta);
      phi.push(...events.columns.match_resphi);
      await writer.append("events", picked(PHI_EVENTS, events));
    });
    keys.set(part, {
      point: part.point,
      parameter: parameters[part.point],
      sample: part.sample,
      moved: moves[part.point].share,
      mean_arc: moves[part.point].arc,
      width_eta: effectiveRms(eta),
      width_phi: effectiveRms(phi),
    });
  }
  const keysOf = (part: FinishedPart): Row => keys.get(part) ?? {};
  const options = { own: PHI_KEYS as Schema, bins, keysOf, writesEvents: false };
  const points = await combinePoints(parts, writer, options, (done) => onProgress(done, parts.length));
  const { shared = {} } = parseStudyInfo(study);
  const { limited } = readFields<Pick<PhiBinsResult, "limited">>(
    `${study.name}/study.json`,
    "how its maps ended",
    shared,
    { limited: LIMITED },
  );
  return { table: tableOf(plan, points, limited), limited };
}

/** Share of the cells that move, and how far these do on average. */
function movesOf(
  {
    rows,
    columns,
  }: {
    readonly rows: number;
    readonly columns: Readonly<Record<"parameter" | "cells" | "moved" | "mean_arc", ArrayLike<number>>>;
  },
  parameter: number,
): { readonly share: number; readonly arc: number } {
  let [cells, moved, arc] = [0, 0, 0];
  for (let row = 0; row < rows; row++) {
    if (columns.parameter[row] !== parameter) continue;
    cells += columns.cells[row];
    moved += columns.moved[row];
    if (columns.moved[row] > 0) arc += columns.moved[row] * columns.mean_arc[row];
  }
  return { share: moved / cells, arc: arc / moved };
}

/** One line a point: what is gained and what it costs. */
function tableOf(plan: StudyPlan<PhiBinsOptions>, points: readonly Row[], limited: readonly number[]): string[] {
  const number = (value: unknown): string => (Number.isNaN(Number(value)) ? "-" : shortNumber(Number(value)));
  const percent = (value: unknown): string => (Number.isNaN(Number(value)) ? "-" : `${number(100 * Number(value))} %`);
  const lines = points.map((row) => {
    const { name, hasTruth } = plan.samples[Number(row["sample"])];
    const truth = hasTruth ? `, truly ${percent(row["true_split_fraction"])}` : "";
    return (
      `${name}, parameter ${row["parameter"]}: split ${percent(row["split_fraction"])} ` +
      `[${percent(row["split_fraction_lo"])}, ${percent(row["split_fraction_hi"])}]${truth}; energy resolution ${percent(row["resolution_en"])}; ` +
      `widths η ${number(row["width_eta"])}, φ ${number(row["width_phi"])}; ` +
      `${percent(row["moved"])} of the cells moved`
    );
  });
  const ended = limited.flatMap((n, k) =>
    n > 0
      ? [`parameter ${plan.options.parameters[k]}: the limit of ${plan.options.maxSweeps} sweeps ended ${n} R/z rows`]
      : [],
  );
  return [...lines, ...ended];
}
