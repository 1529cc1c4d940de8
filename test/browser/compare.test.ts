import { join } from "node:path";
import { type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compareClusterings } from "../../src/chain/index.js";
import { ASSIGNMENT, CLUSTERS } from "../../src/events/index.js";
import { openRun, openSample } from "../../src/io/index.js";
import { nodeCodecs, openFolder } from "../../src/io/node/index.js";
import { eventually, hasChromium, longTest, isLong, run, type Site, startSite } from "./browser.js";

const EVENTS = 400;
/** Side B as the page's settings and as arguments of `run`; A is the default chain. */
const SETS: readonly { readonly chain: "default" | "cs"; readonly settings: Record<string, string> }[] = [
  { chain: "cs", settings: {} },
  { chain: "default", settings: { radius: "0.012" } },
  { chain: "cs", settings: { "cs.threshold": "20,30,40", "cluster.PtC3dThreshold": "0.2" } },
];

describe.skipIf(!hasChromium)("A | B [needs chromium]", () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite(async (folder) => {
      const photons = join(folder, "photons");
      await run("simulate", "--particles", "photons", "--events", String(EVENTS), "--seed", "4", "--out", photons);
      const all = ["--in", photons, "--set", "base.EtaMin=0", "--set", "base.EtaMax=100"];
      await run("run", "both", ...all, "--out", join(folder, "both"));
      for (const [i, { chain, settings }] of SETS.entries()) {
        const options = Object.entries(settings).flatMap(([key, text]) =>
          key === "radius" ? ["--radius", text] : ["--set", `${key}=${text.includes(",") ? `[${text}]` : text}`],
        );
        await run("run", chain, ...all, "--out", join(folder, `run${i}`), ...options);
      }
    });
  }, 120_000);
  afterAll(() => site?.close());

  const settledSide = (page: Page, side: "A" | "B", text: string): Promise<unknown> =>
    page.waitForFunction(
      ([name, wanted]) =>
        document.querySelector(`.clusters[data-side=${name}]`)?.getAttribute("data-settled") === wanted,
      [side, text] as const,
      { timeout: 20_000 },
    );
  const clustersOf = async (page: Page, side: "A" | "B"): Promise<number[][]> => {
    const rows = await page.$$eval(`.clusters[data-side=${side}] tr[data-cluster]`, (all) =>
      all.map((row) => row.getAttribute("data-cluster") ?? ""),
    );
    return rows.map((row) => JSON.parse(row) as number[]).toSorted((a, b) => a[0] - b[0]);
  };

  test("clusters and differing trigger cells are those of two runs: 3 comparisons of 3 events, of 20 in the long tests", async () => {
    const page = await site.open("sample=photons");
    const codecs = await nodeCodecs();
    const sample = await openSample(await openFolder(join(site.folder, "photons")), codecs);
    const { tc, entries } = await sample.readBatch(0);
    await sample.close();
    const load = async (name: string, chain: string) => {
      const opened = await openRun(await openFolder(join(site.folder, name)), codecs);
      const clusters = await opened.readTable("clusters", CLUSTERS);
      const assignment = await opened.readTable("assignment", ASSIGNMENT);
      return (entry: number, n: number) => {
        const seeds = new Int32Array(n).fill(-1);
        const { columns } = assignment;
        for (let k = 0; k < assignment.rows; k++) {
          if (columns.entry[k] === entry && columns.chain[k] === chain) seeds[columns.tc_row[k]] = columns.seed_idx[k];
        }
        const rows = Array.from({ length: clusters.rows }, (_, row) => row)
          .filter((row) => clusters.columns.entry[row] === entry && clusters.columns.chain[row] === chain)
          .map((row) => [clusters.columns.seed_idx[row], clusters.columns.n_tc[row], clusters.columns.en[row]]);
        return { seeds, rows };
      };
    };
    const ofA = await load("both", "default");
    let differing = 0;
    for (const [i, { chain, settings }] of SETS.entries()) {
      const ofB = await load(`run${i}`, chain);
      for (let entry = 0; entry < (isLong ? 20 : 3); entry++) {
        const event = String(entries.columns.event[entry]);
        const n = entries.columns.tc_rows[entry];
        const query = new URLSearchParams({ sample: "photons", event, compare: "settings" });
        if (chain !== "default") query.set("bChain", chain);
        for (const [key, text] of Object.entries(settings)) query.set(`b.${key}`, text);
        await page.evaluate((text) => (location.hash = text), query.toString());
        const sorted = JSON.stringify(Object.entries(settings).toSorted(([a], [b]) => (a < b ? -1 : 1)));
        await settledSide(page, "B", `${event} settings ${chain} ${sorted}`);
        const [a, b] = [ofA(entry, n), ofB(entry, n)];
        for (const [side, want] of [
          ["A", a.rows],
          ["B", b.rows],
        ] as const) {
          const got = (await clustersOf(page, side)).map(([seed, energy, , , , nTc]) => [seed, nTc, energy]);
          expect(
            got.map(([seed, nTc]) => [seed, nTc]),
            `set ${i}, event ${event}, ${side}`,
          ).toEqual(want.map(([seed, nTc]) => [seed, nTc]));
          for (const [k, [, , energy]] of got.entries()) expect(energy).toBeCloseTo(want[k][2], 10);
        }
        const first = entries.columns.tc_first[entry];
        const weight = tc.columns.tc_energy.subarray(first, first + n);
        const { differs } = compareClusterings(a.seeds, b.seeds, weight);
        const want = [...differs.keys()].filter((t) => differs[t] === 1);
        const listed = await page.getAttribute(".differences", "data-differences");
        expect(JSON.parse(listed ?? ""), `set ${i}, event ${event}`).toEqual(want);
        differing += want.length;
      }
    }
    expect(differing).toBeGreaterThan(isLong ? 50 : 5);
    expect(site.complaints).toEqual([]);
  }, 120_000);

  longTest("a stored run is B; one of another sample is refused in words", async () => {
    const page = await site.open("sample=photons&compare=run:run0&bChain=cs");
    await eventually(() => page.locator(".clusters[data-side=B] tr[data-cluster]").count()).toBeGreaterThan(0);
    const event = await page.getByLabel("Event number").inputValue();
    const stored = await clustersOf(page, "B");
    await page.getByLabel("What B is").selectOption("settings");
    await settledSide(page, "B", `${event} settings cs []`);
    // Node and the browser round the last digit differently.
    const rounded = (rows: number[][]): string[] => rows.flat().map((value) => value.toPrecision(12));
    expect(rounded(await clustersOf(page, "B"))).toEqual(rounded(stored));
    const other = await site.open("compare=run:run0&bChain=cs");
    await eventually(() => other.locator(".problem").textContent()).toContain(
      "run0 is a run on another sample than the one that is open",
    );
  });

  longTest("the sample: split fractions, and the events that differ, the most different first", async () => {
    const page = await site.open("sample=photons&compare=settings&b.seed.window=2");
    await page.waitForFunction(
      (least) => {
        const section = document.querySelector(".statistics");
        return (
          section?.getAttribute("data-surveying") === "false" && Number(section.getAttribute("data-events")) > least
        );
      },
      0.85 * EVENTS,
      { timeout: 60_000 },
    );
    const text = (await page.locator(".statistics").textContent()) ?? "";
    expect(text).toMatch(/split[\d.]+ %[\d.]+ %68 % interval[\d.]+ to [\d.]+ %/);
    await page.getByRole("button", { name: "differs" }).click();
    await page.getByRole("columnheader", { name: "differ [%]" }).getByRole("button").click();
    const shares = await page.$$eval(".grid-body .grid-row", (rows) =>
      rows.map((row) => Number(row.lastElementChild?.textContent)),
    );
    expect(shares.length).toBeGreaterThan(3);
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    expect(shares.at(-1)).toBeGreaterThan(0);
    const differing = await page.locator("[data-statistic='differing events'] td").textContent();
    const count = await page.locator(".count").textContent();
    expect(count?.split(" ")[0]).toBe(differing?.split(" ")[0]);
  });
});
