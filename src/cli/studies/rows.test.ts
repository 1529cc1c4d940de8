/** Options of studies, as their commands read them. */
import { Command } from "commander";
import { expect, test } from "vitest";
import { type StudyPlan } from "../../pipeline/index.js";
import { createIo } from "../io.js";
import { parseBins } from "./bins.js";
import { RADIUS_COMMAND } from "./radius.js";
import { SCAN_COMMAND, valuesOf } from "./scan.js";
import { type StudyCommand, type StudyOptions } from "./study-command.js";
import { WEIGHTS_COMMAND } from "./weights.js";

const io = createIo({ stdout: { write: () => true }, stderr: { write: () => true } });

/** The options of a command line, with what commands of all studies add. */
function optionsOf(study: StudyCommand, words: readonly string[]): StudyOptions {
  const command = new Command("init").exitOverride().configureOutput({ writeErr: () => undefined });
  study.addOptions(command);
  study.addPicks?.(command);
  command.option("--set <setting>", "", (value: string, all: string[]) => [...all, value], []);
  command.option("--by <bins>", "", (value: string, all: string[] | undefined) => [...(all ?? []), value]);
  command.option("--first <n>", "").option("--preset <names...>", "", []);
  command.parse(words, { from: "user" });
  return command.opts();
}
const config = { clusterStudies: { coeffs: [0, 0.05, 2], nevents: 500 }, selection: { deltarThreshold: 0.05 } };

async function read(study: StudyCommand, ...words: string[]): Promise<Record<string, unknown>> {
  const { options, ...others } = await study.read(io, optionsOf(study, words), config as never);
  return { ...(options as object), ...others };
}
const failure = (study: StudyCommand, ...words: string[]): Promise<string> =>
  read(study, ...words).then(() => "no error", (error: Error) => error.message); // prettier-ignore

test("bins are given by their limits, which ascend", () => {
  expect(parseBins(["gen_pt=0,10,20", "gen_eta=1.7,2.8"])).toEqual([
    { by: "gen_pt", lo: 0, hi: 10 },
    { by: "gen_pt", lo: 10, hi: 20 },
    { by: "gen_eta", lo: 1.7, hi: 2.8 },
  ]);
  for (const text of ["gen_pt=1", "gen_pt=2,1", "gen_pt=1,1", "gen_pt=1,,2", "phi=1,2", "gen_pt=1,x", "gen_pt"]) {
    expect(() => parseBins([text])).toThrow(`--by ${text}: expected gen_pt or gen_eta and ascending limits`);
  }
});

test("a scan takes values between commas, ranges, and lists in brackets", async () => {
  const axes = async (...words: string[]): Promise<unknown> => (await read(SCAN_COMMAND, ...words))["axes"];
  expect(await axes("--set", "seed.window=1,2,3", "--set", "smooth.kernel=default,flat_top")).toEqual([
    { key: "seed.window", values: [1, 2, 3] },
    { key: "smooth.kernel", values: ["default", "flat_top"] },
  ]);
  expect(await axes("--set", "seed.histoThreshold=10:30:5")).toEqual([{ key: "seed.histoThreshold", values: [10, 15, 20, 25, 30] }]); // prettier-ignore
  expect(await axes("--set", "cs.threshold=[1,2,3],[4, 5, 6]", "--chain", "cs")).toEqual([{ key: "cs.threshold", values: [[1, 2, 3], [4, 5, 6]] }]); // prettier-ignore
  // A number for a parameter that is a list is all of its values.
  expect(await axes("--set", "cs.threshold=7", "--chain", "cs")).toEqual([
    { key: "cs.threshold", values: [[7, 7, 7]] },
  ]);
  expect(await axes()).toEqual([]);
});

