/** What is in a file or folder, as JSON and as text. */
import { counted, InputError, partsInWords } from "../core/index.js";
import { checkNotEmpty, openParquet, openRootFile, type ParquetColumnInfo, type RootBranch } from "../io/index.js";
import {
  hasFile,
  nodeCodecs,
  openFile,
  openFolder,
  openRunFolder,
  openSampleFolder,
  rootCodecs,
} from "../io/node/index.js";
import { formatTable, short } from "./globals.js";

export interface Description {
  readonly kind: "sample" | "run" | "study" | "parquet" | "root";
  readonly content: object;
  readonly lines: readonly string[];
}

export async function describe(path: string): Promise<Description> {
  if (path.endsWith(".root")) return describeRoot(path);
  if (path.endsWith(".parquet")) return describeParquet(path);
  const folder = await openFolder(path).catch(() => undefined);
  if (folder === undefined) return describeUnnamed(path);
  if (await hasFile(folder, "run.json")) return describeRun(path);
  if (await hasFile(folder, "study.json")) return describeStudy(path);
  return describeSample(path);
}

/** A file whose name says nothing: its first bytes do. */
async function describeUnnamed(path: string): Promise<Description> {
  const source = await openFile(path);
  checkNotEmpty(source);
  const magic = source.size < 4 ? "" : String.fromCharCode(...(await source.read(0, 4)));
  await source.close?.();
  if (magic === "root") return describeRoot(path);
  if (magic === "PAR1") return describeParquet(path);
  throw new InputError(`${path}: neither a ROOT nor a Parquet file; expected one of these, a sample or a run`);
}

const bytes = (n: number): string =>
  n < 1e4 ? `${n} B` : n < 1e7 ? `${(n / 1e3).toFixed(0)} kB` : `${(n / 1e6).toFixed(0)} MB`;
const ratio = (uncompressed: number, compressed: number): string =>
  compressed === 0 ? "" : (uncompressed / compressed).toFixed(1);

async function describeRoot(path: string): Promise<Description> {
  const source = await openFile(path);
  const file = await openRootFile(source, await rootCodecs());
  const trees = await Promise.all(file.trees.map((tree) => file.tree(tree)));
  await source.close?.();
  const content = {
    size: source.size,
    uuid: file.uuid,
    compression: file.compression,
    rntuples: file.rntuples,
    trees: trees.map((tree) => ({
      path: tree.path,
      entries: tree.entries,
      branches: tree.branches.map(
        ({ path: name, typeName, compressedBytes, uncompressedBytes, compression, baskets }) => ({
          name,
          type: typeName,
          baskets: baskets.length,
          compressedBytes,
          uncompressedBytes,
          compression,
        }),
      ),
    })),
  };
  const branchRow = (total: number) => (branch: RootBranch) => [
    branch.path,
    branch.typeName,
    bytes(branch.compressedBytes),
    total === 0 ? "" : `${((100 * branch.compressedBytes) / total).toFixed(1)} %`,
    ratio(branch.uncompressedBytes, branch.compressedBytes),
  ];
  const blocks = trees.map((tree) => {
    const total = tree.branches.reduce((sum, branch) => sum + branch.compressedBytes, 0);
    const table = formatTable(["branch", "type", "size", "share", "ratio"], tree.branches.map(branchRow(total)));
    return [
      `tree "${tree.path}": ${counted(tree.entries, "entry", "entries")}, ${counted(tree.branches.length, "branch", "branches")}, ${bytes(total)}`,
      ...table,
    ];
  });
  const rntuples = file.rntuples.map((name) => [`RNTuple "${name}": not supported`]);
  return {
    kind: "root",
    content,
    lines: blank([
      [`${path}: ROOT file, ${bytes(source.size)}, ${file.compression}, ${counted(trees.length, "tree")}`],
      ...blocks,
      ...rntuples,
    ]),
  };
}

/** Blocks of lines with an empty line between two. */
function blank(blocks: readonly (readonly string[])[]): string[] {
  return blocks.flatMap((block, i) => (i === 0 ? block : ["", ...block]));
}

