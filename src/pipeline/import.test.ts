import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BranchSpec, type WriteColumn } from "../io/index.js";
import { openSampleFolder, writeRootTree } from "../io/node/index.js";
import { importReference } from "./import.js";

const PARQUET = join(import.meta.dirname, "../../test/fixtures/parquet/good-events.parquet");
const BIG_EVENTS = join(import.meta.dirname, "../../../shared/cases/02-int64-rounded-on-import/bigevent.parquet");
const GEN = ["exeta", "exphi", "energy"];
const CL3D = ["energy", "pt", "eta", "phi"];
const INTEGERS = ["layer", "waferu", "waferv", "cellu", "cellv"];
const REALS = ["x", "y", "z", "eta", "phi", "energy", "pt", "mipPt"];

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bye-splits-import-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Lists of each of 4 events as a column. */
function column(of: (event: number) => number[]): WriteColumn {
  const lists = [0, 1, 2, 3].map(of);
  let end = 0;
  return { values: lists.flat(), offsets: [0, ...lists.map((list) => (end += list.length))] };
}

/** The numbers of test/fixtures/parquet/good-events.parquet (scripts/make-parquet-fixtures.py), without some branches. */
async function writeGood(
  name: string,
  without: readonly string[] = [],
  event: { type: BranchSpec["type"]; values: readonly (number | bigint)[] } = {
    type: "int32",
    values: [100, 101, 102, 103],
  },
): Promise<string> {
  const branches: BranchSpec[] = [{ name: "event", type: event.type }];
  const columns: Record<string, WriteColumn> = { event: { values: event.values } };
  const add = (branch: string, type: BranchSpec["type"], of: (event: number) => number[]): void => {
    if (without.includes(branch)) return;
    branches.push({ name: branch, type, vector: true });
    columns[branch] = column(of);
  };
  for (const each of GEN) add(`good_genpart_${each}`, "float", (e) => [1.5 + e]);
  for (const each of CL3D) add(`good_cl3d_${each}`, "float", (e) => [1.5 + e, 2]);
  const cells = (e: number): number[] => Array.from({ length: e % 3 }, (_, k) => e + k);
  for (const each of INTEGERS) add(`good_tc_${each}`, "int32", cells);
  for (const each of REALS) add(`good_tc_${each}`, "float", cells);
  const path = join(folder, name);
  await writeRootTree(path, {}, { tree: "tree", title: "", branches }, (writer) => writer.fill(4, columns));
  return path;
}

function importFile(input: string, out: string, tree?: string): ReturnType<typeof importReference> {
  const { signal } = new AbortController();
  return importReference({
    input,
    out: join(folder, out),
    force: false,
    version: "0.0.0",
    signal,
    ...(tree && { tree }),
  });
}

describe.each(["ROOT", "Parquet"])("%s", (kind) => {
  test("every event and trigger cell is kept, what is missing is derived", async () => {
    const input = kind === "ROOT" ? await writeGood("good.root") : PARQUET;
    const { cutFlow } = await importFile(input, kind);
    expect(cutFlow).toMatchObject({ events: 4, entries: 4, tcsKept: 3, tcsBelowThreshold: 0 });
    const sample = await openSampleFolder(join(folder, kind));
    const { entries, gen, cl3d, tc } = await sample.readBatch(0);
    await sample.close();
    expect([...entries.columns.event]).toEqual([100n, 101n, 102n, 103n]);
    expect([...entries.columns.tc_rows]).toEqual([0, 1, 2, 0]);
    expect([...gen.columns.gen_eta]).toEqual([1.5, 2.5, 3.5, 4.5]);
    expect(gen.columns.gen_pt[0]).toBeCloseTo(1.5 / Math.cosh(1.5), 6);
    expect([...cl3d.columns.cl3d_en]).toEqual([1.5, 2, 2.5, 2, 3.5, 2, 4.5, 2]);
    expect([...cl3d.columns.matches]).toEqual([1, 0, 1, 0, 1, 0, 1, 0]);
    expect([...tc.columns.tc_wu]).toEqual([1, 2, 3]);
    expect([...tc.columns.tc_mipPt]).toEqual([1, 2, 3]);
    expect([...tc.columns.tc_zside]).toEqual([1, 1, 1]);
    expect([...tc.columns.tc_subdet]).toEqual([1, 1, 1]);
  });
});

test("event numbers of any size and sign are exact: as bigints of a table, as branches of 64 bits", async () => {
  const numbers = [2n ** 53n + 1n, 2n ** 53n + 2n, -3n, -(2n ** 63n)];
  const branches = await writeGood("large.root", [], { type: "int64", values: numbers });
  await importFile(branches, "large");
  const sample = await openSampleFolder(join(folder, "large"));
  await sample.close();
  expect([...sample.entries.columns.event]).toEqual(numbers);
});

test.runIf(existsSync(BIG_EVENTS))("case 02: numbers beyond 2^53 of a Parquet file [needs shared data]", async () => {
  await importFile(BIG_EVENTS, "big-events");
  const sample = await openSampleFolder(join(folder, "big-events"));
  await sample.close();
  expect([...sample.entries.columns.event]).toEqual(Array.from({ length: 20 }, (_, i) => 2n ** 53n + 1n + BigInt(i)));
});

describe("errors", () => {
  test.each([
    {
      name: "half an event number",
      event: { type: "double", values: [1.5, 2, 3, 4] },
      says: "1.5",
    },
    {
      name: "one that a double has rounded",
      event: { type: "double", values: [2 ** 53, 2, 3, 4] },
      says: "9007199254740992",
    },
  ] as const)("$name is refused", async ({ name, event, says }) => {
    const input = await writeGood(`${name}.root`, [], event);
    await expect(importFile(input, name)).rejects.toThrow(
      `${input}: branch "event" in tree "tree", entry 0: ${says} is not exact as an integer of 64 bits`,
    );
  });

  test("branches that are missing are named", async () => {
    const input = await writeGood("missing.root", ["good_tc_x", "good_cl3d_eta"]);
    await expect(importFile(input, "missing")).rejects.toThrow(
      `${input} is not a file of the reference: it lacks good_cl3d_eta, good_tc_x`,
    );
  });

  test("a tree that is not there", async () => {
    const input = await writeGood("tree.root");
    await expect(importFile(input, "tree", "other")).rejects.toThrow(`tree not found: "other" in ${input}`);
  });

  test("another kind of file", async () => {
    await expect(importFile(import.meta.filename, "kind")).rejects.toThrow(
      `${import.meta.filename} is neither a ROOT nor a Parquet file`,
    );
  });
});
