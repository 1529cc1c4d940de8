/** Markers of tasks that ended, and what of their outputs tells that they are whole. */
import { createHash } from "node:crypto";
import { closeSync, lstatSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import {
  FormatError,
  type Fields,
  isCount,
  isListOf,
  isRecord,
  isText,
  isWith,
  parseRecord,
  readFields,
} from "../core/index.js";
import { namesIn, textOf } from "./files.js";
import { type OpenJob, paths } from "./folder.js";
import { lifeOf, parseWorker, WORKER, type Worker } from "./processes.js";
import { type Output, type Task, type Versions } from "./spec.js";

/** done/HASH.json */
export interface Marker {
  readonly hash: string;
  readonly index: number;
  readonly exit: number;
  readonly seconds: number;
  readonly host: string;
  readonly versions: Versions;
  readonly outputs?: readonly StoredOutput[];
  /** Of a failure: what the program said last. */
  readonly log?: string;
}

export interface StoredOutput {
  /** Absolute. */
  readonly path: string;
  /** By name below the path, "" for the path itself; with bytes. */
  readonly files: readonly (readonly [name: string, bytes: number])[];
  /** Of the contents of the files, one after the other. */
  readonly sha256: string;
}

const isFile = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 2 && isText(value[0]) && isCount(value[1]);
const isOutput = (value: unknown): boolean =>
  isWith(isText, "path", "sha256")(value) && isWith(isListOf(isFile), "files")(value);

const MARKER: Fields<Marker> = {
  hash: ["a text", isText, true],
  index: ["the number of a task", isCount, true],
  exit: ["an exit code", Number.isInteger, true],
  seconds: ["a number", Number.isFinite, true],
  host: ["the name of a machine", isText, true],
  versions: ["texts by name", (value) => isRecord(value) && Object.values(value).every(isText), true],
  outputs: ["a list of outputs with path, files and sha256", isListOf(isOutput), false],
  log: ["a text", isText, false],
};

// Thousands of markers are read at once: no more than a text is made for each.
export function markerPath(folder: string, hash: string): string {
  return `${folder}/done/${hash}.json`;
}

export function runningPath(folder: string, hash: string): string {
  return `${folder}/running/${hash}.json`;
}

/** Undefined where there is none, or none that can be read. */
export function readMarker(folder: string, task: Task): Marker | undefined {
  const marker = parseMarker(folder, task);
  return marker instanceof FormatError ? undefined : marker;
}

/** Undefined where there is none; what is wrong with one that cannot be read. */
function parseMarker(folder: string, { hash }: Task): Marker | FormatError | undefined {
  const path = markerPath(folder, hash);
  const text = textOf(path);
  if (text === undefined) return undefined;
  try {
    const marker = readFields(path, "how a task ended", parseRecord(text, path), MARKER);
    return marker.hash === hash ? marker : new FormatError(`${path}: it is of another task`);
  } catch (error) {
    if (error instanceof FormatError) return error;
    throw error;
  }
}

/** Why the outputs of a marker are not as it says; undefined when they are. Looks at sizes, not at contents. */
export function outputFault({ outputs = [] }: Marker): string | undefined {
  for (const { path, files } of outputs) {
    if (files.length === 0 && sizeOf(path) === undefined) return `${path} is missing`;
    for (const [name, bytes] of files) {
      const file = name === "" ? path : `${path}/${name}`;
      const now = sizeOf(file);
      if (now === undefined) return `${file} is missing`;
      if (now !== bytes) return `${file} has ${now} bytes, ${bytes} were written`;
    }
  }
  return undefined;
}

/** Compares contents too. */
export function contentFault(marker: Marker): string | undefined {
  const fault = outputFault(marker);
  if (fault !== undefined) return fault;
  const changed = (marker.outputs ?? []).find(
    ({ path, files, sha256 }) =>
      contentHash(
        path,
        files.map(([name]) => name),
      ) !== sha256,
  );
  return changed === undefined ? undefined : `${changed.path} is not what was written: its content has changed`;
}

function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}

/** What a marker says of an output that was just written. */
export function describeOutput(path: string, kind: Output["kind"]): StoredOutput {
  const names = kind === "exists" ? [] : filesOf(path, kind !== "files").toSorted();
  const files = names.map((name) => [name, sizeOf(name === "" ? path : join(path, name)) ?? 0] as const);
  return { path, files, sha256: contentHash(path, names) };
}

function filesOf(path: string, deep: boolean): string[] {
  if (!lstatSync(path).isDirectory()) return [""];
  return readdirSync(path, { withFileTypes: true, recursive: deep })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(path, join(entry.parentPath, entry.name)));
}

const BLOCK = Buffer.alloc(1 << 18);

function contentHash(path: string, names: readonly string[]): string {
  const hash = createHash("sha256");
  for (const name of names) {
    const file = openSync(name === "" ? path : join(path, name), "r");
    try {
      for (let n: number; (n = readSync(file, BLOCK)) > 0;) hash.update(BLOCK.subarray(0, n));
    } finally {
      closeSync(file);
    }
  }
  return hash.digest("hex");
}

export interface TaskState {
  readonly task: Task;
  /** "open": neither done nor failed for good. */
  readonly state: "done" | "failed" | "open";
  readonly marker?: Marker;
  /** Why a task with a marker is open. */
  readonly fault?: string;
}

/** What the markers say of all tasks. */
export function readStates({ folder, tasks }: OpenJob): TaskState[] {
  const there = new Set(namesIn(paths(folder).done));
  return tasks.map((task) => {
    if (!there.has(`${task.hash}.json`)) return { task, state: "open" };
    const marker = parseMarker(folder, task);
    // Removed meanwhile.
    if (marker === undefined) return { task, state: "open" };
    if (marker instanceof FormatError) {
      return { task, state: "open", fault: `its marker cannot be read: ${marker.message}` };
    }
    if (marker.exit !== 0) return { task, state: "failed", marker };
    const fault = outputFault(marker);
    return fault === undefined ? { task, state: "done", marker } : { task, state: "open", marker, fault };
  });
}

/** Hashes of tasks that processes say they are at, with these processes. */
export function readRunning(folder: string): Map<string, Worker & { readonly life: ReturnType<typeof lifeOf> }> {
  const found = new Map<string, Worker & { readonly life: ReturnType<typeof lifeOf> }>();
  for (const name of namesIn(paths(folder).running)) {
    const path = join(paths(folder).running, name);
    const text = name.endsWith(".json") && !name.startsWith(".") ? textOf(path) : undefined;
    const worker = text === undefined ? undefined : parseWorker(text, WORKER);
    if (worker !== undefined) found.set(name.slice(0, -".json".length), { ...worker, life: lifeOf(worker) });
  }
  return found;
}
