/** The verbs of studies: see spec.ts. */
import { basename, join, resolve } from "node:path";
import { checkParams, parseSelection } from "../../chain/index.js";
import { concurrently, ConfigError, ExpectedError, InputError, type Schema } from "../../core/index.js";
import { type FolderInfo, type GroupEncoder, RunWriter } from "../../io/index.js";
import {
  createOutputFolder,
  extendRun,
  nodeCodecs,
  openSampleFolder,
  realEffects,
  type OutputFolder,
  PART_FOLDER,
  STUDY_FOLDER,
  writeRun,
} from "../../io/node/index.js";
import { type Workers } from "../pool.js";
import { type FinishParts, runByBatch } from "./batches.js";
import { contextOf, type Watched } from "./context.js";
import { openDigests } from "./digests.js";
import { extendStudy } from "./extend.js";
import { type Row } from "./points.js";
import { type CombineContext, type PartWriter, type StudyPlan, type StudyTask } from "./spec.js";
import { resultLines, specOf } from "./studies.js";
import {
  checkGeometries,
  describeSample,
  openParts,
  openStudy,
  FILES_TOGETHER,
  type OpenStudy,
  partFolder,
  partKey,
  planInfo,
} from "./study-folder.js";

interface Job extends Watched {
  /** Of the program, for study.json. */
  readonly version: string;
}

export interface InitJob extends Job {
  readonly study: string;
  readonly task: StudyTask;
  /** Folders. */
  readonly samples: readonly string[];
  /** STUDY folder to write. */
  readonly out: string;
  readonly force: boolean;
  /** `init`: a STUDY that is there gets the points of the task; what is computed of them stays. */
  readonly extend?: boolean;
  /** Threads for the parts, when all is done in one go; the result does not depend on it. Default: 1. */
  readonly workers?: Workers;
}

export interface PartsJob extends Job {
  /** STUDY folder. */
  readonly study: string;
  /** Their numbers. */
  readonly parts: readonly number[];
  /** Threads; the result does not depend on it. Default: 1. */
  readonly workers?: Workers;
}

export interface CombineJob extends Job {
  readonly study: string;
  /** Only these parts, for a look at what is there; default: all. */
  readonly parts?: readonly number[];
  /** Threads; the result does not depend on it. Default: 1. */
  readonly workers?: Workers;
}

export interface StudyReport {
  readonly study: string;
  readonly out: string;
  readonly points: number;
  readonly parts: number;
  /** Rows of the tables. */
  readonly rows: Readonly<Record<string, number>>;
  readonly result: object;
  /** The result for people. */
  readonly lines: readonly string[];
}

/** Parts that are computed together: each holds rows and open files. */
const TOGETHER = 64;
/** Rows that a table of a part holds in memory. */
const PART_ROWS = 8192;

/** Begins a study: its samples, points and parts, and what all parts share. */
export async function initStudy(job: InitJob): Promise<StudyPlan> {
  const { task, samples: paths, out, force, signal } = job;
  const spec = specOf(job.study);
  checkParams(task.params);
  parseSelection(task.selection);
  if (paths.length === 0) throw new InputError("a study needs a sample: give one or several with --in");
  const names = namesOf(paths);
  const samples = [];
  for (const [i, path] of paths.entries()) {
    const sample = await openSampleFolder(path);
    samples.push(describeSample(out, path, sample, names[i]));
    await sample.close();
  }
  checkGeometries(samples);
  for (const { name, gen, entries } of samples) {
    if (entries === 0) throw new InputError(`${name} has no entries: there is nothing to study`);
    if (gen === 0) throw new InputError(`${name} has no generated particles: a study compares clusters with them`);
  }
  const { points, parts } = spec.plan(task, samples);
  if (parts.length === 0) throw new ConfigError(`study ${spec.name}: there is nothing to compute`);
  const plan: StudyPlan = { study: spec.name, program: `bye-splits ${job.version}`, ...task, samples, points, parts };
  if (job.extend === true && (await realEffects.kind(join(out, "study.json"))) === "file") {
    await extendStudy(out, plan);
    return plan;
  }
  const context = contextOf(job, plan, { name: out, kind: "study" }, "init");
  await writeRun(out, spec.shared?.schemas(plan) ?? {}, { kind: "study", force, inputs: paths }, async (writer) => {
    const shared = await spec.shared?.fill(context, writer);
    signal.throwIfAborted();
    return { ...(await planInfo(plan)), ...(shared === undefined ? {} : { shared }) };
  });
  return plan;
}

