/** The (R/z, phi) histogram of an entry and its smoothed map: made once, for the chain and for whoever draws or explains it. */
import { tcsOf } from "./chain-spec.js";
import { createHistogram, fillInto, type Histogram } from "./fill.js";
import { createGrid } from "./grid.js";
import { type BaseParams, type ChainParams } from "./params.js";
import { createSmoother, createSmoothMap, type SmoothMap } from "./smooth.js";
import { type SharedStages, type Stage } from "./stages.js";

/** In memory that the next entry overwrites. */
export interface Maps {
  readonly histogram: Stage<Histogram>;
  readonly smoothed: Stage<SmoothMap>;
}

/** The range of eta selects particles: bins do not depend on it. */
function binsOf(base: BaseParams): object {
  return { ...base, EtaMin: undefined, EtaMax: undefined };
}

export function mapStages({ base, smooth }: Pick<ChainParams, "base" | "smooth">, shared: SharedStages): Maps {
  const histogram = shared.stage("fill", binsOf(base), () => {
    const filled = createHistogram(createGrid(base));
    return (at) => {
      fillInto(filled, at.batch.tc.columns, ...tcsOf(at));
      return filled;
    };
  });
  const smoothed = shared.stage("smooth", [binsOf(base), smooth], () => {
    const smoother = createSmoother(base, smooth);
    const map = createSmoothMap(base.NbinsRz, base.NbinsPhi);
    return (at) => {
      smoother.smoothInto(map, histogram(at));
      return map;
    };
  });
  return { histogram, smoothed };
}
