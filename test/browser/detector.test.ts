/** The detector view in a browser: what is drawn, what it costs, what the pointer and the keyboard do. */
import { join } from "node:path";
import { type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Random } from "../../src/core/index.js";
import { createGeometry, tcIndex, tcOutline } from "../../src/detector/index.js";
import { openSampleFolder } from "../../src/io/node/index.js";
import { createCamera, parseOrbit, project, type Vector } from "../../src/web/display/detector/camera.js";
import {
  eventually,
  hasChromium,
  isLong,
  longTest,
  pixelsThatDiffer,
  run,
  settled,
  type Site,
  some,
  startSite,
} from "./browser.js";

const CANVAS = ".picture canvas";
const POSITIVE = "view=detector&sample=both&event=1";
const NEGATIVE = `${POSITIVE}&endcap=-1`;

describe.skipIf(!hasChromium)("detector view [needs chromium]", () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite(async (folder) => {
      await run(
        "simulate",
        "--particles",
        "photons",
        "--events",
        "2",
        "--endcap",
        "both",
        "--out",
        join(folder, "both"),
      );
    });
  }, 120_000);
  afterAll(() => site?.close());

  const numberOf = async (page: Page, name: string): Promise<number> =>
    Number(await page.getAttribute(CANVAS, `data-${name}`));
  /** Waits until nothing is drawn for a while. */
  const still = async (page: Page): Promise<void> => {
    for (let before = -1; ;) {
      const drawn = await numberOf(page, "drawn");
      if (drawn === before && drawn > 0) return;
      before = drawn;
      await page.waitForTimeout(300);
    }
  };
  /** The picture alone: without what stands above it. */
  const shot = async (page: Page): Promise<string> => {
    await still(page);
    await page.evaluate(() => document.querySelector(".overlay")?.setAttribute("style", "visibility: hidden"));
    return (await page.locator(".picture").first().screenshot()).toString("base64");
  };
  const orbitOf = async (page: Page) => {
    const orbit = parseOrbit((await page.getAttribute(CANVAS, "data-orbit")) ?? "");
    if (orbit === null) throw new Error("no orbit");
    return orbit;
  };
  const box = async (page: Page) => {
    const found = await page.locator(CANVAS).boundingBox();
    if (found === null) throw new Error("no picture");
    return found;
  };

  test.each(
    some(
      [
        { name: "positive endcap", hash: POSITIVE },
        { name: "negative endcap", hash: NEGATIVE },
      ],
      1,
    ),
  )("presets show different pictures in at most 4 draw calls: $name", async ({ hash }) => {
    const page = await site.open(hash);
    const shots = [await shot(page)];
    for (const [key, azimuth, elevation] of [
      ["1", 0, 0],
      ["2", -90, 0],
      ["3", -90, 90],
    ] as const) {
      await page.keyboard.press(key);
      await eventually(() => orbitOf(page)).toMatchObject({ azimuth, elevation });
      shots.push(await shot(page));
    }
    await page.getByRole("slider", { name: "Trigger cells with mipPt above" }).fill("20");
    shots.push(await shot(page));
    for (let k = 1; k < shots.length; k++) {
      expect(await pixelsThatDiffer(page, shots[k - 1], shots[k]), `pictures ${k - 1} and ${k}`).toBeGreaterThan(0.002);
    }
    expect(await page.locator(".notice").count()).toBe(0);
    expect(await numberOf(page, "calls")).toBeGreaterThan(0);
    expect(await numberOf(page, "calls")).toBeLessThanOrEqual(4);
    expect(site.complaints).toEqual([]);
  });

  longTest("other colours re-create nothing, and nothing is drawn without a change", async () => {
    const page = await site.open(POSITIVE);
    const before = await shot(page);
    const [made, drawn] = [await numberOf(page, "made"), await numberOf(page, "drawn")];
    expect(made).toBeGreaterThan(0);
    await page.waitForTimeout(500);
    expect(await numberOf(page, "drawn")).toBe(drawn);
    await page.keyboard.press("c");
    expect(await pixelsThatDiffer(page, before, await shot(page))).toBeGreaterThan(0.003);
    await page.getByRole("button", { name: "linear" }).click();
    await page.locator("tr[data-cluster]").first().hover();
    await still(page);
    expect(await numberOf(page, "made")).toBe(made);
    expect(await numberOf(page, "drawn")).toBeGreaterThan(drawn + 2);
    await expect.poll(() => page.locator(".colour-bar").textContent()).toContain("transverse MIPs");
  });

  test.each(
    some(
      [
        { name: "positive endcap", endcap: 1 },
        { name: "negative endcap", endcap: -1 },
      ],
      0,
    ),
  )("along the beam the pointer reads the last cell behind it: $name", async ({ endcap }) => {
    const sample = await openSampleFolder(join(site.folder, "both"));
    const batch = await sample.readBatch(0);
    await sample.close();
    const geometry = createGeometry("V11");
    const { event, zside, tc_first, tc_rows } = batch.entries.columns;
    const entry = event.findIndex((number, i) => number === event[0] && zside[i] === endcap);
    const tc = batch.tc.columns;
    const number = Number(event[entry]);
    const page = await site.open(
      `view=detector&sample=both&event=${number}&endcap=${endcap}&projection=orthographic&mip=0`,
    );
    await settled(page, number);
    await page.keyboard.press("1");
    await still(page);
    const { x, y, width, height } = await box(page);
    const camera = createCamera(await orbitOf(page), "orthographic", { width, height });
    const cells = Array.from({ length: tc_rows[entry] }, (_, t) => {
      const row = tc_first[entry] + t;
      const name = [tc.tc_wu, tc.tc_wv, tc.tc_cu, tc.tc_cv].map((column) => column[row]);
      const id = tcIndex(geometry, tc.tc_layer[row], name[0], name[1], name[2], name[3]);
      const outline = tcOutline(geometry, id);
      const points = [0, 2, 4, 6].map((k) => {
        const at: Vector = [endcap * outline[k], outline[k + 1], tc.tc_z[row]];
        return project(camera, at);
      });
      return { t, z: tc.tc_z[row], points };
    }).toSorted((a, b) => b.z - a.z);
    const random = new Random(9, 0);
    const card = page.locator(".hover-card");
    let hits = 0;
    for (let k = 0; k < (isLong ? 25 : 8); k++) {
      const { points } = cells[Math.floor(random.uniform() * cells.length)];
      const [px, py] = [0, 1].map((i) => Math.round(points[0][i] + random.between(-25, 25)));
      if (px < 20 || py < 60 || px > width - 20 || py > height - 60) continue;
      const want = cells.find((cell) => isInside(cell.points, px, py))?.t ?? null;
      await page.mouse.move(x + px, y + py);
      await expect
        .poll(async () => {
          if ((await card.count()) === 0) return null;
          // A cluster's dot hides the cell behind it.
          if ((await card.getAttribute("data-kind")) === "seed") return want;
          return Number(await card.getAttribute("data-index"));
        })
        .toBe(want);
      if (want === null) continue;
      hits++;
      await page.mouse.click(x + px, y + py);
      await eventually(() => page.locator("[data-picked]").count()).toBe(1);
    }
    expect(hits).toBeGreaterThan(isLong ? 8 : 2);
  });

  longTest("a link restores orbit, projection and layers", async () => {
    const page = await site.open(`${POSITIVE}&from=5&to=20`);
    const all = await site.open(POSITIVE);
    expect(await numberOf(page, "quads")).toBeLessThan(await numberOf(all, "quads"));
    const { x, y, width, height } = await box(page);
    const start = await orbitOf(page);
    const drag = async (button: "left" | "right"): Promise<void> => {
      await page.mouse.move(x + width / 2, y + height / 2);
      await page.mouse.down({ button });
      await page.mouse.move(x + width / 2 + 50, y + height / 2 - 20, { steps: 4 });
      await page.mouse.up({ button });
    };
    await drag("left");
    const turned = await orbitOf(page);
    expect(turned).toEqual({ ...start, azimuth: start.azimuth - 20, elevation: start.elevation - 8 });
    await drag("right");
    const shifted = await orbitOf(page);
    expect([shifted.azimuth, shifted.z > turned.z, shifted.y < turned.y]).toEqual([turned.azimuth, true, true]);
    await page.mouse.wheel(0, -200);
    await eventually(async () => (await orbitOf(page)).distance).toBeLessThan(start.distance);
    await page.keyboard.press("o");
    await page.mouse.move(x + width / 2, 10);
    await page.waitForFunction(() => location.hash.includes("orbit=") && location.hash.includes("orthographic"));
    await page.waitForTimeout(300);
    const other = await site.open(new URL(page.url()).hash.slice(1));
    const shots = [await shot(page), await shot(other)];
    expect(await pixelsThatDiffer(page, shots[0], shots[1])).toBeLessThan(0.01);
    // The comparison can fail.
    await other.keyboard.press("o");
    await other.keyboard.press("Shift+ArrowLeft");
    expect(await pixelsThatDiffer(page, shots[0], await shot(other))).toBeGreaterThan(0.01);
    await other.keyboard.press("f");
    await eventually(() => orbitOf(other)).toEqual(start);
    expect(site.complaints).toEqual([]);
  });

  longTest("keys open the view, turn and move it; the picture says what it shows", async () => {
    const page = await site.open("sample=both&event=1");
    await page.keyboard.press("d");
    await page.waitForSelector(`${CANVAS}[data-orbit]`);
    const start = await orbitOf(page);
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("PageUp");
    await page.keyboard.press("+");
    const now = await orbitOf(page);
    expect([now.azimuth, now.elevation]).toEqual([start.azimuth - 10, start.elevation + 10]);
    expect(now.y).toBeGreaterThan(start.y);
    expect(now.distance).toBeCloseTo(0.8 * start.distance, 1);
    expect(await page.getAttribute(CANVAS, "aria-label")).toMatch(
      /^Event \d+: \d+ of \d+ trigger cells in three dimensions, layers 1 to 50; 1 seed, 1 cluster\./,
    );
    await page.getByRole("slider", { name: "First layer" }).fill("9");
    await page.getByRole("slider", { name: "Last layer" }).fill("7");
    await eventually(() => page.url()).toContain("from=7&to=7");
    await eventually(() => page.getAttribute(CANVAS, "aria-label")).toContain("layers 7 to 7");
  });

  longTest("A and B turn together, and a cell whose cluster differs is marked in both", async () => {
    // Opens with a split photon, which that window heals.
    const hash = "view=detector&compare=settings&b.seed.window=2";
    const page = await site.open(hash);
    const panes = page.locator(".picture canvas[data-orbit]");
    await eventually(() => panes.count()).toBe(2);
    const { x, y, width, height } = (await panes.nth(1).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const before = await orbitOf(page);
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width / 2 + 25, y + height / 2, { steps: 2 });
    await page.mouse.up();
    const orbits = await panes.evaluateAll((all) => all.map((each) => each.getAttribute("data-orbit")));
    expect(orbits[0]).toBe(orbits[1]);
    expect((await orbitOf(page)).azimuth).toBe(before.azimuth - 10);
    await page.mouse.move(x, 5);
    const marked = await shot(page);
    await page.evaluate((text) => (location.hash = text), new URL(page.url()).hash.replace("window=2", "window=1"));
    await page.waitForTimeout(300);
    expect(await pixelsThatDiffer(page, marked, await shot(page))).toBeGreaterThan(0.001);
  });

  longTest("when the graphics context is lost the page says so, and draws again when it comes back", async () => {
    const page = await site.open(POSITIVE);
    const before = await shot(page);
    const lost = await page.evaluateHandle(() =>
      document
        .querySelector<HTMLCanvasElement>(".picture canvas")
        ?.getContext("webgl2")
        ?.getExtension("WEBGL_lose_context"),
    );
    await lost.evaluate((extension) => extension?.loseContext());
    await eventually(() => page.locator(".notice").textContent()).toContain("graphics context was lost");
    await lost.evaluate((extension) => extension?.restoreContext());
    await eventually(() => page.locator(".notice").count()).toBe(0);
    await page.waitForTimeout(300);
    expect(await pixelsThatDiffer(page, before, await shot(page))).toBeLessThan(0.001);
  });

  longTest("on a phone: nothing is wider than the screen, one finger turns, two move and zoom", async () => {
    const page = await site.open(POSITIVE, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await still(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    const buttons = await page.$$eval(".corner button", (all) => all.map((each) => each.getBoundingClientRect().right));
    expect([buttons.length, Math.max(...buttons) <= 390]).toEqual([6, true]);
    const start = await orbitOf(page);
    const session = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...points: readonly (readonly [number, number])[]) =>
      session.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
    await touch("touchStart", [200, 500]);
    await touch("touchMove", [225, 500]);
    await touch("touchEnd");
    const turned = await orbitOf(page);
    expect(turned).toEqual({ ...start, azimuth: start.azimuth - 10 });
    await touch("touchStart", [150, 500], [250, 500]);
    await touch("touchMove", [130, 500], [270, 500]);
    await touch("touchEnd");
    const zoomed = await orbitOf(page);
    expect(zoomed.azimuth).toBe(turned.azimuth);
    expect(zoomed.distance).toBeLessThan(0.8 * turned.distance);
    expect(site.complaints.filter((text) => !text.includes("CONTEXT_LOST"))).toEqual([]);
  });
});

function isInside(points: readonly (readonly [number, number])[], x: number, y: number): boolean {
  let inside = false;
  for (const [k, [ax, ay]] of points.entries()) {
    const [bx, by] = points[(k + 1) % 4];
    if (ay > y !== by > y && x < ax + ((y - ay) * (bx - ax)) / (by - ay)) inside = !inside;
  }
  return inside;
}
