import { join } from "node:path";
import { type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Random } from "../../src/core/index.js";
import { createGeometry, tcIndex, tcOutline } from "../../src/detector/index.js";
import { CLUSTERS } from "../../src/events/index.js";
import { openRun } from "../../src/io/index.js";
import { nodeCodecs, openFolder, openSampleFolder } from "../../src/io/node/index.js";
import {
  clustersOf,
  eventually,
  hasChromium,
  longTest,
  isLong,
  PHOTONS,
  pixelsThatDiffer,
  run,
  seriousViolations,
  settled,
  type Site,
  some,
  startSite,
} from "./browser.js";

/** Parameter sets as the page's settings and as arguments of `run`. */
const SETS: readonly { readonly chain: string; readonly settings: Record<string, string> }[] = [
  { chain: "default", settings: {} },
  { chain: "default", settings: { "smooth.kernel": "flat_top", "seed.window": "2" } },
  { chain: "default", settings: { "seed.histoThreshold": "5", "cluster.algo": "max_energy" } },
  { chain: "default", settings: { "seed.window": "1", "seed.histoThreshold": "2.5", radius: "0.012" } },
  { chain: "cs", settings: { "cluster.PtC3dThreshold": "0.2" } },
];
SETS[3].settings["seed.window"] = "3";

