/** Pages of a study of 1,000,000 clusters in a real browser: the first page, a step of the slider, what is fetched, and memory. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium, type Site, startSite } from "../../browser/browser.js";
import { writeLargeStudy } from "../large-study.js";

/** Slack for machines that do something else as well. */
const SLACK = Number(process.env["BYE_SPLITS_SLACK"] ?? 1);
const STEPS = 11;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * Of the renderer process of the page, which its workers are threads of [MB]: all of its memory, and its share of what several processes have
 * together, as libraries (PSS). The browser, its GPU and network processes, and the renderer that Chromium keeps for the next page are no part of the page.
 */
async function memoryOf(page: Page): Promise<number> {
  const session = await page.context().browser()?.newBrowserCDPSession();
  const { processInfo } = (await session?.send("SystemInfo.getProcessInfo")) ?? { processInfo: [] };
  const sizes = processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => Number(/^Pss:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, "utf8"))?.[1]) / 1000);
  await session?.detach();
  // It is the largest by far.
  return Math.max(...sizes);
}

describe.skipIf(!hasChromium)("a study of 1,000,000 clusters in the browser [needs chromium]", () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite((folder) => writeLargeStudy(join(folder, "large")));
  }, 600_000);
  afterAll(async () => site?.close());

  test("first page < 2 s, a step of the slider < 100 ms in the middle and without a request, < 500 MB", async () => {
    // One comes from somewhere: the browser is awake.
    await (await site.open("page=studies", {})).context().close();
    const start = performance.now();
    const page = await site.open("page=studies&studies.study=large", {});
    const first = performance.now() - start;
    const memories: number[] = [];
    const requests: string[] = [];
    page.on("request", (request) => {
      if (!request.url().includes("/assets/")) requests.push(request.url());
    });
    // With the plot of clusters, which are read after particles, and all intervals.
    await page.waitForFunction(() =>
      document.querySelector("main.plots")?.getAttribute("data-shown")?.endsWith(" true"),
    );
    const whole = performance.now() - start;
    const said: string[] = [
      `first page after ${first.toFixed(0)} ms, to the last interval after ${whole.toFixed(0)} ms`,
    ];
    const buttons = page.locator("nav.pages button");
    const medians: number[] = [];
    for (let k = 0; k < (await buttons.count()); k++) {
      const turned = performance.now();
      await buttons.nth(k).click();
      await page.locator("nav.pages button[aria-current] small").waitFor();
      said.push(`${await buttons.nth(k).innerText()} after ${(performance.now() - turned).toFixed(0)} ms`);
      requests.length = 0;
      const steps = await page.evaluate(async (count) => {
        const slider = document.querySelector<HTMLInputElement>("input[aria-label=Radius]");
        const plots = document.querySelector("main.plots");
        if (slider === null || plots === null) throw new Error("no slider");
        const radiusShown = (): string => (plots.getAttribute("data-shown") ?? "").split(" ")[1];
        const found: number[] = [];
        for (let step = 0; step < count; step++) {
          const before = radiusShown();
          const begin = performance.now();
          slider.value = String(5 + step);
          slider.dispatchEvent(new Event("input", { bubbles: true }));
          while (radiusShown() === before) {
            if (performance.now() - begin > 20_000) throw new Error("the radius stays");
            await new Promise((resolve) => setTimeout(resolve, 2));
          }
          // Drawn, and not only in the document.
          await new Promise((resolve) => requestAnimationFrame(resolve));
          found.push(performance.now() - begin);
          // As fast as a hand.
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        return found;
      }, STEPS);
      said.push(`a step ${median(steps).toFixed(0)} ms, ${Math.max(...steps).toFixed(0)} at most`);
      medians.push(median(steps));
      memories.push(await memoryOf(page));
      expect(requests, said.at(-2)).toEqual([]);
    }
    console.info([...said, `${memories.map((each) => each.toFixed(0)).join(", ")} MB`].join("\n"));
    expect(medians).toHaveLength(6);
    expect(first).toBeLessThan(2000 * SLACK);
    for (const each of medians) expect(each, said.join("; ")).toBeLessThan(100 * SLACK);
    expect(Math.max(...memories)).toBeGreaterThan(50);
    expect(Math.max(...memories)).toBeLessThan(500);
    expect(site.complaints).toEqual([]);
  }, 600_000);
});