/** Computes parts. Each appears when it is done, in place of what an earlier run of it left. */
export async function runParts(job: PartsJob): Promise<StudyPlan> {
  const open = await openStudy(job.study);
  const { plan, study } = open;
  const spec = specOf(plan.study);
  checkVersion(open, job.version);
  const numbers = [...new Set(job.parts)].toSorted((a, b) => a - b);
  const wrong = numbers.find((number) => plan.parts[number] === undefined);
  if (wrong !== undefined) {
    throw new InputError(`${job.study} has the parts 0 to ${plan.parts.length - 1}: there is no part ${wrong}`);
  }
  const schemas = spec.partSchemas(plan);
  for (const group of groupsOf(plan, numbers)) {
    const context = { ...contextOf(job, plan, study, labelOf(plan, group)), study };
    const folders = new Map<number, OutputFolder>();
    const begin = async (encoder?: GroupEncoder): Promise<ReadonlyMap<number, PartWriter>> => {
      const options = { kind: "part", groupRows: PART_ROWS, encoder } as const;
      const codecs = await nodeCodecs();
      const writers = await concurrently(group, FILES_TOGETHER, async (number): Promise<[number, PartWriter]> => {
        const path = partFolder(job.study, plan, number);
        const folder = await createOutputFolder(path, PART_FOLDER, { force: true, part: true });
        folders.set(number, folder);
        return [number, await RunWriter.create<Record<string, Schema>>(schemas, folder.open, codecs, options)];
      });
      return new Map(writers);
    };
    const finish: FinishParts = async (writers, contents) => {
      job.signal.throwIfAborted();
      // All that is left is on its way to the threads before the first is waited for.
      for (const writer of writers.values()) await writer.flush();
      // Disks are waited for together.
      await concurrently(writers, FILES_TOGETHER, async ([number, writer]) => {
        const content = contents.get(number);
        if (content === undefined) throw new Error(`part ${number} was not computed`);
        await writer.finish({
          study: plan.study,
          key: await partKey(plan, number),
          label: plan.parts[number].label,
          content,
        });
        await folders.get(number)?.commit();
      });
    };
    try {
      if (spec.run === undefined) await runByBatch(spec, context, group, { begin, finish }, job.workers ?? 1);
      else {
        const writers = await begin();
        await finish(writers, await spec.run(context, group, writers));
      }
    } finally {
      for (const folder of folders.values()) await folder.abort();
    }
  }
  return plan;
}

/** Writes the tables of a study from its parts. InputError that names the parts that are missing or damaged. */
export async function combineStudy(job: CombineJob): Promise<StudyReport> {
  const open = await openStudy(job.study);
  const { plan, study } = open;
  const spec = specOf(plan.study);
  checkVersion(open, job.version);
  const numbers = job.parts ?? plan.parts.map((_, number) => number);
  const context = { ...contextOf(job, plan, study, "combine"), study };
  let result: object = {};
  // Its thread starts while the parts are compared with their checksums.
  const digests = openDigests(spec, context, numbers, job.workers ?? 1);
  const digestOf: CombineContext["digestOf"] = async (part) => {
    if (digests === undefined) throw new Error(`study ${spec.name} has no digests`);
    return digests.of(part);
  };
  const combine = async (): Promise<FolderInfo> => {
    const parts = await openParts(open, numbers);
    const options = { force: true, encoder: digests?.encoder };
    return extendRun(study, spec.schemas(plan), options, async (writer, beside) => {
      result = await spec.combine({ ...context, digestOf }, parts, writer, beside);
      const { tables: _, ...before } = study.info;
      return { ...before, result, combined: numbers.length < plan.parts.length ? numbers : "all" };
    });
  };
  const info = await combine().finally(() => digests?.close());
  const rows = Object.fromEntries(Object.keys(spec.schemas(plan)).map((name) => [name, info.tables[name].rows]));
  const { length } = plan.points;
  return {
    study: plan.study,
    out: job.study,
    points: length,
    parts: numbers.length,
    rows,
    result,
    lines: resultLines(plan, result),
  };
}

