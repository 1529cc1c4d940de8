import { expect, test } from "vitest";
import { cutFlowText, warnWithoutEntries } from "./cut-flow.js";
import { createIo } from "./io.js";

const flow = {
  ...{ events: 1000, endcaps: 1000, badEvents: 0, withoutParticle: 30, withoutCl3d: 4, entries: 966 },
  ...{ tcs: 1_234_567, tcsBelowThreshold: 200, tcsBeyondMaxLayer: 0, tcsKept: 1_234_367 },
};
const rowsOf = (change: Partial<typeof flow>): string[] =>
  cutFlowText({ ...flow, ...change }).slice(2).map((line) => line.replace(/ {2,}/, ": ")); // prettier-ignore

test("each cut has its number; those that nothing was asked of are left out", () => {
  expect(rowsOf({})).toEqual([
    "events read: 1,000",
    "without a generated particle in acceptance: 30",
    "without a cl3d in the endcap: 4",
    "entries kept: 966",
    "trigger cells of these: 1,234,567",
    "not above the mipPt threshold: 200",
    "trigger cells kept: 1,234,367",
  ]);
  const all = rowsOf({ endcaps: 2000, badEvents: 1, tcsBeyondMaxLayer: 1 });
  expect(all.filter((row) => !rowsOf({}).includes(row))).toEqual([
    "event endcaps looked at: 2,000",
    "events with NaN or infinite values left out: 1",
    "beyond the last layer: 1",
  ]);
});

test.each([
  { entries: 0, said: "warning: out is an empty sample: none of 1000 events passed the cuts\n" },
  { entries: 1, said: "" },
])("of a sample with $entries entries is said: $said", ({ entries, said }) => {
  let text = "";
  const io = createIo({ stdout: { write: () => true }, stderr: { write: (more) => (text += more) } });
  warnWithoutEntries(io, "out", { ...flow, entries });
  expect(text).toBe(said);
});
