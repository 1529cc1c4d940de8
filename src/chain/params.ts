/**
 * The parameters of the chains under the names that the reference's configuration gives them, with its defaults.
 * Sources: the reference's config.yaml; CMSSW's l1tHGCalBackEndLayer2Producer for BinSums and CoeffA.
 */
import { ConfigError } from "../core/index.js";
import { TRIGGER_LAYERS } from "../detector/index.js";

export type SmoothKernel = "default" | "flat_top";
export type ClusterAlgo = "min_distance" | "max_energy";
export type PhiAxis = "circular" | "regular";
export type SeedCsInput = "CStcOut" | "NoCStcOut";

export const SMOOTH_KERNELS: readonly SmoothKernel[] = ["default", "flat_top"];
export const CLUSTER_ALGOS: readonly ClusterAlgo[] = ["min_distance", "max_energy"];
export const SEED_CS_INPUTS: readonly SeedCsInput[] = ["CStcOut", "NoCStcOut"];

export interface BaseParams {
  readonly NbinsRz: number;
  readonly NbinsPhi: number;
  readonly MinROverZ: number;
  readonly MaxROverZ: number;
  /** [rad] */
  readonly MinPhi: number;
  /** [rad] */
  readonly MaxPhi: number;
  /** `circular` closes the small gap between MaxPhi and MinPhi + 2 pi; `regular` leaves it open, as the reference does. */
  readonly PhiAxis: PhiAxis;
  readonly EtaMin: number;
  readonly EtaMax: number;
  readonly EtaMinStrict: number;
  readonly EtaMaxStrict: number;
  readonly EnResSplits: number;
  readonly EnResNoSplits: number;
}

export interface SmoothParams {
  /** Width in phi bins of the kernel, one odd number an R/z row. */
  readonly BinSums: readonly number[];
  readonly SeedsNormByArea: boolean;
  /** Area of a trigger cell in the projected plane (x/z, y/z). */
  readonly AreaPerTriggerCell: number;
  readonly kernel: SmoothKernel;
}

export interface SeedParams {
  /** [MIP_T] */
  readonly histoThreshold: number;
  /** Columns on each side that a seed must not be exceeded by; in R/z it is always one row. In (u, v): cells each way. */
  readonly window: number;
}

/** Coarse seeds; in the reference these are defaults of a function. */
export interface CsParams {
  /** First layer, and how many layers with trigger readout are summed from there on. */
  readonly initial_layer: number;
  readonly k: number;
  /** [MIP_T] Least sum of a wafer, one an eta range. */
  readonly threshold: readonly number[];
  /** Limits of the eta ranges, one more than thresholds. */
  readonly eta_list: readonly number[];
  /** Add the neighbours of every coarse seed. */
  readonly nearby: boolean;
}

export interface SeedCsParams {
  /** Seeds from the wafers that are coarse seeds, or from all TCs. */
  readonly InputName: SeedCsInput;
  /** [MIP_T] */
  readonly histoThreshold: number;
  /** The window is a hexagon, else a square. */
  readonly hexDist: boolean;
}

export interface ClusterParams {
  /** Radius in the projected plane, one a layer, layer 1 first. */
  readonly CoeffA: readonly number[];
  readonly CoeffB: number;
  readonly MidRadius: number;
  /** [GeV] */
  readonly PtC3dThreshold: number;
  readonly algo: ClusterAlgo;
  /** The coarse-seeding chain clusters only TCs in CE-E whose wafer u and v both occur among the coarse seeds. */
  readonly CSCylinder: boolean;
}

export interface ValidClusterParams {
  /** TCs within each of these distances in (eta, phi) of the particle get a row of sums in `tcdr`. */
  readonly tcDeltaRthresh: readonly number[];
}

export interface ValidationParams {
  /** A cluster matches a particle within this distance in the projected plane. */
  readonly splitDistance: number;
  /** [GeV] Matched clusters above this pt count. */
  readonly splitPt: number;
  /** The second largest must hold this share of the pt of all of them. */
  readonly splitShare: number;
}

export interface ChainParams {
  readonly base: BaseParams;
  readonly smooth: SmoothParams;
  readonly seed: SeedParams;
  readonly cs: CsParams;
  readonly seed_cs: SeedCsParams;
  readonly cluster: ClusterParams;
  readonly valid_cluster: ValidClusterParams;
  readonly validation: ValidationParams;
}

const times = (n: number, value: number): number[] => Array.from({ length: n }, () => value);