/** All verbs in one go: the folder appears when everything is done, and is the one of the verbs one by one. */
export async function runStudy(job: InitJob): Promise<StudyReport> {
  const { out, force, samples } = job;
  const folder = await createOutputFolder(out, STUDY_FOLDER, { force, inputs: samples });
  try {
    const plan = await initStudy({ ...job, out: folder.path, force: true });
    const rest = { ...job, study: folder.path };
    await runParts({ ...rest, parts: plan.parts.map((_, number) => number) });
    const report = await combineStudy(rest);
    await folder.commit();
    return { ...report, out };
  } catch (error) {
    // The temporary folder is gone by then: people know the one that they named.
    if (error instanceof ExpectedError) error.message = error.message.replaceAll(folder.path, out);
    throw error;
  } finally {
    await folder.abort();
  }
}

/** The figures and tables of a combined study, and its lines. */
export async function openCombined(path: string): Promise<OpenStudy & { readonly result: object }> {
  const open = await openStudy(path);
  const { result } = open;
  if (result === undefined) {
    throw new InputError(
      `${path} has no results yet: run bye-splits study ${open.plan.study} combine --study ${path} when its parts are done`,
    );
  }
  return { ...open, result };
}

/** The rows of `points` of a combined study, by column; NaN for what does not exist. */
export async function readPoints(path: string): Promise<Row[]> {
  const { study, plan } = await openCombined(path);
  const { rows, columns } = await study.readTable("points", specOf(plan.study).schemas(plan)["points"]);
  const names = Object.keys(columns);
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(names.map((name) => [name, columns[name][row] as number | string])),
  );
}

/** InputError for a study that was imported; and results of two versions in one table would be two things. */
function checkVersion({ study, plan }: OpenStudy, version: string): void {
  if (plan.imported !== undefined) {
    throw new InputError(
      `${study.name} was imported from ${plan.imported.file}: it has no parts to compute or combine`,
    );
  }
  if (plan.program === `bye-splits ${version}`) return;
  throw new InputError(
    `${study.name} was begun by ${plan.program}, this is bye-splits ${version}: begin the study again, or take that version`,
  );
}

/** Parts of one sample are computed together, so that it is read once. */
function groupsOf({ parts }: StudyPlan, numbers: readonly number[]): number[][] {
  const bySample = new Map<number, number[]>();
  for (const number of numbers) {
    const { sample } = parts[number];
    bySample.set(sample, [...(bySample.get(sample) ?? []), number]);
  }
  return [...bySample.values()].flatMap((all) =>
    Array.from({ length: Math.ceil(all.length / TOGETHER) }, (_, i) => all.slice(i * TOGETHER, (i + 1) * TOGETHER)),
  );
}

function labelOf({ parts }: StudyPlan, numbers: readonly number[]): string {
  return numbers.length === 1 ? parts[numbers[0]].label : `${numbers.length} parts`;
}

/** The names of the folders; of equal ones with as much of their paths as tells them apart. */
function namesOf(paths: readonly string[]): string[] {
  const all = paths.map((path) => resolve(path));
  const twice = all.find((path, i) => all.indexOf(path) !== i);
  if (twice !== undefined) throw new InputError(`the sample ${twice} is given twice`);
  return all.map((path) => {
    const same = all.filter((other) => basename(other) === basename(path)).length > 1;
    return same ? path.split("/").slice(-2).join("/") : basename(path);
  });
}

/** As the folder of a part, or a file in it, names it: its number. InputError when it is no part of the study. */
export async function partOf(study: string, file: string): Promise<number> {
  const { plan } = await openStudy(study);
  const path = resolve(file);
  const [number] = numbersOf(study, plan, [path, path.replace(/\/(events|clusters)\.parquet$/, "")]);
  if (number !== undefined) return number;
  throw new InputError(`${file} is no part of ${study}: expected a folder such as ${partFolder(study, plan, 0)}`);
}

/** The numbers of the parts whose folders are among the paths. */
export async function partsAt(study: string, paths: readonly string[]): Promise<number[]> {
  return numbersOf(study, (await openStudy(study)).plan, paths);
}

function numbersOf(study: string, plan: StudyPlan, paths: readonly string[]): number[] {
  const wanted = new Set(paths.map((path) => resolve(path)));
  return [...plan.parts.keys()].filter((number) => wanted.has(resolve(partFolder(study, plan, number))));
}
