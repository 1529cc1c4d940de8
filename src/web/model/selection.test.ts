import { expect, test } from "vitest";
import { createCut, formatRange, NO_SELECTION, parseRange, selectionInWords, selectionOf } from "./selection.js";
import { DEFAULT_VIEW, decodeParts, decodeView, encodeView } from "./view-state.js";

test.each([
  { text: "1.7:2.5", lo: 1.7, hi: 2.5 },
  { text: ":50", lo: -Infinity, hi: 50 },
  { text: "10:", lo: 10, hi: Infinity },
  { text: "", lo: -Infinity, hi: Infinity },
])("the range $text goes from $lo to $hi and back", ({ text, lo, hi }) => {
  expect(parseRange(text)).toEqual({ lo, hi });
  expect(formatRange({ lo, hi })).toBe(text);
});

test.each([
  ["a range upside down", "eta=2.5:1.7"],
  ["a range of words", "pt=low:high"],
  ["an unknown word", "only=both&measure=momentum"],
])("%s selects everything", (_, hash) => {
  expect(selectionOf(decodeView(hash))).toEqual(NO_SELECTION);
});

test("links say the selection once, for all pages; those of earlier versions are read", () => {
  const selection = { eta: "1.7:2.5", pt: "10:", only: "split", measure: "energy" } as const;
  const hash = encodeView({ ...DEFAULT_VIEW, ...selection }, { "studies.study": "a" });
  expect(hash).toBe("eta=1.7:2.5&pt=10:&only=split&measure=energy&studies.study=a");
  const old = "studies.study=a&studies.eta=1.7:2.5&studies.pt=10:&studies.only=split&studies.measure=energy";
  for (const each of [hash, old]) {
    expect(selectionOf(decodeView(each))).toEqual(selection);
    expect(decodeParts(each)).toEqual({ "studies.study": "a" });
  }
});

test.each([
  { name: "from is included, to is not", selection: { pt: "10:20" }, want: ["a", "b"] },
  { name: "eta without its sign", selection: { eta: "2:" }, want: ["b", "c"] },
  { name: "split only", selection: { only: "split" as const }, want: ["b"] },
  { name: "not split, within a range", selection: { only: "whole" as const, eta: ":2" }, want: ["a", "d"] },
  { name: "a pT that is no number is in no range", selection: { pt: "0:" }, want: ["a", "b", "c"] },
  { name: "and in everything", selection: {}, want: ["a", "b", "c", "d"] },
])("of four particles: $name", ({ selection, want }) => {
  const particles = [
    { name: "a", pt: 10, eta: 1.9, isSplit: false },
    { name: "b", pt: 19.9, eta: -2, isSplit: true },
    { name: "c", pt: 20, eta: 2.5, isSplit: false },
    { name: "d", pt: Number.NaN, eta: 1.5, isSplit: false },
  ];
  const cut = createCut({ ...NO_SELECTION, ...selection });
  expect(particles.filter(cut).map(({ name }) => name)).toEqual(want);
});

test("in words", () => {
  expect(selectionInWords(NO_SELECTION)).toBe("");
  expect(selectionInWords({ pt: "20:", eta: ":2", only: "split" })).toBe(
    "generated pT ≥ 20 GeV, |η| < 2, split particles only",
  );
});
