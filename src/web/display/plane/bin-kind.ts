/** Bins of the histogram, as what can be picked. */
import { fixed, short } from "../../ui/numbers.js";
import { type PickKind } from "../pick-kind.js";
import { binOf } from "../seed-kinds.js";
import { binCentre } from "./scene.js";

export const BIN: PickKind = {
  title: () => "Histogram bin",
  facts(index, _, chain) {
    if (chain === null || index >= chain.filled.length) return [];
    const { rz, phi } = binCentre(chain.params, index);
    const { NbinsPhi } = chain.params.base;
    const tcs = chain.bin.reduce((sum, bin) => sum + (bin === index ? 1 : 0), 0);
    const seed = BIN.seedOf(index, chain);
    return [
      ["R/z row, φ column", `${Math.floor(index / NbinsPhi)}, ${index % NbinsPhi}`],
      ["R/z, φ", `${fixed(rz, 4)}, ${fixed(phi, 3)}`],
      ["filled [mip_T]", short(chain.filled[index]), String(chain.filled[index])],
      ["smoothed [mip_T]", short(chain.smoothed[index]), String(chain.smoothed[index])],
      ["trigger cells", String(tcs)],
      ["seed", seed < 0 ? "no" : String(seed)],
    ];
  },
  seedOf: (index, chain) => chain.seeds.findIndex((seed) => binOf(seed, chain) === index),
  binOf: (index) => index,
  holds: (index, _, chain) => (tc) => chain.bin[tc] === index,
};
