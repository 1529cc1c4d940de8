import { join } from "node:path";
import { type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cellStages, DEFAULT_PARAMS, SharedStages, type UvCells } from "../../src/chain/index.js";
import { createGeometry } from "../../src/detector/index.js";
import { CLUSTERS, type SampleBatch } from "../../src/events/index.js";
import { openRun } from "../../src/io/index.js";
import { nodeCodecs, openFolder, openSampleFolder } from "../../src/io/node/index.js";
import {
  clustersOf,
  eventually,
  hasChromium,
  isLong,
  longTest,
  PHOTONS,
  pixelsThatDiffer,
  run,
  seriousViolations,
  settled,
  type Site,
  some,
  startSite,
} from "./browser.js";

/** Parameters of the coarse-seeding chain as the page's settings and as arguments of `run`. */
const SETS: readonly Record<string, string>[] = some<Record<string, string>>(
  [
    { "cluster.CSCylinder": "true", "cs.nearby": "true", "seed.window": "2" },
    { "cs.eta_list": "1.4,1.8,2.2,2.6,3.2", "cs.threshold": "20,40,60,80", "cs.k": "6", "cs.initial_layer": "5" },
    { "seed_cs.InputName": "NoCStcOut", "cluster.CSCylinder": "true", "seed_cs.hexDist": "false" },
    { "cs.nearby": "true" },
  ],
  1,
);
const VIEW = "sample=photons&view=coarse&chain=cs";
const [WAFERS, MAP] = [".coarse-part:nth-child(1)", ".coarse-part:nth-child(2)"];

