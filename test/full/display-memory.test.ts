/** The event display with 200 collisions an event: the memory of a page that goes from event to event. */
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium, run, type Site, startSite } from "../browser/browser.js";

const EVENTS = 100;

describe.skipIf(!hasChromium)("event display with pile-up 200 [needs chromium]", () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite(async (folder) => {
      const events = ["--particles", "photons", "--pileup", "200", "--events", String(EVENTS + 10)];
      await run("simulate", ...events, "--seed", "2", "--out", join(folder, "pu200"));
    });
  }, 600_000);
  afterAll(() => site?.close());

  test.each([
    { name: "layers", hash: "" },
    { name: "detector", hash: "&view=detector" },
    { name: "coarse seeds", hash: "&view=coarse&chain=cs" },
    { name: "A | B", hash: "&compare=settings&bChain=cs" },
  ])(
    "memory does not grow from event 20 to event 100: $name",
    async ({ hash }) => {
      const own = await site.open(`sample=pu200&n=20${hash}`);
      // The pixels of a larger picture cost time, no memory of the page.
      await own.setViewportSize({ width: 900, height: 600 });
      const session = await own.context().newCDPSession(own);
      const heap = async (): Promise<number> => {
        await session.send("HeapProfiler.collectGarbage");
        return (await session.send("Runtime.getHeapUsage")).usedSize / 1e6;
      };
      const next = async (n: number): Promise<void> => {
        for (let k = 0; k < n; k++) {
          const before = await own.getAttribute(".clusters", "data-settled");
          await own.keyboard.press("ArrowRight");
          await own.waitForFunction(
            (old) => document.querySelector(".clusters")?.getAttribute("data-settled") !== old,
            before,
            { timeout: 60_000 },
          );
        }
      };
      await own.waitForSelector("[data-offline=ready]", { timeout: 60_000 });
      await own.locator(".sentence").click();
      await next(20);
      const early = await heap();
      await next(EVENTS - 20);
      const late = await heap();
      console.info(`heap ${early.toFixed(1)} MB, then ${late.toFixed(1)} MB`);
      expect(late - early).toBeLessThan(8);
    },
    600_000,
  );
});
