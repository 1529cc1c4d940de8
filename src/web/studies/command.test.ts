import { expect, test } from "vitest";
import { quoted } from "../model/command-line.js";
import { commandOf, type StudyJson } from "./command.js";
import { type StudyState } from "./state.js";

const JSON_OF: StudyJson = {
  study: "radius",
  selection: "all",
  chains: ["default"],
  options: {},
  samples: [
    { name: "photons", absolute: "/data/my photons", hasTruth: true },
    { name: "pions", hasTruth: true },
  ],
  points: [{ radius: 0.01 }, { radius: 0.02 }],
};
const stateOf = (pt: string, eta: string): StudyState => ({ pt, eta }) as unknown as StudyState;

test("without ranges the command is that of the report", () => {
  expect(commandOf(JSON_OF, "out/radius", stateOf("", ""))).toBe(
    "bye-splits study radius report --study out/radius --out report.html",
  );
  expect(commandOf({ ...JSON_OF, study: "scan" }, "s", stateOf("", ""))).toBe(
    "bye-splits study scan report --study s --out report.html",
  );
});

test("words of a shell: plain ones as they are, others within quotes", () => {
  expect(["a/b.c:1=2,3@%+-", "", "a b", "it's", "$x"].map(quoted)).toEqual([
    ...["a/b.c:1=2,3@%+-", "''", "'a b'", `'it'\\''s'`, "'$x'"],
  ]);
});
