/** Frames in HDF5 files that pandas wrote in its `fixed` format (frames.ts has the layout), without Python. */
import { resolve } from "node:path";
import type { Dataset, File, Group } from "h5wasm/node";
import { FormatError, InputError } from "../../core/index.js";

/** Integers as bigints, all else as doubles; booleans are 0 and 1. The names of the index are columns too. */
export type ReadColumn = Float64Array | BigInt64Array;

export interface ReadFrame {
  readonly rows: number;
  readonly columns: Readonly<Record<string, ReadColumn>>;
  /** Numbers that the group has as attributes. */
  readonly attributes: Readonly<Record<string, number>>;
}

export interface FrameFile {
  /** Of everything that pandas put into the file, such as "coef_0p010". */
  readonly keys: readonly string[];
  /** `names`: only these columns, where they are there. FormatError or InputError that names the key. */
  read(key: string, names?: readonly string[]): ReadFrame;
  close(): void;
}

/** How to write again what cannot be read. */
const CONVERT = `docs/studies.md has the lines of Python that write it as plain frames`;
const ENDING = "the file is truncated or damaged";

/** HDF5's classes of types. */
const [INTEGER, REAL, BITS, ENUM, LISTS] = [0, 1, 4, 8, 9];

/** FormatError for a file that is no HDF5 file, or truncated. */
export async function openFrames(path: string): Promise<FrameFile> {
  const hdf5 = await import("h5wasm/node");
  (await hdf5.ready).activate_throwing_error_handler();
  const file = attempt(() => new hdf5.File(resolve(path), "r"), `${path} cannot be read as HDF5: ${ENDING}`);
  const keys = attempt(
    () => file.paths().filter((name) => attribute(file.get(name), "pandas_type") !== undefined),
    `${path} cannot be read as HDF5: ${ENDING}`,
  );
  return {
    keys,
    read: (key, names) => readFrame(file, key, `${path}: key "${key}"`, names),
    close() {
      file.close();
    },
  };
}

function readFrame(file: File, key: string, place: string, names?: readonly string[]): ReadFrame {
  const group = file.get(key) as Group;
  const kind = attribute(group, "pandas_type");
  if (kind === "frame_table" || kind === "series_table") {
    throw new InputError(`${place} is in pandas' format "table", not "fixed": ${CONVERT}`);
  }
  if (kind !== "frame") {
    const what = kind === "series" ? "is a Series, which pickles the frames in it" : `is no frame (${String(kind)})`;
    throw new InputError(`${place} ${what}: ${CONVERT}`);
  }
  const columns: Record<string, ReadColumn> = indexOf(group, place);
  const blocks = Number(attribute(group, "nblocks") ?? 0);
  for (let b = 0; b < blocks; b++) {
    const items = textsOf(datasetOf(group, `block${b}_items`, place), place);
    if (names !== undefined && !items.some((name) => names.includes(name))) continue;
    const values = datasetOf(group, `block${b}_values`, place);
    const what = `${place}: ${items.slice(0, 3).join(", ")}`;
    const flat = valuesOf(values, what);
    // What pandas calls transposed is row by row.
    const isByRow = attribute(values, "transposed") !== 0;
    const rows = flat.length / items.length;
    const shape = isByRow ? [rows, items.length] : [items.length, rows];
    if (!isEmpty(values) && values.shape?.join() !== shape.join()) {
      throw new FormatError(`${what}: the values are not as many as the names`);
    }
    for (const [c, name] of items.entries()) {
      const pick = (row: number): number => (isByRow ? row * items.length + c : c * rows + row);
      columns[name] =
        flat instanceof BigInt64Array
          ? BigInt64Array.from({ length: rows }, (_, row) => flat[pick(row)])
          : Float64Array.from({ length: rows }, (_, row) => flat[pick(row)]);
    }
  }
  const axis = datasetOf(group, isMulti(group) ? "axis1_label0" : "axis1", place);
  const rows = isEmpty(axis) ? 0 : (axis.shape?.[0] ?? 0);
  const other = Object.keys(columns).find((name) => columns[name].length !== rows);
  if (other !== undefined)
    throw new FormatError(`${place}: ${other} has not as many values as there are rows: ${ENDING}`);
  return { rows, columns, attributes: numbersOf(group) };
}

const isMulti = (group: Group): boolean => attribute(group, "axis1_variety") === "multi";

