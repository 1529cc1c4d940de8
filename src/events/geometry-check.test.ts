import { expect, test } from "vitest";
import { createGeometry } from "../detector/index.js";
import { GeometryCheck } from "./geometry-check.js";
import { type NtupleChunk } from "./ntuple.js";
import { simulateEvents } from "./simulate.js";

const geometry = createGeometry("V11");
const chunk = simulateEvents({ particles: "photons", pileup: 0, seed: 4, geometry }, 1, 8);

/** The same events with other trigger cell columns. */
const changed = (columns: Partial<NtupleChunk["tc"]["columns"]>): NtupleChunk => ({
  ...chunk,
  tc: { ...chunk.tc, columns: { ...chunk.tc.columns, ...columns } },
});

test("cells of the same geometry pass, in both endcaps", () => {
  expect(chunk.tc.columns.tc_zside).toContain(-1);
  expect(() => new GeometryCheck(geometry).add(chunk)).not.toThrow();
});

test("cells that are shifted are another geometry", () => {
  const moved = chunk.tc.columns.tc_x.map((x) => x + 0.6);
  expect(() => new GeometryCheck(geometry).add(changed({ tc_x: moved }))).toThrow(
    /1000 of 1000 silicon trigger cells are more than 0.5 cm away from where geometry V11 has them.*another geometry version: take its positions with `geometry import`/,
  );
});

test("swapped cell coordinates are called that", () => {
  const { tc_cellu, tc_cellv } = chunk.tc.columns;
  expect(() => new GeometryCheck(geometry).add(changed({ tc_cellu: tc_cellv, tc_cellv: tc_cellu }))).toThrow(
    /the cells are swapped/,
  );
});

test("a few misplaced cells in a hundred are tolerated up to one", () => {
  const shift = (every: number) => chunk.tc.columns.tc_x.map((x, i) => (i % every === 0 ? x + 5 : x));
  expect(() => new GeometryCheck(geometry).add(changed({ tc_x: shift(150) }))).not.toThrow();
  expect(() => new GeometryCheck(geometry).add(changed({ tc_x: shift(50) }))).toThrow(/another geometry version/);
});

test("one cell alone, the first of all, is enough; the first thousand are looked at, in several calls", () => {
  const names = ["tc_subdet", "tc_layer", "tc_waferu", "tc_waferv", "tc_cellu", "tc_cellv", "tc_x", "tc_y", "tc_zside"] as const; // prettier-ignore
  const part = (first: number, end: number, shift: number): NtupleChunk => {
    const columns = Object.fromEntries(names.map((name) => [name, chunk.tc.columns[name].slice(first, end)]));
    return changed({ ...columns, tc_x: chunk.tc.columns.tc_x.slice(first, end).map((x) => x + shift) });
  };
  expect(() => new GeometryCheck(geometry).add(part(0, 1, 5))).toThrow("1 of 1 silicon trigger cells are more than 0.5 cm");
  const check = new GeometryCheck(geometry);
  check.add(part(0, 999, 0));
  check.add(part(999, 1000, 5));
  // A thousand are enough: what comes then is not looked at.
  check.add(part(0, 900, 5));
  const early = new GeometryCheck(geometry);
  early.add(part(0, 500, 0));
  expect(() => early.add(part(500, 600, 5))).toThrow("100 of 600 silicon trigger cells");
}); // prettier-ignore
