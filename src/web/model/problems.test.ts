import { expect, test } from "vitest";
import { createProblems, problemInWords } from "./problems.js";

test.each([
  [
    "a name stands once",
    "Cannot open a.root",
    "a.root: no tree has the branches",
    "Cannot open a.root: no tree has the branches",
  ],
  [
    "a file of a sample keeps its folder",
    "Cannot open s",
    "s/tc.parquet: 0 rows",
    "Cannot open s: s/tc.parquet: 0 rows",
  ],
  ["a part of a name is not the name", "Cannot open data", "a: b", "Cannot open data: a: b"],
  [
    "what only the command line can do is left out",
    "Event 7 cannot be shown",
    "gen_pt is NaN; use --skip-bad-events to leave such events out",
    "Event 7 cannot be shown: gen_pt is NaN; no chain can be run on it: choose another event",
  ],
])("a problem in words: %s", (_, what, message, words) => {
  expect(problemInWords(what, new Error(message))).toBe(words);
});

test("a message is gone when what failed works, and only that one", () => {
  const { problem, fail, mended, setProblem } = createProblems();
  fail("The chain failed", new Error("too few radii"));
  mended("There is nothing to compare with");
  expect(problem()).toBe("The chain failed: too few radii");
  mended("The chain failed");
  expect(problem()).toBe("");
  setProblem("photons has no entry 99");
  mended("The chain failed");
  expect(problem()).toBe("photons has no entry 99");
});

test("a message about the server outlives what is said of an event, until it is mended or another takes its place", () => {
  const { problem, say, fail, failLasting, mended, setProblem } = createProblems();
  const said: string[] = [];
  const then = (act: () => void): void => {
    act();
    said.push(problem());
  };
  then(() => failLasting("The list cannot be read", new Error("no server")));
  then(() => say(""));
  then(() => say("two entries are event 7"));
  then(() => say(""));
  then(() => failLasting("The list cannot be read", new Error("no server")));
  then(() => mended("The list cannot be read"));
  then(() => fail("Event 3 cannot be shown", new Error("broken")));
  then(() => say(""));
  then(() => setProblem("x"));
  const list = "The list cannot be read: no server";
  expect(said).toEqual([
    list,
    list,
    "two entries are event 7",
    "",
    list,
    "",
    "Event 3 cannot be shown: broken",
    "",
    "x",
  ]);
});
