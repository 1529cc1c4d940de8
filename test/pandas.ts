/** HDF5 files as pandas and h5py read them, where they are. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect } from "vitest";
import { type Column } from "../src/core/index.js";
import { root } from "./cli.js";

const python = process.env["BYE_SPLITS_PYTHON"] ?? "python3";
export const hasPandas = spawnSync(python, ["-c", "import pandas, h5py, tables"]).status === 0;

export interface PandasFrame {
  readonly index: { readonly name: string | null; readonly values: readonly number[] };
  readonly columns: Readonly<Record<string, readonly (number | null)[]>>;
  readonly types: Readonly<Record<string, string>>;
  readonly h5py: readonly string[];
  /** Of the group; numbers alone. */
  readonly attributes: Readonly<Record<string, number>>;
}

export function readByPandas(path: string): Record<string, PandasFrame> {
  const script = join(root, "test/read-frames.py");
  const { status, stdout, stderr } = spawnSync(python, [script, path], { encoding: "utf8", maxBuffer: 1e9 });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout) as Record<string, PandasFrame>;
}

/** Numbers as JSON has them. */
export function plain(column: Column): unknown[] {
  return Array.from<unknown, unknown>(column, (value) => (Number.isNaN(value) ? null : Number(value)));
}
