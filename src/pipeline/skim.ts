/** Skims CMSSW ntuples: ROOT files in, SAMPLE folder out, a chunk of events at a time. */
import { stat } from "node:fs/promises";
import { InputError } from "../core/index.js";
import { createGeometry } from "../detector/index.js";
import {
  createSkim,
  GeometryCheck,
  type CutFlow,
  NTUPLE_EVENT,
  NTUPLE_GROUPS,
  type NtupleChunk,
  type NtupleColumn,
  type NtupleGroup,
  type SkimOptions,
} from "../events/index.js";
import {
  iterateBranches,
  openRootFile,
  type RootChunk,
  type RootColumn,
  type RootFile,
  type RootTree,
} from "../io/index.js";
import { type Effects, openFile, rootCodecs, writeSample } from "../io/node/index.js";
import { expandInputs } from "./inputs.js";

export interface SkimJob extends SkimOptions {
  /** Paths, globs and lists `@files.txt` of ROOT files. */
  readonly inputs: readonly string[];
  /** Path of the tree; needed when several trees of a file have the branches. */
  readonly tree?: string;
  /** Events read in all, -1 for all of them. */
  readonly events: number;
  /** Accept two events of the same run, lumi and number. */
  readonly allowDuplicates: boolean;
  /** Compare positions with the geometry and stop when they differ. */
  readonly checkGeometry: boolean;
  /** Folder of the sample. */
  readonly out: string;
  readonly force: boolean;
  readonly version: string;
  readonly signal: AbortSignal;
  readonly effects?: Effects;
  /** Compressed bytes of the trees done and in all. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface SkimReport {
  readonly out: string;
  readonly inputs: readonly string[];
  readonly cutFlow: CutFlow;
  /** [s] */
  readonly seconds: number;
}

const BRANCHES: readonly string[] = [
  ...Object.keys(NTUPLE_EVENT),
  ...Object.values(NTUPLE_GROUPS).flatMap((group) => Object.keys(group)),
];

/** Of clusters that the sample does without: 0 where an ntuple lacks it. */
const OPTIONAL = "tc_multicluster_id";

export async function skimFiles(job: SkimJob): Promise<SkimReport> {
  const start = performance.now();
  const files = await expandInputs(job.inputs);
  const { skim, cutFlow } = createSkim(job);
  const seen = new DuplicateCheck(job.allowDuplicates);
  const total = (
    await Promise.all(files.map(async (file) => (await stat(file).catch(() => ({ size: 0 }))).size))
  ).reduce((sum, size) => sum + size, 0);
  const options = { force: job.force, ...(job.effects === undefined ? {} : { effects: job.effects }) };
  let bytesBefore = 0;
  let left = job.events < 0 ? Infinity : job.events;
  await writeSample(job.out, options, async (writer) => {
    const inputs: object[] = [];
    for (const path of files) {
      const source = await openFile(path);
      try {
        const file = await openRootFile(source, await rootCodecs());
        const tree = await findTree(file, job.tree);
        const record = file.treeRange(tree.path);
        inputs.push({
          path,
          tree: tree.path,
          size: source.size,
          mtime: (await stat(path)).mtime.toISOString(),
          uuid: file.uuid,
          treeRecord: await sha256(await source.read(record.start, record.end)),
        });
        const end = Math.min(tree.entries, left);
        left -= end;
        const geometry = job.checkGeometry ? new GeometryCheck(createGeometry()) : undefined;
        const branches = BRANCHES.filter((name) => name !== OPTIONAL || hasBranch(tree, name));
        for await (const chunk of iterateBranches(tree, branches, { end })) {
          job.signal.throwIfAborted();
          const ntuple = toNtuple(chunk, `${path}: tree "${tree.path}"`);
          geometry?.add(ntuple);
          seen.add(ntuple, path);
          await writer.append(skim(ntuple));
          job.onProgress?.(bytesBefore + (source.size * chunk.end) / tree.entries, total);
        }
        bytesBefore += source.size;
      } catch (error) {
        // The cuts know the event, not the file that it came from.
        if (error instanceof InputError && !error.message.includes(path))
          throw new InputError(`${path}: ${error.message}`, { cause: error });
        throw error;
      } finally {
        await source.close?.();
      }
      if (left <= 0) break;
    }
    job.signal.throwIfAborted();
    const { particles, mipThreshold, maxLayer, reachedEE, deltarThreshold, endcap, events } = job;
    return {
      program: `bye-splits ${job.version}`,
      command: "skim",
      options: { particles, events, mipThreshold, maxLayer, reachedEE, deltarThreshold, endcap },
      inputs,
      cutFlow,
    };
  });
  return { out: job.out, inputs: files, cutFlow, seconds: (performance.now() - start) / 1000 };
}

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", Uint8Array.from(bytes));
  return Buffer.from(digest).toString("hex");
}

