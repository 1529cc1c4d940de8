import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cellsToImport, createGeometry, tcIndex } from "../detector/index.js";
import { writeRootTree } from "../io/node/index.js";
import { importGeometry, openGeometry } from "./geometry.js";
import { some, writeCells } from "./geometry.test-data.js";

const base = createGeometry("V11");
const { columns: own, rows } = cellsToImport(base);

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bye-splits-geometry-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

test.each([
  { name: "layers counted on from CE-E", restart: false },
  { name: "layers of CE-H counted from 1", restart: true },
])("the cells of a CMSSW tree are imported: $name", async ({ restart }) => {
  const input = await writeCells(join(folder, `cells-${restart}.root`), 0.25, restart);
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
  expect(await openGeometry("v11")).toBe(createGeometry("V11"));
  await expect(openGeometry("V17")).rejects.toThrow(
    'geometry version not found: "V17"; one of V11; positions of another version come with `geometry import`',
  );
});
