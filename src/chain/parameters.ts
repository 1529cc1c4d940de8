/**
 * The parameters of the chains: one row each, under the names that the reference's configuration gives them, with its
 * defaults. Types, checks, `--set`, the page's panel, links and docs/configuration.md derive from the rows.
 * Sources: the reference's config.yaml; CMSSW's l1tHGCalBackEndLayer2Producer for BinSums and CoeffA.
 */
import { choice, flag, real, reals, whole, wholes } from "../core/index.js";
import { GEOMETRY_VERSIONS, triggerLayersOf } from "../detector/index.js";

export type SmoothKernel = "default" | "flat_top";
export type ClusterAlgo = "min_distance" | "max_energy";
export type PhiAxis = "circular" | "regular";
export type SeedCsInput = "CStcOut" | "NoCStcOut";

export const SMOOTH_KERNELS: readonly SmoothKernel[] = ["default", "flat_top"];
export const CLUSTER_ALGOS: readonly ClusterAlgo[] = ["min_distance", "max_energy"];
export const PHI_AXES: readonly PhiAxis[] = ["circular", "regular"];
export const SEED_CS_INPUTS: readonly SeedCsInput[] = ["CStcOut", "NoCStcOut"];

const times = (n: number, value: number): number[] => Array.from({ length: n }, () => value);

const fill = { steps: ["fill"] };
const smooth = { steps: ["smooth"] };
const coarse = { steps: ["coarse-seed"] };
const seedCs = { steps: ["seed-cs"] };
const cluster = { steps: ["cluster"] };
const validate = { steps: ["validate"] };
/** Layers that the trigger reads in some geometry; each sample's own are checked when it is read. */
const TRIGGER_LAYERS = [...new Set(GEOMETRY_VERSIONS.flatMap((version) => triggerLayersOf(version)))].toSorted(
  (a, b) => a - b,
);
const ETA = { unit: "|eta|", min: 0, max: 100 };

