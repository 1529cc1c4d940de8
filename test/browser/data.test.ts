import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import zstd from "@bokuweb/zstd-wasm";
import { type CompressionCodec } from "hyparquet";
import { type BasicType, parquetWriteBuffer } from "hyparquet-writer";
import { type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Schema } from "../../src/core/index.js";
import {
  cellsToImport,
  createGeometry,
  importCells,
  IMPORTED_CELLS,
  tcIndex,
  tcOutline,
} from "../../src/detector/index.js";
import { SAMPLE_TABLES } from "../../src/events/index.js";
import { openParquet } from "../../src/io/index.js";
import { nodeCodecs, openFile, openSampleFolder } from "../../src/io/node/index.js";
import { clustersOf, eventually, hasChromium, longTest, run, settled, type Site, startSite } from "./browser.js";

const STORED: Readonly<Record<string, BasicType>> = {
  int32: "INT32",
  int64: "INT64",
  float: "FLOAT",
  double: "DOUBLE",
  boolean: "BOOLEAN",
};

type Columns = Readonly<Record<string, ArrayLike<number | bigint | string>>>;

/** A table as other programs write it: with a dictionary where values repeat, in this compression. */
function parquetOf(schema: Schema, columns: Columns, codec: CompressionCodec): Uint8Array {
  const columnData = Object.entries(schema).map(([name, { type }]) => ({
    name,
    data: Array.from(columns[name], (value) => (type === "boolean" ? value === 1 : value)),
    type: STORED[type],
  }));
  const compressors = {
    GZIP: gzipSync,
    BROTLI: brotliCompressSync,
    ZSTD: (bytes: Uint8Array) => zstd.compress(bytes, 3),
  };
  return new Uint8Array(parquetWriteBuffer({ columnData, codec, compressors }));
}

/** Writes the tables of a sample once more, in another compression and without its sample.json. */
async function copySample(from: string, to: string, codec: CompressionCodec): Promise<void> {
  mkdirSync(to);
  for (const [table, schema] of Object.entries(SAMPLE_TABLES)) {
    const file = await openParquet(await openFile(join(from, `${table}.parquet`)), await nodeCodecs());
    writeFileSync(join(to, `${table}.parquet`), parquetOf(schema, (await file.read<Schema>(schema)).columns, codec));
    await file.close();
  }
}

/** As a real drop: the browser itself makes the event, and reads the paths. */
async function dropPaths(page: Page, paths: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await session.send("Input.dispatchDragEvent", { type, x: 600, y: 300, data });
  }
  await session.detach();
}

const CODECS = ["GZIP", "SNAPPY", "UNCOMPRESSED", "ZSTD", "BROTLI"] as const;
/** How far the cells of the other geometry are moved [cm]. */
const SHIFT = 0.6;

