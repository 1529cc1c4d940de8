/** The layout of the files; test/export.test.ts has pandas read them. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Dataset, File, ready } from "h5wasm/node";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openFrames } from "./frames-read.js";
import { writeFrames } from "./frames.js";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "bye-splits-frames-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

/** Values and attributes of everything in a file, by path. */
async function contents(path: string): Promise<Record<string, unknown>> {
  await ready;
  const file = new File(path, "r");
  const all = file.paths().map((name) => {
    const object = file.get(name);
    if (object === null || !("attrs" in object)) return [name, null];
    const attributes = Object.entries(object.attrs).map(([key, { value }]) => [key, value]);
    const data = object instanceof Dataset ? { shape: object.shape, value: object.value } : {};
    return [name, { ...data, attributes: Object.fromEntries(attributes) as unknown }];
  });
  file.close();
  return Object.fromEntries(all) as Record<string, unknown>;
}

const rows = (...values: number[]) => BigInt64Array.from(values, BigInt);

test("a frame is a group of names, an index, and a matrix for each type of number", async () => {
  const path = join(dir, "a.hdf5");
  await writeFrames(path, {}, async (frames) => {
    frames.add("cs/one", {
      columns: { x: Float64Array.of(1.5, 2.5), n: Int32Array.of(7, 8), long: Float64Array.of(-1, Number.NaN) },
      index: rows(4, 4),
      indexName: "seed",
    });
  });
  const frame = await contents(path);
  expect(frame["cs/one"]).toEqual({
    attributes: {
      pandas_type: "frame",
      ndim: 2,
      nblocks: 2,
      axis0_variety: "regular",
      axis1_variety: "regular",
      block0_items_variety: "regular",
      block1_items_variety: "regular",
    },
  });
  expect(frame["cs/one/axis0"]).toMatchObject({ value: ["x", "n", "long"], attributes: { kind: "string" } });
  expect(frame["cs/one/axis1"]).toMatchObject({
    value: rows(4, 4),
    attributes: { kind: "integer", name: "seed" },
  });
  expect(frame["cs/one/block0_items"]).toMatchObject({ value: ["x", "long"] });
  expect(frame["cs/one/block0_values"]).toMatchObject({
    shape: [2, 2],
    value: Float64Array.of(1.5, -1, 2.5, Number.NaN),
    attributes: { transposed: 1 },
  });
  expect(frame["cs/one/block1_values"]).toMatchObject({ shape: [2, 1], value: Int32Array.of(7, 8) });
});

test("a frame grows, from no rows on; frames without rows keep their columns", async () => {
  const path = join(dir, "b.hdf5");
  const frame = (...x: number[]) => ({
    columns: { x: Float64Array.from(x), y: Float64Array.from(x) },
    index: rows(...x),
  });
  await writeFrames(path, {}, async (frames) => {
    frames.append("data", frame());
    frames.add("empty", frame());
    frames.append("data", frame(1, 2));
    frames.append("data", frame());
    frames.append("data", frame(3));
  });
  const file = await contents(path);
  expect(file["data/axis1"]).toMatchObject({ shape: [3], value: rows(1, 2, 3) });
  expect(file["data/block0_values"]).toMatchObject({ shape: [3, 2], value: Float64Array.of(1, 1, 2, 2, 3, 3) });
  expect(file["empty/block0_values"]).toMatchObject({ shape: [0, 2] });
  expect(file["empty/block0_items"]).toMatchObject({ value: ["x", "y"] });
});

test("a file that fails leaves nothing, and an existing one stays", async () => {
  const path = join(dir, "c.hdf5");
  const fail = async (): Promise<void> => {
    throw new Error("no more frames");
  };
  await expect(writeFrames(path, {}, fail)).rejects.toThrow("no more frames");
  expect(readdirSync(dir)).toEqual([]);
  writeFileSync(path, "mine");
  await expect(writeFrames(path, {}, fail)).rejects.toThrow(/c\.hdf5 exists already: use --force/);
  await expect(writeFrames(path, { force: true }, fail)).rejects.toThrow("not a HDF5 file that this program wrote");
  expect(readFileSync(path, "utf8")).toBe("mine");
  rmSync(path);
  await writeFrames(path, {}, async (frames) =>
    frames.add("one", { columns: { x: new Float64Array() }, index: rows() }),
  );
  const before = readFileSync(path);
  await expect(writeFrames(path, { force: true }, fail)).rejects.toThrow("no more frames");
  expect(readFileSync(path)).toEqual(before);
  expect(readdirSync(dir)).toEqual(["c.hdf5"]);
});

test("equal frames are equal bytes, whatever the time", async () => {
  const now = vi.spyOn(Date, "now");
  const write = async (time: number): Promise<Buffer> => {
    now.mockReturnValue(time);
    const path = join(dir, `${time}.hdf5`);
    await writeFrames(path, {}, async (frames) => {
      frames.add("one", { columns: { x: Float64Array.of(1) }, index: rows(1) });
      for (const row of [1, 2]) frames.append("two", { columns: { x: Float64Array.of(row) }, index: rows(row) });
    });
    return readFileSync(path);
  };
  const first = await write(1e12);
  expect((await write(1.5e12)).equals(first)).toBe(true);
  now.mockRestore();
});

test("a frame is read back, or some of its columns: blocks without any of them are left out", async () => {
  const path = join(dir, "r.hdf5");
  const columns = { x: Float64Array.of(1.5, 2.5, 3.5), n: Int32Array.of(7, 8, 9), y: Float64Array.of(-1, 0, 4) };
  await writeFrames(path, {}, async (frames) => {
    frames.add("a", { columns, index: rows(4, 5, 6), indexName: "seed" });
  });
  const file = await openFrames(path);
  expect(file.keys).toEqual(["a"]);
  const all = file.read("a");
  expect(all.rows).toBe(3);
  expect(Object.fromEntries(Object.entries(all.columns).map(([name, values]) => [name, Array.from(values as Float64Array, Number)]))).toEqual({ seed: [4, 5, 6], x: [1.5, 2.5, 3.5], n: [7, 8, 9], y: [-1, 0, 4] });
  expect(Object.keys(file.read("a", ["n"]).columns).toSorted()).toEqual(["n", "seed"]);
  expect(Object.keys(file.read("a", ["y"]).columns).toSorted()).toEqual(["seed", "x", "y"]);
  expect(Object.keys(file.read("a", []).columns)).toEqual(["seed"]);
  file.close();
}); // prettier-ignore

test.each([
  { kind: "series", says: "is a Series, which pickles the frames in it" },
  { kind: "wide", says: "is no frame (wide)" },
  { kind: "frame_table", says: 'is in pandas\' format "table"' },
  { kind: "series_table", says: 'is in pandas\' format "table"' },
])("what pandas calls $kind cannot be read, and what it is is said", async ({ kind, says }) => {
  await ready;
  const path = join(dir, "foreign.hdf5");
  const file = new File(path, "w");
  file.create_group("a").create_attribute("pandas_type", kind);
  file.close();
  const frames = await openFrames(path);
  expect(frames.keys).toEqual(["a"]);
  expect(() => frames.read("a")).toThrow(says);
  frames.close();
});