function columnTable(columns: readonly ParquetColumnInfo[]): string[] {
  const rows = columns.map(({ name, type, compression, compressedBytes, uncompressedBytes }) => [
    name,
    type,
    compression,
    bytes(compressedBytes),
    ratio(uncompressedBytes, compressedBytes),
  ]);
  return formatTable(["column", "type", "compression", "size", "ratio"], rows);
}

async function describeParquet(path: string): Promise<Description> {
  const file = await openParquet(await openFile(path), await nodeCodecs());
  const columns = file.describe();
  await file.close();
  return {
    kind: "parquet",
    content: { rows: file.rows, rowGroups: file.groups.length, size: file.source.size, columns },
    lines: [
      `${path}: Parquet file, ${counted(file.rows, "row")} in ${counted(file.groups.length, "row group")}, ${bytes(file.source.size)}`,
      "",
      ...columnTable(columns),
    ],
  };
}

async function describeSample(path: string): Promise<Description> {
  const sample = await openSampleFolder(path);
  const { entries, made, hash } = sample;
  await sample.close();
  const { gen_rows, cl3d_rows, tc_rows } = entries.columns;
  const total = (column: Int32Array): number => column.reduce((sum, n) => sum + n, 0);
  const counts = { entries: entries.rows, gen: total(gen_rows), cl3d: total(cl3d_rows), tc: total(tc_rows) };
  const rows = Object.entries(counts).map(([name, n]) => [name, n.toLocaleString("en-US"), short(n / entries.rows)]);
  return {
    kind: "sample",
    content: { counts, hash, made: made ?? null },
    lines: blank([
      [`${path}: sample, ${counted(sample.batches, "batch", "batches")}, hash ${hash}`],
      [
        made === undefined
          ? "made elsewhere: there is no sample.json"
          : `made by ${made.program} ${made.command} ${JSON.stringify(made.options)}`,
      ],
      formatTable(["table", "rows", "an entry"], rows),
    ]),
  };
}

async function describeRun(path: string): Promise<Description> {
  const { parseRunInfo } = await import("../chain/index.js");
  const run = await openRunFolder(path);
  const { tables } = run.info;
  const { summary, sample, selection, chains, program } = parseRunInfo(run);
  const rows = Object.entries(tables).map(([name, { rows: n }]) => [name, n.toLocaleString("en-US")]);
  return {
    kind: "run",
    content: { tables, summary, sample, selection, chains, program },
    lines: blank([
      [`${path}: run of ${program}, chains ${chains.join(",")}, selection ${selection}`],
      [`sample ${sample.absolute ?? sample.path}`],
      formatTable(["table", "rows"], rows),
    ]),
  };
}

async function describeStudy(path: string): Promise<Description> {
  const { inspectStudy } = await import("../pipeline/studies/inspect.js");
  const { plan, tables, done, result, lines } = await inspectStudy(path);
  const { study, program, samples, selection, chains, points, parts, options, imported } = plan;
  const rows = Object.entries(tables).map(([name, { rows: n }]) => [name, n.toLocaleString("en-US")]);
  const people = samples.map(({ name, particles, pileup, entries }) => [
    name,
    particles ?? "unknown",
    pileup === undefined ? "unknown" : `PU${pileup}`,
    entries.toLocaleString("en-US"),
  ]);
  const state = result === undefined ? "not combined yet" : "combined";
  return {
    kind: "study",
    content: { study, program, samples, selection, chains, options, points, parts, done, tables, result, imported },
    lines: blank([
      [`${path}: study ${study} of ${program}, chains ${chains.join(", ")}, selection ${selection}`],
      [
        `${counted(points.length, "point")}, ${parts.length === 0 ? "" : `${partsInWords(done.length, parts.length)}, `}${state}`,
      ],
      formatTable(["sample", "particles", "pile-up", "entries"], people),
      ...(rows.length === 0 ? [] : [formatTable(["table", "rows"], rows)]),
      ...(lines.length === 0 ? [] : [lines]),
    ]),
  };
}
