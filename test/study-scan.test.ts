/** `study scan`: its verbs, its tables beside those of runs, and what is drawn of studies. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { RECORDS } from "../src/events/index.js";
import { nodeCodecs, openFolder, openRunFolder } from "../src/io/node/index.js";
import { type PointsMark } from "../src/plots/index.js";
import { FIGURES, HEAL, SCAN_KEYS, STUDY_EVENTS } from "../src/studies/index.js";
import { openStudy } from "../src/web/studies/open.js";
import { DEFAULT_STUDY } from "../src/web/studies/state.js";
import { Patience } from "../src/web/studies/statistics.js";
import { runCli } from "./cli.js";
import { pick, rowsWhere, studyFolder } from "./studies.js";

const { allHashes, at, failure, study, table } = studyFolder();

describe("study scan", () => {
  const GRID = ["--set", "seed.window=1,2", "--set", "smooth.kernel=default,flat_top", "--chain", "default,cs"];

  test("each point is the run with that setting, number for number", async () => {
    const text = await study("scan", "--in", "pions", ...GRID, "--heal", "--out", "scan");
    expect(text).toContain("pions, by true_split_fraction:");
    const points = await table("scan", "points", { ...SCAN_KEYS, ...FIGURES });
    expect(points.rows).toBe(6);
    const events = await table("scan", "events", STUDY_EVENTS);
    for (let row = 0; row < points.rows; row++) {
      const settings = points.columns.settings[row].split(";").flatMap((setting) => ["--set", setting]);
      const chain = points.columns.chain[row];
      await runCli(["run", chain, "--in", "pions", ...settings, "--out", "run", "--force", "--quiet"], at(""));
      const run = await openRunFolder(at("run"));
      const [summary] = (run.info as unknown as { summary: Summary[] }).summary;
      const { columns } = points;
      const { counts } = summary;
      expect([columns.particles[row], columns.matched[row], columns.split[row]]).toEqual([
        counts.particles,
        counts.matched,
        counts.split,
      ]);
      const figures: [number, number][] = [
        [columns.efficiency[row], summary.efficiency],
        [columns.efficiency_lo[row], summary.efficiencyInterval.low],
        [columns.split_fraction[row], summary.splitFraction],
        [columns.split_fraction_hi[row], summary.splitInterval.high],
        [columns.response_en[row], summary.response],
        [columns.resolution_en[row], summary.resolution],
        [columns.seeds[row], counts.seeds / counts.selected],
        [columns.clusters[row], counts.clusters / counts.selected],
        [columns.false_clusters[row], summary.falseClusters],
        [columns.match_control[row], summary.matchControl],
        [columns.split_control[row], summary.splitControl],
        [columns.split_net[row], summary.splitNet],
        [columns.split_net_lo[row], summary.splitNetInterval.low],
        [columns.split_net_hi[row], summary.splitNetInterval.high],
        [columns.true_split_fraction[row], summary.trueSplitFraction],
        [columns.true_split_fraction_lo[row], summary.trueSplitFractionInterval.low],
        [columns.true_efficiency[row], summary.trueEfficiency],
      ];
      for (const [here, there] of figures) expect(here).toBe(there);
      const records = await run.readTable(
        "events",
        pick(RECORDS, "entry", "particle", "n_seeds", "n_clusters", "is_split", "response_en", "response_pt"),
      );
      const own = rowsWhere(events, (each) => events.columns.point[each] === points.columns.point[row]);
      for (const name of Object.keys(records.columns) as (keyof typeof records.columns)[]) {
        expect(own.map((each) => events.columns[name][each])).toEqual([...records.columns[name]]);
      }
    }
  });

  test("heal says which single change mends which split", async () => {
    const heal = await table("scan", "heal", HEAL);
    const points = await table("scan", "points", { ...SCAN_KEYS, ...FIGURES });
    const { columns } = heal;
    // As configured: window 1, kernel default.
    const split = points.columns.split[0];
    expect(split).toBeGreaterThan(0);
    const ofDefault = rowsWhere(heal, (row) => columns.chain[row] === "default");
    expect(ofDefault).toHaveLength(2 * split);
    expect(new Set(ofDefault.map((row) => columns.setting[row]))).toEqual(
      new Set(["seed.window=2", "smooth.kernel=flat_top"]),
    );
    const still = ofDefault.filter(
      (row) => columns.setting[row] === "seed.window=2" && columns.split[row] === 1,
    ).length;
    expect(still).toBeLessThanOrEqual(points.columns.split[2]);
  });

  test("in parts gives the bytes of one go; --no-events leaves the rows out", async () => {
    await study("scan", "init", "--in", "pions", ...GRID, "--heal", "--out", "scan-parts");
    for (const part of ["5", "0,3", "1", "4", "2"]) await study("scan", "run", "--study", "scan-parts", "--part", part);
    await study("scan", "combine", "--study", "scan-parts");
    expect(allHashes("scan-parts")).toEqual(allHashes("scan"));
    await study("scan", "--in", "pions", "--set", "seed.window=2", "--no-events", "--out", "brief");
    expect(existsSync(at("brief/events.parquet"))).toBe(false);
  });

  test("a list takes one number for all, ranges and lists in brackets", async () => {
    await study(
      "scan",
      "init",
      "--in",
      "photons",
      "--set",
      "cluster.CoeffA=0.01,0.02",
      "--set",
      "seed.histoThreshold=10:30:3",
      "--set",
      "valid_cluster.tcDeltaRthresh=[0.1],[0.1, 0.2]",
      "--out",
      "lists",
    );
    const { points } = (await openRunFolder(at("lists"), "study")).info as unknown as {
      points: { settings: string }[];
    };
    expect(points).toHaveLength(12);
    expect(points[7].settings).toBe(
      "cluster.CoeffA=0.02;seed.histoThreshold=10;valid_cluster.tcDeltaRthresh=[0.1,0.2]",
    );
  });

  test("inspect tells a study that is begun", async () => {
    const begun = await runCli(["inspect", "lists"], at(""));
    expect(begun.stdout).toContain("12 points, no part is there, not combined yet");
  });

  test("the page of a scan draws any two figures of its points against each other, and the front that no point beats", async () => {
    const opened = await openStudy(await openFolder(at("scan")), await nodeCodecs());
    const figures = opened.info.pages[0].figures?.map(({ id }) => id) ?? [];
    expect(figures).toEqual(expect.arrayContaining(["true_split_fraction", "efficiency", "false_clusters"]));
    const points = await table("scan", "points", { ...SCAN_KEYS, ...FIGURES });
    for (const [x, y] of [
      ["efficiency", "clusters"],
      ["seeds", "true_split_fraction"],
    ] as const) {
      const { plots } = await opened.show("scan-0", { ...DEFAULT_STUDY, x, y }, new Patience(0));
      const marks = plots[0].panels[0].series.flatMap(({ name, marks }) => (name === "Pareto front" ? [] : marks));
      const drawn = (axis: "x" | "y") => marks.flatMap((mark) => Array.from((mark as PointsMark)[axis]));
      const sorted = (values: Iterable<number>) => Array.from(values).toSorted((a, b) => a - b);
      expect(sorted(drawn("x"))).toEqual(sorted(points.columns[x]));
      expect(sorted(drawn("y"))).toEqual(sorted(points.columns[y]));
    }
  });

  test("report draws studies, several in one file, and refuses what it cannot", async () => {
    await study("radius", "--in", "photons", "pions", "--radii", "0.01,0.02", "--out", "one-go");
    const { status, stdout } = await runCli(
      ["report", "one-go", "scan", "--label", "R", "--label", "S", "--out", "studies.html"],
      at(""),
    );
    expect([status, stdout.split("\n")[0]]).toEqual([0, "pages with figures: s0-radius (5), s1-scan-0 (3)"]);
    const html = readFileSync(at("studies.html"), "utf8");
    expect(html).toContain("<summary>The radius with the best resolution</summary>");
    expect(html).toContain("<summary>All settings, by truly split: the best first</summary>");
    expect(html).toContain("Splits as configured, and how many of them each single change mends");
    // Clip paths are found under their new names.
    const clips = [...html.matchAll(/url\(#([^)]+)\)/g)].map(([, id]) => id);
    expect(clips.length).toBeGreaterThan(5);
    expect(clips.filter((id) => !html.includes(`id="${id}"`))).toEqual([]);
    await study("scan", "report", "--study", "brief", "--out", "brief.html");
    expect(await failure("report", "one-go", "run", "--out", "both.html")).toContain(
      "one-go is a study, run is not: report studies and runs one by one",
    );
    expect(await failure("report", "lists", "--out", "none.html")).toContain(
      "lists has no results yet: run bye-splits study scan combine --study lists",
    );
  });
});

interface Interval {
  readonly low: number;
  readonly high: number;
}

type Figure =
  | "efficiency"
  | "splitFraction"
  | "response"
  | "resolution"
  | "falseClusters"
  | "matchControl"
  | "splitControl"
  | "splitNet"
  | "trueSplitFraction"
  | "trueEfficiency";
type Ends = "efficiencyInterval" | "splitInterval" | "splitNetInterval" | "trueSplitFractionInterval";
type Summary = Readonly<Record<Figure, number>> &
  Readonly<Record<Ends, Interval>> & { readonly counts: Readonly<Record<string, number>> };
