import { expect, test } from "vitest";
import { createNtupleClusters, DEFAULT_PARAMS, SharedStages } from "../../chain/index.js";
import { createGeometry } from "../../detector/index.js";
import { createSkim, DEFAULT_SKIM, simulateEvents } from "../../events/index.js";
import { createChainView } from "./chain-view.js";
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
