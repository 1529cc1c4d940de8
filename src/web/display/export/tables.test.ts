import { expect, test } from "vitest";
import { DEFAULT_PARAMS } from "../../../chain/index.js";
import { DEFAULT_VIEW } from "../../model/view-state.js";
import { TOY_BINS, TOY_EVENT, TOY_UV } from "../toy.test-data.js";
import { TABLES, type TableFormat } from "./tables.js";

const SIDES = { A: TOY_BINS, B: TOY_UV };

function rowsOf(format: TableFormat, change: Partial<typeof DEFAULT_VIEW> = {}): Record<string, string>[] {
  const text = TABLES[format](TOY_EVENT, SIDES, { ...DEFAULT_VIEW, mip: 0, ...change });
  const [head, ...lines] = text.trimEnd().split("\n").map((line) => line.split(",")); // prettier-ignore
  return lines.map((line) => Object.fromEntries(line.map((value, i) => [head[i], value])));
}
const column = (rows: Record<string, string>[], name: string): string[] => rows.map((row) => row[name]);

test.each([
  { name: "all layers", change: { view: "layer", layer: 0, from: 8, to: 8 }, cells: [0, 1, 2, 3, 4, 5] },
  { name: "one layer", change: { view: "layer", layer: 9, from: 8, to: 8 }, cells: [1, 5] },
  { name: "a range of layers", change: { view: "detector", layer: 9, from: 7, to: 8 }, cells: [0, 2, 3] },
  { name: "a threshold", change: { view: "layer", layer: 0, mip: 12 }, cells: [0, 2] },
] as const)("trigger cells as the view shows them, with their seeds: $name", ({ change, cells }) => {
  const rows = rowsOf("cells", change);
  const values = (from: ArrayLike<number>): string[] => cells.map((t) => String(from[t]));
  expect(column(rows, "tc_mipPt")).toEqual(values(TOY_EVENT.mipPt));
  expect(column(rows, "tc_layer")).toEqual(values(TOY_EVENT.layer));
  expect(column(rows, "tc_cu")).toEqual(values(TOY_EVENT.cu));
});

test("bins: their place and edges, both sums, the cells in them and the seed that they are", () => {
  const { NbinsPhi, NbinsRz, MinROverZ, MaxROverZ, MinPhi, MaxPhi } = DEFAULT_PARAMS.base;
  const rows = rowsOf("bins").filter(({ chain }) => chain === "A");
  expect(rows.length).toBe(NbinsPhi * NbinsRz);
  const bin = rows[3 * NbinsPhi + 7];
  expect(bin).toMatchObject({ entry: "12", event: "345", rz_bin: "3", phi_bin: "7", n_tc: "2", seed: "0" });
  const [rz, phi] = [(MaxROverZ - MinROverZ) / NbinsRz, (MaxPhi - MinPhi) / NbinsPhi];
  const edges = ["rz_low", "rz_high", "phi_low", "phi_high"].map((name) => Number(bin[name]));
  for (const [i, edge] of [MinROverZ + 3 * rz, MinROverZ + 4 * rz, MinPhi + 7 * phi, MinPhi + 8 * phi].entries()) {
    expect(edges[i]).toBeCloseTo(edge, 6);
  }
  expect([bin["mipPt"], bin["smoothed"]]).toEqual(["163.75", "81.875"]);
  const sums = (name: string): number => column(rows, name).filter((value) => Number(value) > 0).length;
  // Five of the six cells are in four bins; two bins are seeds, one of them number 0.
  expect([sums("n_tc"), column(rows, "seed").filter((seed) => seed !== "-1")]).toEqual([4, ["0", "1"]]);
});

test("wafers with trigger cells, and the cells that are on the map, of the side that has them", () => {
  const wafers = rowsOf("wafers");
  expect(column(wafers, "chain")).toEqual(["B", "B", "B", "B"]);
  expect(column(wafers, "mipPt")).toEqual(["170", "179.5", "300", "400"]);
  expect(column(wafers, "threshold").slice(0, 3)).toEqual(["170", "180", "170"]);
  expect(column(wafers, "cs_id")).toEqual(["1", "0", "2", "-1"]);
  const cells = rowsOf("map");
  expect(column(cells, "u")).toEqual(["-9", "-9", "4"]);
  expect(column(cells, "v")).toEqual(["20", "21", "-30"]);
  expect(column(cells, "seed")).toEqual(["1", "-1", "0"]);
});

test("clusters of both sides, in their order", () => {
  const clusters = rowsOf("clusters");
  expect(column(clusters, "chain")).toEqual(["A", "A", "B", "B"]);
  expect(column(clusters, "seed_idx")).toEqual(["1", "0", "1", "0"]);
  expect(column(clusters, "en")).toEqual(["90", "40", "90", "40"]);
});
