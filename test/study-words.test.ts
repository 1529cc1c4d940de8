/** Studies that cannot be: each is refused with one line. */
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { simulateSample } from "../src/pipeline/simulate.js";
import { shared, studyFolder } from "./studies.js";

const { at, failure, study } = studyFolder(3);

beforeAll(() => study("radius", "--in", "photons", "--radii", "0.01", "--out", "one-go"));

test.each([
  {
    name: "a sample without generated particles",
    args: ["radius", "--in", "minbias", "--out", "bad"],
    error: "minbias has no generated particles: a study compares clusters with them",
  },
  {
    name: "two geometries",
    args: ["radius", "--in", "photons", "other-geometry", "--out", "bad"],
    error: "photons has the geometry V11, other-geometry V99: a study takes samples of one geometry",
  },
  { name: "a sample twice", args: ["radius", "--in", "photons", "photons", "--out", "bad"], error: "is given twice" },
  {
    name: "radius 0",
    args: ["radius", "--in", "photons", "--radii", "0", "--out", "bad"],
    error: "the radius 0 is not above 0",
  },
  { name: "no sample", args: ["scan", "--out", "bad"], error: "study scan needs --in" },
  { name: "no output", args: ["scan", "--in", "photons"], error: "study scan needs --out" },
  {
    name: "an option of another verb",
    args: ["radius", "run", "--study", "one-go", "--radii", "0.01"],
    error: "--radii is an option of init and the study in one go, not of run",
  },
  {
    name: "a verb of none",
    args: ["radius", "go"],
    error:
      "command-argument value 'go' is invalid for argument 'verb'. Allowed choices are init, run, combine, report.",
  },
  {
    name: "another study's folder",
    args: ["scan", "combine", "--study", "one-go"],
    error: "one-go is a study radius: say bye-splits study radius",
  },
  {
    name: "a folder that is none",
    args: ["radius", "combine", "--study", "photons"],
    error: "photons is not a study: there is no study.json",
  },
  {
    name: "an unknown parameter",
    args: ["scan", "--in", "photons", "--set", "seed.windo=1,2", "--out", "bad"],
    error: "unknown key seed.windo; did you mean seed.window?",
  },
  {
    name: "a value that cannot be",
    args: ["scan", "--in", "photons", "--set", "seed.window=1,0", "--out", "bad"],
    error: "--set seed.window: expected a whole number from 1 to 100, got 0",
  },
  {
    name: "a value twice",
    args: ["scan", "--in", "photons", "--set", "seed.window=1,1", "--out", "bad"],
    error: "--set seed.window=1,1: the value 1 is given twice",
  },
  {
    name: "a parameter twice",
    args: ["scan", "--in", "photons", "--set", "seed.window=1", "--set", "seed.window=2", "--out", "bad"],
    error: "--set seed.window is given twice: give all its values at once",
  },
  {
    name: "a parameter of another chain",
    args: ["scan", "--in", "photons", "--set", "cs.k=3,4", "--out", "bad"],
    error: "the chain default does not read it; it is a parameter of the chain cs",
  },
  {
    name: "a figure that is none",
    args: ["scan", "--in", "photons", "--set", "seed.window=1", "--rank", "speed", "--out", "bad"],
    error: "--rank speed: there is no such figure; there are particles, matched",
  },
  {
    name: "bins that do not ascend",
    args: ["scan", "--in", "photons", "--by", "gen_pt=10,5", "--out", "bad"],
    error: "--by gen_pt=10,5: expected gen_pt or gen_eta and ascending limits",
  },
  {
    name: "an output that is there",
    args: ["radius", "--in", "photons", "--out", "one-go"],
    error: "one-go exists already: use --force",
  },
  {
    name: "an output that is a sample",
    args: ["radius", "--in", "photons", "--out", "pions", "--force"],
    error: "pions is a sample, not a study",
  },
])("$name is refused, and nothing is left", async ({ args, error }) => {
  if (!existsSync(at("minbias"))) {
    await simulateSample({
      ...shared,
      particles: "none",
      pileup: 1,
      events: 2,
      seed: 1,
      endcap: "positive",
      out: at("minbias"),
    });
    cpSync(at("photons"), at("other-geometry"), { recursive: true });
    // As another program would have written it: without a checksum, in the first version.
    const info = JSON.parse(readFileSync(at("photons/sample.json"), "utf8")) as { made: object; checksum?: string };
    const { checksum: _, ...rest } = { ...info, formatVersion: 1, made: { ...info.made, geometry: "V99" } };
    writeFileSync(at("other-geometry/sample.json"), JSON.stringify(rest));
  }
  const before = readdirSync(at("")).toSorted();
  expect(await failure("study", ...args)).toContain(error);
  expect(readdirSync(at("")).toSorted()).toEqual(before);
});

test("a study of a later version, or begun by another one, is refused", async () => {
  const edit = (name: string, change: (info: Record<string, unknown>) => object): void => {
    cpSync(at("one-go"), at(name), { recursive: true });
    const { checksum: _, ...info } = JSON.parse(readFileSync(at("one-go/study.json"), "utf8")) as Record<
      string,
      unknown
    >;
    writeFileSync(at(`${name}/study.json`), JSON.stringify(change(info)));
  };
  edit("later", (info) => ({ ...info, formatVersion: 99 }));
  expect(await failure("study", "radius", "combine", "--study", "later")).toContain(
    "later/study.json: format version 99 of a study is unknown, this program reads versions 1 to 2",
  );
  edit("older", (info) => ({ ...info, formatVersion: 1, program: "bye-splits 0.0.1" }));
  expect(await failure("study", "radius", "run", "--study", "older", "--part", "0")).toMatch(
    /older was begun by bye-splits 0\.0\.1, this is bye-splits [\d.]+: begin the study again, or take that version/,
  );
  edit("unknown", (info) => ({ ...info, formatVersion: 1, study: "colours" }));
  expect(await failure("study", "radius", "combine", "--study", "unknown")).toContain(
    'there is no study "colours"; there are',
  );
});
