/** Which samples and runs lie below the data folders. */
import { type Dirent } from "node:fs";
import { readdir, realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { openRegular } from "../io/node/index.js";
import {
  type Catalog,
  type CatalogJob,
  type CatalogRun,
  type CatalogSample,
  type CatalogStudy,
  type CatalogWeights,
} from "./api.js";

/** Folders below a data folder that are looked at, and how deep: a mistake such as `--data /` must not hang. */
const MAX_FOLDERS = 5000;
const MAX_DEPTH = 5;
/** Of sample.json, run.json and study.json [bytes]. */
const MAX_JSON = 1 << 22;

/** Folders of a job in which no results lie. */
const JOB_FOLDERS = new Set(["done", "running", "logs", "subs", "jobs"]);

/** Samples, runs, jobs, studies and their weights below `roots`, by path; of equal paths the first root's. Folders that cannot be read are passed over. */
export async function readCatalog(
  roots: readonly string[],
): Promise<Pick<Catalog, "samples" | "runs" | "jobs" | "studies" | "weights">> {
  const samples = new Map<string, CatalogSample>();
  const runs = new Map<string, CatalogRun>();
  const jobs = new Map<string, CatalogJob>();
  const studies = new Map<string, { readonly study: CatalogStudy; readonly weights: readonly CatalogWeights[] }>();
  for (const root of roots) {
    let left = MAX_FOLDERS;
    // `above`: the real paths of the folders that it lies in; a link back to one of them is passed over.
    const visit = async (path: string, depth: number, above: readonly string[]): Promise<void> => {
      if (left-- <= 0) return;
      const folder = await containedPath(root, path === "." ? "" : path);
      if (folder !== undefined && above.includes(folder)) return;
      const entries =
        folder === undefined ? [] : await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => []);
      // Links may lead to files: what they lead to is looked at when it is opened.
      const names = new Set(
        entries.filter((entry) => entry.isFile() || entry.isSymbolicLink()).map((entry) => entry.name),
      );
      if (folder !== undefined && names.has("run.json")) {
        if (!runs.has(path)) runs.set(path, describeRun(path, await readJson(join(folder, "run.json"))));
        return;
      }
      if (folder !== undefined && names.has("study.json")) {
        if (studies.has(path)) return;
        const info = await readJson(join(folder, "study.json"));
        const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
        studies.set(path, { study: describeStudy(path, info, folders), weights: weightsOf(path, info) });
        return;
      }
      // A sample that lacks a table is listed too: who opens it is told.
      const isSample =
        names.has("sample.json") || ["gen", "cl3d", "tc"].every((table) => names.has(`${table}.parquet`));
      if (folder !== undefined && isSample) {
        if (!samples.has(path)) samples.set(path, describeSample(path, await readJson(join(folder, "sample.json"))));
        return;
      }
      const isJob = folder !== undefined && names.has("job.json") && names.has("tasks.jsonl");
      if (isJob && !jobs.has(path)) {
        // Few servers have a job to tell of.
        const { describeJob } = await import("./job-progress.js");
        jobs.set(path, describeJob(path, folder));
      }
      if (depth === MAX_DEPTH) return;
      for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
        if (isJob && JOB_FOLDERS.has(entry.name)) continue;
        if (!isPlainName(entry.name) || !(entry.isDirectory() || entry.isSymbolicLink())) continue;
        const inside = folder === undefined ? above : [...above, folder];
        await visit(path === "." ? entry.name : `${path}/${entry.name}`, depth + 1, inside);
      }
    };
    await visit(".", 0, []);
  }
  return {
    samples: [...samples.values()],
    runs: [...runs.values()],
    jobs: [...jobs.values()],
    studies: [...studies.values()].map(({ study }) => study),
    weights: [...studies.values()].flatMap(({ weights }) => weights),
  };
}

/** A name that can be a part of a path: not hidden, no separators, no control characters. */
export function isPlainName(name: string): boolean {
  // oxlint-disable-next-line no-control-regex
  return name !== "" && !name.startsWith(".") && !/[/\\:\u0000-\u001f\u007f]/.test(name);
}

/** The real path of `path` below a root, or undefined when there is nothing or when links lead out of the root. */
export async function containedPath(root: string, path: string): Promise<string | undefined> {
  const real = await realpath(join(root, path)).catch(() => undefined);
  const realRoot = await realpath(root).catch(() => undefined);
  if (real === undefined || realRoot === undefined) return undefined;
  return real === realRoot || real.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep) ? real : undefined;
}

type Json = Readonly<Record<string, unknown>>;

function asRecord(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

async function readJson(path: string): Promise<Json> {
  const handle = await openRegular(path).catch(() => undefined);
  try {
    if (handle === undefined || (await handle.stat()).size > MAX_JSON) return {};
    return asRecord(JSON.parse(await handle.readFile("utf8")));
  } catch {
    return {};
  } finally {
    await handle?.close();
  }
}

function describeSample(id: string, info: Json): CatalogSample {
  const { command, options } = asRecord(info["made"]);
  const { particles, pileup } = asRecord(options);
  return {
    id,
    ...(typeof particles === "string" ? { particles } : {}),
    ...(typeof pileup === "number" ? { pileup } : {}),
    ...(typeof command === "string" ? { command } : {}),
    simulated: command === "simulate",
  };
}

function describeRun(id: string, info: Json): CatalogRun {
  const chains = Array.isArray(info["chains"]) ? info["chains"].filter((name) => typeof name === "string") : [];
  const { path, hash } = asRecord(info["sample"]);
  return {
    id,
    chains,
    ...(typeof path === "string" ? { sample: path } : {}),
    ...(typeof hash === "string" ? { sampleHash: hash } : {}),
  };
}

/** `folders`: in which its parts lie. */
function describeStudy(id: string, info: Json, folders: readonly string[]): CatalogStudy {
  const { study, samples, points, tables, parts } = info;
  const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
  return {
    id,
    study: typeof study === "string" ? study : "unknown",
    ...(typeof study === "string" ? {} : { problem: "its study.json cannot be read" }),
    samples: list(samples)
      .map(asRecord)
      .map(({ name, particles, pileup }) => ({
        name: typeof name === "string" ? name : "unnamed",
        ...(typeof particles === "string" ? { particles } : {}),
        ...(typeof pileup === "number" ? { pileup } : {}),
      })),
    points: list(points).length,
    hasResults: Object.hasOwn(asRecord(tables), "points"),
    parts: list(parts).length,
    // Each appears when it is whole. Of a study that was begun anew with others, more may lie there.
    partsDone: Math.min(list(parts).length, folders.filter((name) => name.startsWith("part-")).length),
  };
}

/** What the study.json of a study of weights says that it found; none of what does not look like it. */
function weightsOf(id: string, info: Json): CatalogWeights[] {
  const { calibrations } = asRecord(info["result"]);
  if (!Array.isArray(calibrations)) return [];
  const isList = (value: unknown): boolean => Array.isArray(value) && value.every((each) => typeof each === "number");
  return calibrations.map(asRecord).flatMap((each) => {
    const { particle, radius, pileup, version, LayerWeights, PileUpPt, EnergyResponse } = each;
    const isWhole =
      typeof particle === "string" &&
      typeof radius === "number" &&
      typeof version === "string" &&
      [LayerWeights, PileUpPt, EnergyResponse].every(isList);
    const known = { id, particle, radius, version, LayerWeights, PileUpPt, EnergyResponse };
    return isWhole ? [{ ...known, ...(typeof pileup === "number" ? { pileup } : {}) } as CatalogWeights] : [];
  });
}
