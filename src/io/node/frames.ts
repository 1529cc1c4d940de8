/**
 * HDF5 files of pandas DataFrames: `pandas.read_hdf(file, key)` reads them. The layout is that of pandas' `fixed` format: a
 * frame is a group with the names of the columns (axis0), the index (axis1), and for each type of number the names of its
 * columns and a matrix of rows and columns (block0_items, block0_values, ...).
 */
import type { Dataset, File, Group } from "h5wasm/node";
import { ExpectedError, OutputError } from "../../core/index.js";
import { HDF5_FILE, MARK } from "./output-kinds.js";
import { type OutputOptions, createOutputFile } from "./output.js";

export type FrameColumn = Float64Array | BigInt64Array | Int32Array | Uint8Array;

/** Equally long columns, and the index. */
export interface Frame {
  readonly columns: Readonly<Record<string, FrameColumn>>;
  readonly index: BigInt64Array;
  readonly indexName?: string;
}

/** Rows of a chunk of a frame that grows: 256 kB of eight columns. */
const CHUNK_ROWS = 4096;

/** Writes a file: `fill` adds the frames. It appears when all is written; when anything fails nothing remains. */
export async function writeFrames(
  path: string,
  options: OutputOptions,
  fill: (frames: FrameWriter) => Promise<void>,
): Promise<void> {
  const output = await createOutputFile(path, HDF5_FILE, options);
  try {
    await fillFrames(output.path, path, fill);
    await output.commit();
  } catch (error) {
    await output.abort();
    throw error;
  }
}

/** Writes a file at `path`, which a folder that appears later may hold: errors call it `shown`. */
export async function fillFrames(
  path: string,
  shown: string,
  fill: (frames: FrameWriter) => Promise<void>,
): Promise<void> {
  try {
    const hdf5 = await import("h5wasm/node");
    // Without it the library prints what goes wrong, and goes on.
    (await hdf5.ready).activate_throwing_error_handler();
    const file = timeless(() => new hdf5.File(path, "w"));
    try {
      await fill(timeless(() => new FrameWriter(file)));
    } finally {
      timeless(() => file.close());
    }
  } catch (error) {
    if (error instanceof ExpectedError || !(error instanceof Error)) throw error;
    const reason = reasonOf(error);
    if (reason === undefined) throw error;
    throw new OutputError(`cannot write ${shown}: ${reason}`, { cause: error });
  }
}

/**
 * Equal content, equal bytes: the library stores with each object when it was made, and cannot be told not to. While it works, which is
 * never across an await, the clock stands still.
 */
function timeless<T>(action: () => T): T {
  const { now } = Date;
  Date.now = () => 0;
  try {
    return action();
  } finally {
    Date.now = now;
  }
}

/** What the operating system told the library; undefined for errors of other kinds. */
function reasonOf({ message }: Error): string | undefined {
  // The library writes its messages to a temporary file first, in vain where that disk is full as well.
  if (message === "") return "the HDF5 library gives no reason: is the disk full?";
  return /error message = '([^']*)'/.exec(message)?.[1];
}

/** Columns of one type of number. */
type Block = readonly string[];

interface OpenFrame {
  readonly blocks: readonly Block[];
  readonly index: Dataset;
  readonly values: readonly Dataset[];
  rows: number;
}

/** Adds frames under keys such as "data" or "cs/data". */
export class FrameWriter {
  readonly #file: File;
  /** Where lists of names are: frames with the same columns share them. */
  readonly #lists = new Map<string, string>();
  readonly #open = new Map<string, OpenFrame>();
  readonly #parents = new Set<string>();

  constructor(file: File) {
    this.#file = file;
    // PyTables, below pandas, looks for these two.
    addText(file, "CLASS", "GROUP");
    addText(file, "PYTABLES_FORMAT_VERSION", "2.1");
    addText(file, "generator", MARK);
  }

