/** Which changes are tried against a split, in which order, and what counts as mended. */
import { expect, test } from "vitest";
import { type ChainParams, DEFAULT_PARAMS } from "../../chain/index.js";
import { type SampleBatch } from "../../events/index.js";
import { findRemedy } from "./chain-view.js";
import { type Clusterer } from "./clusterer.js";

type Records = readonly (readonly [isSplit: number, matched: number])[];

/** What is found, and what was tried for it; `records`: of the particles, with the changes in turn. */
function remedyOf(records: readonly Records[]) {
  const tried: string[] = [];
  const create = (_: string, { seed, smooth }: ChainParams) => {
    const particles = records[tried.push(`${seed.window} ${smooth.kernel}`) - 1] ?? [];
    const columns = { is_split: particles.map(([split]) => split), n_matched: particles.map(([, n]) => n) };
    return { run: () => ({ events: { rows: particles.length, columns } }) } as unknown as Clusterer;
  };
  return { found: findRemedy({} as SampleBatch, "default", params, undefined, create), tried };
}

const MENDED = [[0, 1]] as const;
const SPLIT = [[1, 2]] as const;
const params: ChainParams = { ...DEFAULT_PARAMS, seed: { ...DEFAULT_PARAMS.seed, window: 2 } };

test.each([
  { name: "a larger window", of: [MENDED], label: "seeding window 3", settings: { "seed.window": "3" } },
  { name: "another kernel", of: [SPLIT, MENDED], label: "flat-top smoothing kernel", settings: { "smooth.kernel": "flat_top" } },
  { name: "a still larger window", of: [SPLIT, [], MENDED], label: "seeding window 4", settings: { "seed.window": "4" } },
  // One that is lost is not mended, and the first particle counts.
  { name: "what keeps the particle", of: [[[0, 0]], [[1, 2], [0, 1]], [[0, 1], [1, 2]]], label: "seeding window 4", settings: { "seed.window": "4" } },
] as const)("the first that helps is told: $name", ({ of, label, settings }) => {
  const { found, tried } = remedyOf(of);
  expect(found).toEqual({ label, settings });
  expect(tried).toEqual(["3 default", "2 flat_top", "4 default"].slice(0, of.length));
}); // prettier-ignore

test("nothing may help", () => {
  const { found, tried } = remedyOf([SPLIT, SPLIT, SPLIT]);
  expect([found, tried.length]).toEqual([null, 3]);
});