export const PARAMETERS = {
  base: {
    NbinsRz: whole(42, {
      ...fill,
      about: "rows of the histogram in R/z",
      min: 1,
      max: 1000,
      panel: { group: "Histogram", label: "R/z bins", min: 4, max: 120, step: 1 },
    }),
    NbinsPhi: whole(216, {
      ...fill,
      about: "columns of the histogram in phi",
      min: 3,
      max: 10_000,
      panel: { group: "Histogram", label: "φ bins", min: 36, max: 720, step: 1 },
    }),
    MinROverZ: real(0.076, {
      ...fill,
      about: "lower limit of R/z",
      min: 0,
      max: 10,
      panel: { group: "Histogram", label: "R/z from", min: 0, max: 0.3, step: 0.001 },
    }),
    MaxROverZ: real(0.58, {
      ...fill,
      about: "upper limit of R/z",
      min: 0,
      max: 10,
      panel: { group: "Histogram", label: "R/z to", min: 0.3, max: 0.8, step: 0.001 },
    }),
    MinPhi: real(-3.14159, { ...fill, about: "lower limit of phi", unit: "rad", min: -7, max: 7 }),
    MaxPhi: real(3.14159, { ...fill, about: "upper limit of phi", unit: "rad", min: -7, max: 7 }),
    PhiAxis: choice("circular", PHI_AXES, {
      ...fill,
      about:
        "`circular` closes the small gap between MaxPhi and MinPhi + 2 pi; `regular` leaves it open, as the reference does",
    }),
    RequireCl3d: flag(false, {
      about:
        "only particles of entries with a cl3d count, as in the reference, which joins the two; else all in acceptance do, and efficiencies are theirs",
    }),
    EtaMin: real(1.7, { ...ETA, about: "particles from here on are looked at" }),
    EtaMax: real(2.8, { ...ETA, about: "particles up to here are looked at" }),
    EtaMinStrict: real(2, { ...ETA, about: "the same for the selection `no_splits`" }),
    EtaMaxStrict: real(2.6, { ...ETA, about: "the same for the selection `no_splits`" }),
    EnResSplits: real(-0.35, {
      about: "`splits_only` wants a cl3d with less of (energy - generated) / generated",
      min: -1,
      max: 1000,
    }),
    EnResNoSplits: real(-0.2, {
      about: "`no_splits` wants all cl3d with more of (energy - generated) / generated",
      min: -1,
      max: 1000,
    }),
  },
  smooth: {
    BinSums: wholes([13, ...times(3, 11), ...times(3, 9), ...times(6, 7), ...times(15, 5), ...times(14, 3)], {
      ...smooth,
      about: "width of the phi kernel, one odd number below NbinsPhi for each R/z row",
      unit: "bins",
      min: 1,
      max: 9999,
      odd: true,
      least: 1,
      panel: { group: "Smoothing", label: "φ bins summed, by R/z row", unit: "odd" },
    }),
    SeedsNormByArea: flag(false, {
      ...smooth,
      about: "divide by the area of the bin in units of AreaPerTriggerCell",
      panel: { group: "Smoothing", label: "divide by bin area" },
    }),
    AreaPerTriggerCell: real(4.91e-5, {
      ...smooth,
      about: "area of a trigger cell in the projected plane (x/z, y/z)",
      min: 0,
      max: 1,
      open: true,
      panel: { group: "Smoothing", label: "area of a TC", min: 1e-6, max: 1e-3, step: 1e-7 },
    }),
    kernel: choice("default", SMOOTH_KERNELS, {
      ...smooth,
      about: "weights of the phi kernel",
      panel: { group: "Smoothing", label: "kernel", main: true },
    }),
  },
  seed: {
    histoThreshold: real(20, {
      steps: ["seed"],
      about: "seeds are bins with more",
      unit: "MIP_T",
      min: 0,
      max: 1e6,
      panel: { group: "Seeding", label: "threshold", min: 0, max: 200, step: 0.5, main: true },
    }),
    window: whole(1, {
      steps: ["seed", "seed-cs"],
      about:
        "columns on each side that a seed must not be exceeded by, in R/z always one row; in (u, v) cells each way; less than half of NbinsPhi",
      min: 1,
      max: 100,
      panel: { group: "Seeding", label: "window", unit: "bins each way", min: 1, max: 10, step: 1, main: true },
    }),
  },
  cs: {
    initial_layer: choice(7, TRIGGER_LAYERS, {
      ...coarse,
      about: "first layer that is summed",
      panel: { group: "Coarse seeds", label: "first layer" },
    }),
    k: whole(4, {
      ...coarse,
      about: "how many layers with trigger readout are summed from there on",
      min: 1,
      max: TRIGGER_LAYERS.length,
      panel: { group: "Coarse seeds", label: "layers summed", min: 1, max: 36, step: 1 },
    }),
    threshold: reals([170, 180, 200], {
      ...coarse,
      about: "least sum of a wafer, one an eta range",
      unit: "MIP_T",
      min: 0,
      max: 1e6,
      least: 1,
      panel: { group: "Coarse seeds", label: "thresholds, by |η| range", main: true },
    }),
    eta_list: reals([1.5, 1.9, 2.3, 3.2], {
      ...coarse,
      ...ETA,
      about: "limits of the eta ranges, ascending, one more than thresholds",
      least: 2,
      panel: { group: "Coarse seeds", label: "|η| ranges", unit: "" },
    }),
    nearby: flag(false, {
      ...coarse,
      about: "add the neighbours of every coarse seed",
      panel: { group: "Coarse seeds", label: "nearby: with neighbours", main: true },
    }),
  },
  seed_cs: {
    InputName: choice("CStcOut", SEED_CS_INPUTS, {
      ...seedCs,
      about: "seeds from the trigger cells of wafers that are coarse seeds, or (`NoCStcOut`) from all",
      panel: { group: "Seeding", label: "seeds from" },
    }),
    histoThreshold: real(20, {
      ...seedCs,
      about: "seeds are cells with more",
      unit: "MIP_T",
      min: 0,
      max: 1e6,
      panel: { group: "Seeding", label: "threshold", min: 0, max: 200, step: 0.5, main: true },
    }),
    hexDist: flag(true, {
      ...seedCs,
      about: "the window is a hexagon, else a square",
      panel: { group: "Seeding", label: "hexagonal window", main: true },
    }),
  },
  cluster: {
    CoeffA: reals([...times(7, 0.015), ...times(7, 0.02), ...times(7, 0.03), ...times(13, 0.04), ...times(18, 0.05)], {
      ...cluster,
      about: "radius in the projected plane, one a layer, layer 1 first; `--radius` sets all of them",
      unit: "x/z",
      min: 0,
      max: 10,
      least: 1,
      panel: { group: "Clustering", label: "radius, by layer" },
    }),
    CoeffB: real(0, {
      ...cluster,
      about: "the radius changes by CoeffB (MidRadius - |eta|)",
      unit: "x/z",
      min: -10,
      max: 10,
      panel: { group: "Clustering", label: "radius change with η", unit: "", min: -0.05, max: 0.05, step: 0.001 },
    }),
    MidRadius: real(2.3, {
      ...cluster,
      ...ETA,
      about: "|eta| at which the radius is CoeffA",
      panel: { group: "Clustering", label: "η without change", unit: "", min: 1.5, max: 3, step: 0.05 },
    }),
    PtC3dThreshold: real(0.5, {
      ...cluster,
      about: "clusters have more pt",
      unit: "GeV",
      min: 0,
      max: 1e6,
      panel: { group: "Clustering", label: "cluster pT above", min: 0, max: 20, step: 0.1, main: true },
    }),
    algo: choice("min_distance", CLUSTER_ALGOS, {
      ...cluster,
      about: "which seed a trigger cell goes to",
      panel: { group: "Clustering", label: "TC goes to", main: true },
    }),
    LayerWeights: reals([], {
      ...cluster,
      about:
        "the pt of trigger cells counts this much in clusters, one a layer, layer 1 first, 1 behind the end; positions and seeds stay; of `study weights`",
      min: 0,
      max: 1000,
      least: 0,
      panel: { group: "Clustering", label: "weight of pT, by layer" },
    }),
    PileUpPt: reals([], {
      ...cluster,
      about: "`[a, b]`: a + b |eta| is subtracted from the pt of clusters; of `study weights`",
      unit: "GeV",
      min: -1000,
      max: 1000,
      least: 0,
      panel: { group: "Clustering", label: "pT of pile-up a, b: a + b |η|" },
    }),
    EnergyResponse: reals([], {
      ...cluster,
      about:
        "`[r, s, from, to]`: then the pt is divided by the response r + s ln(E/GeV), E from `from` to `to`, of the energy that gives the cluster's; of `study weights`",
      min: -100_000,
      max: 100_000,
      least: 0,
      panel: { group: "Clustering", label: "response r, s, from, to: r + s ln E" },
    }),
    CSCylinder: flag(false, {
      ...cluster,
      needs: "coarse-seed",
      about: "cluster only trigger cells in CE-E whose wafer u and v both occur among the coarse seeds",
      panel: { group: "Clustering", label: "cylinder: only behind coarse seeds", main: true },
    }),
  },
  valid_cluster: {
    tcDeltaRthresh: reals([], {
      ...validate,
      about: "trigger cells within each of these distances in (eta, phi) of the particle get a row of sums in `tcdr`",
      min: 0,
      max: 10,
      open: true,
      least: 0,
    }),
  },
  validation: {
    splitDistance: real(0.06, {
      ...validate,
      about: "a cluster matches a particle within this distance in the projected plane",
      unit: "x/z",
      min: 0,
      max: 10,
    }),
    splitPt: real(2, { ...validate, about: "matched clusters with more pt count", unit: "GeV", min: 0, max: 1e6 }),
    splitShare: real(0.1, {
      ...validate,
      about: "of a split particle the second largest cluster holds this share of the pt of all that count",
      min: 0,
      max: 1,
    }),
  },
} as const;