test.each([
  [["--set", "seed.window=1,2,1"], "--set seed.window=1,2,1: the value 1 is given twice"],
  [["--set", "seed.window=1,2,2.0"], "--set seed.window=1,2,2.0: the value 2.0 is given twice"],
  [
    ["--set", "seed.window=1", "--set", "seed.window=2"],
    "--set seed.window is given twice: give all its values at once",
  ],
  [["--set", "seed.window=1,,2"], "a value is missing"],
  [["--set", "seed.window="], "a value is missing"],
  [["--set", "seed.histoThreshold=1:2:0"], "expected start:stop:number with a whole number from 1 to 1000"],
  [["--set", "seed.histoThreshold=1:2:1001"], "a whole number from 1 to 1000"],
  [["--set", "seed.histoThreshold=1:2:1.5"], "a whole number from 1 to 1000"],
  [["--set", "seed.window"], "seed.window"],
  [["--chain", "default,x"], '--chain default,x: there is no chain "x"'],
  [["--chain", "cs, cs"], "--chain cs, cs: a chain is given twice"],
  [["--rank", "nothing"], "nothing"],
])("a scan with %j is refused", async (words, wanted) => {
  expect(await failure(SCAN_COMMAND, ...words)).toContain(wanted);
});

test("a range has from 1 to 1000 values; what is none is a list, with brackets in brackets", () => {
  expect(valuesOf("", "0:999:1000")).toEqual(Array.from({ length: 1000 }, (_, i) => String(i)));
  expect([valuesOf("", "3:9:1"), valuesOf("", " 1 : 2 : 3 "), valuesOf("", "1:2"), valuesOf("", "1::2")]).toEqual([
    ["3"], ["1", "1.5", "2"], ["1:2"], ["1::2"],
  ]);
  expect(valuesOf("", "[[1,2],3], 4,[5]")).toEqual(["[[1,2],3]", "4", "[5]"]);
}); // prettier-ignore

test("what a scan computes beside its points", async () => {
  expect(await read(SCAN_COMMAND)).toEqual({ axes: [], bins: [], heal: false, events: true });
  expect(await read(SCAN_COMMAND, "--heal", "--no-events", "--rank", "efficiency", "--by", "gen_pt=1,2", "--set", "seed.histoThreshold=1:1000:2")).toEqual({
    axes: [{ key: "seed.histoThreshold", values: [1, 1000] }], bins: [{ by: "gen_pt", lo: 1, hi: 2 }], heal: true, events: false, rank: "efficiency",
  }); // prettier-ignore
  const chains = (...words: string[]): readonly string[] => SCAN_COMMAND.chains(optionsOf(SCAN_COMMAND, words));
  expect([chains(), chains("--chain", "both"), chains("--chain", "cs, default")]).toEqual([["default"], ["default", "cs"], ["cs", "default"]]); // prettier-ignore
});

test("a study of radii: its own, or those of the configuration; entries as that says, unless they are chosen", async () => {
  expect(await read(RADIUS_COMMAND, "--radii", "0.01,0.02", "--layers", "3:7", "--by", "gen_pt=1,2")).toEqual({
    ...{
      radii: [0.01, 0.02],
      layers: { from: 3, to: 7 },
      bins: [{ by: "gen_pt", lo: 1, hi: 2 }],
      deltarThreshold: 0.05,
    },
    entries: { from: 0, to: 500 },
  });
  expect(await read(RADIUS_COMMAND, "--radii", "0.01", "--first", "3")).toEqual({ radii: [0.01], bins: [], deltarThreshold: 0.05 }); // prettier-ignore
  config.clusterStudies.nevents = -1;
  expect((await read(RADIUS_COMMAND, "--radii", "0.01"))["entries"]).toBe(undefined);
  config.clusterStudies.nevents = 0;
  expect((await read(RADIUS_COMMAND, "--radii", "0.01"))["entries"]).toEqual({ from: 0, to: 1 });
});

