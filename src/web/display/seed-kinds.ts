/** Trigger cells and seeds, which all views have. */
import { SCINTILLATOR_WAFER } from "../../detector/index.js";
import { type ChainView, type EventView } from "../data/protocol.js";
import { fixed, short } from "../ui/numbers.js";
import { type Fact, type PickKind } from "./pick-kind.js";

export function binOf({ rzBin, phiBin }: ChainView["seeds"][number], { params }: ChainView): number {
  return rzBin < 0 ? -1 : rzBin * params.base.NbinsPhi + phiBin;
}

/** Distance of a TC to its seed in the projected plane; NaN without a seed. */
function distanceToSeed(event: EventView, chain: ChainView, tc: number): number {
  const seed = chain.seeds[chain.assignment[tc]];
  if (seed === undefined) return Number.NaN;
  const z = Math.abs(event.z[tc]);
  return Math.hypot(event.x[tc] / z - seed.x, event.y[tc] / z - seed.y);
}

const isScintillator = (event: EventView, tc: number): boolean => event.wu[tc] === SCINTILLATOR_WAFER;

export const TRIGGER_CELL: PickKind = {
  title: (tc, event) =>
    `Trigger cell, layer ${event.layer[tc]}, ${isScintillator(event, tc) ? "scintillator" : "silicon"}`,
  facts(tc, event, chain) {
    if (tc >= event.n) return [];
    const seed = chain?.assignment[tc] ?? -1;
    const cell: Fact[] = isScintillator(event, tc)
      ? [["ring, φ index", `${event.cu[tc]}, ${event.cv[tc]}`]]
      : [
          ["wafer u, v", `${event.wu[tc]}, ${event.wv[tc]}`],
          ["cell u, v", `${event.cu[tc]}, ${event.cv[tc]}`],
        ];
    return [
      ["mipPt [mip_T]", short(event.mipPt[tc]), String(event.mipPt[tc])],
      ["pT [GeV]", short(event.pt[tc]), String(event.pt[tc])],
      ["energy [GeV]", short(event.energy[tc]), String(event.energy[tc])],
      ...cell,
      ["η, φ", `${fixed(event.eta[tc], 3)}, ${fixed(event.phi[tc], 3)}`],
      ["cluster", seed < 0 ? "none" : String(seed)],
      ...(seed < 0 || chain === null
        ? []
        : [["distance to its seed [x/z]", short(distanceToSeed(event, chain, tc))] as const]),
    ];
  },
  seedOf: (tc, chain) => chain.assignment[tc] ?? -1,
  binOf: (tc, chain) => chain.bin[tc] ?? -1,
};

export const SEED: PickKind = {
  title: (index) => `Seed ${index}`,
  facts(index, _, chain) {
    const seed = chain?.seeds.at(index);
    if (seed === undefined) return [];
    return [
      ["energy [mip_T]", short(seed.energy), String(seed.energy)],
      seed.rzBin >= 0 ? ["R/z row, φ column", `${seed.rzBin}, ${seed.phiBin}`] : ["U, V", `${seed.u}, ${seed.v}`],
      ["x/z, y/z", `${fixed(seed.x, 4)}, ${fixed(seed.y, 4)}`],
    ];
  },
  seedOf: (index, chain) => (index < chain.seeds.length ? index : -1),
  binOf: (index, chain) => (index < chain.seeds.length ? binOf(chain.seeds[index], chain) : -1),
};
