import { expect, test } from "vitest";
import { meantKey, StrangeKeys } from "./config-keys.js";

test.each([
  { key: "Window", ours: ["window"], meant: "window" },
  { key: "windo", ours: ["other", "window"], meant: "window" },
  { key: "wind", ours: ["window"], meant: "window" },
  { key: "win", ours: ["window"], meant: undefined },
  { key: "windwo", ours: ["windo", "WINDWO"], meant: "WINDWO" },
  // Two letters of two say nothing; one of two does.
  { key: "ab", ours: ["xy"], meant: undefined },
  { key: "k", ours: ["l"], meant: undefined },
  { key: "ax", ours: ["ay"], meant: "ay" },
  { key: "abcd", ours: ["abxy"], meant: "abxy" },
  { key: "", ours: ["ab"], meant: undefined },
])("$key is a slip of the pen for $meant, of $ours", ({ key, ours, meant }) => {
  expect(meantKey(key, ours)).toBe(meant);
});

test("keys that are not understood: those of the reference and strangers, section by section; one that was meant is none", () => {
  const keys = new StrangeKeys();
  expect([keys.sentence(), keys.names()]).toEqual([undefined, []]);
  expect(keys.take("seed", "windo", ["window"])).toBe("window");
  expect([keys.sentence(), keys.names()]).toEqual([undefined, []]);
  const taken: [string, string | undefined][] = [["base", "FesAlgo"], ["geometry", undefined], ["foo", undefined], ["bar", "x"], ["bar", "y"], ["smooth", "SmoothIn"], ["smooth", "SmoothOut"]]; // prettier-ignore
  // A key of the reference is no slip of the pen, however near it is.
  for (const [section, key] of taken) expect(keys.take(section, key, ["FesAlg", "geometri"])).toBe(undefined);
  expect(keys.sentence()).toBe(
    "keys of the reference without a meaning here: base.FesAlgo, geometry, smooth.SmoothIn, smooth.SmoothOut; unknown keys: foo, bar.x, bar.y",
  );
  keys.take("bar", "z", []);
  expect(keys.sentence()).toMatch(/; unknown keys: foo, bar \(3 keys\)$/);
  expect(keys.names()).toEqual([
    ...["base.FesAlgo", "geometry", "smooth.SmoothIn", "smooth.SmoothOut"],
    ...["foo", "bar.x", "bar.y", "bar.z"],
  ]);
});

test.each([
  { n: 20, more: "" },
  { n: 21, more: ", 1 more" },
  { n: 25, more: ", 5 more" },
])("of $n sections 20 are named", ({ n, more }) => {
  const keys = new StrangeKeys();
  const names = Array.from({ length: n }, (_, i) => `section${i}`);
  for (const name of names) keys.take(name, undefined, []);
  expect(keys.sentence()).toBe(`unknown keys: ${names.slice(0, 20).join(", ")}${more}`);
});
