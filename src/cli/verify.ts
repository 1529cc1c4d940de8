/** All checksums of a sample, a run, a study or a file. */
import { join } from "node:path";
import { InputError } from "../core/index.js";
import { openParquet } from "../io/index.js";
import {
  hasFile,
  nodeCodecs,
  openFile,
  openFolder,
  openRunFolder,
  openSampleFolder,
  realEffects,
} from "../io/node/index.js";

export interface Verification {
  readonly kind: "sample" | "run" | "study" | "parquet";
  /** What was compared with its checksum, and what has none. */
  readonly verified: readonly string[];
  readonly without: readonly string[];
}

/** Reads everything. FormatError for the first thing that is not as it was written; InputError for files without checksums. */
export async function verify(path: string): Promise<Verification> {
  if (path.endsWith(".parquet")) {
    const file = await openParquet(await openFile(path), await nodeCodecs());
    try {
      return sorted("parquet", [[path, await file.verify()]]);
    } finally {
      await file.close();
    }
  }
  if ((await realEffects.kind(path)) === "file") {
    throw new InputError(`${path}: only samples, runs, studies and Parquet tables (.parquet) have checksums to verify`);
  }
  const folder = await openFolder(path);
  if (await hasFile(folder, "run.json")) return sorted("run", await verifyRun(path, "run"));
  if (!(await hasFile(folder, "study.json"))) return verifySample(path);
  const found = await verifyRun(path, "study");
  for (const name of (await realEffects.list(path)).filter((each) => /^part-[\dp-]+$/.test(each)).toSorted()) {
    const part = await verifyRun(join(path, name), "part");
    found.push(...part.map(([table, verified]) => [`${name}/${table}`, verified] as const));
  }
  return sorted("study", found);
}

async function verifySample(path: string): Promise<Verification> {
  const sample = await openSampleFolder(path);
  try {
    const without = await sample.verify();
    const known = sample.info?.tables ?? {};
    return sorted("sample", [
      ["sample.json", sample.info?.checksum !== undefined],
      ...sample.tables.map((name) => [name, !without.includes(name) && Object.hasOwn(known, name)] as const),
    ]);
  } finally {
    await sample.close();
  }
}

type Found = (readonly [name: string, verified: boolean])[];

async function verifyRun(path: string, kind: "run" | "study" | "part"): Promise<Found> {
  const run = await openRunFolder(path, kind);
  const folder = await openFolder(path);
  const found: Found = [[`${kind}.json`, run.info.checksum !== undefined]];
  for (const name of Object.keys(run.info.tables)) {
    const file = await run.openTable(name);
    try {
      found.push([name, await file.verify()]);
    } finally {
      await file.close();
    }
  }
  // Made from the tables in formats without checksums: that they are there is all that can be said.
  for (const name of run.info.files ?? []) {
    if (!(await hasFile(folder, name))) {
      throw new InputError(`${path} has no ${name}, which ${kind}.json lists: make the ${kind} again`);
    }
    found.push([name, false]);
  }
  return found;
}

function sorted(
  kind: Verification["kind"],
  found: readonly (readonly [name: string, verified: boolean])[],
): Verification {
  const names = (wanted: boolean): string[] =>
    found.filter(([, verified]) => verified === wanted).map(([name]) => name);
  const verified = names(true);
  if (verified.length === 0) {
    throw new InputError(
      `${names(false).join(", ")}: no checksums to verify: written by another program, or an earlier version`,
    );
  }
  return { kind, verified, without: names(false) };
}