describe.skipIf(!hasChromium)("coarse-seeding view [needs chromium]", () => {
  let site: Site;
  let batch: SampleBatch;
  beforeAll(async () => {
    site = await startSite(async (folder) => {
      const photons = join(folder, "photons");
      await run(
        ...[
          "simulate",
          "--particles",
          "photons",
          "--events",
          PHOTONS,
          "--pileup",
          "10",
          "--seed",
          "3",
          "--out",
          photons,
        ],
      );
      for (const [i, settings] of SETS.entries()) {
        const options = Object.entries(settings).flatMap(([key, text]) => [
          "--set",
          `${key}=${text.includes(",") ? `[${text}]` : text}`,
        ]);
        await run("run", "cs", "--in", photons, "--out", join(folder, `run${i}`), "--workers", "1", ...options);
      }
    });
    const sample = await openSampleFolder(join(site.folder, "photons"));
    batch = await sample.readBatch(0);
    await sample.close();
  }, 120_000);
  afterAll(() => site?.close());

  const go = (page: Page, hash: string) => page.evaluate((text) => (location.hash = text), hash);
  const stepsOf = (i: number, cs = DEFAULT_PARAMS.cs) => {
    const steps = cellStages({ ...DEFAULT_PARAMS, cs }, new SharedStages());
    const { seeds: coarse, sums } = steps.coarse({ batch, i });
    return {
      event: Number(batch.entries.columns.event[i]),
      coarse,
      wafers: sums(),
      cells: steps.seeds({ batch, i }).cells(),
    };
  };
  /** The first entry of which something is true. */
  const entryWhere = (is: (steps: ReturnType<typeof stepsOf>) => boolean): number => {
    const found = Array.from({ length: batch.entries.rows }, (_, i) => i).find((i) => is(stepsOf(i)));
    if (found === undefined) throw new Error("no such event");
    return found;
  };
  const quads = (page: Page, part: string) => page.locator(`${part} canvas`).getAttribute("data-quads").then(Number);
  /** Position of a place of the map in its canvas [px]. */
  async function placesOf(page: Page, list: readonly (readonly [u: number, v: number])[]) {
    const canvas = page.locator(`${MAP} canvas`);
    const [cx, cy, half] = ((await canvas.getAttribute("data-camera")) ?? "").split(",").map(Number);
    const box = await canvas.boundingBox();
    if (box === null) throw new Error("no map");
    const unit = box.width / (2 * half);
    return list.map(([u, v]) => {
      const [x, y] = [(v * Math.sqrt(3)) / 2, u - v / 2];
      return { px: box.width / 2 + (x - cx) * unit, py: box.height / 2 - (y - cy) * unit, box };
    });
  }
  const rowsOf = (cells: UvCells, csId: number): number[] =>
    Array.from({ length: cells.n }, (_, c) => c).filter((c) => cells.csId[c] === csId && cells.onMap[c] === 1);

  test("its clusters are those of the run command: 3 events of each set of parameters, 20 in the long tests", async () => {
    const page = await site.open(VIEW);
    const codecs = await nodeCodecs();
    let compared = 0;
    for (const [i, settings] of SETS.entries()) {
      const opened = await openRun(await openFolder(join(site.folder, `run${i}`)), codecs);
      const { rows, columns } = await opened.readTable("clusters", CLUSTERS);
      const numbers = Array.from(columns.event, Number);
      const clustersIn = (event: number): number => numbers.filter((number) => number === event).length;
      // Those of several clusters first.
      const events = [...new Set(numbers)].slice(0, 20).toSorted((a, b) => clustersIn(b) - clustersIn(a));
      expect(events.length).toBe(20);
      for (const event of some(events, 3)) {
        await go(page, `${VIEW}&event=${event}&${new URLSearchParams(settings).toString()}`);
        await settled(page, event, "cs", settings);
        const want = Array.from({ length: rows }, (_, row) => row)
          .filter((row) => Number(columns.event[row]) === event)
          .map((row) => ["seed_idx", "en", "pt", "eta", "phi", "n_tc"].map((name) => columns[name as "en"][row]));
        const got = await clustersOf(page);
        expect([i, event, got.map(([seed, , , , , n]) => [seed, n])]).toEqual([
          i,
          event,
          want.map(([seed, , , , , n]) => [seed, n]),
        ]);
        for (const [k, value] of got.flat().entries()) expect(value).toBeCloseTo(want.flat()[k], 10);
        compared += want.length;
      }
    }
    expect(compared).toBeGreaterThan((isLong ? 20 : 3) * SETS.length);
    expect(site.complaints).toEqual([]);
  });

  longTest("wafers and hexagons on the screen are those of the chain, where they belong", async () => {
    const page = await site.open(VIEW);
    const { tcU, tcV } = createGeometry("V11").sensors[0];
    const nearby = { ...DEFAULT_PARAMS.cs, nearby: true };
    let regions = 0;
    for (let i = 0; i < (isLong ? 8 : 3); i++) {
      const { event, coarse, wafers, cells } = stepsOf(i, nearby);
      await go(page, `${VIEW}&event=${event}&cs.nearby=true`);
      await settled(page, event, "cs", { "cs.nearby": "true" });
      await eventually(() => quads(page, WAFERS)).toBe(wafers.n);
      if (coarse.n === 0) continue;
      await eventually(() => quads(page, MAP)).toBe(cells.onMap.reduce((n, on) => n + on, 0));
      // Of the 48 cells of a region's wafer those with energy are filled, the others are not.
      const id = i % coarse.n;
      const [wu, wv] = [coarse.wu[id], coarse.wv[id]];
      await go(page, `${VIEW}&event=${event}&cs.nearby=true&region=${wu},${wv}`);
      await eventually(() => page.locator(".region-choice option:checked").textContent()).toContain(`CS ${id} `);
      const slots = Array.from(tcU, (cu, slot) => [cu - 4 * wu + 8 * wv, tcV[slot] - 8 * wu + 4 * wv] as const);
      const places = await placesOf(page, slots);
      const opaque = await page.locator(`${MAP} canvas`).evaluate((canvas, at) => {
        const { width, height, clientWidth } = canvas as HTMLCanvasElement;
        const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
        copy?.drawImage(canvas as HTMLCanvasElement, 0, 0);
        const data = copy?.getImageData(0, 0, width, height).data ?? [];
        const scale = width / clientWidth;
        return at.map(({ px, py }) => data[4 * (Math.round(py * scale) * width + Math.round(px * scale)) + 3] === 255);
      }, places);
      const own = new Set(rowsOf(cells, id).map((c) => `${cells.u[c]},${cells.v[c]}`));
      expect(opaque).toEqual(slots.map(([u, v]) => own.has(`${u},${v}`)));
      const texts = await page.locator(`${MAP} .hex-value:not(.cs-number)`).allTextContents();
      const values = rowsOf(cells, id).map((c) => cells.mipPt[c].toFixed(cells.mipPt[c] >= 9.95 ? 0 : 1));
      expect(texts.toSorted()).toEqual(values.toSorted());
      regions++;
    }
    expect(regions).toBeGreaterThan(isLong ? 4 : 1);
  });

  longTest("a threshold changes coarse seeds and clusters while its slider moves", async () => {
    const i = entryWhere(({ coarse, wafers }) => coarse.n === 1 && wafers.range[0] >= 0 && coarse.eta[0] > 2.3);
    const { event, coarse } = stepsOf(i);
    const page = await site.open(`${VIEW}&event=${event}`);
    await settled(page, event, "cs");
    const outlined = page.locator(`${WAFERS} polygon.above:not(.halo)`);
    await eventually(() => outlined.count()).toBe(1);
    const slider = page.getByLabel("|η| 2.3–3.2 threshold [mip_T], slider");
    const slide = (value: number) =>
      slider.evaluate((input, text) => {
        (input as HTMLInputElement).value = text;
        input.dispatchEvent(new Event("input", { bubbles: true }));
      }, String(value));
    const above = Math.ceil(coarse.mipPt[0]) + 1;
    // The slider ends at 500: more is typed.
    await page.getByLabel("|η| 2.3–3.2 threshold [mip_T]", { exact: true }).fill(String(above));
    await page.getByLabel("|η| 2.3–3.2 threshold [mip_T]", { exact: true }).press("Enter");
    await settled(page, event, "cs", { "cs.threshold": `170,180,${above}` });
    await eventually(() => outlined.count()).toBe(0);
    expect(await clustersOf(page)).toEqual([]);
    expect(await page.locator(".coarse-words").textContent()).toContain("no coarse seed, no cluster");
    await slide(3);
    await settled(page, event, "cs", { "cs.threshold": "170,180,3" });
    const low = stepsOf(i, { ...DEFAULT_PARAMS.cs, threshold: [170, 180, 3] });
    expect(low.coarse.n).toBeGreaterThan(1);
    await eventually(() => page.locator(".region-choice option").count()).toBe(low.coarse.n);
    expect((await clustersOf(page)).length).toBeGreaterThan(0);
    await page.getByLabel("Reset |η| 2.3–3.2 threshold [mip_T]").click();
    await settled(page, event, "cs");
    await eventually(() => page.url()).not.toContain("cs.threshold");
  });

  longTest("a seed, a cell and a wafer are selected in all views, from either side", async () => {
    const i = entryWhere(({ coarse, cells }) => coarse.n >= 2 && cells.n > 20);
    const { event, coarse, cells } = stepsOf(i);
    const page = await site.open(`${VIEW}&event=${event}`);
    await settled(page, event, "cs");
    const rows = page.locator("tr[data-cluster]");
    for (let k = 0; k < (await rows.count()); k++) {
      await rows.nth(k).click();
      const [seed] = JSON.parse((await rows.nth(k).getAttribute("data-cluster")) ?? "[]") as number[];
      await eventually(() => page.locator(".hex-seed.is-picked").getAttribute("data-seed")).toBe(String(seed));
      await eventually(() => page.locator(`${MAP} polygon.picked`).count()).toBe(1);
      await eventually(() => page.locator(`${WAFERS} polygon.picked`).count()).toBe(1);
    }
    await page.keyboard.press("Escape");
    // A click on a cell that is no seed, and on one that is.
    const shown = Number(
      /CS (\d+)/.exec((await page.locator(".region-choice option:checked").textContent()) ?? "")?.[1],
    );
    const own = rowsOf(cells, shown).toSorted((a, b) => cells.mipPt[b] - cells.mipPt[a]);
    const click = async (c: number): Promise<void> => {
      const [{ px, py, box }] = await placesOf(page, [[cells.u[c], cells.v[c]]]);
      await page.mouse.move(box.x + px, box.y + py);
      await eventually(() => page.locator(".hover-card[data-kind=hex]").count()).toBe(1);
      await page.mouse.click(box.x + px, box.y + py);
    };
    await click(own[0]);
    await eventually(() => page.locator("tr.picked[data-cluster]").count()).toBe(1);
    await click(own[own.length - 1]);
    await eventually(() => page.locator("[data-picked^='hex:']").count()).toBe(1);
    const facts = await page.locator(".selection .facts").textContent();
    expect(facts).toContain(String(Number(cells.mipPt[own[own.length - 1]].toPrecision(3))));
    const { tc_first, tc_rows } = batch.entries.columns;
    const tc = batch.tc.columns;
    const c = own[own.length - 1];
    const tcs = Array.from({ length: tc_rows[i] }, (_, t) => tc_first[i] + t).filter(
      (t) =>
        [7, 9, 11, 13].includes(tc.tc_layer[t]) &&
        tc.tc_wu[t] === cells.wu[c] &&
        tc.tc_wv[t] === cells.wv[c] &&
        tc.tc_cu[t] === cells.cu[c] &&
        tc.tc_cv[t] === cells.cv[c] &&
        tc.tc_mipPt[t] > 0.5,
    );
    await page.keyboard.press("l");
    await eventually(() => page.locator("polygon.in-bin").count()).toBe(tcs.length);
    // Back, and the wafer of the other coarse seed through the choice of regions.
    await page.keyboard.press("u");
    await page.keyboard.press("Escape");
    await page.getByLabel("Next region").click();
    await eventually(() => page.locator(".region-choice option:checked").textContent()).toContain(
      `CS ${(shown + 1) % coarse.n} `,
    );
    const other = (shown + 1) % coarse.n;
    await eventually(() => page.url()).toContain(`region=${coarse.wu[other]},${coarse.wv[other]}`);
    const again = await site.open(new URL(page.url()).hash.slice(1));
    await eventually(() => again.locator(".region-choice option:checked").textContent()).toContain(`CS ${other} `);
    expect(site.complaints).toEqual([]);
  });

  longTest("nearby and cylinder change the picture", async () => {
    const i = entryWhere(({ coarse }) => coarse.n >= 1);
    const { event } = stepsOf(i);
    const page = await site.open(`${VIEW}&event=${event}&camera=0,0,0.62`);
    await settled(page, event, "cs");
    const shot = async () => (await page.locator(".coarse-parts").screenshot()).toString("base64");
    const before = await shot();
    expect(await page.locator("polygon.nearby, polygon.in-cylinder").count()).toBe(0);
    await page.getByLabel("nearby: with neighbours", { exact: true }).check();
    await settled(page, event, "cs", { "cs.nearby": "true" });
    const { coarse } = stepsOf(i, { ...DEFAULT_PARAMS.cs, nearby: true });
    const above = Array.from({ length: coarse.n }, (_, k) => k).filter((k) => coarse.origin[k] === k).length;
    await eventually(() => page.locator("polygon.nearby").count()).toBe(coarse.n - above);
    expect(coarse.n - above).toBeGreaterThan(0);
    const nearby = await shot();
    expect(await pixelsThatDiffer(page, before, nearby)).toBeGreaterThan(0.005);
    await page.getByLabel("cylinder: only behind coarse seeds", { exact: true }).check();
    await settled(page, event, "cs", { "cs.nearby": "true", "cluster.CSCylinder": "true" });
    await eventually(() => page.locator("polygon.in-cylinder").count()).toBeGreaterThanOrEqual(coarse.n);
    expect(await pixelsThatDiffer(page, nearby, await shot())).toBeGreaterThan(0.001);
  });

  longTest("for the default chain it offers the other one", async () => {
    const page = await site.open("sample=photons");
    await page.keyboard.press("u");
    await page.getByRole("button", { name: "switch to the coarse-seeding chain" }).click();
    await eventually(() => page.locator(".coarse-part").count()).toBe(2);
    await eventually(() => page.url()).toContain("chain=cs");
  });

  test.each(
    some(
      [
        { name: "desktop, dark", options: { colorScheme: "dark" }, parts: "beside" },
        {
          name: "phone",
          options: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
          parts: "below",
        },
      ] as const,
      0,
    ),
  )("fits the screen, and axe finds nothing serious: $name", async ({ options, parts }) => {
    const { event } = stepsOf(entryWhere(({ coarse }) => coarse.n >= 2));
    const page = await site.open(`${VIEW}&event=${event}`, options);
    await settled(page, event, "cs");
    const boxes = await Promise.all([WAFERS, MAP].map((part) => page.locator(`${part} canvas`).boundingBox()));
    const [a, b] = boxes.map((box) => box ?? { x: 0, y: 0, width: 0, height: 0 });
    expect(Math.min(a.width, a.height, b.width, b.height)).toBeGreaterThan(150);
    if (parts === "beside") expect(b.x).toBeGreaterThanOrEqual(a.x + a.width);
    else expect(b.y).toBeGreaterThanOrEqual(a.y + a.height);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    expect(await seriousViolations(page)).toEqual([]);
  });
});
