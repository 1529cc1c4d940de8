/** The numbers on the pages of studies are those of the tables, and of the tables with bins. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Random, type Table } from "../src/core/index.js";
import { nodeCodecs, openRunFolder, openFolder } from "../src/io/node/index.js";
import { simulateSample } from "../src/pipeline/simulate.js";
import { formatNumber, type PointsMark } from "../src/plots/index.js";
import { BY_COLUMNS, type Figures, FIGURES, PART_EVENTS, RADIUS_KEYS } from "../src/studies/index.js";
import { formatRange } from "../src/web/model/selection.js";
import { DEFAULT_STUDY, type StudyState } from "../src/web/studies/state.js";
import { openStudy } from "../src/web/studies/open.js";
import { type ControlName } from "../src/web/studies/pages/page.js";
import { withInterval } from "../src/web/studies/numbers.js";
import { type OpenStudy } from "../src/web/studies/opened.js";
import { PointRows } from "../src/web/studies/point-rows.js";
import { CENTRES, Patience, RESOLUTION, RMS } from "../src/web/studies/statistics.js";
import { byPoint } from "../src/web/studies/study-data.js";
import { runCli } from "./cli.js";

let folder = "";
const shared = { force: false, version: "test", signal: new AbortController().signal };
/** Each bin is a setting of a range too: none is round, some are empty. */
const limits = (random: Random, low: number, high: number): number[] =>
  Array.from({ length: 9 }, () => low + (high - low) * random.uniform()).toSorted((a, b) => a - b);
const BINS = { gen_pt: limits(new Random(1), 0, 120), gen_eta: limits(new Random(2), 1.5, 3) } as const;
/** What the study said with --json. */
let told: { readonly figures: readonly Readonly<Record<string, number | string | null>>[] };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bye-splits-pages-"));
  const simulated = { ...shared, endcap: "both" } as const;
  await simulateSample({
    ...simulated,
    events: 120,
    particles: "photons",
    pileup: 0,
    seed: 5,
    out: join(folder, "ph"),
  });
  const wide = { endcap: "positive", eta: [1.8, 2.8] } as const;
  await simulateSample({
    ...simulated,
    ...wide,
    events: 10,
    particles: "pions",
    pileup: 4,
    seed: 3,
    out: join(folder, "pi"),
  });
  const by = Object.entries(BINS).flatMap(([name, edges]) => ["--by", `${name}=${edges.join()}`]);
  const said = await cli(
    "study",
    "radius",
    "--in",
    "ph",
    "pi",
    "--radii",
    "0.004,0.012,0.03",
    ...by,
    "--out",
    "radius",
    "--json",
  );
  told = JSON.parse(said) as typeof told;
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function cli(...args: string[]): Promise<string> {
  const { status, stdout, stderr } = await runCli([...args, "--quiet"], folder);
  expect([status, stderr]).toEqual([0, ""]);
  return stdout;
}

const bare = (value: number) => ({ value, low: Number.NaN, high: Number.NaN });
const open = async (name: string): Promise<OpenStudy> =>
  openStudy(await openFolder(join(folder, name)), await nodeCodecs());
const read = async (name: string) => openRunFolder(join(folder, name), "study");

