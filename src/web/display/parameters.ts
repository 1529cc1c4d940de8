/** The chain's parameters as the panel shows them, and their values as links and the command line write them. */
import {
  type ChainParams,
  checkParams,
  CLUSTER_ALGOS,
  DEFAULT_PARAMS,
  SEED_CS_INPUTS,
  SMOOTH_KERNELS,
} from "../../chain/index.js";
import { TRIGGER_LAYERS } from "../../detector/index.js";

export interface Parameter {
  /** Section and name as in the configuration, or `radius`: the same cluster radius in every layer. */
  readonly key: string;
  readonly label: string;
  readonly unit: string;
  readonly group: "Histogram" | "Smoothing" | "Seeding" | "Coarse seeds" | "Clustering";
  readonly kind: "number" | "list" | "choice" | "switch";
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly options?: readonly string[];
  /** Only this chain reads it; both without. */
  readonly chain?: "default" | "cs";
  /** Shown without unfolding the group's details. */
  readonly main?: true;
}

const bins = { group: "Histogram", kind: "number", unit: "", chain: "default" } as const;

export const PARAMETERS: readonly Parameter[] = [
  { ...bins, key: "base.NbinsRz", label: "R/z bins", min: 4, max: 120, step: 1 },
  { ...bins, key: "base.NbinsPhi", label: "φ bins", min: 36, max: 720, step: 1 },
  { ...bins, key: "base.MinROverZ", label: "R/z from", min: 0, max: 0.3, step: 0.001 },
  { ...bins, key: "base.MaxROverZ", label: "R/z to", min: 0.3, max: 0.8, step: 0.001 },
  {
    key: "smooth.kernel",
    label: "kernel",
    unit: "",
    group: "Smoothing",
    kind: "choice",
    options: SMOOTH_KERNELS,
    chain: "default",
    main: true,
  },
  {
    key: "smooth.BinSums",
    label: "φ bins summed, by R/z row",
    unit: "odd",
    group: "Smoothing",
    kind: "list",
    chain: "default",
  },
  {
    key: "smooth.SeedsNormByArea",
    label: "divide by bin area",
    unit: "",
    group: "Smoothing",
    kind: "switch",
    chain: "default",
  },
  {
    key: "smooth.AreaPerTriggerCell",
    label: "area of a TC",
    unit: "",
    group: "Smoothing",
    kind: "number",
    min: 1e-6,
    max: 1e-3,
    step: 1e-6,
    chain: "default",
  },
  {
    key: "seed.window",
    label: "window",
    unit: "bins each way",
    group: "Seeding",
    kind: "number",
    min: 1,
    max: 10,
    step: 1,
    main: true,
  },
  {
    key: "seed.histoThreshold",
    label: "threshold",
    unit: "mip_T",
    group: "Seeding",
    kind: "number",
    min: 0,
    max: 200,
    step: 0.5,
    chain: "default",
    main: true,
  },
  {
    key: "seed_cs.histoThreshold",
    label: "threshold",
    unit: "mip_T",
    group: "Seeding",
    kind: "number",
    min: 0,
    max: 200,
    step: 0.5,
    chain: "cs",
    main: true,
  },
  {
    key: "seed_cs.hexDist",
    label: "hexagonal window",
    unit: "",
    group: "Seeding",
    kind: "switch",
    chain: "cs",
    main: true,
  },
  {
    key: "seed_cs.InputName",
    label: "seeds from",
    unit: "",
    group: "Seeding",
    kind: "choice",
    options: SEED_CS_INPUTS,
    chain: "cs",
  },
  {
    key: "cs.initial_layer",
    label: "first layer",
    unit: "",
    group: "Coarse seeds",
    kind: "choice",
    options: TRIGGER_LAYERS.map(String),
    chain: "cs",
  },
  {
    key: "cs.k",
    label: "layers summed",
    unit: "",
    group: "Coarse seeds",
    kind: "number",
    min: 1,
    max: 36,
    step: 1,
    chain: "cs",
  },
  {
    key: "cs.threshold",
    label: "thresholds, by |η| range",
    unit: "mip_T",
    group: "Coarse seeds",
    kind: "list",
    chain: "cs",
    main: true,
  },
  { key: "cs.eta_list", label: "|η| ranges", unit: "", group: "Coarse seeds", kind: "list", chain: "cs" },
  {
    key: "cs.nearby",
    label: "nearby: with neighbours",
    unit: "",
    group: "Coarse seeds",
    kind: "switch",
    chain: "cs",
    main: true,
  },
  {
    key: "radius",
    label: "radius, all layers",
    unit: "x/z",
    group: "Clustering",
    kind: "number",
    min: 0.001,
    max: 0.1,
    step: 0.001,
    main: true,
  },
  { key: "cluster.CoeffA", label: "radius, by layer", unit: "x/z", group: "Clustering", kind: "list" },
  {
    key: "cluster.algo",
    label: "TC goes to",
    unit: "",
    group: "Clustering",
    kind: "choice",
    options: CLUSTER_ALGOS,
    main: true,
  },
  {
    key: "cluster.PtC3dThreshold",
    label: "cluster pT above",
    unit: "GeV",
    group: "Clustering",
    kind: "number",
    min: 0,
    max: 20,
    step: 0.1,
    main: true,
  },
  {
    key: "cluster.CoeffB",
    label: "radius change with η",
    unit: "",
    group: "Clustering",
    kind: "number",
    min: -0.05,
    max: 0.05,
    step: 0.001,
  },
  {
    key: "cluster.MidRadius",
    label: "η without change",
    unit: "",
    group: "Clustering",
    kind: "number",
    min: 1.5,
    max: 3,
    step: 0.05,
  },
  {
    key: "cluster.CSCylinder",
    label: "cylinder: only behind coarse seeds",
    unit: "",
    group: "Clustering",
    kind: "switch",
    chain: "cs",
    main: true,
  },
];