test.each([
  [["--layers", "0:3"], "expected the first and the last layer"],
  [["--layers", "4:3"], "expected the first and the last layer"],
  [["--layers", "3"], "expected the first and the last layer"],
  [["--radius", "0"], "expected one radius above 0"],
  [["--pileup", "many"], "expected PU0, PU200 or another number"],
])("a study of radii with %j is refused", async (words, wanted) => {
  const options = new Promise((resolve) => resolve(optionsOf(RADIUS_COMMAND, words)));
  await expect(options).rejects.toThrow(wanted);
});

const plan = {
  points: [{ radius: 0.01 }, { radius: 0.02 }],
  samples: [{ name: "a", particles: "photons", pileup: 0 }, { name: "b", particles: "pions", pileup: 200 }, { name: "c" }],
  parts: [0, 1].flatMap((point) => [0, 1, 2].map((sample) => ({ point, sample }))),
} as unknown as StudyPlan; // prettier-ignore

test.each([
  { words: [], parts: [0, 1, 2, 3, 4, 5] },
  { words: ["--radius", "0.02"], parts: [3, 4, 5] },
  { words: ["--radius", "0.01", "--pileup", "PU200"], parts: [1] },
  { words: ["--particles", "photons"], parts: [0, 3] },
  { words: ["--pileup", "0"], parts: [0, 3] },
  { words: ["--pileup", "pu200", "--particles", "pions"], parts: [1, 4] },
])("$words are the parts $parts", ({ words, parts }) => {
  expect(RADIUS_COMMAND.pick?.(plan, optionsOf(RADIUS_COMMAND, words))).toEqual(parts);
});

test("parts that there are not", () => {
  const pick = (...words: string[]) => () => RADIUS_COMMAND.pick?.(plan, optionsOf(RADIUS_COMMAND, words)); // prettier-ignore
  expect(pick("--radius", "0.03")).toThrow("--radius 0.03: the study has the radii 0.01, 0.02");
  expect(pick("--particles", "pions", "--pileup", "0")).toThrow("there are a (photons, PU0), b (pions, PU200), c (particles unknown, pile-up unknown)"); // prettier-ignore
});

test("weights: one radius, several, or those that the particles have; limits of what is fitted", async () => {
  const defaults = { maxWeight: 5, fitShare: 0.5, seed: 1, minGenPt: 5, minPt: 3, minClusters: 20, fixedLayers: [], replicas: 200, ptWindow: false }; // prettier-ignore
  expect(await read(WEIGHTS_COMMAND)).toEqual(defaults);
  expect(await read(WEIGHTS_COMMAND, "--radius", "0.01", "--pt-window")).toEqual({ ...defaults, radii: [0.01], ptWindow: true }); // prettier-ignore
  const words = ["--radii", "0.01,0.02", "--max-weight", "1000", "--fit-share", "1", "--min-pt", "0", "--fixed-layers", "1, 3", "--min-clusters", "1", "--replicas", "10"]; // prettier-ignore
  expect(await read(WEIGHTS_COMMAND, ...words)).toEqual({ ...defaults, radii: [0.01, 0.02], maxWeight: 1000, fitShare: 1, minPt: 0, fixedLayers: [1, 3], minClusters: 1, replicas: 10 }); // prettier-ignore
  expect(await failure(WEIGHTS_COMMAND, "--by", "gen_pt=1,2")).toBe("--by: study weights has no figures in bins");
});

test.each([
  ["--max-weight", "0", "expected a number above 0, at most 1000"],
  ["--fit-share", "1.01", "expected a number above 0, at most 1"],
  ["--min-pt", "-0.1", "expected a number of at least 0"],
  ["--fixed-layers", "2", "expected numbers of layers that the trigger reads"],
  ["--fixed-layers", "1,,3", "expected numbers of layers that the trigger reads"],
  ["--min-clusters", "0", "of at least 1"],
  ["--replicas", "9", "from 10 to 100000"],
])("weights with %s %s are refused", (option, value, wanted) => {
  expect(() => optionsOf(WEIGHTS_COMMAND, [option, value])).toThrow(wanted);
});