/** The tree of that path, or the only one that has all branches. */
async function findTree(file: RootFile, path: string | undefined): Promise<RootTree> {
  const { name } = file.source;
  if (path !== undefined) {
    const tree = await file.tree(path);
    const missing = missingBranches(tree);
    if (missing.length > 0) throw new InputError(`${name}: tree "${path}" lacks ${describeMissing(tree, missing)}`);
    return tree;
  }
  if (file.trees.length === 0) throw new InputError(`${name}: there is no tree in this file`);
  const trees = await Promise.all(file.trees.map((each) => file.tree(each)));
  const matching = trees.filter((tree) => missingBranches(tree).length === 0);
  if (matching.length === 1) return matching[0];
  if (matching.length > 1) {
    throw new InputError(
      `${name}: ${matching.length} trees have the branches of the skim: choose one with --tree: ${matching.map((tree) => tree.path).join(", ")}`,
    );
  }
  const nearest = trees.toSorted((a, b) => missingBranches(a).length - missingBranches(b).length)[0];
  throw new InputError(
    `${name}: no tree has all the branches that the skim needs; "${nearest.path}" lacks ${describeMissing(nearest, missingBranches(nearest))}`,
  );
}

function missingBranches(tree: RootTree): string[] {
  return BRANCHES.filter((name) => name !== OPTIONAL && !hasBranch(tree, name));
}

function hasBranch(tree: RootTree, name: string): boolean {
  return tree.branches.some((branch) => branch.name === name);
}

/** "tc_x, tc_y; it has no tc_* branch at all". */
function describeMissing(tree: RootTree, missing: readonly string[]): string {
  const absent = Object.keys(NTUPLE_GROUPS).filter(
    (group) => !tree.branches.some((branch) => branch.name.startsWith(`${group}_`)),
  );
  return (
    missing.join(", ") +
    (absent.length === 0 ? "" : `; it has no ${absent.map((group) => `${group}_*`).join(", no ")} branch at all`)
  );
}

/** The columns of a chunk by group. InputError when the vectors of a group differ in length. */
function toNtuple(chunk: RootChunk, where: string): NtupleChunk {
  const scalar = (name: string): NtupleChunk["run"] => chunk.columns[name].values as ArrayLike<number | bigint>;
  const vectors = (group: NtupleGroup): { offsets: Int32Array; columns: Record<string, NtupleColumn> } => {
    const names = Object.keys(NTUPLE_GROUPS[group]);
    const { offsets } = chunk.columns[names[0]];
    if (offsets === undefined)
      throw new InputError(`${where}: branch "${names[0]}" has one value an event, expected a vector`);
    const columns: Record<string, NtupleColumn> = {};
    for (const name of names) {
      const column: RootColumn | undefined = chunk.columns[name];
      if (column === undefined) {
        columns[name] = new Uint32Array(offsets[offsets.length - 1]);
        continue;
      }
      if (column.offsets === undefined || !equal(column.offsets, offsets)) {
        throw new InputError(
          `${where}: the branches "${names[0]}" and "${name}" have different numbers of values in an event`,
        );
      }
      columns[name] = column.values as NtupleColumn;
    }
    return { offsets, columns };
  };
  return {
    events: chunk.end - chunk.start,
    run: scalar("run"),
    event: scalar("event"),
    lumi: scalar("lumi"),
    genpart: vectors("genpart") as NtupleChunk["genpart"],
    cl3d: vectors("cl3d") as NtupleChunk["cl3d"],
    tc: vectors("tc") as NtupleChunk["tc"],
  };
}

function equal(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

/** Finds events that occur twice, within and across files. */
class DuplicateCheck {
  readonly #allow: boolean;
  /** File of each event number, by run and lumi. */
  readonly #files = new Map<string, Map<number | bigint, string>>();

  constructor(allow: boolean) {
    this.#allow = allow;
  }

  add({ events, run, lumi, event }: NtupleChunk, file: string): void {
    if (this.#allow) return;
    for (let i = 0; i < events; i++) {
      const key = `${run[i]} ${lumi[i]}`;
      let block = this.#files.get(key);
      if (block === undefined) this.#files.set(key, (block = new Map()));
      const other = block.get(event[i]);
      if (other !== undefined) {
        throw new InputError(
          `run ${run[i]}, lumi ${lumi[i]}, event ${event[i]} occurs twice, in ${other} and in ${file}; use --allow-duplicates to keep both`,
        );
      }
      block.set(event[i], file);
    }
  }
}