/** Changed parameters by key, as texts. */
export type Settings = Readonly<Record<string, string>>;

type Sections = Record<string, Record<string, unknown>>;

/** The default as a text; of `radius` none: the radii differ. */
export function defaultText(key: string): string {
  if (key === "radius") return "";
  const [section, name] = key.split(".");
  const value = (DEFAULT_PARAMS as unknown as Sections)[section][name];
  return Array.isArray(value) ? value.join(",") : String(value);
}

function parse(parameter: Parameter, text: string): unknown {
  const { key, kind, label, options, min, max } = parameter;
  const number = (part: string): number => {
    const value = Number(part);
    if (part.trim() === "" || !Number.isFinite(value)) throw new Error(`${label} (${key}): "${part}" is not a number`);
    return value;
  };
  switch (kind) {
    case "number": {
      const value = number(text);
      if ((min !== undefined && value < min) || (max !== undefined && value > max)) {
        throw new Error(`${label} (${key}): ${text} is not between ${min} and ${max}`);
      }
      return value;
    }
    case "list":
      return text.split(",").map(number);
    case "switch":
      return text === "true";
    case "choice":
      if (!(options ?? []).includes(text))
        throw new Error(`${label} (${key}): "${text}" is none of ${options?.join(", ")}`);
      return key === "cs.initial_layer" ? Number(text) : text;
  }
}

/**
 * The parameters with these changes. The widths of the smoothing kernel follow the number of R/z rows unless they are
 * given. Throws an error for people when a value cannot be used.
 */
export function applySettings(settings: Settings): ChainParams {
  const sections = structuredClone(DEFAULT_PARAMS) as unknown as Sections;
  for (const parameter of PARAMETERS) {
    const text = settings[parameter.key];
    if (text === undefined) continue;
    const value = parse(parameter, text);
    if (parameter.key === "radius") sections["cluster"]["CoeffA"] = DEFAULT_PARAMS.cluster.CoeffA.map(() => value);
    else {
      const [section, name] = parameter.key.split(".");
      sections[section][name] = value;
    }
  }
  const rows = Number(sections["base"]["NbinsRz"]);
  if (settings["smooth.BinSums"] === undefined && rows !== DEFAULT_PARAMS.base.NbinsRz) {
    const { BinSums } = DEFAULT_PARAMS.smooth;
    sections["smooth"]["BinSums"] = Array.from(
      { length: rows },
      (_, row) => BinSums[Math.floor((row * BinSums.length) / rows)],
    );
  }
  const params = sections as unknown as ChainParams;
  checkParams(params);
  return params;
}

/** The command that does the same to a whole sample. */
export function commandLine(chain: string, settings: Settings, params: ChainParams): string {
  const parts = Object.entries(settings).map(([key, text]) =>
    key === "radius" ? `--radius ${text}` : `--set ${key}=${text.includes(",") ? `"[${text}]"` : text}`,
  );
  if (settings["base.NbinsRz"] !== undefined && settings["smooth.BinSums"] === undefined) {
    parts.push(`--set smooth.BinSums="[${params.smooth.BinSums.join(",")}]"`);
  }
  return ["bye-splits run", chain, "--in SAMPLE --out RUN", ...parts].join(" ");
}
