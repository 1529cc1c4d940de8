/** Values of the parameters: plain records for the kernels, their defaults, and what must hold between them. */
import {
  ConfigError,
  defaultsOf,
  expectedOf,
  type ParameterRow,
  type ParameterValues,
  quote,
  wrongValue,
} from "../core/index.js";
import { energyResponseOf, isInvertible } from "./calibrate.js";
import { PARAMETERS } from "./parameters.js";

export type ChainParams = ParameterValues<typeof PARAMETERS>;
export type BaseParams = ChainParams["base"];
export type SmoothParams = ChainParams["smooth"];
export type SeedParams = ChainParams["seed"];
export type CsParams = ChainParams["cs"];
export type SeedCsParams = ChainParams["seed_cs"];
export type ClusterParams = ChainParams["cluster"];
export type ValidClusterParams = ChainParams["valid_cluster"];
export type ValidationParams = ChainParams["validation"];

export const DEFAULT_PARAMS: ChainParams = defaultsOf(PARAMETERS);

/** The parameters that run.json of this or an earlier version holds: those that it does not know have their defaults. */
export function storedParams(config: unknown): ChainParams {
  const sections = typeof config === "object" && config !== null ? (config as Record<string, object>) : {};
  const names = Object.keys(DEFAULT_PARAMS) as (keyof ChainParams)[];
  return Object.fromEntries(
    names.map((name) => [name, { ...DEFAULT_PARAMS[name], ...sections[name] }]),
  ) as unknown as ChainParams;
}

function demand(ok: boolean, key: string, value: unknown, expected: string): void {
  if (!ok) throw new ConfigError(`${key}: expected ${expected}, got ${quote(value)}`);
}

/** Throws a `ConfigError` naming the first value that cannot work. */
export function checkParams(params: ChainParams): void {
  const values = params as unknown as Record<string, Record<string, unknown> | undefined>;
  for (const [section, rows] of Object.entries<Readonly<Record<string, ParameterRow>>>(PARAMETERS)) {
    for (const [name, row] of Object.entries(rows)) {
      const wrong = wrongValue(row, values[section]?.[name]);
      if (wrong !== null) throw new ConfigError(`${section}.${name}: expected ${expectedOf(row)}, got ${wrong}`);
    }
  }
  checkRelations(params);
}

function checkRelations({ base, smooth, seed, cs, cluster }: ChainParams): void {
  demand(base.MinROverZ < base.MaxROverZ, "base.MaxROverZ", base.MaxROverZ, `more than MinROverZ = ${base.MinROverZ}`);
  demand(base.MinPhi < base.MaxPhi, "base.MaxPhi", base.MaxPhi, `more than MinPhi = ${base.MinPhi}`);
  demand(
    base.MaxPhi - base.MinPhi <= 2 * Math.PI,
    "base.MaxPhi",
    base.MaxPhi,
    `at most 2 pi above MinPhi = ${base.MinPhi}`,
  );
  demand(base.EtaMin < base.EtaMax, "base.EtaMax", base.EtaMax, `more than EtaMin = ${base.EtaMin}`);
  demand(
    base.EtaMinStrict < base.EtaMaxStrict,
    "base.EtaMaxStrict",
    base.EtaMaxStrict,
    `more than EtaMinStrict = ${base.EtaMinStrict}`,
  );
  demand(
    smooth.BinSums.length === base.NbinsRz,
    "smooth.BinSums",
    smooth.BinSums,
    `one value for each of the ${base.NbinsRz} R/z rows`,
  );
  for (const sum of smooth.BinSums) {
    demand(sum < base.NbinsPhi, "smooth.BinSums", sum, `odd numbers below NbinsPhi = ${base.NbinsPhi}`);
  }
  demand(2 * seed.window < base.NbinsPhi, "seed.window", seed.window, `less than half of NbinsPhi = ${base.NbinsPhi}`);
  const { threshold, eta_list } = cs;
  demand(
    eta_list.length === threshold.length + 1 && eta_list.every((eta, i) => i === 0 || eta > eta_list[i - 1]),
    "cs.eta_list",
    eta_list,
    `${threshold.length + 1} ascending limits, one more than cs.threshold has values`,
  );
  demand([0, 2].includes(cluster.PileUpPt.length), "cluster.PileUpPt", cluster.PileUpPt, "two numbers or none");
  const response = energyResponseOf(cluster);
  demand(
    response === null || (cluster.EnergyResponse.length === 4 && isInvertible(response)),
    "cluster.EnergyResponse",
    cluster.EnergyResponse,
    "[r, s, from, to], 0 < from < to, with r + s ln(E) and its product with E rising between them, or none",
  );
}
