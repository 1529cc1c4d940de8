import { expect, test } from "vitest";
import { batchOf } from "../folders/sample.test-data.js";
import { particlesOf } from "./event-content.js";

test("the particles of an entry are all of its own, in their order", () => {
  const batch = batchOf([
    [2, 0, 0],
    [3, 0, 0],
    [0, 0, 0],
  ]);
  const { gen_eta, gen_phi, gen_en, gen_pt, gen_pid } = batch.gen.columns;
  const want = (rows: readonly number[]) =>
    rows.map((g) => ({ pid: gen_pid[g], pt: gen_pt[g], energy: gen_en[g], eta: gen_eta[g], phi: gen_phi[g] }));
  expect([0, 1, 2].map((i) => particlesOf(batch, i))).toEqual([want([0, 1]), want([2, 3, 4]), []]);
});