describe.skipIf(!hasChromium)("event display: where data come from [needs chromium]", () => {
  let site: Site;
  let files: string;
  const geometry = createGeometry("V11");
  const own = cellsToImport(geometry);
  const cells = { rows: own.rows, columns: { ...own.columns, x: own.columns.x.map((x) => x + SHIFT) } };
  beforeAll(async () => {
    await nodeCodecs();
    files = mkdtempSync(join(tmpdir(), "bye-splits-files-"));
    writeFileSync(join(files, "cells.parquet"), parquetOf(IMPORTED_CELLS, cells.columns, "GZIP"));
    site = await startSite(
      async (folder) => {
        const events = ["--particles", "photons", "--events", "8", "--seed", "5"];
        await run("simulate", ...events, "--out", join(folder, "photons"));
        await run("simulate", ...events, "--pileup", "10", "--out", join(folder, "pileup"));
      },
      {
        geometry: join(files, "cells.parquet"),
        defaultEvents: [
          { particles: "photons", pileup: 0, events: [170032, 4, 2] },
          { particles: "pions", pileup: 0, events: [3] },
          { particles: "photons", pileup: 10, events: [6] },
        ],
      },
    );
    for (const codec of CODECS) await copySample(join(site.folder, "photons"), join(files, codec.toLowerCase()), codec);
  }, 60_000);
  afterAll(async () => {
    await site?.close();
    rmSync(files, { recursive: true, force: true });
  });

  longTest("a sample opens at the first default event of its kind that it has; the others are offered", async () => {
    const page = await site.open("sample=photons");
    await settled(page, 4);
    const chips = page.getByRole("group", { name: "Default events" }).getByRole("button");
    expect(await chips.allTextContents()).toEqual(["4", "2"]);
    const offered = await page.$$eval("#default-events option", (all) => all.map((each) => each.getAttribute("value")));
    expect(offered).toEqual(["4", "2"]);
    await chips.nth(1).click();
    await settled(page, 2);
    await page.getByLabel("Sample", { exact: true }).selectOption("pileup");
    await settled(page, 6);
    expect(await chips.allTextContents()).toEqual(["6"]);
  });

  longTest("trigger cells are drawn where the imported geometry has them, and the page says so", async () => {
    const sample = await openSampleFolder(join(site.folder, "photons"));
    const batch = await sample.readBatch(0);
    await sample.close();
    const entry = Array.from(batch.entries.columns.event, Number).indexOf(4);
    const { tc_first, tc_rows } = batch.entries.columns;
    const { tc_layer, tc_wu, tc_wv, tc_cu, tc_cv, tc_z, tc_mipPt } = batch.tc.columns;
    const strongest = Array.from({ length: tc_rows[entry] }, (_, t) => t)
      .filter((t) => tc_wu[tc_first[entry] + t] !== -999)
      .toSorted((a, b) => tc_mipPt[tc_first[entry] + b] - tc_mipPt[tc_first[entry] + a])[0];
    const row = tc_first[entry] + strongest;
    const tc = tcIndex(geometry, tc_layer[row], tc_wu[row], tc_wv[row], tc_cu[row], tc_cv[row]);
    const page = await site.open(`sample=photons&event=4&pick=tc:${strongest}`);
    await settled(page, 4);
    expect(await page.locator(".status").textContent()).toContain("geometry V11 imported (cells.parquet)");
    const canvas = page.locator(".picture canvas");
    const [cx, cy, half] = ((await canvas.getAttribute("data-camera")) ?? "").split(",").map(Number);
    const { width = 0, height = 0 } = (await canvas.boundingBox()) ?? {};
    const pixels = (corners: Float64Array): number[] =>
      Array.from(corners, (value, k) => {
        const plane = value / Math.abs(tc_z[row]);
        const unit = width / 2 / half;
        return k % 2 === 0 ? width / 2 + (plane - cx) * unit : height / 2 - (plane - cy) * unit;
      });
    const points = (await page.locator("polygon.picked").getAttribute("points")) ?? "";
    const drawn = points.split(/[ ,]/).map(Number);
    const moved = pixels(tcOutline(importCells(geometry, cells).geometry, tc));
    const unmoved = pixels(tcOutline(geometry, tc));
    for (const [k, value] of drawn.entries()) expect(Math.abs(value - moved[k])).toBeLessThan(0.5);
    expect(Math.abs(drawn[0] - unmoved[0])).toBeGreaterThan(3);
  });

  test("with the server stopped: samples in each compression, as files and as a folder", async () => {
    const page = await site.open("sample=photons&event=2", {});
    await page.waitForSelector("[data-offline=ready]", { timeout: 20_000 });
    await settled(page, 2);
    const want = await clustersOf(page);
    expect(want.length).toBeGreaterThan(0);
    await site.stopServer();

    for (const codec of ["gzip", "snappy", "uncompressed", "zstd"]) {
      await dropPaths(page, [join(files, codec)]);
      await eventually(() => page.locator(".status").textContent()).toMatch(
        new RegExp(`^${codec} · origin not recorded`),
      );
      // The default events of all kinds that it has.
      await settled(page, 4);
      await page.getByLabel("Event number").fill("2");
      await page.getByLabel("Event number").press("Enter");
      await settled(page, 2);
      expect(await clustersOf(page)).toEqual(want);
      await eventually(() => page.locator(".count").textContent()).toMatch(/^(\d+) of \1, /);
    }
    const paths = readdirSync(join(files, "gzip")).map((name) => join(files, "gzip", name));
    await dropPaths(page, paths);
    await eventually(() => page.locator(".status").textContent()).toContain("4 files · origin not recorded");

    await dropPaths(page, [join(files, "brotli")]);
    await eventually(() => page.locator(".problem").textContent()).toMatch(
      /^Cannot open brotli: brotli\/\w+\.parquet: column "\w+" .*compressed with Brotli.*write it with zstd, gzip or snappy/,
    );
    await dropPaths(page, [join(files, "zstd"), join(files, "gzip")]);
    await eventually(() => page.locator(".problem").textContent()).toContain("one folder at a time");
    mkdirSync(join(files, "nothing"));
    await dropPaths(page, [join(files, "nothing")]);
    await eventually(() => page.locator(".problem").textContent()).toContain("nothing: expected a ROOT ntuple (.root)");
    const half = join(files, "tc-half");
    mkdirSync(half);
    for (const name of ["entries", "gen", "cl3d", "tc"]) {
      const bytes = readFileSync(join(files, "zstd", `${name}.parquet`));
      writeFileSync(join(half, `${name}.parquet`), name === "tc" ? bytes.subarray(0, bytes.length / 2) : bytes);
    }
    await dropPaths(page, [half]);
    await eventually(() => page.locator(".problem").textContent()).toContain(
      "tc-half/tc.parquet: a Parquet file without its end: it was cut off after",
    );
    expect(await page.locator(".picture canvas").getAttribute("data-quads")).not.toBe("0");
    expect(site.complaints).toEqual([]);
  });
});
