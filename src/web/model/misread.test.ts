/** What of an address the page did not understand. */
import { expect, test } from "vitest";
import { absentIn } from "../studies/absent.js";
import { DEFAULT_STUDY, misreadStudy } from "../studies/state.js";
import { misreadInWords } from "./misread.js";
import { decodeView, DEFAULT_VIEW, encodeView, misreadView, stillMisread } from "./view-state.js";

test.each([
  ["a range upside down", "eta=9:1", "eta=9:1 (left out)"],
  ["a range of which one end is no number", "pt=e:5", "pt=e:5 (left out)"],
  ["a range of no number", "eta=NaN:2", "eta=NaN:2 (left out)"],
  ["a single number is no range", "pt=20", "pt=20 (left out)"],
  ["an unknown page", "page=nowhere", "page=nowhere (shown: event)"],
  ["unknown particles", "only=muons", "only=muons (shown: all)"],
  ["an unknown measure of an earlier link", "studies.measure=mass", "measure=mass (shown: usual)"],
  ["NaN for a threshold", "mip=NaN", "mip=NaN (shown: 0.5)"],
  ["no number for a threshold", "mip=", "mip (shown: 0.5)"],
  ["no word for yes or no", "cmssw=yes", "cmssw=yes (shown: false)"],
  ["too many events", "n=1e9", "n=1e9 (shown: 1000)"],
  ["the last layer before the first", "from=9&to=3", "to=3 (shown: 50)"],
  ["a key that there is none of", "colur=energy", "colur=energy (left out)"],
  ["what can be picked nowhere", "pick=house:3", "pick=house:3 (left out)"],
])("%s is told of", (_, hash, said) => {
  expect(misreadInWords(misreadView(hash))).toBe(`The address says what the page cannot show: ${said}`);
});

test("of what a page writes itself nothing is told, and of an address of words neither", () => {
  const view = {
    ...DEFAULT_VIEW,
    eta: "1.7:",
    pt: "10:20",
    entry: 3,
    settings: { "seed.window": "2" },
    from: 3,
    to: 9,
  };
  const hash = encodeView(
    { ...view, bSettings: { radius: "0.02" }, cmssw: true, camera: "1,2,3" },
    { "studies.page": "a" },
  );
  expect(misreadView(`#${hash}`)).toEqual([]);
  expect(misreadView("#event=1:2:3&endcap=-1&b.seed.window=3&eta=:&studies.pt=5:")).toEqual([]);
});

test("what was chosen since the address was read is no longer told of", () => {
  const all = misreadView("#eta=9:1&theme=blue&what=1");
  const keys = (change: object) => stillMisread(all, { ...decodeView(""), ...change }).map(({ key }) => key);
  expect([keys({}), keys({ eta: "1:2" })]).toEqual([
    ["eta", "theme", "what"],
    ["theme", "what"],
  ]);
});

test("long texts are cut", () => {
  expect(misreadInWords(misreadView(`theme=${"x".repeat(500)}`)).length).toBeLessThan(150);
});

test.each([
  ["a radius that is none", { "studies.radius": "NaN" }, "studies.radius=NaN (left out)"],
  ["radii that are none", { "studies.radii": "0.05:0.01:3" }, "studies.radii=0.05:0.01:3 (left out)"],
  ["an unknown centre", { "studies.centre": "mode" }, "studies.centre=mode (shown: median)"],
  ["a key that there is none of", { "studies.colour": "1" }, "studies.colour=1 (left out)"],
])("of pages of studies: %s", (_, parts, said) => {
  expect(misreadInWords(misreadStudy(parts))).toBe(`The address says what the page cannot show: ${said}`);
});

const INFO = {
  samples: [
    { name: "photons", particles: "photons" },
    { name: "pions", particles: "pions" },
  ],
  versions: [{ id: "original", name: "original" }],
  radii: [0.01, 0.015, 0.02],
  pages: [
    { id: "efficiency", title: "Efficiency", controls: [], plots: 0, figures: [{ id: "split", name: "split" }] },
    { id: "moves", title: "Moves", controls: [], plots: 0, slider: { label: "p", steps: ["0", "0.5", "1"] } },
  ],
};

test.each([
  { name: "a page", state: { page: "none" }, said: "studies.page=none (shown: Efficiency)" },
  { name: "a radius", state: { radius: 0.017 }, said: "studies.radius=0.017 (shown: 0.015, the nearest there is)" },
  { name: "a sample", state: { hide: "7" }, said: "studies.hide=7 (left out)" },
  { name: "all samples hidden", state: { hide: "0,1" }, said: "studies.hide=0,1 (shown: all samples)" },
  { name: "all versions", state: { without: "original" }, said: "studies.without=original (shown: all versions)" },
  { name: "a figure", state: { y: "beauty" }, said: "studies.y=beauty (shown: the usual one)" },
  { name: "a position", state: { page: "moves", at: 9 }, said: "studies.at=9 (shown: 1)" },
  { name: "nothing", state: { page: "moves", at: 2, radius: 0.02, hide: "1" }, said: "" },
])("the study that is open has not what the address names: $name", ({ state, said }) => {
  const shown = { page: state.page === "moves" ? "moves" : "efficiency", radius: 0.015 };
  const all = misreadInWords(absentIn(INFO, { ...DEFAULT_STUDY, ...state }, shown));
  expect(all).toBe(said === "" ? "" : `The address says what the page cannot show: ${said}`);
});
