/** The geometry versions: a table each, and what follows from it alone. */
import { InputError } from "../core/index.js";
import { type DetectorTable } from "./detector-table.js";
import { V11 } from "./tables/v11.js";
import { SCINTILLATOR_WAFER } from "./trigger-cells.js";

const TABLES: Readonly<Record<string, DetectorTable>> = { V11 };

/** Names of the geometry versions. */
export const GEOMETRY_VERSIONS: readonly string[] = Object.keys(TABLES);

/** Of samples and files that name none. */
export const DEFAULT_GEOMETRY = "V11";

/** The table of a version, or of one with imported positions ("V11 imported"). Throws InputError for versions that do not exist. */
export function tableOf(version: string): DetectorTable {
  const [name] = version.split(" ");
  if (!Object.hasOwn(TABLES, name)) {
    throw new InputError(
      `geometry version not found: "${version}"; one of ${GEOMETRY_VERSIONS.join(", ")}; positions of another version come with \`geometry import\``,
    );
  }
  return TABLES[name];
}

/** Layers are numbered from 1 to this. */
export function layerCountOf(version: string): number {
  return tableOf(version).z.length;
}

/** Of the version that has the most. */
export const MOST_LAYERS = Math.max(...GEOMETRY_VERSIONS.map(layerCountOf));

const layers = new Map<string, readonly number[]>();

/** Layers with trigger readout, in order. */
export function triggerLayersOf(version: string): readonly number[] {
  const known = layers.get(version);
  if (known !== undefined) return known;
  const { z, disconnected } = tableOf(version);
  const found = z.map((_, i) => i + 1).filter((layer) => !disconnected.includes(layer));
  layers.set(version, found);
  return found;
}

/** The first layers are CE-E. */
export function ceeLayersOf(version: string): number {
  return tableOf(version).ceeLayers;
}

/** 1 CE-E, 2 CE-H silicon, 10 scintillator. */
export function subdetOf(waferU: number, layer: number, version: string): 1 | 2 | 10 {
  if (waferU === SCINTILLATOR_WAFER) return 10;
  return layer <= ceeLayersOf(version) ? 1 : 2;
}
