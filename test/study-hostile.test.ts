/** Pages of studies whose names or numbers are not what one hopes for: every page is drawn, and nothing in it acts. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { createTable, type Table } from "../src/core/index.js";
import { PART_EVENTS, RADIUS_CLUSTERS } from "../src/studies/index.js";
import { nodeCodecs, openFolder } from "../src/io/node/index.js";
import { drawPage, openStudy, pagesOf } from "../src/web/studies/open.js";
import { DEFAULT_STUDY } from "../src/web/studies/state.js";
import { Patience } from "../src/web/studies/statistics.js";
import { byPoint, StudyData } from "../src/web/studies/study-data.js";
import { runCli, scratch } from "./cli.js";

const RADII = [0.01, 0.02];
const HOSTILE = `<img src=x onerror="alert(1)">&'\u202e`;

/** One particle at each of the radii, all of whose numbers are `value`; none for 0 rows. */
function study(rows: number, value: number, name = "photons"): StudyData {
  const events = filled(createTable(PART_EVENTS, rows), value);
  const clusters = filled(createTable(RADIUS_CLUSTERS, rows), value);
  const sample = { name, hasTruth: true, particles: "photons", pileup: 200 };
  return new StudyData({ name, about: name }, [sample], RADII, byPoint(events, RADII.length, 1), {
    clusters: async () => byPoint(clusters, RADII.length, 1),
  });
}

function filled<T extends Pick<Table, "rows" | "columns">>(table: T, value: number): T {
  for (const column of Object.values(table.columns)) if (column instanceof Float64Array) column.fill(value);
  const { point, sample, particle } = table.columns as Readonly<Record<string, Int32Array | undefined>>;
  for (let row = 0; row < table.rows; row++) point?.fill(row, row, row + 1);
  sample?.fill(0);
  particle?.fill(0);
  return table;
}

test.each([
  { what: "no particle at all", data: study(0, 0) },
  { what: "one particle a radius", data: study(2, 1.5) },
  { what: "NaN everywhere", data: study(2, Number.NaN) },
  { what: "zero everywhere", data: study(2, 0) },
  { what: "infinite everywhere", data: study(2, Infinity) },
  { what: "a name that is HTML", data: study(2, 1.5, HOSTILE) },
])("$what: every page is drawn, without markup of names and places that are no numbers", async ({ data }) => {
  const opened = pagesOf(data, null, () => "");
  expect(opened.info.pages.map(({ id }) => id)).toEqual([
    "efficiency",
    "response",
    "resolution",
    "distributions",
    "splits",
    "spectra",
  ]);
  for (const { id } of opened.info.pages) {
    const answer = await drawPage(opened, { ...DEFAULT_STUDY, page: id }, {}, new Patience(Infinity));
    expect(answer.figures.length, id).toBeGreaterThan(0);
    for (const figure of answer.figures) {
      expect(figure.svg, `${id}, ${figure.id}`).not.toMatch(/<img|="[^"]*(?:NaN|Infinity)/);
      expect(figure.svg, `${id}, ${figure.id}`).toMatch(/^<svg[\s\S]*<\/svg>\s*$/);
    }
  }
});

test.each([
  { what: "one entry of a sample whose name is HTML", name: "a <b>&'x", sel: "all" },
  { what: "no particle at all", name: "none", sel: "splits_only" },
])("studies of $what: their folders are opened, and every page is drawn", async ({ name, sel }) => {
  const folder = scratch();
  const cli = async (...args: string[]): Promise<void> => {
    const { status, stderr } = await runCli([...args, "--quiet"], folder);
    expect(status, `${args.join(" ")}: ${stderr}`).toBe(0);
  };
  const only = ["--endcap", "positive", "--events", "1", "--seed", "5"];
  await cli("simulate", "--particles", "photons", ...only, "--out", name);
  const study = (kind: string, ...args: string[]) =>
    cli("study", kind, "--in", name, "--sel", sel, ...args, "--out", kind);
  await study("radius", "--radii", "0.01,0.02");
  await study("scan", "--set", "seed.window=1,2");
  await study("phi-bins", "--region", "MaxShower", "--parameters", "1");
  for (const kind of ["radius", "scan", "phi-bins"]) {
    const opened = await openStudy(await openFolder(join(folder, kind)), await nodeCodecs());
    expect(opened.info.pages.length, kind).toBeGreaterThan(0);
    for (const { id } of opened.info.pages) {
      const { figures } = await drawPage(opened, { ...DEFAULT_STUDY, page: id }, {}, new Patience(Infinity));
      expect(figures.length, id).toBeGreaterThan(0);
      for (const { svg } of figures) expect(svg, `${kind}, ${id}`).not.toMatch(/<b>|="[^"]*(?:NaN|Infinity)/);
    }
  }
});
