import { expect, test, vi } from "vitest";
import { type ChainParams, createNtupleClusters, DEFAULT_PARAMS, SharedStages, type Stage } from "../../chain/index.js";
import { CoarseSeeder } from "../../chain/coarse.js";
import { UvSeeder } from "../../chain/seed-uv.js";
import { createGeometry } from "../../detector/index.js";
import { createSkim, DEFAULT_SKIM, simulateEvents } from "../../events/index.js";
import { createChainView, findRemedy } from "./chain-view.js";
import { createLiveClusterer, sliceEntries } from "./clusterer.js";
import { type ChainView } from "./protocol.js";

const BATCH = (() => {
  const chunk = simulateEvents({ particles: "photons", pileup: 0, seed: 4, geometry: createGeometry("V11") }, 1, 4);
  return createSkim({ ...DEFAULT_SKIM, particles: "photons" }).skim(createNtupleClusters()(chunk));
})();

test("what an entry keeps from one setting to the next changes no view, also when it is too much to keep", () => {
  const { base, smooth, seed, cluster } = DEFAULT_PARAMS;
  const settings = [
    ...[0.01, 0.02, 0.03, 0.01].map((r) => ({ cluster: { ...cluster, CoeffA: cluster.CoeffA.map(() => r) } })),
    { seed: { ...seed, window: 2 } },
    { base: { ...base, NbinsPhi: 108 } },
    { smooth: { ...smooth, kernel: "flat_top" as const } },
    {},
  ];
  const textOf = (view: ChainView): string =>
    JSON.stringify({ ...view, milliseconds: 0 }, (_, value: unknown) =>
      ArrayBuffer.isView(value)
        ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64")
        : value,
    );
  for (const kept of [new SharedStages(), new SharedStages(3)]) {
    for (let i = 0; i < 3; i++) {
      const one = sliceEntries(BATCH, i, i + 1);
      for (const chain of ["default", "cs"] as const) {
        for (const setting of settings) {
          const params = { ...DEFAULT_PARAMS, ...setting };
          const fresh = textOf(createChainView(one, createLiveClusterer(chain, params)));
          expect(textOf(createChainView(one, createLiveClusterer(chain, params, kept))) === fresh).toBe(true);
        }
      }
    }
  }
});

test("of the stages those used longest ago are forgotten", () => {
  const kept = new SharedStages(2);
  let made = 0;
  const use = (name: string): void => void kept.stage(name, [], () => (made++, () => 0));
  for (const name of ["a", "b", "a", "c", "a"]) use(name);
  expect(made).toBe(3);
  use("b");
  expect(made).toBe(4);
});

/** Counts how often each stage works. */
class CountingStages extends SharedStages {
  readonly counts: Record<string, number> = {};
  override stage<T>(name: string, parameters: unknown, create: () => Stage<T>): Stage<T> {
    return super.stage(name, parameters, () => {
      const work = create();
      return (at) => {
        this.counts[name] = (this.counts[name] ?? 0) + 1;
        return work(at);
      };
    });
  }
}

/** How often the steps work on an entry while `draw` runs: in stages, and in the seeders of cells, whoever calls them. */
function worksIn(draw: (stages: SharedStages) => void): Record<string, number> {
  const stages = new CountingStages(24);
  const spies = [vi.spyOn(CoarseSeeder.prototype, "findInto"), vi.spyOn(UvSeeder.prototype, "seedInto")];
  try {
    draw(stages);
    const [findInto, seedInto] = spies.map(({ mock }) => mock.calls.length);
    return { ...stages.counts, findInto, seedInto };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const ONE = sliceEntries(BATCH, 0, 1);
const withCs = (change: Partial<ChainParams["seed_cs"]>, CSCylinder = false): ChainParams => ({
  ...DEFAULT_PARAMS,
  seed_cs: { ...DEFAULT_PARAMS.seed_cs, ...change },
  cluster: { ...DEFAULT_PARAMS.cluster, CSCylinder },
});
const MAPS = { fill: 1, smooth: 1, bins: 1 };

test.each([
  { name: "the default chain", chain: "default", params: DEFAULT_PARAMS, seeds: { seed: 1, findInto: 0, seedInto: 0 } },
  { name: "coarse seeds", chain: "cs", params: DEFAULT_PARAMS, seeds: {} },
  { name: "coarse seeds and their cylinder", chain: "cs", params: withCs({}, true), seeds: {} },
  { name: "seeds in all cells", chain: "cs", params: withCs({ InputName: "NoCStcOut" }), seeds: {} },
] as const)(
  "one event is filled, smoothed, seeded and clustered once for a picture: $name",
  ({ chain, params, seeds }) => {
    const cells = { "coarse-seed": 1, "seed-cs": 1, findInto: 1, seedInto: 1 };
    const works = worksIn((stages) => createChainView(ONE, createLiveClusterer(chain, params, stages)));
    expect(works).toEqual({ ...MAPS, cluster: 1, ...(chain === "cs" ? cells : {}), ...seeds });
  },
);

test("both sides of a comparison and the remedies for a split share what their parameters share", () => {
  const works = worksIn((stages) => {
    for (const r of [0.01, 0.02]) {
      const cluster = { ...DEFAULT_PARAMS.cluster, CoeffA: DEFAULT_PARAMS.cluster.CoeffA.map(() => r) };
      for (const chain of ["default", "cs"] as const)
        createChainView(ONE, createLiveClusterer(chain, { ...DEFAULT_PARAMS, cluster }, stages));
    }
    // Windows of 2 and 3 and another kernel, of which none is there for an event that is as it is.
    const seed = { ...DEFAULT_PARAMS.seed, histoThreshold: 1e6 };
    expect(findRemedy(ONE, "default", { ...DEFAULT_PARAMS, seed }, stages)).toBe(null);
  });
  expect(works).toEqual({
    ...{ fill: 1, bins: 1, smooth: 2, seed: 4, "coarse-seed": 1, "seed-cs": 1, findInto: 1, seedInto: 1 },
    cluster: 7,
  });
});

test.each([
  { split: [1, 0, 0], isSplit: true, others: { particles: 2, split: 0 } },
  { split: [0, 1, 1], isSplit: false, others: { particles: 2, split: 2 } },
  { split: [0], isSplit: false, others: { particles: 0, split: 0 } },
  { split: [1], isSplit: true, others: { particles: 0, split: 0 } },
])("the record is that of the first particle, the others are counted: $split", ({ split, isSplit, others }) => {
  const live = createLiveClusterer("default", DEFAULT_PARAMS);
  const found = live.run(ONE);
  // As many copies of the one particle, of which these are split.
  const columns = Object.fromEntries(
    Object.entries(found.events.columns).map(([name, column]) => {
      const out = column.slice(0, 0).constructor as unknown as { from(values: readonly unknown[]): unknown };
      return [name, out.from(split.map(() => column[0]))];
    }),
  );
  const rows = { is_split: Uint8Array.from(split), n_matched: Int32Array.from(split, (_, k) => 3 - k), response_en: Float64Array.from(split, (_, k) => 0.75 + k) }; // prettier-ignore
  const events = { rows: split.length, columns: { ...columns, ...rows } } as unknown as typeof found.events;
  const { record } = createChainView(ONE, { ...live, run: () => ({ ...found, events }) });
  expect(record).toMatchObject({ isSplit, nMatched: 3, response: 0.75, others });
  const none = { ...found.events, rows: 0 };
  expect(createChainView(ONE, { ...live, run: () => ({ ...found, events: none }) }).record).toBe(null);
});
