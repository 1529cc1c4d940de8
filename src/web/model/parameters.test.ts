/** Values as people write them, and the options that say the same. */
import { expect, test } from "vitest";
import { applySettings, defaultText, isRead, optionsOf, PARAMETERS, type Settings, settingsOf } from "./parameters.js";

const said = (settings: Settings, layers?: number): string => {
  try {
    applySettings(settings, layers);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
};

test.each([
  { key: "radius", good: ["0", "10", "0.02"], bad: ["-0.1", "10.1", "", "x"] },
  { key: "seed_cs.hexDist", good: ["true", "false"], bad: ["yes", ""] },
  { key: "seed.window", good: ["1", "100"], bad: ["0", "101", "1.5", " "] },
  { key: "cluster.algo", good: ["max_energy"], bad: ["max"] },
  { key: "cs.threshold", good: ["1,2,3"], bad: ["1,,3", "1,2,x"] },
])("$key may be $good, not $bad", ({ key, good, bad }) => {
  expect(good.map((text) => said({ [key]: text }))).toEqual(good.map(() => ""));
  for (const text of bad) expect(said({ [key]: text })).toContain(`(${key}): `);
});

test("switches and choices have the values of the table, one radius is that of all layers", () => {
  const { seed_cs, cs, cluster } = applySettings({ "seed_cs.hexDist": "false", "cs.initial_layer": "9", radius: "0.03" });
  expect([seed_cs.hexDist, applySettings({ "seed_cs.hexDist": "true" }).seed_cs.hexDist, cs.initial_layer]).toEqual([false, true, 9]);
  expect([new Set(cluster.CoeffA), cluster.CoeffA.length]).toEqual([new Set([0.03]), applySettings({}).cluster.CoeffA.length]);
}); // prettier-ignore

test("a kernel of other rows is that of the same places; a radius is there for each layer with trigger cells", () => {
  const { BinSums } = applySettings({}).smooth;
  const of = (rows: number): readonly number[] => applySettings({ "base.NbinsRz": String(rows) }).smooth.BinSums;
  expect(of(84)).toEqual(BinSums.flatMap((width) => [width, width]));
  expect(of(21)).toEqual(BinSums.filter((_, row) => row % 2 === 0));
  const radii = { "cluster.CoeffA": "0.01,0.02,0.03" };
  expect([said(radii, 3), said(radii, 4)]).toEqual(["", "radius, by layer (cluster.CoeffA): 3 values, and trigger cells are in layers 1 to 4"]); // prettier-ignore
});

test("options say what a chain reads; a number of rows is said with its kernel", () => {
  const options = (chain: string, settings: Settings): string[] => optionsOf(chain, settings, applySettings(settings));
  expect(options("default", { radius: "0.02", "seed.window": "2", "cs.threshold": "1,2,3" })).toEqual(["--radius 0.02", "--set seed.window=2"]); // prettier-ignore
  expect(options("cs", { "cs.threshold": "1,2,3", "smooth.kernel": "flat_top" })).toEqual(['--set cs.threshold="[1,2,3]"']); // prettier-ignore
  const rows = { "base.NbinsRz": "4" };
  expect(options("default", rows)).toEqual(["--set base.NbinsRz=4", '--set smooth.BinSums="[13,7,5,3]"']);
  expect(options("default", { ...rows, "smooth.BinSums": "3,3,3,3" })).toEqual(["--set base.NbinsRz=4", '--set smooth.BinSums="[3,3,3,3]"']); // prettier-ignore
  expect(options("default", {})).toEqual([]);
});

test("one radius is said as such, however few layers there are", () => {
  const params = applySettings({});
  const of = (CoeffA: number[]): Settings => settingsOf({ ...params, cluster: { ...params.cluster, CoeffA } });
  expect([of([0.01]), of([0.01, 0.01]), of([0.01, 0.02]), of([0.02, 0.01, 0.01])]).toEqual([
    { radius: "0.01" }, { radius: "0.01" }, { "cluster.CoeffA": "0.01,0.02" }, { "cluster.CoeffA": "0.02,0.01,0.01" },
  ]);
  expect(of([])).toEqual({ "cluster.CoeffA": "" });
}); // prettier-ignore

test("the radius of all layers is one of the first that are shown; of it there is no one default", () => {
  const [radius] = PARAMETERS.filter(({ key }) => key === "radius");
  expect([radius.main, radius.min, radius.max, radius.step, radius.unit]).toEqual([true, 0.001, 0.1, 0.001, "x/z"]);
  expect([isRead(radius, "default"), isRead(radius, "cs"), isRead(radius, "none")]).toEqual([true, true, false]);
  expect([defaultText("radius"), defaultText("seed.window"), defaultText("cs.threshold")]).toEqual(["", "1", "170,180,200"]); // prettier-ignore
});
