/** The weights of studies as settings of the page. */
import { type CatalogWeights } from "../../server/api.js";
import { type Settings } from "./parameters.js";

const LISTS = ["LayerWeights", "PileUpPt", "EnergyResponse"] as const;

/** The settings that weights are; a list without values is none. */
export function settingsOfWeights(weights: CatalogWeights): Settings {
  const lists = LISTS.filter((name) => weights[name].length > 0).map((name) => [
    `cluster.${name}`,
    weights[name].join(),
  ]);
  return { radius: String(weights.radius), ...Object.fromEntries(lists) };
}

/** These settings with other weights; null: without. The radius belongs to weights. */
export function withWeights(settings: Settings, weights: CatalogWeights | null): Settings {
  const own = ["radius", ...LISTS.map((name) => `cluster.${name}`)];
  const others = Object.entries(settings).filter(([key]) => !own.includes(key));
  return { ...Object.fromEntries(others), ...(weights === null ? {} : settingsOfWeights(weights)) };
}

/** The place of the weights that are set, -1 for none or others. */
export function findWeights(settings: Settings, list: readonly CatalogWeights[]): number {
  return list.findIndex((weights) => {
    const set = settingsOfWeights(weights);
    return ["radius", ...LISTS.map((name) => `cluster.${name}`)].every((key) => settings[key] === set[key]);
  });
}

/** "study: photons, PU200, radius 0.01, eta corrected". */
export function weightsName({ id, particle, pileup, radius, version }: CatalogWeights): string {
  const words = [
    particle,
    ...(pileup === undefined ? [] : [`PU${pileup}`]),
    `radius ${radius}`,
    version.replace("_", " "),
  ];
  return `${id}: ${words.join(", ")}`;
}
