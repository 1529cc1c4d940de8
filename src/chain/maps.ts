/** The (R/z, phi) histogram of an entry and its smoothed map: made once, for the chain and for whoever draws or explains it. */
import { tcsOf } from "./chain-spec.js";
import { binOfTc, createHistogram, fillInto, type Histogram } from "./fill.js";
import { createGrid } from "./grid.js";
import { type BaseParams, type ChainParams } from "./params.js";
import { createSmoother, createSmoothMap, type SmoothMap } from "./smooth.js";
import { type SharedStages, type Stage } from "./stages.js";

/** In memory that the next entry overwrites. */
export interface Maps {
  readonly histogram: Stage<Histogram>;
  readonly smoothed: Stage<SmoothMap>;
  /** The bin of each TC, -1 for those of none. */
  readonly bins: Stage<Int32Array>;
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
  const bins = shared.stage("bins", binsOf(base), () => {
    const grid = createGrid(base);
    return ({ batch, i }) => {
      const [first, end] = tcsOf({ batch, i });
      const { tc_x, tc_y, tc_z, tc_phi } = batch.tc.columns;
      return Int32Array.from({ length: end - first }, (_, k) =>
        binOfTc(grid, tc_x[first + k], tc_y[first + k], tc_z[first + k], tc_phi[first + k]),
      );
    };
  });
  return { histogram, smoothed, bins };
}
