/** Everything on the screen is of one entry of one sample, or says that it is not. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Random } from "../../src/core/index.js";
import { eventually, hasChromium, longTest, isLong, run, type Site, startSite } from "./browser.js";
import { truthsOf, walk } from "./walk.js";

const STEPS = isLong ? 300 : 12;
const cases = join(import.meta.dirname, "../../../shared/cases");
const hasCases = existsSync(cases);

describe.skipIf(!hasChromium)("entries [needs chromium]", () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite(async (folder) => {
      const make = (name: string, ...options: string[]): Promise<void> =>
        run("simulate", "--seed", "3", ...options, "--out", join(folder, name));
      await make("photons", "--particles", "photons", "--events", "8");
      await make("pions", "--particles", "pions", "--events", "12");
      await make("pileup", "--particles", "photons", "--pileup", "40", "--events", "5");
      if (!hasCases) return;
      const jobs = ["job1.root", "job2.root"].map((name) => join(cases, "01-event-number-repeats", name));
      await run("skim", ...jobs, "--particles", "photons", "--out", join(folder, "jobs"));
    });
  }, 120_000);
  afterAll(() => site?.close());

  test(
    `${STEPS} random steps over samples of very different sizes: picture, header, clusters and table are of one entry`,
    async () => {
      const names = ["photons", "pions", "pileup"];
      const samples = Object.fromEntries(
        await Promise.all(names.map(async (name) => [name, await truthsOf(join(site.folder, name))] as const)),
      );
      const page = await site.open("sample=photons&entry=0");
      const sizes = await walk(page, samples, STEPS, new Random(17, 0));
      expect(Math.max(...sizes)).toBeGreaterThan(5 * Math.min(...sizes));
      expect(site.complaints).toEqual([]);
    },
    30_000 + 3000 * STEPS,
  );

  longTest(
    "numbers that repeat: each of 20 entries is its own [needs shared data]",
    async () => {
      const truths = await truthsOf(join(site.folder, "jobs"));
      expect(truths.length).toBe(20);
      expect(new Set(truths.map(({ event }) => event)).size).toBe(10);
      const page = await site.open("sample=jobs&entry=0");
      const shows = async (entry: number): Promise<void> => {
        await eventually(() => page.locator(".entry").textContent()).toBe(`entry ${entry} of 20`);
        await eventually(() => page.locator(".facts-line").textContent()).toContain(truths[entry].particle);
        expect(await page.getByLabel("Event number").inputValue()).toBe(truths[entry].event);
      };
      for (let entry = 0; entry < 20; entry++) {
        await shows(entry);
        if (entry < 19) await page.getByLabel("Next event").click();
      }
      await eventually(() => page.getByLabel("Next event").isDisabled()).toBe(true);
      // The table has followed: the last row is in sight. Its row of entry 10 shows entry 10.
      await eventually(() => page.locator(".grid-body [aria-selected=true]").textContent()).toMatch(/^19/);
      await page
        .locator(".grid-body .grid-row", { hasText: truths[10].particle.slice(3, 7) })
        .first()
        .click();
      await shows(10);
      await eventually(() => page.url()).toContain("entry=10");
      // By its number the first, and once more the next.
      for (const entry of [0, 10]) {
        await page.getByLabel("Event number").fill(truths[10].event);
        await page.getByLabel("Event number").press("Enter");
        await shows(entry === 0 ? 0 : 10);
        expect(await page.locator(".problem").textContent()).toContain(
          `2 entries are event ${truths[10].event}: 0, 10`,
        );
      }
    },
    { skip: !hasCases },
  );

  longTest(
    "files that cannot be shown as they are: the old sample stays under its own name, trees are offered [needs shared data]",
    async () => {
      const page = await site.open("sample=photons&entry=3");
      const truth = (await truthsOf(join(site.folder, "photons")))[3];
      const isOld = async (): Promise<void> => {
        expect(await page.getByLabel("Sample", { exact: true }).inputValue()).toBe("photons");
        expect(await page.locator(".status span").first().textContent()).toMatch(/^photons · /);
        expect(await page.locator(".entry").textContent()).toBe("entry 3 of 8");
        expect(await page.locator(".facts-line").textContent()).toContain(truth.particle);
        expect(page.url()).toContain("sample=photons&entry=3");
      };
      const open = (name: string): Promise<void> => page.getByLabel("Open files").setInputFiles(join(cases, name));
      await open("04-rntuple-is-called-no-tree/uproot.root");
      await eventually(() => page.locator(".problem").textContent()).toMatch(/^Cannot open uproot\.root: .*RNTuple/);
      await isOld();
      await open("18-several-trees-on-the-page/multi.root");
      const choice = page.getByRole("dialog", { name: "Choose a tree" });
      await eventually(() => choice.textContent()).toContain("multi.root has 2 trees");
      await isOld();
      const second = choice.getByRole("button").nth(1);
      const tree = (await second.textContent()) ?? "";
      await second.click();
      await eventually(() => page.locator(".status span").first().textContent()).toContain(`tree ${tree}`);
      expect(await page.getByLabel("Sample", { exact: true }).inputValue()).toBe("dropped: multi.root");
      expect(await page.locator(".problem").count()).toBe(0);
    },
    { skip: !hasCases },
  );

  test("an entry that is not there: a message, and no other entry", async () => {
    const context = await site.browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.goto(`${site.url}#sample=photons&entry=99`);
    await eventually(() => page.locator(".problem").textContent()).toContain(
      "photons has no entry 99; it has 8, from 0 to 7",
    );
    expect(await page.locator("tr[data-cluster]").count()).toBe(0);
    expect(await page.locator(".picture canvas").getAttribute("data-quads")).toBe("0");
    await page.getByLabel("Next event").click();
    await eventually(() => page.locator(".entry").textContent()).toBe("entry 0 of 8");
    await eventually(() => page.locator(".problem").count()).toBe(0);
    await context.close();
  });

  longTest(
    "a link keeps what is picked of B, the order and the filters of the table; on a phone a sheet covers no picture",
    async () => {
      const page = await site.open(
        "sample=photons&entry=2&compare=settings&bChain=cs&pick=seedb:0&sort=-pt&find=pt%3E20",
        { viewport: { width: 390, height: 844 } },
      );
      await eventually(() => page.locator(".clusters[data-side=B] tr.picked").count()).toBe(1);
      await page.getByRole("button", { name: "events", exact: true }).click();
      const pts = () =>
        page.$$eval(".grid-body .grid-row", (rows) => rows.map((row) => Number(row.children[2].textContent)));
      await eventually(async () => (await pts()).length).toBeGreaterThan(1);
      await eventually(() => page.locator(".count").textContent()).not.toContain("reading");
      const shown = await pts();
      expect(shown).toEqual(shown.toSorted((a, b) => b - a));
      expect(Math.min(...shown)).toBeGreaterThan(20);
      await page.getByRole("button", { name: "parameters", exact: true }).click();
      const boxes = await Promise.all([".panes", ".panel"].map((selector) => page.locator(selector).boundingBox()));
      const [picture, sheet] = boxes;
      expect(picture?.height).toBeGreaterThan(250);
      expect((picture?.y ?? 0) + (picture?.height ?? 0)).toBeLessThanOrEqual((sheet?.y ?? 0) + 1);
    },
  );
});
