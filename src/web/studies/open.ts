/** Opens a study: which pages it has, and what they show. */
import { DEFAULT_PARAMS } from "../../chain/index.js";
import { counted, InputError, printable, type Schema } from "../../core/index.js";
import { openRun, type ParquetCodecs, type Run, type SourceFolder } from "../../io/index.js";
import { type DrawnPlot, drawPlot, type Plot, plotCsv } from "../../plots/index.js";
import { parseStudyInfo, PART_EVENTS, WEIGHTED_RESPONSES } from "../../studies/index.js";
import { eventsBehind } from "./events-behind.js";
import { commandOf, importedAbout, type StudyJson } from "./command.js";
import { numbersOf } from "./numbers.js";
import { type OpenStudy } from "./opened.js";
import { type PageContext, RADIUS_AXIS, type StudyPlot, withPicked } from "./pages/page.js";
import { PAGES } from "./pages/pages.js";
import { type AskedColumn, COUNTED } from "./point-rows.js";
import { PointTable } from "./point-table.js";
import { type DrawnFigure, type PageAnswer, type PageInfo, type StudyInfo, type Zooms } from "./protocol.js";
import { settingsOf } from "../model/parameters.js";
import { parseRange } from "../model/selection.js";
import { type StudyState } from "./state.js";
import { type Patience } from "./statistics.js";
import { openStored } from "./stored.js";
import { type ClusterColumn, PAGE_CLUSTERS, StudyData } from "./study-data.js";
import { type PartFolder, UnfinishedStudy } from "./unfinished-study.js";

/** `parts`: those that are there, asked for where they are not combined yet. InputError or FormatError for what is no study, or has no results yet. */
export async function openStudy(
  folder: SourceFolder,
  codecs: ParquetCodecs,
  parts: () => Promise<readonly PartFolder[] | null> = async () => [],
): Promise<OpenStudy> {
  const run = await openRun(folder, codecs, "study");
  const json = checkedJson(run);
  if (Object.hasOwn(run.info.tables, "points")) {
    return json.study === "radius" ? openRadius(run, json) : openStored(run, json);
  }
  const unfinished = await UnfinishedStudy.open(folder.name, json, await parts(), codecs);
  const begun = { ...json, isUnfinished: true };
  const opened =
    json.study === "radius"
      ? await openRadius(run, begun, unfinished)
      : await openStored(...unfinished.scan(run, begun));
  return { ...opened, info: { ...opened.info, parts: unfinished.parts } };
}

/** What study.json has to say for the pages, as texts that can be shown. FormatError where it does not. */
function checkedJson(run: Run): StudyJson {
  const { imported, ...json } = parseStudyInfo(run);
  return {
    ...json,
    samples: json.samples.map((sample) => ({ ...sample, name: printable(sample.name) })),
    ...(imported === undefined
      ? {}
      : { imported: { file: printable(imported.file), notes: imported.notes.map((note) => printable(note)) } }),
  };
}

async function openRadius(run: Run, json: StudyJson, unfinished?: UnfinishedStudy): Promise<OpenStudy> {
  if (unfinished === undefined && !Object.hasOwn(run.info.tables, "events")) {
    throw new InputError(
      `${run.name} was combined by an earlier version, without the rows of its particles: run bye-splits study radius combine --study ${run.name} again`,
    );
  }
  const hasWeights = json.options["weights"] !== undefined;
  const tables = unfinished ?? run;
  const points = unfinished?.points.map((point) => json.points[point]) ?? json.points;
  const radii = points.map(({ radius }) => (typeof radius === "number" ? radius : Number.NaN));
  const read = (table: string) => (schema: Schema) => tables.readTable(table, schema);
  const sizes = [radii.length, json.samples.length] as const;
  const events = new PointTable<(typeof COUNTED)[number] | AskedColumn>(
    `${run.name}/events.parquet`,
    read("events"),
    { ...PART_EVENTS, ...WEIGHTED_RESPONSES },
    ...sizes,
  );
  const clusters = new PointTable<ClusterColumn>(
    `${run.name}/clusters.parquet`,
    read("clusters"),
    PAGE_CLUSTERS,
    ...sizes,
  );
  const { imported } = json;
  const isImported = imported !== undefined;
  const about = imported
    ? `Imported from ${imported.file}, ${counted(radii.length, "radius", "radii")}.`
    : `Study of the cluster radius, chain ${json.chains.join()}, selection ${json.selection}, ${counted(radii.length, "radius", "radii")}.`;
  const data = new StudyData(
    { name: run.name, about, unknown: importedAbout(json) },
    json.samples.map(({ name, particles, pileup, hasTruth, path }) => ({
      name,
      hasTruth,
      ...(typeof path === "string" && !isImported ? { path } : {}),
      ...(particles === undefined ? {} : { particles }),
      ...(pileup === undefined ? {} : { pileup }),
    })),
    radii,
    await events.parts([
      ...COUNTED,
      "response_pt",
      ...(hasWeights ? (["response_pt_weighted"] as const) : []),
      ...(json.samples.some(({ pileup = 0 }) => pileup > 0) ? (["response_signal"] as const) : []),
    ]),
    {
      events: (names) => events.parts(names),
      ...(unfinished !== undefined || Object.hasOwn(run.info.tables, "clusters")
        ? { clusters: (names: readonly ClusterColumn[]) => clusters.parts(names) }
        : {}),
    },
  );
  const opened = pagesOf(data, bestRadius(json), (state) => commandOf(json, run.name, state));
  // Neither a link nor the display knows the events that others clustered.
  if (isImported) return { ...opened, show: async (...at) => ({ ...(await opened.show(...at)), behind: null }) };
  // Of clusters whose radius changes in some layers alone no single radius can be set.
  if (json.options["layers"] !== undefined) return opened;
  const { radius: _, ...settings } = settingsOf(json.params ?? DEFAULT_PARAMS);
  return { ...opened, info: { ...opened.info, chain: json.chains[0], settings } };
}

