import { expect, test } from "vitest";
import { applySettings, type Settings, settingsOf } from "./parameters.js";

test.each<{ name: string; settings: Settings }>([
  { name: "nothing", settings: {} },
  { name: "one radius in all layers", settings: { radius: "0.0173" } },
  { name: "a threshold, a word and a switch", settings: { "seed.histoThreshold": "15", "cluster.algo": "max_energy" } },
  { name: "a list", settings: { "smooth.BinSums": Array.from({ length: 42 }, () => "5").join(",") } },
])("what differs from the defaults is what was set: $name", ({ settings }) => {
  expect(settingsOf(applySettings(settings))).toEqual(settings);
});

test("the kernel that follows from a number of rows is said with it, and gives the same parameters", () => {
  const params = applySettings({ "base.NbinsRz": "84" });
  const settings = settingsOf(params);
  expect(Object.keys(settings).toSorted()).toEqual(["base.NbinsRz", "smooth.BinSums"]);
  expect(applySettings(settings)).toEqual(params);
});
