/** Geometry files: imported from CMSSW's TreeTriggerCells, stored as Parquet, opened for what uses positions. */
import { existsSync } from "node:fs";
import { createTable, exactColumn, InputError } from "../core/index.js";
import {
  createGeometry,
  DEFAULT_GEOMETRY,
  type Geometry,
  importCells,
  IMPORTED_CELLS,
  type ImportedCells,
  type ImportReport,
  SCINTILLATOR_WAFER,
} from "../detector/index.js";
import {
  checkShape,
  numbersOf,
  openParquet,
  openRootFile,
  placeOf,
  readBranches,
  rntupleNote,
  type RootTree,
  TableWriter,
} from "../io/index.js";
import { type Effects, nodeCodecs, openFile, PARQUET_FILE, rootCodecs, writeOutputFile } from "../io/node/index.js";

/** What the tree of CMSSW's trigger geometry tester has for each trigger cell, scalars all. */
const BRANCHES = [
  "zside",
  "subdet",
  "layer",
  "waferu",
  "waferv",
  "triggercellu",
  "triggercellv",
  "triggercellieta",
  "triggercelliphi",
  "x",
  "y",
  "z",
] as const;
const TREE = "TreeTriggerCells";
const SCINTILLATOR = 10;

export interface ImportGeometryJob {
  /** ROOT file with a TreeTriggerCells. */
  readonly input: string;
  /** Path of the tree, when several are called so. */
  readonly tree?: string;
  /** Parquet file to write. */
  readonly out: string;
  readonly force: boolean;
  readonly effects?: Effects;
}

/** Reads the positive endcap's trigger cells of a ROOT file, compares them with V11 and stores them. */
export async function importGeometry(job: ImportGeometryJob): Promise<ImportReport & { out: string; version: string }> {
  const cells = await readTriggerCells(job.input, job.tree);
  const { geometry, report } = importCells(createGeometry(DEFAULT_GEOMETRY), cells);
  const { force, effects } = job;
  const options = { force, inputs: [job.input], ...(effects === undefined ? {} : { effects }) };
  await writeOutputFile(job.out, PARQUET_FILE, options, async (sink) => {
    const writer = new TableWriter(IMPORTED_CELLS, sink, await nodeCodecs());
    await writer.append(cells);
    await writer.finish();
  });
  return { ...report, out: job.out, version: geometry.version };
}

/** The geometry of a file that `importGeometry` wrote, or of a version by its name; that of the sample without one. */
export async function openGeometry(path: string | undefined, ofSample = DEFAULT_GEOMETRY): Promise<Geometry> {
  if (path === undefined) return createGeometry(ofSample);
  if (/^v\d+$/i.test(path) && !existsSync(path)) return createGeometry(path.toUpperCase());
  const file = await openParquet(await openFile(path), await nodeCodecs());
  try {
    file.missingColumns(IMPORTED_CELLS);
    return importCells(createGeometry(ofSample), await file.read(IMPORTED_CELLS)).geometry;
  } finally {
    await file.close();
  }
}

async function readTriggerCells(path: string, tree: string | undefined): Promise<ImportedCells> {
  const source = await openFile(path);
  try {
    const file = await openRootFile(source, await rootCodecs());
    const named = file.trees.filter((each) => each === TREE || each.endsWith(`/${TREE}`));
    if (tree === undefined && named.length !== 1) {
      const found =
        named.length === 0
          ? `there is no ${TREE}; its trees are ${file.trees.join(", ")}${rntupleNote(file)}`
          : `there are ${named.join(", ")}`;
      throw new InputError(`${path}: ${found}; name one with --tree`);
    }
    return await toCells(await file.tree(tree ?? named[0]), path);
  } finally {
    await source.close?.();
  }
}

async function toCells(tree: RootTree, path: string): Promise<ImportedCells> {
  const missing = BRANCHES.filter((name) => !tree.branches.some((branch) => branch.name === name));
  if (missing.length > 0) throw new InputError(`${path}: tree "${tree.path}" lacks ${missing.join(", ")}`);
  for (const name of BRANCHES) checkShape(tree, name, ["number"]);
  const { columns } = await readBranches(tree, BRANCHES);
  const value = Object.fromEntries(
    BRANCHES.map((name) => {
      const type = ["x", "y", "z"].includes(name) ? "double" : "int32";
      return [name, exactColumn(type, numbersOf(columns[name]), placeOf(tree, name, {}, 0))];
    }),
  ) as Record<(typeof BRANCHES)[number], Float64Array | Int32Array>;
  const rows: number[] = [];
  for (let i = 0; i < tree.entries; i++) if (value.zside[i] > 0) rows.push(i);
  const cells = createTable(IMPORTED_CELLS, rows.length);
  const to = cells.columns;
  const layerOf = createLayerNumbers(createGeometry(DEFAULT_GEOMETRY));
  for (const [k, i] of rows.entries()) {
    const isScintillator = value.subdet[i] === SCINTILLATOR;
    to.layer[k] = layerOf(value.subdet[i], value.layer[i], value.z[i]);
    to.wu[k] = isScintillator ? SCINTILLATOR_WAFER : value.waferu[i];
    to.wv[k] = isScintillator ? SCINTILLATOR_WAFER : value.waferv[i];
    to.cu[k] = isScintillator ? value.triggercellieta[i] : value.triggercellu[i];
    to.cv[k] = isScintillator ? value.triggercelliphi[i] : value.triggercellv[i];
    to.x[k] = value.x[i];
    to.y[k] = value.y[i];
    to.z[k] = value.z[i];
  }
  return cells;
}

/** CMSSW counts the layers of CE-H from 1 in some trees and on from CE-E in others: z tells which. */
function createLayerNumbers({ layers }: Geometry): (subdet: number, layer: number, z: number) => number {
  const cee = layers.filter(({ kind }) => kind === "CE-E").length;
  return (subdet, layer, z) => {
    if (subdet === 1) return layer;
    const distance = (number: number): number => Math.abs((layers[number - 1]?.z ?? Infinity) - Math.abs(z));
    return distance(layer + cee) < distance(layer) ? layer + cee : layer;
  };
}