/** The best radius of the first sample that has one: where one begins to look. */
function bestRadius({ result }: StudyJson): number | null {
  const best =
    (result as { readonly best?: readonly ({ readonly radius?: unknown } | null)[] } | undefined)?.best ?? [];
  const found = best.find((each) => typeof each?.radius === "number")?.radius;
  return typeof found === "number" ? found : null;
}

/** The pages of particles by point. */
export function pagesOf(data: StudyData, start: number | null, command: (state: StudyState) => string): OpenStudy {
  const pages = PAGES.filter((page) => page.isFor(data));
  const hasRadii = data.radii.length > 1;
  const info: StudyInfo = {
    name: data.name,
    about: data.about,
    samples: data.samples,
    radii: hasRadii ? data.radii : [],
    versions: data.versions.map(({ id, name }) => ({ id, name })),
    pages: pages.map(({ id, title, controls }): PageInfo => ({
      id,
      title,
      controls: controls.filter(
        (name) =>
          (name !== "radius" || hasRadii) &&
          (name !== "versions" || data.versions.length > 1) &&
          (name !== "samples" || data.samples.length > 1),
      ),
      plots: 0,
    })),
  };
  return {
    info,
    command,
    async show(id, state, patience) {
      const page = pages.find((each) => each.id === id) ?? pages[0];
      const hidden = new Set(state.hide.split(","));
      const samples = data.samples.map((_, sample) => sample).filter((sample) => !hidden.has(String(sample)));
      const without = new Set(state.without.split(","));
      const versions = data.versions.filter((version) => !without.has(version.id));
      const cuts = {
        eta: parseRange(state.eta),
        pt: parseRange(state.pt),
        only: page.controls.includes("only") ? state.only : "all",
      } as const;
      const context: PageContext = {
        data,
        state,
        cuts,
        point: data.nearest(state.radius ?? start),
        samples: samples.length === 0 ? data.samples.map((_, sample) => sample) : samples,
        // Of nothing there is no picture.
        versions: versions.length === 0 ? data.versions : versions,
        patience,
      };
      await data.need(data.versions.map((version) => version.column(state.measure)));
      const { plots, tables = [] } = await page.make(context);
      return {
        sentence: data.knowsAll ? page.sentence : `${page.sentence} ${data.unknown}`,
        plots: plots.map((plot) => withPicked(plot, state)),
        tables,
        numbers: numbersOf(context),
        behind: eventsBehind(page.id, context),
        radius: data.radii[context.point],
      };
    },
  };
}

/** Draws it; `zooms`: parts of x axes that are shown; `patience`: for intervals; `isNarrow`: panels below each other, as on a phone. */
export async function drawPage(
  study: OpenStudy,
  state: StudyState,
  zooms: Zooms,
  patience: Patience,
  isNarrow = false,
): Promise<PageAnswer> {
  const page = (study.info.pages.find(({ id }) => id === state.page) ?? study.info.pages[0]).id;
  const { sentence, plots, tables, numbers, behind = null, radius } = await study.show(page, state, patience);
  return {
    page,
    sentence,
    tables,
    numbers,
    behind,
    radius,
    exact: !patience.isSpent,
    figures: plots.map((plot) => drawFigure(plot, zooms, isNarrow)),
    command: study.command(state),
  };
}

/** Of a panel that stands alone in a row, also on a phone, and of one that shares it with others [px]. */
const ALONE = 480;
const ON_PHONE = 370;
const SHARED = 310;

/** Panels that stand in one row at most. */
const MOST_IN_ROW = 3;

function drawFigure(plot: StudyPlot, zooms: Zooms, isNarrow: boolean): DrawnFigure {
  const zoom = Object.hasOwn(zooms, plot.id) ? zooms[plot.id] : [];
  const panels = plot.panels.map((panel, i) => {
    const range = zoom[i] ?? null;
    return range === null ? panel : { ...panel, x: { ...panel.x, range } };
  });
  const columns = isNarrow ? 1 : Math.min(MOST_IN_ROW, panels.length);
  const width = isNarrow ? ON_PHONE : columns < MOST_IN_ROW ? ALONE : SHARED;
  const drawn = drawWithin({ ...plot, panels, columns, width, height: columns === 1 && !isNarrow ? 300 : 250 });
  return {
    id: plot.id,
    title: plot.title,
    csv: plotCsv(plot),
    svg: drawn.svg,
    width: drawn.width,
    height: drawn.height,
    isWide: columns > 1,
    ...(plot.bins === undefined ? {} : { bins: plot.bins }),
    ...(plot.points === undefined ? {} : { points: plot.points }),
    panels: drawn.panels.map((frame, i) => ({ ...frame, isRadius: plot.panels[i].x.label === RADIUS_AXIS.label })),
  };
}

/** A legend beside the panels takes its room from them: letters have one size in all plots of a page. */
function drawWithin(plot: Plot & { readonly columns: number; readonly width: number }): DrawnPlot {
  const drawn = drawPlot(plot);
  const room = plot.columns * (plot.width + 8) + 8;
  const excess = Math.ceil((drawn.width - room) / plot.columns);
  return excess > 0 ? drawPlot({ ...plot, width: plot.width - excess }) : drawn;
}
