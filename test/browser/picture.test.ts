import { join } from "node:path";
import { type CDPSession, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSampleFolder } from "../../src/io/node/index.js";
import { eventually, hasChromium, longTest, run, settled, type Site, startSite } from "./browser.js";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

describe.skipIf(!hasChromium)("event display: the picture [needs chromium]", () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite(async (folder) => {
      const photons = ["--particles", "photons", "--seed", "4"];
      await run("simulate", ...photons, "--events", "120", "--out", join(folder, "photons"));
      await run("simulate", ...photons, "--events", "2", "--pileup", "60", "--out", join(folder, "pileup"));
    });
  }, 60_000);
  afterAll(() => site?.close());

  const boxOf = async (page: Page) => {
    const box = await page.locator(".picture canvas").boundingBox();
    if (box === null) throw new Error("no picture");
    return box;
  };
  const cameraOf = async (page: Page): Promise<{ x: number; y: number; half: number }> => {
    const text = (await page.locator(".picture canvas").getAttribute("data-camera")) ?? "";
    const [x, y, half] = text.split(",").map(Number);
    return { x, y, half };
  };

  longTest(
    "the flat histogram goes on beyond φ = ±π: bins on both sides of the seam are next to the particle",
    async () => {
      const sample = await openSampleFolder(join(site.folder, "photons"));
      const { entries, gen } = await sample.readBatch(0);
      await sample.close();
      const { event, gen_first } = entries.columns;
      const phiOf = (i: number): number => gen.columns.gen_phi[gen_first[i]];
      const [nearest] = Array.from(event, (_, i) => i).toSorted((a, b) => Math.abs(phiOf(b)) - Math.abs(phiOf(a)));
      expect(Math.PI - Math.abs(phiOf(nearest))).toBeLessThan(0.1);

      const page = await site.open(`sample=photons&event=${event[nearest]}&view=histogram`);
      await settled(page, Number(event[nearest]));
      const { x, y, width, height } = await boxOf(page);
      const camera = await cameraOf(page);
      expect(camera.x).toBeCloseTo(phiOf(nearest), 3);
      // Where π is in the picture, whichever of its copies is in it.
      const turns = Math.round((camera.x - Math.PI) / (2 * Math.PI));
      const perBin = ((2 * Math.PI) / 216 / 2 / camera.half) * width;
      const seam = width / 2 + ((Math.PI + 2 * Math.PI * turns - camera.x) / 2 / camera.half) * width;
      const columns: number[] = [];
      for (const bins of [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5]) {
        await page.mouse.move(Math.round(x + seam + bins * perBin), Math.round(y + height / 2));
        const card = page.locator(".hover-card");
        await eventually(() => card.count()).toBe(1);
        columns.push(Number(await card.getAttribute("data-index")) % 216);
      }
      expect(columns).toEqual([213, 214, 215, 0, 1, 2]);

      // Once around: the map has no end.
      const labels = await page.locator(".overlay .bin-value").count();
      expect(labels).toBeGreaterThan(20);
      const around = `${camera.x + 2 * Math.PI},${camera.y},${camera.half}`;
      await page.evaluate((text) => (location.hash += `&camera=${text}`), around);
      await eventually(async () => (await cameraOf(page)).x).toBeCloseTo(camera.x + 2 * Math.PI, 4);
      await eventually(() => page.locator(".overlay .bin-value").count()).toBe(labels);
      expect(await page.locator(".overlay .particle").count()).toBe(1);
    },
  );

  longTest("clusters beyond eight have a hatching, in the picture as in the table", async () => {
    const page = await site.open("sample=pileup&event=1&seed.histoThreshold=3");
    await settled(page, 1, "default", { "seed.histoThreshold": "3" });
    // The most energetic first.
    const clusters = await page.$$eval("tr[data-cluster]", (rows) =>
      rows.map((row) => {
        const [seed, , , eta, phi] = JSON.parse(row.getAttribute("data-cluster") ?? "[]") as number[];
        const pattern = Number(/pattern-(\d)/.exec(row.querySelector(".swatch")?.className ?? "")?.[1]);
        return { seed, eta, phi, pattern };
      }),
    );
    expect(Math.max(...clusters.map(({ seed }) => seed))).toBeGreaterThan(31);
    for (const { seed, pattern } of clusters) expect([seed, pattern]).toEqual([seed, Math.floor(seed / 8) % 4]);
    for (const pattern of [0, 1, 2, 3]) {
      const { eta, phi } = clusters.find((cluster) => cluster.pattern === pattern) ?? { eta: 0, phi: 0 };
      const r = 1 / Math.sinh(eta);
      const camera = `${(r * Math.cos(phi)).toFixed(4)},${(r * Math.sin(phi)).toFixed(4)},0.01`;
      await page.evaluate(
        (text) => (location.hash = text),
        `sample=pileup&event=1&seed.histoThreshold=3&camera=${camera}`,
      );
      await eventually(() => page.locator(".picture canvas").getAttribute("data-camera")).toContain("0.01");
      const rising = await stripes(page, 1);
      const falling = await stripes(page, -1);
      // Along a diagonal, lines across it come every 8 pixels; those along it do not show.
      expect([pattern, rising > 20, falling > 20]).toEqual([pattern, (pattern & 2) !== 0, (pattern & 1) !== 0]);
    }
  });

  /** Changes between dark and light on the way from the middle along a diagonal that rises (1) or falls (-1). */
  async function stripes(page: Page, slope: number): Promise<number> {
    await page.evaluate(() => document.querySelector(".overlay")?.setAttribute("style", "visibility: hidden"));
    await page.waitForTimeout(200);
    const shot = (await page.locator(".picture").screenshot()).toString("base64");
    return page.evaluate(
      async ([png, up]) => {
        const bytes = Uint8Array.from(atob(png), (char) => char.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
        context?.drawImage(bitmap, 0, 0);
        let changes = 0;
        let last = 0;
        for (let k = -100; k < 100; k++) {
          const at = [bitmap.width / 2 + k, bitmap.height / 2 - k * up].map(Math.round);
          const [r, g, b] = context?.getImageData(at[0], at[1], 1, 1).data ?? [];
          const light = (r + g + b) / 3;
          if (Math.abs(light - last) > 12) changes++;
          last = light;
        }
        return changes;
      },
      [shot, slope] as const,
    );
  }

  describe("with fingers, on a phone", () => {
    interface Finger {
      readonly x: number;
      readonly y: number;
    }
    const touch = (session: CDPSession, type: "touchStart" | "touchMove" | "touchEnd", fingers: readonly Finger[]) =>
      session.send("Input.dispatchTouchEvent", { type, touchPoints: fingers.map((at, id) => ({ ...at, id })) });
    const between = (from: Finger, to: Finger, part: number): Finger => ({
      x: from.x + part * (to.x - from.x),
      y: from.y + part * (to.y - from.y),
    });
    /** All fingers go from their first to their second place, in steps as a screen reports them, after a rest [ms]. */
    async function move(session: CDPSession, ways: readonly (readonly [Finger, Finger])[], rest = 0): Promise<void> {
      const at = (part: number): Finger[] => ways.map(([from, to]) => between(from, to, part));
      const start = touch(session, "touchStart", at(0));
      if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
      // Without waiting in between: a slow machine would make a long press of it.
      const steps = Array.from({ length: 8 }, (_, k) => touch(session, "touchMove", at((k + 1) / 8)));
      await Promise.all([start, ...steps, touch(session, "touchEnd", [])]);
    }
    async function onPhone(hash: string) {
      const page = await site.open(hash, PHONE);
      await settled(page, 1);
      const session = await page.context().newCDPSession(page);
      const { x, y, width, height } = await boxOf(page);
      expect(width).toBe(390);
      return { page, session, width, middle: { x: x + width / 2, y: y + height / 2 } };
    }

    longTest("one finger moves the picture by its own way, and the page stays", async () => {
      const { page, session, width, middle } = await onPhone("sample=photons&event=1");
      const before = await cameraOf(page);
      await move(session, [[middle, { x: middle.x + 60, y: middle.y - 45 }]]);
      const unit = (2 * before.half) / width;
      await eventually(async () => (await cameraOf(page)).x).toBeCloseTo(before.x - 60 * unit, 2);
      const after = await cameraOf(page);
      // The first pixels tell a drag from a tap.
      expect(Math.abs(after.x - (before.x - 60 * unit))).toBeLessThan(9 * unit);
      expect(Math.abs(after.y - (before.y - 45 * unit))).toBeLessThan(9 * unit);
      expect(after.half).toBe(before.half);
      expect(await page.evaluate(() => [scrollX, scrollY, visualViewport?.scale])).toEqual([0, 0, 1]);
      expect(await page.locator("[data-picked]").count()).toBe(0);
    });

    test("two fingers zoom about the point between them", async () => {
      const { page, session, width, middle } = await onPhone("sample=photons&event=1");
      const before = await cameraOf(page);
      const pivot = { x: middle.x + 40, y: middle.y + 20 };
      const apart = (distance: number, side: number): Finger => ({ x: pivot.x + side * distance, y: pivot.y });
      await move(session, [
        [apart(30, -1), apart(90, -1)],
        [apart(30, 1), apart(90, 1)],
      ]);
      await eventually(async () => (await cameraOf(page)).half / before.half).toBeCloseTo(1 / 3, 1);
      const after = await cameraOf(page);
      const planeX = (camera: { x: number; half: number }): number => camera.x + (40 * 2 * camera.half) / width;
      expect(Math.abs(planeX(after) - planeX(before))).toBeLessThan((10 * 2 * before.half) / width);
      // Longer than a long press.
      const back = [
        [apart(90, -1), apart(30, -1)],
        [apart(90, 1), apart(30, 1)],
      ] as const;
      await move(session, back, 700);
      await eventually(async () => (await cameraOf(page)).half / before.half).toBeCloseTo(1, 1);
      expect(await page.evaluate(() => visualViewport?.scale)).toBe(1);
      expect(await page.locator("[data-picked]").count()).toBe(0);
    });

    longTest("a long press shows the card of what is under the finger, a tap pins it", async () => {
      const { page, session, middle } = await onPhone("sample=photons&event=1&view=histogram");
      const card = page.locator(".hover-card");
      await touch(session, "touchStart", [middle]);
      await eventually(() => card.count()).toBe(1);
      const index = await card.getAttribute("data-index");
      const { x = 0, width = 0 } = (await card.boundingBox()) ?? {};
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(390);
      expect(await card.textContent()).toContain("Histogram bin");
      // It follows the finger, and the picture stays.
      const before = await cameraOf(page);
      await touch(session, "touchMove", [{ x: middle.x, y: middle.y - 60 }]);
      await eventually(() => card.getAttribute("data-index")).not.toBe(index);
      expect(await cameraOf(page)).toEqual(before);
      await touch(session, "touchEnd", []);
      expect(await page.locator("polygon.picked").count()).toBe(0);
      await page.touchscreen.tap(middle.x, middle.y);
      await eventually(() => page.locator("polygon.picked").count()).toBe(1);
      await eventually(() => page.url()).toContain(`pick=bin:${index}`);
    });
  });
});
