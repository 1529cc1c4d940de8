/** Random steps through a page, after each of which all that it shows must be of the same entry, as the files have it. */
import { type Page } from "playwright-core";
import { expect } from "vitest";
import { DEFAULT_PARAMS } from "../../src/chain/index.js";
import { type Random } from "../../src/core/index.js";
import { openSampleFolder } from "../../src/io/node/index.js";
import { createLiveClusterer, sliceEntries } from "../../src/web/data/clusterer.js";
import { short } from "../../src/web/ui/numbers.js";

/** What the page must show of an entry. */
interface Truth {
  readonly event: string;
  readonly cells: number;
  readonly particle: string;
  /** Seed and trigger cells of each cluster. */
  readonly clusters: readonly (readonly number[])[];
}

/** All entries of a sample. */
export async function truthsOf(folder: string): Promise<readonly Truth[]> {
  const sample = await openSampleFolder(folder);
  const { run } = createLiveClusterer("default", DEFAULT_PARAMS);
  const truths: Truth[] = [];
  for (let b = 0; b < sample.batches; b++) {
    const batch = await sample.readBatch(b);
    const { event, tc_first, tc_rows, gen_first } = batch.entries.columns;
    for (let i = 0; i < batch.entries.rows; i++) {
      const { clusters } = run(sliceEntries(batch, i, i + 1));
      const mipPt = batch.tc.columns.tc_mipPt.subarray(tc_first[i], tc_first[i] + tc_rows[i]);
      truths.push({
        event: String(event[i]),
        cells: mipPt.reduce((n, value) => n + (value > 0.5 ? 1 : 0), 0),
        particle: `pT ${short(batch.gen.columns.gen_pt[gen_first[i]])} GeV`,
        clusters: Array.from({ length: clusters.rows }, (_, c) => [
          clusters.columns.seed_idx[c],
          clusters.columns.n_tc[c],
        ]),
      });
    }
  }
  await sample.close();
  return truths;
}

const VIEWS = ["layer", "detector", "histogram", "coarse"] as const;

/** `samples` by their name in the catalog; the page shows entry 0 of the first. Returns the sizes [cells] that were looked at. */
export async function walk(
  page: Page,
  samples: Readonly<Record<string, readonly Truth[]>>,
  steps: number,
  random: Random,
): Promise<number[]> {
  const names = Object.keys(samples);
  const pick = (n: number): number => Math.min(n - 1, Math.floor(n * random.uniform()));
  let [sample, entry, view] = [names[0], 0, 0];
  const sizes: number[] = [];
  for (let step = 0; step < steps; step++) {
    // All samples come, however few steps there are.
    const isEarly = step < 2 * names.length && step % 2 === 0;
    const kind = isEarly ? 0 : pick(10);
    if (kind < 2) {
      const others = names.filter((name) => name !== sample);
      const next = names[(names.length - 1 - step / 2) % names.length];
      // A menu changes to another sample only.
      sample = isEarly && next !== sample ? next : others[pick(others.length)];
      entry = 0;
      await page.getByLabel("Sample", { exact: true }).selectOption(sample);
    } else if (kind < 4) {
      view = pick(VIEWS.length);
      await page.keyboard.press(["l", "d", "h", "u"][view]);
    } else if (kind < 6) {
      entry = Math.min(samples[sample].length - 1, entry + 1);
      await page.keyboard.press("ArrowRight");
    } else if (kind < 8) {
      entry = Math.max(0, entry - 1);
      await page.keyboard.press("ArrowLeft");
    } else {
      // The address follows with a delay; the same one once more would be no change.
      await page.waitForFunction(
        (before) => new URLSearchParams(location.hash.slice(1)).get("entry") === before,
        String(entry),
      );
      entry = pick(samples[sample].length);
      await page.evaluate(([name, at, shown]) => (location.hash = `sample=${name}&entry=${at}&view=${shown}`), [
        sample,
        entry,
        VIEWS[view],
      ] as const);
    }
    // A selected menu has the keys.
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    const truth = samples[sample][entry];
    const inPlane = view === 0 || view === 1;
    const where = `step ${step}: ${sample}, entry ${entry}, ${VIEWS[view]}`;
    await expect
      .poll(() => read(page, inPlane), { timeout: 30_000, message: where })
      .toEqual({
        sample,
        event: truth.event,
        entry: `entry ${entry} of ${samples[sample].length}`,
        particle: truth.particle,
        label: truth.event,
        status: sample,
        selected: true,
        clusters: truth.clusters,
        cells: inPlane ? [truth.cells, truth.cells] : [],
        problems: 0,
      });
    sizes.push(truth.cells);
  }
  return sizes;
}

/** What is on the screen, part by part. */
function read(page: Page, inPlane: boolean) {
  return page.evaluate((withCells) => {
    const text = (selector: string): string => document.querySelector(selector)?.textContent?.trim() ?? "";
    const canvas = document.querySelector<HTMLCanvasElement>(".picture canvas");
    const entry = /^entry (\d+)/.exec(text(".entry"))?.[1] ?? "";
    const rows = [...document.querySelectorAll(".grid-body [aria-selected=true]")];
    const clusters = [...document.querySelectorAll("tr[data-cluster]")]
      .map((row) => JSON.parse(row.getAttribute("data-cluster") ?? "[]") as number[])
      .map((row) => [row[0], row[5]])
      .toSorted((a, b) => a[0] - b[0]);
    const { quads = "", painted = "" } = canvas?.dataset ?? {};
    return {
      sample: document.querySelector<HTMLSelectElement>("select[aria-label=Sample]")?.value ?? "",
      event: document.querySelector<HTMLInputElement>("input[aria-label='Event number']")?.value ?? "",
      entry: text(".entry"),
      particle: /pT \S+ GeV/.exec(text(".facts-line"))?.[0] ?? "",
      label: /Event (\S+) – /.exec(document.title)?.[1] ?? "",
      status: text(".status span").split(" · ")[0],
      // Rows of a table that is still being read may not be there yet.
      selected: rows.every((row) => row.firstElementChild?.textContent === entry),
      clusters,
      cells: withCells ? [Number(quads), Number(painted)] : [],
      problems: document.querySelectorAll(".problem, .notice").length,
    };
  }, inPlane);
}
