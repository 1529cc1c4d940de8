import { expect, test } from "vitest";
import { decodeStudy, DEFAULT_STUDY, encodeStudy, liveSamples, liveStudy, type StudyState, toggled } from "./state.js";

test("a state comes back from its part of a link, beside the parts of other pages", () => {
  const state: StudyState = {
    study: "mine/radius & co",
    page: "response",
    radii: "0.005:0.05:10",
    radius: 0.0173,
    eta: "1.7:2.5",
    pt: "10:",
    only: "split",
    measure: "energy",
    centre: "core",
    hide: "0,2",
    without: "original",
    at: 7,
    bin: "gen_pt:20:25.5",
    bins: 50,
    what: "gen",
    x: "efficiency",
    y: "false_clusters",
  };
  const parts = encodeStudy(state, { "other.key": "1", "studies.page": "old" });
  expect(parts).toMatchObject({ "other.key": "1", "studies.page": "response", "studies.radius": "0.0173" });
  const { eta, pt, only, measure } = state;
  expect(decodeStudy(parts, { eta, pt, only, measure })).toEqual(state);
  expect(decodeStudy(parts)).toEqual({ ...state, eta: "", pt: "", only: "all", measure: "pt" });
  expect(encodeStudy(DEFAULT_STUDY, parts)).toEqual({ "other.key": "1" });
});

test.each([
  ["a radius that is none", { "studies.radius": "-1" }],
  ["an unknown word", { "studies.centre": "mode" }],
  ["a page that is no name", { "studies.page": "<b>" }],
  ["numbers beyond their limits", { "studies.bins": "1e9", "studies.at": "-3" }],
  ["lists with strange items", { "studies.hide": "a,b", "studies.without": "1;2" }],
])("%s is the default", (_, parts) => {
  expect(decodeStudy(parts)).toEqual(DEFAULT_STUDY);
});

test("an item of a list is switched off and on", () => {
  expect(toggled("", "2")).toBe("2");
  expect(toggled("2", "0")).toBe("2,0");
  expect(toggled("2,0", "2")).toBe("0");
});

test("samples without a study are named whatever they are called; a study is none of them", () => {
  const names = ["embedded", "a, b/c%2C", "dropped: live: ü"];
  expect(liveSamples(liveStudy(names))).toEqual(names);
  expect(liveSamples("mine/radius")).toBe(null);
  expect(liveSamples("live: %")).toEqual([]);
});
