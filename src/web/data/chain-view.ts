/** The chain on one entry of a batch, with the maps in between, as the pages draw it. */
import {
  type ChainName,
  chainOf,
  type ChainParams,
  findSplits,
  mapStages,
  type SharedStages,
} from "../../chain/index.js";
import { type SampleBatch } from "../../events/index.js";
import { type Clusterer, createLiveClusterer } from "./clusterer.js";
import { createCoarseView } from "./coarse-view.js";
import { type ChainView, type Remedy } from "./protocol.js";

/** The entry of a batch of one as `clusterer` clusters it. */
export function createChainView(one: SampleBatch, clusterer: Clusterer): ChainView {
  const { chain, params } = clusterer;
  const start = performance.now();
  const { seeds, clusters, assignment, events } = clusterer.run(one);
  const milliseconds = performance.now() - start;
  const maps = mapStages(params, clusterer.stages);
  const at = { batch: one, i: 0 };
  // Copies: the page takes their memory away.
  const [filled, smoothed] = [maps.histogram(at).mipPt.slice(), maps.smoothed(at).energy.slice()];
  const bin = maps.bins(at).slice();
  const seedOf = new Int32Array(bin.length).fill(-1);
  for (let k = 0; k < assignment.rows; k++) seedOf[assignment.columns.tc_row[k]] = assignment.columns.seed_idx[k];
  const splits = findSplits(one, { seeds, clusters, events }, params, clusterer.stages);
  const { seedEn_a, seedEn_b, valley_min } = splits.columns;
  const seedViews = Array.from({ length: seeds.rows }, (_, s) => ({
    energy: seeds.columns.seedEn[s],
    x: seeds.columns.seedXdivZ[s],
    y: seeds.columns.seedYdivZ[s],
    rzBin: seeds.columns.rz_bin[s],
    phiBin: seeds.columns.phi_bin[s],
    u: seeds.columns.u[s],
    v: seeds.columns.v[s],
  }));
  return {
    chain,
    params,
    seeds: seedViews,
    clusters: Array.from({ length: clusters.rows }, (_, c) => ({
      seed: clusters.columns.seed_idx[c],
      energy: clusters.columns.en[c],
      pt: clusters.columns.pt[c],
      mipPt: clusters.columns.mipPt[c],
      x: clusters.columns.x[c],
      y: clusters.columns.y[c],
      z: clusters.columns.z[c],
      eta: clusters.columns.eta[c],
      phi: clusters.columns.phi[c],
      nTc: clusters.columns.n_tc[c],
    })),
    assignment: seedOf,
    record:
      events.rows === 0
        ? null
        : {
            isSplit: events.columns.is_split[0] === 1,
            nMatched: events.columns.n_matched[0],
            response: events.columns.response_en[0],
            valley: splits.rows === 0 ? null : { a: seedEn_a[0], b: seedEn_b[0], min: valley_min[0] },
            others: {
              particles: events.rows - 1,
              split: events.columns.is_split
                .subarray(1, events.rows)
                .reduce((n, split) => n + (split === 1 ? 1 : 0), 0),
            },
          },
    filled,
    smoothed,
    bin,
    coarse: chainOf(chain).seedsAre === "cells" ? createCoarseView(one, 0, params, clusterer.stages, seedViews) : null,
    milliseconds,
  };
}

/** Looks for one change that makes a single cluster of a split particle, the smallest change first. `stages`: see `createLiveClusterer`, which is `create`. */
export function findRemedy(
  one: SampleBatch,
  chain: ChainName,
  params: ChainParams,
  stages?: SharedStages,
  create = createLiveClusterer,
): Remedy | null {
  const { seed, smooth } = params;
  const window = seed.window + 1;
  const candidates: (Remedy & { readonly params: ChainParams })[] = [
    {
      label: `seeding window ${window}`,
      settings: { "seed.window": String(window) },
      params: { ...params, seed: { ...seed, window } },
    },
    {
      label: "flat-top smoothing kernel",
      settings: { "smooth.kernel": "flat_top" },
      params: { ...params, smooth: { ...smooth, kernel: "flat_top" } },
    },
    {
      label: `seeding window ${window + 1}`,
      settings: { "seed.window": String(window + 1) },
      params: { ...params, seed: { ...seed, window: window + 1 } },
    },
  ];
  for (const { label, settings, params: changed } of candidates) {
    const { events } = create(chain, changed, stages).run(one);
    if (events.rows > 0 && events.columns.is_split[0] === 0 && events.columns.n_matched[0] > 0)
      return { label, settings };
  }
  return null;
}
