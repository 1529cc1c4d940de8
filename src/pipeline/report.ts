/** RUN folders to one HTML report. */
import { basename, extname, resolve } from "node:path";
import { type ChainParams, parseRunInfo, type RunInfo } from "../chain/index.js";
import { InputError } from "../core/index.js";
import { ASSIGNMENT, CLUSTERS, RECORDS, SEEDS } from "../events/index.js";
import { type Run, type SampleReader, EntryTable } from "../io/index.js";
import { createOutputFile, type Effects, HTML_FILE, openRunFolder } from "../io/node/index.js";
import {
  distributionsPage,
  type EventInput,
  eventsPage,
  type Page,
  reportHtml,
  type ReportRun,
  resolutionPage,
  seedingPage,
  splitsPage,
  triggerPage,
} from "../plots/index.js";
import { openGeometry } from "./geometry.js";
import { areStudies, studyPages } from "./studies/study-report.js";
import { openSampleOf, sampleName, samplePlaces } from "./sample-of-run.js";

export interface ReportJob {
  /** Folders of the runs to compare, at most four. */
  readonly runs: readonly string[];
  /** Names of the runs in the report, one each; without any those of the folders. */
  readonly labels?: readonly string[];
  /** HTML file to write. */
  readonly out: string;
  /** Takes the HTML instead of a file. */
  readonly write?: (html: string) => void;
  /** Folder of the first run's sample, where it is no longer where run.json says. */
  readonly sample?: string;
  /** Leave out the page of events, which needs the sample of the first run. */
  readonly noEvents?: boolean;
  /** File of `geometry import`, for the displays of events. */
  readonly geometry?: string;
  readonly force: boolean;
  readonly version: string;
  readonly signal?: AbortSignal;
  readonly effects?: Effects;
}

export interface ReportResult {
  readonly out: string;
  readonly pages: readonly { readonly id: string; readonly figures: number }[];
  readonly bytes: number;
  /** Names of runs without a record. */
  readonly empty: readonly string[];
}

/** Split particles of the first run that are shown, and particles that are not split beside them. */
const SPLIT_EVENTS = 3;
const WHOLE_EVENTS = 1;

interface OpenRun {
  readonly run: Run;
  readonly report: ReportRun;
  readonly params: ChainParams;
  readonly info: RunInfo;
}

/** InputError for names that do not fit the runs, and for files that would be taken for something else than HTML. */
export async function writeReport(job: ReportJob): Promise<ReportResult> {
  const { labels = [], write } = job;
  if (labels.length > 0 && labels.length !== job.runs.length) {
    throw new InputError(
      `${labels.length} labels for ${job.runs.length} runs: give --label once for each run, in their order`,
    );
  }
  if (labels.some((label) => label.trim() === "")) throw new InputError("a label is empty: --label is a name");
  const ending = extname(job.out).toLowerCase();
  if (write === undefined && !["", ".html", ".htm"].includes(ending)) {
    throw new InputError(
      `${job.out}: a report is HTML, not ${ending}: choose a name that ends in .html (a browser prints it to PDF)`,
    );
  }
  const make = (await areStudies(job.runs)) ? await prepareStudies(job) : await prepareRuns(job);
  if (write !== undefined) {
    const { html, ...result } = await make.report();
    write(html);
    return { out: job.out, bytes: new TextEncoder().encode(html).length, ...result };
  }
  const { force, effects } = job;
  const options = { force, inputs: make.inputs, ...(effects === undefined ? {} : { effects }) };
  // Before anything is computed: an output that cannot be written.
  const file = await createOutputFile(job.out, HTML_FILE, options);
  try {
    const { html, ...result } = await make.report();
    const bytes = new TextEncoder().encode(html);
    const sink = await file.open();
    await sink.write(bytes);
    await sink.close();
    await file.commit();
    return { out: job.out, bytes: bytes.length, ...result };
  } finally {
    await file.abort();
  }
}

type Made = Pick<ReportResult, "pages" | "empty"> & { readonly html: string };

/** A report that can be made, and what it reads. */
interface Prepared {
  readonly inputs: readonly string[];
  report(): Promise<Made>;
}

async function prepareRuns(job: ReportJob): Promise<Prepared> {
  const { labels = [] } = job;
  const runs = await Promise.all(job.runs.map((path, i) => openForReport(path, labels[i] ?? basename(resolve(path)))));
  return {
    inputs: [
      ...runs.flatMap(({ run, info }) => [run.name, ...samplePlaces(run, info.sample)]),
      ...(job.sample === undefined ? [] : [job.sample]),
      ...(job.geometry === undefined ? [] : [job.geometry]),
    ],
    report: () => reportOf(runs, job),
  };
}