/** The index under its names; nothing for one without a name. */
function indexOf(group: Group, place: string): Record<string, ReadColumn> {
  const columns: Record<string, ReadColumn> = {};
  if (!isMulti(group)) {
    const axis = datasetOf(group, "axis1", place);
    const name = nameOf(axis);
    if (name !== undefined) columns[name] = valuesOf(axis, `${place}: ${name}`);
    return columns;
  }
  const levels = Number(attribute(group, "axis1_nlevels") ?? 0);
  for (let i = 0; i < levels; i++) {
    const level = datasetOf(group, `axis1_level${i}`, place);
    const name = nameOf(level);
    if (name === undefined) continue;
    const values = valuesOf(level, `${place}: ${name}`);
    const labels = valuesOf(datasetOf(group, `axis1_label${i}`, place), `${place}: ${name}`);
    const numbers = Array.from<bigint | number, number>(labels, Number);
    // A label -1 is a missing value.
    if (values instanceof BigInt64Array && !numbers.includes(-1)) {
      columns[name] = BigInt64Array.from(numbers, (at) => values[at]);
    } else columns[name] = Float64Array.from(numbers, (at) => (at < 0 ? Number.NaN : Number(values[at])));
  }
  return columns;
}

/** Text in the attribute, but for the pickled None. */
function nameOf(dataset: Dataset): string | undefined {
  const name = attribute(dataset, "name");
  return typeof name === "string" && name !== "N." ? name : undefined;
}

/** PyTables cannot store what has no elements: pandas writes one, and what it stands for into attributes. */
const isEmpty = (dataset: Dataset): boolean => attribute(dataset, "value_type") !== undefined;

function valuesOf(dataset: Dataset, what: string): ReadColumn {
  if (isEmpty(dataset)) return new Float64Array(0);
  const { type } = dataset.metadata;
  if (type === LISTS) throw new InputError(`${what}: these are pickled Python objects: ${CONVERT}`);
  if (![INTEGER, REAL, BITS, ENUM].includes(type)) throw new InputError(`${what}: these are no numbers: ${CONVERT}`);
  const values = valueOf(dataset, what) as unknown as ArrayLike<number | bigint>;
  const isLong = values instanceof BigInt64Array || values instanceof BigUint64Array;
  return isLong ? BigInt64Array.from(values) : Float64Array.from(values as ArrayLike<number>);
}

function textsOf(dataset: Dataset, place: string): string[] {
  if (isEmpty(dataset)) return [];
  if (dataset.metadata.type === LISTS && attribute(dataset, "kind") !== "string") {
    throw new InputError(`${place}: its column names are pickled Python objects: ${CONVERT}`);
  }
  return Array.from(valueOf(dataset, place) as ArrayLike<unknown>, String);
}

function valueOf(dataset: Dataset, what: string): unknown {
  const compressed = (error: Error): string => {
    const filter = /filter '(\w+)' is not registered/.exec(error.message)?.[1];
    return filter === undefined
      ? `${what} cannot be read: ${ENDING}`
      : `${what} is compressed with ${filter}: ${CONVERT}`;
  };
  return attempt(() => dataset.value, compressed);
}

function datasetOf(group: Group, name: string, place: string): Dataset {
  const found = attempt(() => group.get(name), `${place} lacks ${name}: ${ENDING}`);
  if (found === null || !("metadata" in found)) throw new FormatError(`${place} lacks ${name}: ${ENDING}`);
  return found as Dataset;
}

function attribute(object: unknown, name: string): unknown {
  const { attrs } = (object ?? {}) as { readonly attrs?: Group["attrs"] };
  if (attrs === undefined || !Object.hasOwn(attrs, name)) return undefined;
  const value: unknown = attrs[name].value;
  return value instanceof Uint8Array || value instanceof Int8Array ? value[0] : value;
}

function numbersOf({ attrs }: Group): Record<string, number> {
  const found = Object.keys(attrs).map((name) => [name, attribute({ attrs }, name)] as const);
  return Object.fromEntries(found.filter((pair): pair is [string, number] => typeof pair[1] === "number"));
}

/** The library throws what only its makers understand. */
function attempt<T>(action: () => T, says: string | ((error: Error) => string)): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new FormatError(typeof says === "string" ? says : says(error), { cause: error });
  }
}