  /** A whole frame, with `attributes`: numbers of its group. */
  add(key: string, frame: Frame, attributes: Readonly<Record<string, number>> = {}): void {
    timeless(() => this.#create(key, frame, false, attributes));
  }

  /** Rows at the end of a frame; the first ones, be they none, begin it. */
  append(key: string, frame: Frame, attributes: Readonly<Record<string, number>> = {}): void {
    timeless(() => this.#append(key, frame, attributes));
  }

  #append(key: string, frame: Frame, attributes: Readonly<Record<string, number>>): void {
    const open = this.#open.get(key);
    if (open === undefined) {
      this.#open.set(key, this.#create(key, frame, true, attributes));
      return;
    }
    const { columns, index } = frame;
    if (index.length === 0) return;
    const start = open.rows;
    open.rows += index.length;
    open.index.resize([open.rows]);
    open.index.write_slice([[start, open.rows]], index);
    for (const [b, block] of open.blocks.entries()) {
      open.values[b].resize([open.rows, block.length]);
      open.values[b].write_slice([[start, open.rows], []], interleaved(columns, block));
    }
  }

  #create(
    key: string,
    { columns, index, indexName }: Frame,
    grows: boolean,
    attributes: Readonly<Record<string, number>> = {},
  ): OpenFrame {
    const group = this.#createGroup(key);
    const names = Object.keys(columns);
    const blocks = blocksOf(columns);
    addText(group, "pandas_type", "frame");
    group.create_attribute("ndim", 2, [], "<i");
    group.create_attribute("nblocks", blocks.length, [], "<i");
    this.#addNames(group, "axis0", names);
    addText(group, "axis1_variety", "regular");
    for (const [name, value] of Object.entries(attributes)) group.create_attribute(name, value, [], "<d");
    const rows = index.length;
    const create = (name: string, data: FrameColumn, width: readonly number[]): Dataset => {
      const growth = grows ? { maxshape: [null, ...width], chunks: [CHUNK_ROWS, ...width] } : {};
      return group.create_dataset({ name, data, shape: [rows, ...width], ...growth });
    };
    const axis1 = create("axis1", index, []);
    addText(axis1, "kind", "integer");
    if (indexName !== undefined) addText(axis1, "name", indexName);
    const values = blocks.map((block, b) => {
      this.#addNames(group, `block${b}_items`, block);
      const dataset = create(`block${b}_values`, interleaved(columns, block), [block.length]);
      dataset.create_attribute("transposed", 1, [], "<B");
      return dataset;
    });
    return { blocks, index: axis1, values, rows };
  }

  #createGroup(key: string): Group {
    const [parent, name] = key.split("/");
    if (name !== undefined && !this.#parents.has(parent)) {
      this.#parents.add(parent);
      this.#file.create_group(parent);
    }
    return this.#file.create_group(key);
  }

  #addNames(group: Group, name: string, list: readonly string[]): void {
    addText(group, `${name}_variety`, "regular");
    const known = this.#lists.get(list.join());
    if (known !== undefined) {
      group.create_hard_link(known, name);
      return;
    }
    this.#lists.set(list.join(), `${group.path}/${name}`);
    const width = Math.max(...list.map((text) => text.length));
    const dataset = group.create_dataset({ name, data: [...list], shape: [list.length], dtype: `S${width}` });
    addText(dataset, "kind", "string");
  }
}

function addText(object: Pick<Group, "create_attribute">, name: string, text: string): void {
  object.create_attribute(name, text, [], `S${text.length}`);
}

/** The columns by type of number, in the order in which the types come. */
function blocksOf(columns: Frame["columns"]): Block[] {
  const blocks = new Map<unknown, string[]>();
  for (const [name, column] of Object.entries(columns)) {
    const block = blocks.get(column.constructor);
    if (block === undefined) blocks.set(column.constructor, [name]);
    else block.push(name);
  }
  return [...blocks.values()];
}

/** Columns of one type as a matrix, row by row. */
function interleaved(columns: Frame["columns"], block: Block): FrameColumn {
  const [first] = block.map((name) => columns[name]);
  if (block.length === 1) return first;
  const matrix = new (first.constructor as new (length: number) => Float64Array)(first.length * block.length);
  for (const [c, name] of block.entries()) {
    const column = columns[name] as Float64Array;
    for (let row = 0, at = c; row < column.length; row++, at += block.length) matrix[at] = column[row];
  }
  return matrix;
}