export const DEFAULT_PARAMS: ChainParams = {
  base: {
    NbinsRz: 42,
    NbinsPhi: 216,
    MinROverZ: 0.076,
    MaxROverZ: 0.58,
    MinPhi: -3.14159,
    MaxPhi: 3.14159,
    PhiAxis: "circular",
    EtaMin: 1.7,
    EtaMax: 2.8,
    EtaMinStrict: 2.0,
    EtaMaxStrict: 2.6,
    EnResSplits: -0.35,
    EnResNoSplits: -0.2,
  },
  smooth: {
    BinSums: [13, ...times(3, 11), ...times(3, 9), ...times(6, 7), ...times(15, 5), ...times(14, 3)],
    SeedsNormByArea: false,
    AreaPerTriggerCell: 4.91e-5,
    kernel: "default",
  },
  seed: { histoThreshold: 20, window: 1 },
  cs: { initial_layer: 7, k: 4, threshold: [170, 180, 200], eta_list: [1.5, 1.9, 2.3, 3.2], nearby: false },
  seed_cs: { InputName: "CStcOut", histoThreshold: 20, hexDist: true },
  cluster: {
    CoeffA: [...times(7, 0.015), ...times(7, 0.02), ...times(7, 0.03), ...times(13, 0.04), ...times(18, 0.05)],
    CoeffB: 0,
    MidRadius: 2.3,
    PtC3dThreshold: 0.5,
    algo: "min_distance",
    CSCylinder: false,
  },
  valid_cluster: { tcDeltaRthresh: [] },
  validation: { splitDistance: 0.06, splitPt: 2, splitShare: 0.1 },
};

/** CMSSW's own choices where they differ: the parameters behind the `cl3d` rows of a simulated sample. */
export const CMSSW_PARAMS: ChainParams = {
  ...DEFAULT_PARAMS,
  smooth: { ...DEFAULT_PARAMS.smooth, SeedsNormByArea: true },
  seed: { histoThreshold: 8.5, window: 1 },
};

function demand(ok: boolean, key: string, value: unknown, expected: string): void {
  if (!ok) throw new ConfigError(`${key}: expected ${expected}, got ${JSON.stringify(value)}`);
}

function isWhole(n: number, least: number): boolean {
  return Number.isInteger(n) && n >= least;
}

/** Throws a `ConfigError` naming the first value that cannot work. */
export function checkParams(params: ChainParams): void {
  const { base, smooth, seed, cluster } = params;
  demand(isWhole(base.NbinsRz, 1), "base.NbinsRz", base.NbinsRz, "a whole number of at least 1");
  demand(isWhole(base.NbinsPhi, 3), "base.NbinsPhi", base.NbinsPhi, "a whole number of at least 3");
  demand(base.MinROverZ < base.MaxROverZ, "base.MaxROverZ", base.MaxROverZ, `more than MinROverZ = ${base.MinROverZ}`);
  demand(base.MinROverZ >= 0, "base.MinROverZ", base.MinROverZ, "at least 0");
  demand(base.MinPhi < base.MaxPhi, "base.MaxPhi", base.MaxPhi, `more than MinPhi = ${base.MinPhi}`);
  demand(
    base.MaxPhi - base.MinPhi <= 2 * Math.PI,
    "base.MaxPhi",
    base.MaxPhi,
    `at most 2 pi above MinPhi = ${base.MinPhi}`,
  );
  demand(
    smooth.BinSums.length === base.NbinsRz,
    "smooth.BinSums",
    smooth.BinSums,
    `one value for each of the ${base.NbinsRz} R/z rows`,
  );
  for (const sum of smooth.BinSums) {
    demand(
      isWhole(sum, 1) && sum % 2 === 1 && sum < base.NbinsPhi,
      "smooth.BinSums",
      sum,
      "odd numbers below NbinsPhi",
    );
  }
  demand(smooth.AreaPerTriggerCell > 0, "smooth.AreaPerTriggerCell", smooth.AreaPerTriggerCell, "more than 0");
  demand(
    isWhole(seed.window, 1) && 2 * seed.window < base.NbinsPhi,
    "--seed-window",
    seed.window,
    "a whole number of at least 1, less than half of NbinsPhi",
  );
  demand(cluster.CoeffA.length > 0, "cluster.CoeffA", cluster.CoeffA, "a list of radii, one a layer");
  for (const radius of cluster.CoeffA) demand(radius >= 0, "cluster.CoeffA", radius, "radii of at least 0");
  demand(seed.histoThreshold >= 0, "seed.histoThreshold", seed.histoThreshold, "at least 0");
  checkCsParams(params);
}

function checkCsParams({ cs, seed_cs, valid_cluster }: ChainParams): void {
  const { initial_layer, k, threshold, eta_list } = cs;
  demand(
    TRIGGER_LAYERS.includes(initial_layer),
    "cs.initial_layer",
    initial_layer,
    `a layer with trigger readout: ${TRIGGER_LAYERS.join(", ")}`,
  );
  demand(isWhole(k, 1), "cs.k", k, "a whole number of at least 1");
  demand(
    threshold.length > 0 && threshold.every(Number.isFinite),
    "cs.threshold",
    threshold,
    "one number an eta range",
  );
  demand(
    eta_list.length === threshold.length + 1 && eta_list.every((eta, i) => i === 0 || eta > eta_list[i - 1]),
    "cs.eta_list",
    eta_list,
    `${threshold.length + 1} ascending limits, one more than cs.threshold has values`,
  );
  demand(seed_cs.histoThreshold >= 0, "seed_cs.histoThreshold", seed_cs.histoThreshold, "at least 0");
  for (const distance of valid_cluster.tcDeltaRthresh) {
    demand(distance > 0, "valid_cluster.tcDeltaRthresh", distance, "distances above 0");
  }
}