describe.skipIf(!hasChromium)("event display [needs chromium]", () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite(async (folder) => {
      await run(
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
        join(folder, "photons"),
      );
      await run(
        "simulate",
        "--particles",
        "photons",
        "--events",
        "3",
        "--endcap",
        "both",
        "--out",
        join(folder, "both"),
      );
      for (const [i, { chain, settings }] of SETS.entries()) {
        const options = Object.entries(settings).flatMap(([key, text]) =>
          key === "radius" ? ["--radius", text] : ["--set", `${key}=${text}`],
        );
        await run(
          "run",
          chain,
          "--in",
          join(folder, "photons"),
          "--out",
          join(folder, `run${i}`),
          "--workers",
          "1",
          ...options,
        );
      }
    });
  }, 120_000);
  afterAll(() => site?.close());

  const box = async (page: Page) => {
    const found = await page.locator(".picture canvas").boundingBox();
    if (found === null) throw new Error("no picture");
    return found;
  };

  test("opens with a split photon, says why, and heals it", async () => {
    const page = await site.open();
    const sentence = page.locator(".sentence");
    await eventually(() => sentence.textContent()).toMatch(
      /^This photon \(pT .* GeV, η .*\) was reconstructed as two clusters\.$/,
    );
    expect((await clustersOf(page)).length).toBe(2);
    await page.getByText("Try: seeding window 2").click();
    await eventually(() => sentence.textContent()).toMatch(/is one cluster with \d+ % of its energy\.$/);
    expect((await clustersOf(page)).length).toBe(1);
    await eventually(() => page.url()).toContain("seed.window=2");
    await page.getByText("back to the defaults").click();
    await page.getByText("Why?").click();
    await eventually(() => page.locator(".overlay .bin-value").count()).toBeGreaterThan(20);
    await eventually(() => page.locator(".overlay .seed").count()).toBe(2);
    expect(await page.locator(".reason").textContent()).toMatch(
      /^Between its two seeds .* dips to .*: within 1 bin each way/,
    );
    await eventually(() => page.locator("[data-offline=ready]").count()).toBe(1);
    expect(site.complaints).toEqual([]);
  });

  test("its clusters are those of the run command: 5 sets of parameters, 2 events of each, 20 in the long tests", async () => {
    const page = await site.open("sample=photons");
    const codecs = await nodeCodecs();
    let [compared, seen] = [0, 0];
    for (const [i, { chain, settings }] of SETS.entries()) {
      const { rows, columns } = await (
        await openRun(await openFolder(join(site.folder, `run${i}`)), codecs)
      ).readTable("clusters", CLUSTERS);
      const events = [...new Set(Array.from(columns.event, Number))].slice(0, 20);
      expect(events.length).toBe(20);
      for (const event of some(events, 2)) {
        const query = new URLSearchParams({ sample: "photons", chain, event: String(event), ...settings });
        await page.evaluate((text) => (location.hash = text), query.toString());
        await settled(page, event, chain, settings);
        const want = Array.from({ length: rows }, (_, row) => row)
          .filter((row) => Number(columns.event[row]) === event)
          .map((row) => ["seed_idx", "en", "pt", "eta", "phi", "n_tc"].map((name) => columns[name as "en"][row]));
        const got = await clustersOf(page);
        expect([i, event, got.map(([seed, , , , , nTc]) => [seed, nTc])]).toEqual([
          i,
          event,
          want.map(([seed, , , , , nTc]) => [seed, nTc]),
        ]);
        // Node and the browser round the last digit of sines and tangents differently.
        for (const [k, value] of got.flat().entries()) expect(value).toBeCloseTo(want.flat()[k], 10);
        compared += want.length;
        seen++;
      }
    }
    expect(seen).toBeGreaterThanOrEqual(5 * 2);
    expect(compared).toBeGreaterThan(seen);
  });

  longTest("a stored link restores parameters and picture", async () => {
    const page = await site.open("layer=9&colour=energy&seed.window=2&radius=0.02");
    const { x, y, width, height } = await box(page);
    await page.mouse.move(x + width / 3, y + height / 3);
    await page.mouse.wheel(0, -200);
    await page.mouse.down();
    await page.mouse.move(x + width / 2, y + height / 2, { steps: 4 });
    await page.mouse.up();
    await page.mouse.move(x + width / 2, 10);
    await page.waitForFunction(() => location.hash.includes("camera="));
    await page.waitForTimeout(400);
    const other = await site.open(new URL(page.url()).hash.slice(1));
    await other.waitForTimeout(400);
    const shots = await Promise.all(
      [page, other].map(async (each) => (await each.locator(".picture").screenshot()).toString("base64")),
    );
    expect(await pixelsThatDiffer(page, shots[0], shots[1])).toBeLessThan(0.01);
    expect(await other.getByLabel("window [bins each way]", { exact: true }).inputValue()).toBe("2");
    // The comparison can fail: another layer differs.
    await other.keyboard.press("h");
    await other.waitForTimeout(400);
    const changed = (await other.locator(".picture").screenshot()).toString("base64");
    expect(await pixelsThatDiffer(page, shots[0], changed)).toBeGreaterThan(0.01);
  });

  test("hovering reads the trigger cell under the pointer: 10 points against their outlines, 50 in the long tests", async () => {
    const sample = await openSampleFolder(join(site.folder, "photons"));
    const batch = await sample.readBatch(0);
    await sample.close();
    const geometry = createGeometry("V11");
    const { event, tc_first, tc_rows } = batch.entries.columns;
    const tc = batch.tc.columns;
    const page = await site.open(`sample=photons&event=${event[0]}&layer=9`);
    await settled(page, Number(event[0]));
    const random = new Random(7, 0);
    let hits = 0;
    for (const layer of some([9, 11, 13, 15, 17], 2)) {
      await page.evaluate((text) => (location.hash = text), `sample=photons&event=${event[0]}&layer=${layer}`);
      await page.waitForSelector(`.picture canvas[aria-label*="layer ${layer};"]`);
      await page.waitForTimeout(100);
      const outlines = Array.from({ length: tc_rows[0] }, (_, t) => t)
        .filter((t) => tc.tc_layer[tc_first[0] + t] === layer)
        .map((t) => {
          const row = tc_first[0] + t;
          const id = tcIndex(geometry, layer, tc.tc_wu[row], tc.tc_wv[row], tc.tc_cu[row], tc.tc_cv[row]);
          return { t, points: Array.from(tcOutline(geometry, id), (value) => value / Math.abs(tc.tc_z[row])) };
        });
      const canvas = page.locator(".picture canvas");
      const [cx, cy, half] = ((await canvas.getAttribute("data-camera")) ?? "").split(",").map(Number);
      const { x, y, width, height } = await box(page);
      const toPixels = (x: number, y: number) => [
        ((x - cx) / half / 2 + 0.5) * width,
        height / 2 - ((y - cy) / half / 2) * width,
      ];
      const inView = outlines
        .map(({ points }) => {
          const mean = (k: number): number => (points[k] + points[k + 2] + points[k + 4] + points[k + 6]) / 4;
          return toPixels(mean(0), mean(1));
        })
        .filter(([px, py]) => px > 60 && py > 60 && px < width - 60 && py < height - 60);
      expect(inView.length).toBeGreaterThan(0);
      for (let k = 0; k < (isLong ? 10 : 5); k++) {
        const [near, off] = [inView[Math.floor(random.uniform() * inView.length)], () => random.between(-25, 25)];
        // Whole pixels: that is what a mouse has.
        const [px, py] = [Math.round(near[0] + off()), Math.round(near[1] + off())];
        await page.mouse.move(x + px, y + py);
        const at = [cx + ((px - width / 2) * 2 * half) / width, cy - ((py - height / 2) * 2 * half) / width] as const;
        const want = outlines.find(({ points }) => isInside(points, ...at))?.t ?? null;
        const card = page.locator(".hover-card");
        await expect
          .poll(async () => ((await card.count()) === 0 ? null : Number(await card.getAttribute("data-index"))))
          .toBe(want);
        if (want !== null) hits++;
      }
    }
    expect(hits).toBeGreaterThan(isLong ? 10 : 2);
  });

  test.each(
    some(
      [
        { name: "flat histogram", hash: "view=histogram&scale=linear", change: "h" },
        { name: "layers, negative endcap", hash: "sample=both&endcap=-1", change: "c" },
        { name: "layers, positive endcap", hash: "", change: "c" },
        { name: "one layer", hash: "layer=9", change: "c" },
        { name: "polar histogram", hash: "view=histogram&map=polar", change: "h" },
      ],
      1,
    ),
  )("the picture is drawn: $name", async ({ hash, change }) => {
    const page = await site.open(hash);
    // Without the overlay: what remains differs when the canvas does.
    const shot = async (): Promise<string> => {
      await page.evaluate(() => document.querySelector(".overlay")?.setAttribute("style", "visibility: hidden"));
      await page.waitForTimeout(300);
      return (await page.locator(".picture").screenshot()).toString("base64");
    };
    if (change === "c") {
      const before = await shot();
      await page.keyboard.press("c");
      expect(await pixelsThatDiffer(page, before, await shot())).toBeGreaterThan(0.002);
    } else {
      const before = await shot();
      await page.getByRole("button", { name: "linear" }).click();
      await page.getByRole("button", { name: "1 filled" }).click();
      expect(await pixelsThatDiffer(page, before, await shot())).toBeGreaterThan(0.02);
    }
  });

  test("selecting a cell, a seed or a row selects it in all views", async () => {
    const page = await site.open();
    await page.locator("tr[data-cluster]").first().click();
    await eventually(() => page.locator("[data-picked^='seed:']").count()).toBe(1);
    await page.keyboard.press("h");
    await eventually(() => page.locator("polygon.picked").count()).toBe(1);
    await eventually(() => page.locator(".seed.is-picked").count()).toBe(1);
    await page.keyboard.press("Escape");
    await eventually(() => page.locator("[data-picked]").count()).toBe(0);
  });

  longTest("the keyboard moves through events and layers, and shows the help", async () => {
    const page = await site.open("event=1");
    await settled(page, 1);
    await page.keyboard.press("ArrowRight");
    await settled(page, 2);
    await page.keyboard.press("ArrowLeft");
    await settled(page, 1);
    await page.keyboard.press("ArrowUp");
    await eventually(() => page.url()).toContain("layer=1");
    await page.keyboard.press("?");
    await eventually(() => page.locator("dialog[open]").count()).toBe(1);
    await page.keyboard.press("Escape");
    await eventually(() => page.locator("dialog[open]").count()).toBe(0);
  });

  longTest("the event table filters and sorts", async () => {
    const page = await site.open("sample=photons");
    await eventually(() => page.locator(".count").textContent()).toMatch(/^(\d+) of \1, \d+ split$/);
    await page.getByLabel("Filter events").fill("pt>50");
    await page.getByRole("button", { name: "pT [GeV]" }).click();
    const column = () =>
      page.$$eval(".grid-body .grid-row", (rows) => rows.map((row) => Number(row.children[2].textContent)));
    const shown = await column();
    expect(shown.length).toBeGreaterThan(3);
    expect(shown).toEqual(shown.toSorted((a, b) => b - a));
    expect(Math.min(...shown)).toBeGreaterThanOrEqual(50);
    await page.getByLabel("Filter events").fill("size>3");
    await eventually(() => page.locator(".events .field-error").textContent()).toContain('"size>3" is no condition');
  });

  test.each(
    some(
      [
        { name: "desktop, dark, histogram", options: { colorScheme: "dark" }, hash: "view=histogram" },
        { name: "desktop, light", options: {}, hash: "" },
        { name: "phone", options: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }, hash: "" },
        { name: "A | B", options: {}, hash: "compare=settings&b.seed.window=2&cmssw=true" },
        { name: "detector, dark", options: { colorScheme: "dark" }, hash: "view=detector" },
        { name: "coarse seeds", options: {}, hash: "view=coarse&chain=cs" },
        {
          name: "A | B on a phone, dark",
          options: { colorScheme: "dark", viewport: { width: 390, height: 844 } },
          hash: "compare=settings&bChain=cs",
        },
      ] as const,
      1,
    ),
  )("axe finds nothing serious: $name", async ({ options, hash }) => {
    const page = await site.open(hash, options);
    await eventually(() => page.locator("tr[data-cluster]").count()).toBeGreaterThan(0);
    expect(await seriousViolations(page)).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    // A phone the other way round, a small one, a zoomed page, and between them: the picture has its room, and nothing scrolls sideways.
    for (const [width, height] of [
      [844, 390],
      [320, 568],
      [720, 450],
      [1001, 561],
      [960, 600],
    ]) {
      await page.setViewportSize({ width, height });
      const [picture, ...scrolls] = await page.evaluate(() => [
        document.querySelector(".panes")?.clientHeight ?? 0,
        ...[document.documentElement, document.querySelector(".bar")].map(
          (each) => (each?.scrollWidth ?? 0) - innerWidth,
        ),
      ]);
      expect(picture, `${width} x ${height}`).toBeGreaterThan(110);
      expect(Math.max(...scrolls), `${width} x ${height}`).toBeLessThanOrEqual(0);
    }
  });
});

function isInside(points: readonly number[], x: number, y: number): boolean {
  let inside = false;
  for (let k = 0; k < 4; k++) {
    const [ax, ay] = [points[2 * k], points[2 * k + 1]];
    const [bx, by] = [points[(2 * k + 2) % 8], points[(2 * k + 3) % 8]];
    if (ay > y !== by > y && x < ax + ((y - ay) * (bx - ax)) / (by - ay)) inside = !inside;
  }
  return inside;
}
