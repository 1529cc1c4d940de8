/** Pages of a study whose parts are still being computed: what has come in is drawn, with the numbers that it will have in the end. */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type StudyParts } from "../src/server/api.js";
import { studyParts } from "../src/server/study-parts.js";
import { nodeCodecs, openFolder } from "../src/io/node/index.js";
import { drawPage, openStudy } from "../src/web/studies/open.js";
import { type OpenStudy } from "../src/web/studies/opened.js";
import { DEFAULT_STUDY } from "../src/web/studies/state.js";
import { Patience } from "../src/web/studies/statistics.js";
import { runCli } from "./cli.js";

let folder = "";
async function cli(...args: string[]): Promise<void> {
  const { status, stderr } = await runCli([...args, "--quiet"], folder);
  expect([status, stderr]).toEqual([0, ""]);
}

const init = (study: string, out: string, ...args: string[]) =>
  cli("study", study, "init", "--in", ...args, "--out", out);
const runPart = (study: string, path: string, parts: string) =>
  cli("study", study, "run", "--study", path, "--part", parts);

/** As a page opens it: the server says which parts are there. */
async function open(name: string): Promise<OpenStudy> {
  return openStudy(await openFolder(join(folder, name)), await nodeCodecs(), async () => {
    const { there } = (await (await studyParts([folder], name)).json()) as StudyParts;
    return Promise.all(
      there.map(async (part) => ({ number: part.number, folder: await openFolder(join(folder, name, part.folder)) })),
    );
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bye-splits-unfinished-"));
  await cli("simulate", "--particles", "photons", "--events", "12", "--seed", "5", "--out", "ph");
  await cli("simulate", "--particles", "pions", "--events", "8", "--seed", "6", "--out", "pi");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("of a study of the radius the radii are there of which there is a part, and each part has the numbers of the whole", async () => {
  await init("radius", "radius", "ph", "pi", "--radii", "0.005,0.01,0.03");
  await expect(open("radius")).rejects.toThrow(
    /has no results yet, no part is there: run bye-splits study radius combine .* when all are done/,
  );
  await runPart("radius", "radius", "0,1,4");
  const begun = await open("radius");
  expect(begun.info.parts).toEqual({ there: 3, all: 6 });
  expect(begun.info.radii).toEqual([0.005, 0.03]);
  expect(begun.command(DEFAULT_STUDY)).toMatch(
    /^bye-splits study radius combine --study \S+ && bye-splits study radius report /,
  );
  await runPart("radius", "radius", "2,3,5");
  await cli("study", "radius", "combine", "--study", "radius");
  const whole = await open("radius");
  expect(whole.info.parts).toBeUndefined();
  expect(whole.info.pages.map(({ id }) => id)).toEqual(begun.info.pages.map(({ id }) => id));
  const numbersAt = async (study: OpenStudy, radius: number) => {
    const { numbers } = await study.show("efficiency", { ...DEFAULT_STUDY, radius }, new Patience(Infinity));
    return numbers?.rows.map(({ name, values }) => ({ name, values }));
  };
  expect(await numbersAt(begun, 0.005)).toEqual(await numbersAt(whole, 0.005));
  const [here, there] = [await numbersAt(begun, 0.03), await numbersAt(whole, 0.03)];
  // Of the pions the part is not there yet.
  for (const [i, { name, values }] of (there ?? []).entries())
    expect([name, here?.[i].values[0]]).toEqual([name, values[0]]);
  expect(here?.[0].values[1]).toBe("0");
  for (const { id } of begun.info.pages) {
    const { figures } = await drawPage(begun, { ...DEFAULT_STUDY, page: id, radius: 0.03 }, {}, new Patience(0));
    expect(figures.length, id).toBeGreaterThan(0);
    for (const { svg } of figures) expect(svg, id).not.toMatch(/="[^"]*(?:NaN|Infinity)/);
  }
  const spectra = async (study: OpenStudy) =>
    (await study.show("spectra", { ...DEFAULT_STUDY, radius: 0.005 }, new Patience(0))).plots.map(
      ({ panels }) => panels[0].series,
    );
  expect(await spectra(begun)).toEqual(await spectra(whole));
});

test("a part of another study in its place is none of its parts", async () => {
  await init("radius", "one", "ph", "--radii", "0.01,0.02");
  await init("radius", "other", "ph", "--radii", "0.01,0.02", "--layers", "1:9");
  await runPart("radius", "other", "0,1");
  await runPart("radius", "one", "0");
  cpSync(join(folder, "other/part-0p020-0"), join(folder, "one/part-0p020-0"), { recursive: true });
  expect((await open("one")).info).toMatchObject({ parts: { there: 1, all: 2 }, radii: [] });
});

test("of a scan the points are there of which there is a part, with the numbers of the whole", async () => {
  await init("scan", "scan", "ph", "--set", "seed.window=1,2,3", "--by", "gen_pt=0,50,100");
  await runPart("scan", "scan", "0,2");
  const begun = await open("scan");
  expect(begun.info.parts).toEqual({ there: 2, all: 3 });
  const rowsOf = async (study: OpenStudy) =>
    (await study.show(study.info.pages[0].id, DEFAULT_STUDY, new Patience(0))).tables[0].rows;
  const part = await rowsOf(begun);
  await runPart("scan", "scan", "1");
  await cli("study", "scan", "combine", "--study", "scan");
  const whole = await rowsOf(await open("scan"));
  expect(part).toHaveLength(2);
  expect(whole).toHaveLength(3);
  expect(part.filter((row) => !JSON.stringify(whole).includes(JSON.stringify(row)))).toEqual([]);
});

test("where pages need all parts, or nothing is a study, that is said", async () => {
  await init("phi-bins", "phi", "ph", "--region", "MaxShower", "--parameters", "0.5,1");
  await runPart("phi-bins", "phi", "0");
  await expect(open("phi")).rejects.toThrow(
    /has no results yet, 1 of 2 parts is there: run bye-splits study phi-bins combine/,
  );
  for (const [id, status] of [
    ["ph", 404],
    ["gone", 404],
    ["../x", 400],
    ["phi", 200],
  ] as const) {
    expect([id, (await studyParts([folder], id)).status]).toEqual([id, status]);
  }
});
