/** Samples without a study on the pages: row by row what `study radius` says of them, and `study scan` of the radii as they are set. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, onTestFinished } from "vitest";
import { type Table } from "../src/core/index.js";
import { nodeCodecs, openFolder, openRunFolder } from "../src/io/node/index.js";
import { openSample } from "../src/io/index.js";
import { formatNumber } from "../src/plots/index.js";
import { BY_COLUMNS, FIGURES, PART_EVENTS, SCAN_KEYS } from "../src/studies/index.js";
import { pickAt } from "../src/web/studies/picks.js";
import { fromSample } from "../src/web/data/from-sample.js";
import { figuresOfRows } from "../src/web/chain/keep.js";
import { createLiveClusterer } from "../src/web/data/clusterer.js";
import { type SurveyRow } from "../src/web/data/protocol.js";
import { BatchCache, partsOf, survey } from "../src/web/data/survey.js";
import { parsePoints } from "../src/web/model/kept-points.js";
import { applySettings, type Settings } from "../src/web/model/parameters.js";
import { openKept } from "../src/web/studies/kept.js";
import { LiveStudy } from "../src/web/studies/live.js";
import { openStudy } from "../src/web/studies/open.js";
import { type LiveSource } from "../src/web/studies/protocol.js";
import { DEFAULT_STUDY } from "../src/web/studies/state.js";
import { Patience } from "../src/web/studies/statistics.js";
import { runCli } from "./cli.js";

let folder = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bye-splits-live-"));
  const of = (particles: string, pileup: number, events: number) => [
    "simulate",
    "--particles",
    particles,
    "--pileup",
    String(pileup),
    "--events",
    String(events),
    "--seed",
    "3",
  ];
  await cli(...of("photons", 0, 40), "--out", "ph");
  await cli(...of("pions", 4, 6), "--out", "pi");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function cli(...args: string[]): Promise<string> {
  const { status, stdout, stderr } = await runCli([...args, "--quiet"], folder);
  expect([status, stderr]).toEqual([0, ""]);
  return stdout;
}

const SCAN_EVENTS = {
  point: PART_EVENTS.point,
  sample: PART_EVENTS.sample,
  entry: PART_EVENTS.entry,
  particle: PART_EVENTS.particle,
};
const RADII = [0.004, 0.012, 0.03];

async function live(names: readonly string[], settings: Settings, radii: LiveSource["radii"], limit = 1000) {
  const samples = await Promise.all(
    names.map(async (name) => {
      const source = fromSample(await openSample(await openFolder(join(folder, name)), await nodeCodecs()), name);
      onTestFinished(() => source.close());
      return { source, cache: new BatchCache(source) };
    }),
  );
  const lanes = names.map((id) => ({
    id,
    name: id,
    spec: { kind: "sample", id, url: "" } as const,
    chain: "default" as const,
    params: applySettings(settings),
    settings,
  }));
  const study = new LiveStudy({ kind: "live", lanes, radii, limit }, samples);
  for await (const _ of study.steps()) {
    expect(study.done).toBeLessThanOrEqual(study.total);
    expect(/\d+ of \d+ entr(y|ies) read/.test(study.study().info.note ?? "")).toBe(study.done < study.total);
  }
  expect([study.isDone, study.done]).toEqual([true, study.total]);
  return study;
}

/** The rows of a live study, those of a point and sample after another. */
const rowsOf = (table: Pick<Table, "rows" | "columns">): Record<string, unknown>[] =>
  Array.from({ length: table.rows }, (_, row) =>
    Object.fromEntries(Object.entries(table.columns).map(([name, column]) => [name, column[row]])),
  );

test("at many radii every row is that of study radius with the same options, and so are the numbers", async () => {
  const given = ["--set", "seed.histoThreshold=15", "--first", "30", "--radii", RADII.join(",")];
  await cli("study", "radius", "--in", "ph", "pi", ...given, "--out", "radius");
  const study = await live(["ph", "pi"], { "seed.histoThreshold": "15" }, RADII, 30);
  const stored = await openRunFolder(join(folder, "radius"), "study");
  const rows = rowsOf(await stored.readTable("events", PART_EVENTS));
  expect(study.events().flatMap((table) => rowsOf(table))).toEqual(rows);
  expect(rows.length).toBeGreaterThan(2 * RADII.length * 6);
  // Pages of the folder and of the samples: plots, tables, numbers, the events behind them.
  const opened = await openStudy(await openFolder(join(folder, "radius")), await nodeCodecs());
  for (const { id } of opened.info.pages) {
    const state = { ...DEFAULT_STUDY, radius: 0.012 };
    const [of, want] = await Promise.all(
      [study.study(), opened].map((each) => each.show(id, state, new Patience(Infinity))),
    );
    expect({ id, ...of }).toEqual({ id, ...want });
  }
  expect(study.study().info.pages).toEqual(opened.info.pages);
  expect(study.study().command(DEFAULT_STUDY)).toBe(
    "bye-splits study radius --in ph pi --chain default --first 30 --radii 0.004,0.012,0.03 --set seed.histoThreshold=15 --out study",
  );
});

