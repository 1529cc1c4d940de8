/** The default chain: fill, smooth and seed in (R/z, phi), cluster. */
import { type ChainSpec, checkEntry, type StepRows, type StepSpec, type Steps, tcsOf } from "./chain-spec.js";
import { createHistogram, fillInto, type Histogram } from "./fill.js";
import { createBinGap } from "./gap-bins.js";
import { createGrid } from "./grid.js";
import { mapStages } from "./maps.js";
import { addFill, addSeeds, addSmooth } from "./output.js";
import { type ChainParams } from "./params.js";
import { createSeeds, seedInto } from "./seed.js";
import { createSmoother, createSmoothMap, type SmoothMap } from "./smooth.js";
import { type SharedStages } from "./stages.js";
import { clusterStage, clusterStep } from "./step-cluster.js";
import { validateStep } from "./step-validate.js";

function create(params: ChainParams, shared: SharedStages): Steps {
  const { base, smooth, seed, cluster } = params;
  const { histogram: histogramOf, smoothed: mapOf } = mapStages(params, shared);
  const seedsOf = shared.stage("seed", [base, smooth, seed], () => {
    const seeds = createSeeds();
    return (at) => {
      seedInto(seeds, mapOf(at), histogramOf(at), seed);
      return seeds;
    };
  });
  return {
    findSeeds: seedsOf,
    run: clusterStage(shared, ["default", base, smooth, seed], cluster, seedsOf),
    coarseSeeds: () => undefined,
    addSteps(out, at) {
      addFill(out, at, histogramOf(at));
      addSmooth(out, at, mapOf(at));
    },
  };
}

const fillStep: StepSpec = {
  name: "fill",
  about: "trigger cells to the (R/z, phi) histogram",
  writes: ["fill"],
  create(params, out) {
    const histogram = createHistogram(createGrid(params.base));
    return {
      reads: [],
      run(at) {
        checkEntry(at);
        fillInto(histogram, at.batch.tc.columns, ...tcsOf(at));
        addFill(out, at, histogram);
      },
    };
  },
};

const smoothStep: StepSpec = {
  name: "smooth",
  about: "spread the energies of the histogram",
  writes: ["smooth"],
  create(params, out) {
    const histogram = createHistogram(createGrid(params.base));
    const smoother = createSmoother(params.base, params.smooth);
    const map = createSmoothMap(params.base.NbinsRz, params.base.NbinsPhi);
    return {
      reads: ["fill"],
      run(at, _particles, { fill }) {
        restoreBins(histogram, fill);
        smoother.smoothInto(map, histogram);
        addSmooth(out, at, map);
      },
    };
  },
};

const seedStep: StepSpec = {
  name: "seed",
  about: "local maxima of the smoothed histogram",
  writes: ["seeds"],
  create(params, out, chain) {
    const histogram = createHistogram(createGrid(params.base));
    const map = createSmoothMap(params.base.NbinsRz, params.base.NbinsPhi);
    const seeds = createSeeds();
    return {
      reads: ["fill", "smooth"],
      run(at, _particles, { fill, smooth }) {
        restoreBins(histogram, fill);
        restorePositions(histogram, fill);
        restoreMap(map, smooth);
        seedInto(seeds, map, histogram, params.seed);
        addSeeds(out, at, chain, seeds);
      },
    };
  },
};

function restoreBins(histogram: Histogram, { columns, first, end }: StepRows["fill"]): void {
  for (let k = 0; k < histogram.nBins; k++) histogram.mipPt[histogram.bins[k]] = 0;
  histogram.nBins = end - first;
  for (let k = 0; k < histogram.nBins; k++) {
    const bin = columns.rz_bin[first + k] * histogram.grid.nPhi + columns.phi_bin[first + k];
    histogram.bins[k] = bin;
    histogram.mipPt[bin] = columns.mipPt[first + k];
  }
}

/** The table holds the quotients that are positions: over a sum of 1 they are the same numbers again. */
function restorePositions(histogram: Histogram, { columns, first }: StepRows["fill"]): void {
  for (let k = 0; k < histogram.nBins; k++) {
    const bin = histogram.bins[k];
    if (histogram.mipPt[bin] !== 0) histogram.mipPt[bin] = 1;
    histogram.sumX[bin] = columns.wght_x[first + k];
    histogram.sumY[bin] = columns.wght_y[first + k];
  }
}

function restoreMap(map: SmoothMap, { columns, first, end }: StepRows["smooth"]): void {
  map.energy.fill(0);
  map.length.fill(0);
  for (let k = first; k < end; k++) {
    map.energy[columns.rz_bin[k] * map.nPhi + columns.phi_bin[k]] = columns.energy[k];
    map.length[columns.rz_bin[k]] = map.nPhi;
  }
}

export const DEFAULT_CHAIN = {
  name: "default",
  label: "default chain",
  choice: "default (R/z, φ)",
  suffix: "def",
  hue: "blue",
  columns: [],
  steps: [fillStep, smoothStep, seedStep, clusterStep(), validateStep()],
  seedsAre: "bins",
  create,
  createGap: createBinGap,
} as const satisfies ChainSpec;
