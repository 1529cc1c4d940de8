import { expect, test } from "vitest";
import { batchOf } from "./cells.test-data.js";
import { SharedStages } from "./stages.js";

/** Stages by their parameters, and what was made and worked so far. */
function record(limit?: number) {
  const shared = new SharedStages(limit);
  const made: number[] = [];
  const worked: number[] = [];
  const stage = (parameter: number) =>
    shared.stage("square", parameter, () => {
      made.push(parameter);
      return ({ i }) => {
        worked.push(i);
        if (i > 9) throw new Error("too large");
        return i * i;
      };
    });
  return { stage, made, worked };
}

test("a stage is made once for its parameters; of more than the limit the one used longest ago is made anew", () => {
  const { stage, made } = record(2);
  for (const parameter of [1, 2, 1, 2]) stage(parameter);
  expect(made).toEqual([1, 2]);
  stage(1);
  stage(3);
  stage(1);
  expect(made).toEqual([1, 2, 3]);
  stage(2);
  expect(made).toEqual([1, 2, 3, 2]);
  const all = record();
  for (let k = 0; k < 100; k++) all.stage(k);
  for (let k = 0; k < 100; k++) all.stage(k);
  expect(all.made).toHaveLength(100);
});

test("a stage works once for an entry, and again for another, or after it failed", () => {
  const { stage, worked } = record();
  const [batch, other] = [batchOf([]), batchOf([])];
  const square = stage(1);
  expect([square({ batch, i: 2 }), stage(1)({ batch, i: 2 }), worked]).toEqual([4, 4, [2]]);
  expect([square({ batch, i: 3 }), square({ batch: other, i: 3 }), worked]).toEqual([9, 9, [2, 3, 3]]);
  for (let k = 0; k < 2; k++) expect(() => square({ batch: other, i: 10 })).toThrow("too large");
  expect(worked).toEqual([2, 3, 3, 10, 10]);
  expect([square({ batch: other, i: 3 }), worked.length]).toEqual([9, 6]);
});
