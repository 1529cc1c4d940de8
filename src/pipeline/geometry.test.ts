import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cellsToImport, createGeometry, tcIndex } from "../detector/index.js";
import { type WriteColumn } from "../io/index.js";
import { writeRootTree } from "../io/node/index.js";
import { importGeometry, openGeometry } from "./geometry.js";

const base = createGeometry();
const { columns: own, rows } = cellsToImport(base);
/** Every 40th cell keeps the file small. */
const some = Array.from({ length: Math.floor(rows / 40) }, (_, i) => 40 * i);

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bye-splits-geometry-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** A tree as CMSSW writes it: both endcaps, CE-H counted from layer 1 where `restart`. */
async function writeTree(name: string, shift: number, restart: boolean): Promise<string> {
  const scintillator = some.map((tc) => own.wu[tc] === -999);
  const layer = some.map((tc) => (restart && own.layer[tc] > 28 ? own.layer[tc] - 28 : own.layer[tc]));
  const twice = (values: number[]): WriteColumn => ({ values: [...values, ...values] });
  const columns: Record<string, WriteColumn> = {
    zside: { values: [...some.map(() => 1), ...some.map(() => -1)] },
    subdet: twice(some.map((tc, i) => (scintillator[i] ? 10 : own.layer[tc] > 28 ? 2 : 1))),
    layer: twice(layer),
    waferu: twice(some.map((tc) => own.wu[tc])),
    waferv: twice(some.map((tc) => own.wv[tc])),
    triggercellu: twice(some.map((tc, i) => (scintillator[i] ? 0 : own.cu[tc]))),
    triggercellv: twice(some.map((tc, i) => (scintillator[i] ? 0 : own.cv[tc]))),
    triggercellieta: twice(some.map((tc, i) => (scintillator[i] ? own.cu[tc] : 0))),
    triggercelliphi: twice(some.map((tc, i) => (scintillator[i] ? own.cv[tc] : 0))),
    x: twice(some.map((tc) => own.x[tc] + shift)),
    y: twice(some.map((tc) => own.y[tc])),
    z: twice(some.map((tc) => own.z[tc])),
  };
  const path = join(folder, name);
  const branches = Object.keys(columns).map((each) => ({
    name: each,
    type: "xyz".includes(each) ? ("float" as const) : ("int32" as const),
  }));
  await writeRootTree(path, {}, { tree: "tester/TreeTriggerCells", title: "cells", branches }, async (writer) => {
    await writer.fill(2 * some.length, columns);
  });
  return path;
}

test.each([
  { name: "layers counted on from CE-E", restart: false },
  { name: "layers of CE-H counted from 1", restart: true },
])("the cells of a CMSSW tree are imported: $name", async ({ restart }) => {
  const input = await writeTree(`cells-${restart}.root`, 0.25, restart);
  const out = join(folder, `geometry-${restart}.parquet`);
  const report = await importGeometry({ input, out, force: false });
  expect(report).toMatchObject({ cells: some.length, unknown: 0, absent: rows - some.length });
  expect(report.medianShift).toBeCloseTo(0.25, 4);
  const geometry = await openGeometry(out);
  const tc = some[1000];
  expect(geometry.triggerCells.x[tc] - base.triggerCells.x[tc]).toBeCloseTo(0.25, 4);
  expect(tcIndex(geometry, own.layer[tc], own.wu[tc], own.wv[tc], own.cu[tc], own.cv[tc])).toBe(tc);
});

test("a file without the tree, or without its branches, says so", async () => {
  const path = join(folder, "other.root");
  const options = { tree: "a/TreeTriggerCells", title: "", branches: [{ name: "x", type: "float" as const }] };
  await writeRootTree(path, {}, options, (writer) => writer.fill(1, { x: { values: [1] } }));
  await expect(importGeometry({ input: path, out: join(folder, "o"), force: false })).rejects.toThrow(
    /tree "a\/TreeTriggerCells" lacks zside, subdet, layer/,
  );
  const none = join(folder, "none.root");
  await writeRootTree(none, {}, { ...options, tree: "a/Other" }, (writer) => writer.fill(1, { x: { values: [1] } }));
  await expect(importGeometry({ input: none, out: join(folder, "o"), force: false })).rejects.toThrow(
    /there is no TreeTriggerCells; its trees are a\/Other/,
  );
});

test("versions by name: V11 is ours, of others it is said how to get their positions", async () => {
  expect(await openGeometry("v11")).toBe(createGeometry());
  await expect(openGeometry("V17")).rejects.toThrow(
    'geometry version not found: "V17"; one of V11; positions of another version come with `geometry import`',
  );
});
