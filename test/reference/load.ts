/** Reads the inputs and outputs of the reference: gzipped JSON lines, null for NaN. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { createTable } from "../../src/core/index.js";
import { CL3D, ENTRIES, GEN, type SampleBatch, TC } from "../../src/events/index.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The committed subset; it is always there. */
export const GOLDEN = `${root}test/golden`;

/** The whole reference, or null (with a message) where it is absent. */
export function referenceFolder(): string | null {
  const folder = process.env["BYE_SPLITS_REFERENCE"] ?? `${root}../shared/reference`;
  return existsSync(`${folder}/params.json`) ? folder : null;
}

export function hasFile(path: string): boolean {
  return existsSync(`${path}.jsonl.gz`);
}

/** The names of the files in a sample's folder that match, without their extension. */
export function listFiles(folder: string, pattern: RegExp): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".jsonl.gz"))
    .map((file) => file.replace(".jsonl.gz", ""))
    .filter((name) => pattern.test(name))
    .toSorted();
}

export function readLines<T>(path: string): T[] {
  const text = gunzipSync(readFileSync(`${path}.jsonl.gz`))
    .toString("utf8")
    .trimEnd();
  return text === "" ? [] : text.split("\n").map((line) => JSON.parse(line) as T);
}

export interface ReferenceInput {
  event: number;
  tag: string;
  gen: { gen_eta: number; gen_phi: number; gen_en: number; gen_pt: number }[];
  cl3d: {
    cl3d_eta: number | null;
    cl3d_phi: number | null;
    cl3d_id: number;
    cl3d_en: number | string | null;
    cl3d_pt: number | null;
  }[];
  tc: Record<"wu" | "wv" | "cu" | "cv" | "layer", number[]> &
    Record<"pt" | "mipPt" | "energy" | "x" | "y" | "z" | "eta" | "phi", (number | null)[]>;
}

const real = (value: number | string | null): number => (value === null ? Number.NaN : Number(value));

/** One batch of the events, one entry each, all in the positive endcap. */
export function toBatch(inputs: readonly ReferenceInput[]): SampleBatch {
  const sum = (count: (input: ReferenceInput) => number): number => inputs.reduce((n, input) => n + count(input), 0);
  const entries = createTable(ENTRIES, inputs.length);
  const gen = createTable(
    GEN,
    sum((input) => input.gen.length),
  );
  const cl3d = createTable(
    CL3D,
    sum((input) => input.cl3d.length),
  );
  const tc = createTable(
    TC,
    sum((input) => input.tc.wu.length),
  );
  let genRow = 0;
  let cl3dRow = 0;
  let tcRow = 0;
  for (const [entry, input] of inputs.entries()) {
    const event = BigInt(input.event);
    const e = entries.columns;
    e.entry[entry] = entry;
    e.event[entry] = event;
    e.zside[entry] = 1;
    e.gen_first[entry] = genRow;
    e.gen_rows[entry] = input.gen.length;
    e.cl3d_first[entry] = cl3dRow;
    e.cl3d_rows[entry] = input.cl3d.length;
    e.tc_first[entry] = tcRow;
    e.tc_rows[entry] = input.tc.wu.length;
    for (const row of input.gen) {
      gen.columns.event[genRow] = event;
      for (const name of ["gen_eta", "gen_phi", "gen_en", "gen_pt"] as const) gen.columns[name][genRow] = row[name];
      genRow++;
    }
    for (const row of input.cl3d) {
      cl3d.columns.event[cl3dRow] = event;
      cl3d.columns.cl3d_id[cl3dRow] = BigInt(row.cl3d_id);
      for (const name of ["cl3d_eta", "cl3d_phi", "cl3d_en", "cl3d_pt"] as const) {
        cl3d.columns[name][cl3dRow] = real(row[name]);
      }
      cl3dRow++;
    }
    for (let i = 0; i < input.tc.wu.length; i++, tcRow++) {
      const to = tc.columns;
      to.entry[tcRow] = entry;
      to.event[tcRow] = event;
      for (const name of ["wu", "wv", "cu", "cv", "layer"] as const) to[`tc_${name}`][tcRow] = input.tc[name][i];
      for (const name of ["pt", "mipPt", "energy", "x", "y", "z", "eta", "phi"] as const) {
        to[`tc_${name}`][tcRow] = real(input.tc[name][i]);
      }
      to.tc_zside[tcRow] = to.tc_z[tcRow] < 0 ? -1 : 1;
    }
  }
  return { entries, gen, cl3d, tc };
}

/** Counts comparisons, so that a test can say that it compared something. */
export class Comparison {
  count = 0;
  worst = 0;

  /** Equal to a relative 1e-9, or to `absolute`; NaN equals null. */
  near(got: number, want: number | null, what: string, absolute = 1e-12): void {
    this.count++;
    if (want === null || Number.isNaN(got)) {
      if (want === null && Number.isNaN(got)) return;
      throw new Error(`${what}: got ${got}, expected ${want}`);
    }
    if (got === want) return;
    const difference = Math.abs(got - want);
    const relative = difference / Math.max(Math.abs(got), Math.abs(want));
    // Written so that a missing value fails.
    if (!(difference <= absolute) && !(relative <= 1e-9)) throw new Error(`${what}: got ${got}, expected ${want}`);
    if (difference > absolute) this.worst = Math.max(this.worst, relative);
  }

  same(got: ArrayLike<number>, want: ArrayLike<number>, what: string): void {
    this.count += want.length;
    if (got.length !== want.length) throw new Error(`${what}: got ${got.length} values, expected ${want.length}`);
    for (let i = 0; i < want.length; i++) {
      if (got[i] !== want[i]) throw new Error(`${what}[${i}]: got ${got[i]}, expected ${want[i]}`);
    }
  }
}
