/** The table that `run` prints: which columns it has, and what the lines below it say. */
import { expect, test } from "vitest";
import { SummaryBuilder } from "../chain/index.js";
import { chainSummaryText } from "./chain-summary.js";

const acceptance = { EtaMin: 1.6, EtaMax: 2.9 };
type Summary = Parameters<typeof chainSummaryText>[0][number];
const empty = new SummaryBuilder("default").finish();
const summary = ({ counts, ...more }: Partial<Omit<Summary, "counts">> & { counts?: Partial<Summary["counts"]> } = {}) =>
  ({ ...empty, splitControl: 0, matchControl: 0, ...more, counts: { ...empty.counts, ...counts } }) as Summary; // prettier-ignore
const columns = (...chains: Summary[]): string[] => chainSummaryText(chains, acceptance)[0].split(/ {2,}/);
const PLAIN = ["chain", "events", "seeds", "clusters", "split", "split fraction [68 %]", "efficiency", "response", "resolution"]; // prettier-ignore
const particles = { particles: 10, selected: 10, entries: 10 };

test("without pile-up the plain columns; the rate of clusters where there are some and no particles", () => {
  expect(columns(summary({ counts: particles }))).toEqual(PLAIN);
  expect(columns(summary({ counts: { ...particles, falseClusters: 3 } }))).toEqual(PLAIN);
  expect(columns(summary({ counts: { particles: 0, falseClusters: 0 } }))).toEqual(PLAIN);
  expect(columns(summary({ counts: { particles: 0, falseClusters: 1 } }))).toEqual(PLAIN.toSpliced(6, 0, "false clusters")); // prettier-ignore
});

test("what pile-up alone would do stands beside the numbers, of both chains when it does for one", () => {
  const crowded = PLAIN.toSpliced(6, 0, "control", "net [68 %]", "false clusters");
  for (const control of [{ splitControl: 1e-6 }, { matchControl: 1e-6 }]) {
    expect(columns(summary({ counts: particles, ...control }))).toEqual(crowded);
    expect(columns(summary({ counts: particles }), summary({ counts: particles, ...control }))).toEqual(crowded);
  }
  const truth = { trueSplitFraction: 0.25, trueSplitFractionInterval: { low: 0.125, high: 0.5 } };
  expect(columns(summary({ counts: particles, ...truth }))).toEqual(PLAIN);
  const withTruth = [...crowded.slice(0, 9), "truly split [68 %]", ...crowded.slice(9)];
  expect(columns(summary({ counts: particles, ...truth, splitControl: 0.1 }))).toEqual(withTruth);
  const near = summary({ counts: { ...particles, withNeighbour: 1 }, ...truth });
  expect(columns(near)).toEqual(PLAIN.toSpliced(6, 0, "truly split [68 %]"));
  const [, , row, , note] = chainSummaryText([near], acceptance);
  expect(row).toContain("25 % [12.5, 50]");
  expect(note).toContain("1 of 10 particles have another one within the split distance");
});

test("below the table: what was selected, what has no seed or no cluster, what was left out and dropped", () => {
  const counts = { ...particles, entries: 12, withSeeds: 9, withClusters: 7 };
  const noteOf = (more: object): string => chainSummaryText([summary({ counts: { ...counts, ...more } })], acceptance)[3];
  expect(noteOf({})).toMatch(/^default: 10 of 12 entries selected.*; 1 without a seed, 3 without a cluster$/);
  expect(noteOf({ bad: 1 })).toMatch(/3 without a cluster, 1 bad event left out$/);
  expect(noteOf({ withoutPosition: 1 })).toMatch(/3 without a cluster, 1 cluster without a position dropped$/);
}); // prettier-ignore

test("the speed is a column where it is known", () => {
  const lines = chainSummaryText([summary({ counts: particles })], acceptance, 1234.5);
  expect([lines[0].endsWith("events/s"), lines[2].endsWith("1,235")]).toEqual([true, true]);
});
