/** What makes the pt of a cluster that of its particle: layer weights, what pile-up adds, a response that changes with the energy. */

/** The parameters of the cluster step with these names. */
export interface Calibration {
  readonly LayerWeights: readonly number[];
  readonly PileUpPt: readonly number[];
  readonly EnergyResponse: readonly number[];
}

/** Weights by layer - 1, for `layers` layers: 1 where none is given. */
export function layerWeights({ LayerWeights }: Pick<Calibration, "LayerWeights">, layers: number): Float64Array {
  return Float64Array.from({ length: layers }, (_, i) => LayerWeights[i] ?? 1);
}

/** Response of a cluster to a particle of energy E [GeV]: at1 + slope ln(E / GeV), constant outside of [from, to]. */
export interface EnergyResponse {
  readonly at1: number;
  readonly slope: number;
  readonly from: number;
  readonly to: number;
}

export function energyResponseOf({ EnergyResponse: list }: Pick<Calibration, "EnergyResponse">): EnergyResponse | null {
  if (list.length === 0) return null;
  const [at1, slope, from, to] = list;
  return { at1, slope, from, to };
}

export function responseAt({ at1, slope, from, to }: EnergyResponse, energy: number): number {
  return at1 + slope * Math.log(Math.min(to, Math.max(from, energy)));
}

/** Whether energy x response rises with the energy, so that a cluster's energy says which particle's it is. */
export function isInvertible(response: EnergyResponse): boolean {
  const { slope, from, to } = response;
  return from > 0 && from < to && [from, to].every((e) => responseAt(response, e) > Math.max(0, -slope));
}

/** The response at the energy E of which E x response is the energy of the cluster [GeV]. */
function responseOfCluster(response: EnergyResponse, energy: number): number {
  const { from, to } = response;
  if (energy <= from * responseAt(response, from)) return responseAt(response, from);
  if (energy >= to * responseAt(response, to)) return responseAt(response, to);
  let [low, high] = [from, to];
  for (;;) {
    const middle = (low + high) / 2;
    if (!(middle > low && middle < high)) return responseAt(response, middle);
    if (middle * responseAt(response, middle) < energy) low = middle;
    else high = middle;
  }
}

export type CorrectPt = (pt: number, eta: number) => number;

/**
 * The corrections of a cluster's pt [GeV], which is weighted by layer already: first what pile-up adds is subtracted, then it is divided by
 * the response at the energy that the rest belongs to. Without corrections pt comes back as it is.
 */
export function createPtCorrection(params: Pick<Calibration, "PileUpPt" | "EnergyResponse">): CorrectPt {
  const [intercept = 0, slope = 0] = params.PileUpPt;
  const response = energyResponseOf(params);
  return (pt, eta) => {
    const rest = pt - intercept - slope * Math.abs(eta);
    if (response === null || !(rest > 0)) return rest;
    return rest / responseOfCluster(response, rest * Math.cosh(eta));
  };
}