describe("a study of the radius", () => {
  let events: Table<typeof PART_EVENTS>;
  let points: Table<typeof RADIUS_KEYS & typeof FIGURES & typeof BY_COLUMNS>;
  beforeAll(async () => {
    const run = await read("radius");
    events = await run.readTable("events", PART_EVENTS);
    points = await run.readTable("points", { ...RADIUS_KEYS, ...FIGURES, ...BY_COLUMNS });
  });
  const everything = { lo: -Infinity, hi: Infinity };

  test("every number of every point and bin is that of the table, to the last bit", () => {
    const parts = byPoint(events, 3, 2);
    const { columns } = points;
    expect(points.rows).toBe(3 * 2 * 17);
    for (let row = 0; row < points.rows; row++) {
      const by = columns.by[row];
      const range = { lo: columns.lo[row], hi: columns.hi[row] };
      const cuts = {
        eta: by === "gen_eta" ? range : everything,
        pt: by === "gen_pt" ? range : everything,
        only: "all",
      } as const;
      const rows = new PointRows(parts[2 * columns.point[row] + columns.sample[row]], cuts);
      const { counts } = rows;
      const resolution = rows.estimate("response_en", RESOLUTION, new Patience(Infinity));
      const got: Partial<Figures> = {
        particles: rows.length,
        matched: counts.matched,
        split: counts.split,
        efficiency: counts.efficiency,
        split_fraction: counts.splitFraction,
        match_control: counts.matchControl,
        split_control: counts.splitControl,
        split_net: counts.splitNet,
        true_split_fraction: counts.trueSplitFraction ?? Number.NaN,
        true_efficiency: counts.trueEfficiency ?? Number.NaN,
        response_en: rows.estimate("response_en", CENTRES.median).value,
        response_pt: rows.estimate("response_pt", CENTRES.median).value,
        resolution_en: resolution.value,
        resolution_en_lo: resolution.low,
        resolution_en_hi: resolution.high,
        resolution_pt: rows.estimate("response_pt", RESOLUTION).value,
        ...(rows.length === 0
          ? {}
          : {
              efficiency_lo: counts.efficiencyInterval.low,
              efficiency_hi: counts.efficiencyInterval.high,
              split_net_lo: counts.splitNetInterval.low,
              split_net_hi: counts.splitNetInterval.high,
            }),
      };
      const want = Object.fromEntries(
        Object.keys(got).map((name) => [name, columns[name as keyof typeof FIGURES][row]]),
      );
      expect({ row, ...got }).toEqual({ row, ...want });
      // A sum in another order.
      const rms = rows.estimate("response_pt", RMS).value;
      if (Number.isNaN(rms)) expect(columns.rms_pt[row]).toBeNaN();
      else expect(Math.abs(rms / columns.rms_pt[row] - 1)).toBeLessThan(1e-12);
    }
  });

  test("25 random settings of all controls: the numbers are those that the study says with --json (seed 11)", async () => {
    const study = await open("radius");
    const { samples, versions, pages, radii } = study.info;
    const random = new Random(11);
    const one = <T>(list: readonly T[]): T => list[Math.floor(random.uniform() * list.length)];
    const bins = Object.entries(BINS).flatMap(([by, edges]) =>
      edges.slice(1).map((hi, i) => ({ by, lo: edges[i], hi })),
    );
    expect(versions.map(({ id }) => id)).toEqual(["original", "own_share"]);
    for (let k = 0; k < 25; k++) {
      const bin = one([{ by: "", ...everything }, ...bins]);
      const point = one([0, 1, 2]);
      const state: StudyState = {
        ...DEFAULT_STUDY,
        page: one(pages).id,
        radius: radii[point],
        pt: formatRange(bin.by === "gen_pt" ? bin : everything),
        eta: formatRange(bin.by === "gen_eta" ? bin : everything),
        only: one(["all", "all", "split", "whole"] as const),
        measure: one(["pt", "energy"] as const),
        centre: one(["median", "median", "mean", "core"] as const),
        hide: one(["", "0", "1"]),
        without: one(["", "own_share", "original"]),
        bins: one([5, 100, 777]),
        what: one(["reco", "gen"] as const),
      };
      const { plots, numbers, radius } = await study.show(state.page, state, new Patience(Infinity));
      expect(radius).toBe(radii[point]);
      const shown = samples.flatMap(({ name }, sample) => (String(sample) === state.hide ? [] : [{ name, sample }]));
      expect(numbers?.header).toEqual(shown.map(({ name }) => name));
      // The pages of splits and of clusters count all particles.
      const only = pages.find(({ id }) => id === state.page)?.controls.includes("only") === true ? state.only : "all";
      for (const [column, { name, sample }] of shown.entries()) {
        const at = JSON.stringify({ k, ...state, sample });
        const row = told.figures.find(
          (each) =>
            [each["point"], each["sample"], each["by"]].join() === [point, sample, bin.by].join() &&
            (bin.by === "" || (each["lo"] === bin.lo && each["hi"] === bin.hi)),
        );
        const said = (figure: string): number => Number(row?.[figure] ?? Number.NaN);
        const estimated = (figure: string) => ({
          value: said(figure),
          low: said(`${figure}_lo`),
          high: said(`${figure}_hi`),
        });
        const line = (title: string): string | undefined =>
          numbers?.rows.find((each) => each.name === title)?.values[column];
        const isSame = (title: string, want: string): void => {
          const got = line(title);
          expect(
            got === undefined ? undefined : want.includes("[") ? got : got.replace(/ \[.*/, ""),
            `${title} ${at}`,
          ).toBe(want);
        };
        const kept = { all: said("particles"), split: said("split"), whole: said("particles") - said("split") }[only];
        isSame("particles", formatNumber(kept));
        if (only !== "all") continue;
        isSame("efficiency", withInterval(estimated("efficiency"), 100, " %"));
        isSame("split", withInterval(estimated("split_fraction"), 100, " %"));
        if (line("split, net") !== undefined && line("split, net") !== "")
          isSame("split, net", withInterval(estimated("split_net"), 100, " %"));
        if (line("truly split") !== undefined && line("truly split") !== "")
          isSame("truly split", withInterval(estimated("true_split_fraction"), 100, " %"));
        const both = state.without === "" ? ", original" : "";
        const measure = state.measure === "pt" ? "pt" : "en";
        if (state.without !== "original") {
          if (state.centre === "median") isSame(`response${both}`, withInterval(bare(said(`response_${measure}`))));
          // The tables have intervals of the resolution of energies.
          const resolution = measure === "en" ? estimated("resolution_en") : bare(said("resolution_pt"));
          isSame(`resolution${both}`, withInterval(resolution, 100, " %"));
          isSame(`RMS / mean${both}`, withInterval(bare(said(`rms_${measure}`)), 100, " %"));
        }
        // Only with pile-up a particle's own share is a version.
        if (state.without !== "own_share" && sample === 1) {
          const own = state.without === "" ? ", its own share" : "";
          if (state.centre === "median") isSame(`response${own}`, withInterval(bare(said("response_signal"))));
          isSame(`resolution${own}`, withInterval(bare(said("resolution_signal")), 100, " %"));
        }
        for (const [id, figure, wanted] of [
          ["efficiency-radius", "efficiency", name],
          ["splits-radius", "split_net", name],
          ...(state.centre === "median" ? [["response-radius", `response_${measure}`, `${name}${both}`]] : []),
          ["resolution-radius", `resolution_${measure}`, `${name}${both}`],
        ]) {
          const series = plots.find((plot) => plot.id === id)?.panels[0].series ?? [];
          const mark = series.find((each) => each.name === wanted)?.marks[0] as PointsMark | undefined;
          if (series.length > 0 && state.without !== "original")
            expect(mark?.y[point], `${id} ${at}`).toBe(said(figure));
        }
      }
    }
  });

  test("every control that a page has changes what the page shows, its numbers at the side aside", async () => {
    const study = await open("radius");
    const other: Readonly<Record<ControlName, Partial<StudyState>>> = {
      radius: { radius: 0.004 },
      eta: { eta: "2:2.4" },
      pt: { pt: "30:60" },
      only: { only: "split" },
      measure: { measure: "energy" },
      centre: { centre: "core" },
      samples: { hide: "0" },
      versions: { without: "own_share" },
      bins: { bins: 20 },
      what: { what: "gen" },
      // Of pages of other studies.
      at: {},
      figures: {},
    };
    for (const { id, controls } of study.info.pages) {
      const shown = async (change: Partial<StudyState>): Promise<string> => {
        const { plots, tables } = await study.show(id, { ...DEFAULT_STUDY, ...change }, new Patience(Infinity));
        return JSON.stringify({ plots, tables });
      };
      const before = await shown({});
      expect(await shown({})).toBe(before);
      for (const control of controls) expect(await shown(other[control]), `${control} of ${id}`).not.toBe(before);
    }
  });

  test("the numbers at the side are the same on all pages, whatever page was open before", async () => {
    const study = await open("radius");
    const numbers = async (page: string) => (await study.show(page, DEFAULT_STUDY, new Patience(Infinity))).numbers;
    const first = await numbers("splits");
    for (const { id } of study.info.pages) expect(await numbers(id), id).toEqual(first);
    expect(await numbers("splits")).toEqual(first);
  });

  test("with little patience intervals come call by call, at least one each, and are those of one long call in the end", async () => {
    const state: StudyState = { ...DEFAULT_STUDY, hide: "1" };
    const { plots } = await (await open("radius")).show("resolution", state, new Patience(Infinity));
    const study = await open("radius");
    let calls = 0;
    for (let isDone = false; !isDone; calls++) {
      expect(calls).toBeLessThan(2000);
      const patience = new Patience(1e-9);
      const shown = await study.show("resolution", state, patience);
      isDone = !patience.isSpent;
      if (isDone) expect(shown.plots).toEqual(plots);
      else if (calls === 0) expect(shown.plots).not.toEqual(plots);
    }
    expect(calls).toBeGreaterThan(5);
  });

  test("25 random settings of the controls: the curves are what plain loops over the rows say (seed 7)", async () => {
    const study = await open("radius");
    const random = new Random(7);
    const one = <T>(list: readonly T[]): T => list[Math.floor(random.uniform() * list.length)];
    for (let k = 0; k < 25; k++) {
      const pt = one([
        everything,
        { lo: 10 * random.uniform(), hi: 30 + 60 * random.uniform() },
        { lo: 25, hi: Infinity },
      ]);
      const eta = one([everything, { lo: 1.6 + 0.3 * random.uniform(), hi: 2.3 + 0.5 * random.uniform() }]);
      const only = one(["all", "split", "whole"] as const);
      const measure = one(["pt", "energy"] as const);
      const state: StudyState = {
        ...DEFAULT_STUDY,
        pt: formatRange(pt),
        eta: formatRange(eta),
        only,
        measure,
        hide: one(["", "0", "1"]),
      };
      const kept = (point: number, sample: number): number[] => {
        const { columns } = events;
        return Array.from({ length: events.rows }, (_, row) => row).filter(
          (row) =>
            columns.point[row] === point &&
            columns.sample[row] === sample &&
            columns.particle[row] >= 0 &&
            columns.gen_pt[row] >= pt.lo &&
            columns.gen_pt[row] < pt.hi &&
            Math.abs(columns.gen_eta[row]) >= eta.lo &&
            Math.abs(columns.gen_eta[row]) < eta.hi &&
            (only === "all" || columns.is_split[row] === Number(only === "split")),
        );
      };
      const samples = [0, 1].filter((sample) => String(sample) !== state.hide);
      for (const [page, plot] of [
        ["efficiency", "efficiency-radius"],
        ["response", "response-radius"],
      ]) {
        const shown = await study.show(page, state, new Patience(0));
        const series = shown.plots.find(({ id }) => id === plot)?.panels[0].series ?? [];
        for (const sample of samples) {
          const name = study.info.samples[sample].name;
          const mark = series.find((each) => each.name === name || each.name === `${name}, original`)
            ?.marks[0] as PointsMark;
          const want = [0, 1, 2].map((point) => {
            const rows = kept(point, sample);
            const values = rows.map((row) => events.columns[measure === "pt" ? "response_pt" : "response_en"][row]);
            const sorted = values.filter((value) => !Number.isNaN(value)).toSorted((a, b) => a - b);
            const half = sorted.length / 2;
            const median = Number.isInteger(half) ? (sorted[half - 1] + sorted[half]) / 2 : sorted[Math.floor(half)];
            const matched = rows.filter((row) => events.columns.n_matched[row] > 0).length;
            return page === "response" ? (median ?? Number.NaN) : matched / rows.length;
          });
          expect(Array.from(mark.entries ?? [])).toEqual([0, 1, 2].map((point) => kept(point, sample).length));
          for (const [point, value] of want.entries()) {
            const got = mark.y[point];
            expect(Number.isNaN(got) ? "none" : got, JSON.stringify({ ...state, page, sample, point })).toEqual(
              Number.isNaN(value) ? "none" : expect.closeTo(value, 12),
            );
          }
        }
      }
    }
  });
});
