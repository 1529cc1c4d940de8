/** The layer weights of `study weights`, for studies that show what they do. */
import { ConfigError, InputError } from "../../core/index.js";
import { openRunFolder } from "../../io/node/index.js";
import { findRadius, WEIGHTS } from "../../studies/index.js";

/** Weights of each layer, layer 1 first, and the radius that they were fitted for. */
export interface LayerWeightsOf {
  readonly radius: number;
  readonly weights: readonly number[];
}

/** As many as there are layers. */
const LAYERS = 52;

/**
 * The weights of a study by particle, of one radius. ConfigError where it has several for a particle and none is named, or not that one;
 * InputError for a folder that has no weights.
 */
export async function readLayerWeights(
  path: string,
  radius: number | undefined,
): Promise<Readonly<Record<string, LayerWeightsOf>>> {
  const study = await openRunFolder(path, "study");
  if (!Object.hasOwn(study.info.tables, "weights")) {
    throw new InputError(`${path} has no weights: it is no study weights, or not combined yet`);
  }
  const { rows, columns } = await study.readTable("weights", WEIGHTS);
  const found: Record<string, LayerWeightsOf> = {};
  for (const particle of new Set(columns.particle)) {
    const own = Array.from({ length: rows }, (_, row) => row).filter((row) => columns.particle[row] === particle);
    const radii = [...new Set(own.map((row) => columns.radius[row]))];
    const at = radius === undefined && radii.length === 1 ? 0 : radius === undefined ? -1 : findRadius(radii, radius);
    if (at < 0) {
      throw new ConfigError(
        `${path} has weights of ${particle} for the radii ${radii.join(", ")}: say which with --weights-radius`,
      );
    }
    const weights = Array.from({ length: LAYERS }, () => 1);
    for (const row of own) if (columns.radius[row] === radii[at]) weights[columns.layer[row] - 1] = columns.weight[row];
    found[particle] = { radius: radii[at], weights };
  }
  return found;
}
