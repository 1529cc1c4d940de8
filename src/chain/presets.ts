/** Sets of parameters by name: they replace defaults, single settings go over them. */
import { ConfigError, type ParameterRow } from "../core/index.js";
import { type ChainSpec } from "./chain-spec.js";
import { type ChainParams, DEFAULT_PARAMS } from "./params.js";

type Part = { readonly [S in keyof ChainParams]?: Partial<ChainParams[S]> };

export interface Preset {
  readonly name: string;
  readonly about: string;
  readonly params: Part;
}

export const PRESETS: readonly Preset[] = [
  {
    name: "reference",
    about: "what the reference bye_splits does where it differs: the histogram is open at phi = pi",
    params: { base: { PhiAxis: "regular" } },
  },
  {
    name: "cmssw",
    about: "what CMSSW does where it differs: sums by area, threshold 8.5; the clusters of simulated samples",
    params: { smooth: { SeedsNormByArea: true }, seed: { histoThreshold: 8.5 } },
  },
];

/** The defaults with these presets, the later over the earlier. ConfigError for unknown names. */
export function presetParams(names: readonly string[]): ChainParams {
  return names.reduce<ChainParams>((params, name) => {
    const preset = PRESETS.find((each) => each.name === name);
    if (preset === undefined) {
      throw new ConfigError(`no preset "${name}"; there are ${PRESETS.map((each) => each.name).join(", ")}`);
    }
    const sections = Object.entries(preset.params).map(([section, values]) => [
      section,
      { ...params[section as keyof ChainParams], ...values },
    ]);
    return { ...params, ...(Object.fromEntries(sections) as Partial<ChainParams>) };
  }, DEFAULT_PARAMS);
}

/** CMSSW's own choices where they differ: the parameters behind the `cl3d` rows of a simulated sample. */
export const CMSSW_PARAMS: ChainParams = presetParams(["cmssw"]);

/** Whether a step of the chain, or what is done before and after its steps, reads the parameter. */
export function readsParameter(chain: Pick<ChainSpec, "steps">, { steps, needs }: ParameterRow): boolean {
  const has = (name: string): boolean => chain.steps.some((step) => step.name === name);
  return (steps === undefined || steps.some(has)) && (needs === undefined || has(needs));
}