test("with the radii as they are set the numbers are those of study scan, and its command is what it says", async () => {
  const settings = { "seed.window": "2", "cluster.CoeffB": "0.001" };
  const study = (await live(["ph", "pi"], settings, null)).study();
  const command = study.command({ ...DEFAULT_STUDY, pt: "20:50" });
  expect(command).toMatch(/^bye-splits study scan .*--by gen_pt=20,50 --out study$/);
  const { result } = JSON.parse(await cli(...command.split(" ").slice(1), "--json")) as { result: unknown };
  expect(JSON.stringify(result)).toContain("seed.window=2");
  const points = await (
    await openRunFolder(join(folder, "study"), "study")
  ).readTable("points", {
    ...SCAN_KEYS,
    ...FIGURES,
    ...BY_COLUMNS,
  });
  const { columns } = points;
  for (let row = 0; row < points.rows; row++) {
    const pt = columns.by[row] === "" ? "" : "20:50";
    const { numbers } = await study.show("response", { ...DEFAULT_STUDY, pt }, new Patience(0));
    const of = (name: string): string | undefined =>
      numbers?.rows.find((each) => each.name === name)?.values[columns.sample[row]];
    expect(of("particles")).toBe(formatNumber(columns.particles[row]));
    const number = (text: string | undefined): number => Number(text?.split(/[ [%]/)[0]);
    expect(number(of("efficiency"))).toBeCloseTo(100 * columns.efficiency[row], 0);
    expect(number(of("response, original") ?? of("response"))).toBeCloseTo(columns.response_pt[row], 3);
  }
  expect(points.rows).toBe(4);
});

test("a radius that is one number in all layers is a study of that radius", async () => {
  const study = (await live(["ph"], { radius: "0.02" }, null, 5)).study();
  expect(study.command({ ...DEFAULT_STUDY, eta: ":2" })).toBe(
    "bye-splits study radius --in ph --chain default --first 5 --radii 0.02 --by gen_eta=0,2 --out study",
  );
});

test("the radius of the display is named where it counts, not beside radii of a scan", async () => {
  const notes = [null, RADII].map(
    async (radii) => (await live(["ph"], { radius: "0.02" }, radii, 5)).study().info.note,
  );
  expect((await Promise.all(notes)).map((note) => note?.includes("radius 0.02"))).toEqual([true, false]);
});

test("what cannot be: cylinders of coarse seeds, and a sample without events", async () => {
  await expect(live(["ph"], { "cluster.CSCylinder": "true" }, RADII)).rejects.toThrow(/CSCylinder has no meaning/);
  await expect(live(["ph"], {}, RADII, 0)).rejects.toThrow("ph has no events");
});

test("a point that is kept in the display has the figures of the scan with the same setting", async () => {
  await cli("study", "scan", "--in", "pi", "--set", "seed.window=2", "--out", "one");
  const scan = await openRunFolder(join(folder, "one"), "study");
  const { columns } = await scan.readTable("points", { ...SCAN_KEYS, ...FIGURES });
  const source = fromSample(await openSample(await openFolder(join(folder, "pi")), await nodeCodecs()), "pi");
  onTestFinished(() => source.close());
  const params = applySettings({ "seed.window": "2" });
  const parts = partsOf(source.batchFirst, 1000, 0, 1);
  const rows: SurveyRow[] = [];
  const clusterer = createLiveClusterer("default", params);
  for await (const more of survey(new BatchCache(source), source.batchFirst, parts, clusterer, null))
    rows.push(...more);
  const { EtaMin, EtaMax } = params.base;
  const figures = figuresOfRows(
    rows,
    ({ a }) => a,
    ({ eta }) => Math.abs(eta) > EtaMin && Math.abs(eta) < EtaMax,
  );
  // Whose deposits the pT of a cluster is of a row of the survey does not say.
  const known = Object.keys(FIGURES).filter((name) => !name.endsWith("_signal")) as (keyof typeof FIGURES)[];
  const want = known.map((name) => [name, Number.isNaN(columns[name][0]) ? null : columns[name][0]]);
  expect(Object.fromEntries(known.map((name) => [name, figures[name]]))).toEqual(Object.fromEntries(want));
  expect(figures["particles"]).toBeGreaterThan(3);

  const point = { at: "2026-01-01T00:00:00.000Z", sample: "pi", chain: "default", command: "bye-splits run" };
  const kept = openKept([
    { ...point, settings: { "seed.window": "2" }, figures },
    { ...point, settings: { "seed.window": "3", radius: "0.02" }, figures: { ...figures, split_net: 0.5 } },
    { ...point, settings: {}, figures },
    // The same again is one point.
    { ...point, settings: {}, figures },
  ]);
  const { plots, tables } = await kept.show("scan-0", DEFAULT_STUDY, new Patience(0));
  expect(plots.map(({ id }) => id)).toEqual(["scan-0-price", "scan-0-seed-window", "scan-0-radius"]);
  expect(tables[0].rows.map(([, settings]) => settings).toSorted()).toEqual([
    "seed.window=1;radius=by layer",
    "seed.window=2;radius=by layer",
    "seed.window=3;radius=0.02",
  ]);
  expect(() => openKept([])).toThrow("no point is kept");
});

test("a point of a scan has the particles behind it, split ones first, and the settings that the display needs", async () => {
  const set = [
    "--set",
    "seed.window=1,2",
    "--set",
    `cluster.CoeffA=[${Array.from({ length: 50 }, () => 0.02).join(",")}]`,
  ];
  await cli("study", "scan", "--in", "ph", ...set, "--out", "two");
  const study = await openStudy(await openFolder(join(folder, "two")), await nodeCodecs());
  const show = async (bin: string) => study.show("scan-0", { ...DEFAULT_STUDY, bin }, new Patience(0));
  const { plots, behind } = await show("");
  expect(behind).toBe(null);
  expect(plots[0].points?.map(({ point }) => point)).toEqual([0, 1]);
  const words = plots[0].points?.[1].words ?? "";
  expect(pickAt(plots[0], 0, `${words}\nmore`)).toBe("point:1");
  const found = (await show("point:1")).behind;
  expect(found?.shown).toEqual({ chain: "default", settings: { "seed.window": "2", radius: "0.02" } });
  const rows = await (await openRunFolder(join(folder, "two"), "study")).readTable("events", SCAN_EVENTS);
  const own = rowsOf(rows).filter(({ point, particle }) => point === 1 && Number(particle) >= 0);
  expect(found?.rows.map(({ entry }) => entry).toSorted((a, b) => a - b)).toEqual(own.map(({ entry }) => entry));
  expect((await show("point:99")).behind).toBe(null);
});

test("a click on a bin lists its particles, and each particle is in one bin", async () => {
  const study = (await live(["ph"], {}, RADII)).study();
  const show = async (bin: string) => study.show("response", { ...DEFAULT_STUDY, radius: 0.012, bin }, new Patience(0));
  const { plots } = await show("");
  for (const name of ["response-gen-pt", "response-gen-eta"]) {
    const plot = plots.find(({ id }) => id === name);
    const { edges = [] } = plot?.bins ?? {};
    const entries: number[] = [];
    for (const [bin, low] of edges.slice(0, -1).entries()) {
      const picked = pickAt(plot ?? {}, (low + edges[bin + 1]) / 2, "");
      entries.push(...((await show(picked)).behind?.rows.map(({ entry }) => entry) ?? []));
    }
    const { numbers } = await show("");
    expect(entries).toHaveLength(Number(numbers?.rows[0].values[0]));
    expect(new Set(entries).size).toBe(entries.length);
    expect(pickAt(plot ?? {}, edges[0] - 1, "")).toBe("");
  }
});

test("what a browser kept is read again; what is no point is left out", () => {
  const point = {
    at: "",
    sample: "s",
    chain: "cs",
    settings: { radius: "1" },
    figures: { split: 1, seeds: null },
    command: "",
  };
  const strange = [
    null,
    1,
    "x",
    { ...point, settings: null },
    { ...point, figures: { split: "1" } },
    { ...point, at: 1 },
  ];
  expect(parsePoints(JSON.stringify([...strange, point]))).toEqual([point]);
  for (const text of [null, "", "{}", "[", "null"]) expect(parsePoints(text)).toEqual([]);
});
