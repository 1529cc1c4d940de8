/** Some layers of V11 as a detector of their own, for tests: 1/100 s to make. */
import { type DetectorTable } from "./detector-table.js";
import { type Geometry, geometryFromTable } from "./geometry.js";
import { V11 } from "./tables/v11.js";

/** The layers of V11 by their new numbers: CE-E read out and not, CE-H shifted up and down, with scintillator from ring 18, 13 and 1 on. */
export const LAYERS = [1, 2, 29, 30, 37, 42, 47];

function tableOf(layers: readonly number[]): DetectorTable {
  const pick = (column: readonly number[]): number[] => layers.map((layer) => column[layer - 1]);
  const renumber = (rows: readonly (readonly number[])[]): number[][] =>
    rows.flatMap(([layer, ...rest]) => (layers.includes(layer) ? [[layers.indexOf(layer) + 1, ...rest]] : []));
  const columns = Object.entries(V11).map(([name, value]: [string, unknown]) => {
    const isByLayer = Array.isArray(value) && value.length === V11.z.length && name !== "thicknessExceptions";
    return [name, isByLayer ? pick(value as number[]) : value];
  });
  return {
    ...(Object.fromEntries(columns) as unknown as DetectorTable),
    version: "some of V11",
    ceeLayers: layers.filter((layer) => layer <= V11.ceeLayers).length,
    disconnected: renumber(V11.disconnected.map((layer) => [layer])).map(([layer]) => layer),
    absentWafers: renumber(V11.absentWafers),
    thicknessExceptions: renumber(V11.thicknessExceptions),
  };
}

export const small: Geometry = geometryFromTable(tableOf(LAYERS));
