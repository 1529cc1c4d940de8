import { expect, test } from "vitest";
import { decodeStudy, DEFAULT_STUDY, encodeStudy, formatRange, parseRange, type StudyState, toggled } from "./state.js";

test("a state comes back from its part of a link, beside the parts of other pages", () => {
  const state: StudyState = {
    study: "mine/radius & co",
    page: "response",
    radius: 0.0173,
    eta: "1.7:2.5",
    pt: "10:",
    only: "split",
    measure: "energy",
    centre: "core",
    hide: "0,2",
    without: "original",
    at: 7,
    bins: 50,
    what: "gen",
    x: "efficiency",
    y: "false_clusters",
  };
  const parts = encodeStudy(state, { "other.key": "1", "studies.page": "old" });
  expect(parts).toMatchObject({ "other.key": "1", "studies.page": "response", "studies.radius": "0.0173" });
  expect(decodeStudy(parts)).toEqual(state);
  expect(encodeStudy(DEFAULT_STUDY, parts)).toEqual({ "other.key": "1" });
});

test.each([
  ["a radius that is none", { "studies.radius": "-1" }],
  ["a range upside down", { "studies.eta": "2.5:1.7" }],
  ["a range of words", { "studies.pt": "low:high" }],
  ["an unknown word", { "studies.only": "both", "studies.centre": "mode" }],
  ["a page that is no name", { "studies.page": "<b>" }],
  ["numbers beyond their limits", { "studies.bins": "1e9", "studies.at": "-3" }],
  ["lists with strange items", { "studies.hide": "a,b", "studies.without": "1;2" }],
])("%s is the default", (_, parts) => {
  expect(decodeStudy(parts)).toEqual(DEFAULT_STUDY);
});

test.each([
  { text: "1.7:2.5", lo: 1.7, hi: 2.5 },
  { text: ":50", lo: -Infinity, hi: 50 },
  { text: "10:", lo: 10, hi: Infinity },
  { text: "", lo: -Infinity, hi: Infinity },
])("the range $text goes from $lo to $hi and back", ({ text, lo, hi }) => {
  expect(parseRange(text)).toEqual({ lo, hi });
  expect(formatRange({ lo, hi })).toBe(text);
});

test("an item of a list is switched off and on", () => {
  expect(toggled("", "2")).toBe("2");
  expect(toggled("2", "0")).toBe("2,0");
  expect(toggled("2,0", "2")).toBe("0");
});