async function prepareStudies({ runs, labels = [], sample, geometry }: ReportJob): Promise<Prepared> {
  if (sample !== undefined || geometry !== undefined) {
    throw new InputError("--sample and --geometry are for displays of events, which reports of studies do not have");
  }
  const { pages, about, names } = await studyPages(runs, labels);
  return {
    inputs: runs,
    report: async () => ({
      html: reportHtml({ title: `bye-splits: ${names.join(", ")}`, about }, pages),
      pages: pages.map(({ id, figures }) => ({ id, figures: figures.length })),
      empty: [],
    }),
  };
}

async function reportOf(runs: readonly OpenRun[], job: ReportJob): Promise<Made> {
  const reports = runs.map(({ report }) => report);
  const pages: Page[] = [];
  const geometry = await openGeometry(job.geometry);
  const splits = (of: readonly ReportRun[]): Page => splitsPage(of, geometry);
  for (const page of [seedingPage, resolutionPage, distributionsPage, splits, triggerPage]) {
    pages.push(page(reports));
    // Lets signals through.
    await new Promise((resolve) => setImmediate(resolve));
    job.signal?.throwIfAborted();
  }
  const events = job.noEvents === true ? [] : await chosenEvents(runs[0], job.sample, job.geometry);
  if (events.length > 0) pages.push(eventsPage(events));
  const about = reports.map(({ name, selection, records }) => `${name}: ${selection}; ${records.rows} records`);
  const html = reportHtml({ title: `bye-splits: ${reports.map(({ name }) => name).join(", ")}`, about }, pages);
  return {
    html,
    pages: pages.map(({ id, figures }) => ({ id, figures: figures.length })),
    empty: reports.filter(({ records }) => records.rows === 0).map(({ name }) => name),
  };
}

async function openForReport(path: string, name: string): Promise<OpenRun> {
  const run = await openRunFolder(path);
  const info = parseRunInfo(run);
  const { params, selection, sample, summary = [] } = info;
  const [records, seeds, clusters] = await Promise.all([
    run.readTable("events", RECORDS),
    run.readTable("seeds", SEEDS),
    run.readTable("clusters", CLUSTERS),
  ]);
  const report = {
    name,
    selection: `sample ${sampleName(sample)}, selection ${selection}`,
    records,
    seeds,
    clusters,
    params,
    entries: Object.fromEntries(summary.map(({ chain, counts }) => [chain, counts.selected])),
  };
  return { run, report, params, info };
}

/** The first split particles of a run, and one that is whole, each with what the chain made of its entry. */
async function chosenEvents(
  { run, report, params, info }: OpenRun,
  folder: string | undefined,
  geometryPath: string | undefined,
): Promise<EventInput[]> {
  const { entry, chain, is_split, n_clusters } = report.records.columns;
  const rows = Array.from({ length: report.records.rows }, (_, i) => i);
  const chosen = [
    ...rows.filter((i) => is_split[i] === 1).slice(0, SPLIT_EVENTS),
    ...rows.filter((i) => is_split[i] === 0 && n_clusters[i] > 0).slice(0, WHOLE_EVENTS),
  ];
  const sample = await openSampleOf(run, info, folder);
  const assignments = new EntryTable(await run.openTable("assignment"), ASSIGNMENT);
  try {
    const geometry = await openGeometry(geometryPath, sample.geometry);
    const events: EventInput[] = [];
    for (const i of chosen) {
      const { batch, row } = await batchOf(sample, entry[i]);
      const assignment = await assignments.rows(entry[i]);
      const { seeds, clusters } = report;
      if (seeds === undefined || clusters === undefined) continue;
      events.push({
        geometry,
        batch,
        row,
        chain: chain[i],
        seeds,
        clusters,
        assignment,
        params,
        source: `${report.name}, ${report.selection}`,
      });
    }
    return events;
  } finally {
    await assignments.close();
    await sample.close();
  }
}

async function batchOf(sample: SampleReader, entry: number): Promise<Pick<EventInput, "batch" | "row">> {
  const at = sample.batchFirst.findLastIndex((first) => first <= entry);
  return { batch: await sample.readBatch(at), row: entry - sample.batchFirst[at] };
}
