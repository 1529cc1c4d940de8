/** What is picked or under the pointer, and what there is to say about it. */
import { SCINTILLATOR_WAFER } from "../../detector/index.js";
import { type Picked } from "../model/picked.js";
import { type ChainView, type EventView } from "../data/protocol.js";
import { cellRow, hexFacts, isTcOf, waferFacts } from "./coarse/facts.js";
import { type Model } from "../model/model.js";
import { fixed, particleName, short } from "../ui/numbers.js";
import { binCentre } from "./plane/scene.js";

/** The seed that belongs to what is picked, -1 for none. */
export function pickedSeedOf({ kind, index }: Picked, chain: ChainView): number {
  if (kind === "seed") return index < chain.seeds.length ? index : -1;
  if (kind === "tc") return chain.assignment[index] ?? -1;
  if (kind === "wafer") return -1;
  if (kind === "hex") return chain.coarse?.cells.seed[cellRow(chain.coarse, index)] ?? -1;
  return chain.seeds.findIndex((seed) => binOf(seed, chain) === index);
}

/** The seed whose row is pointed at, else the picked one; -1 for none. */
export function seedInFocus(model: Model, hoveredSeed: number): number {
  const [chain, picked] = [model.chain(), model.picked()];
  if (hoveredSeed >= 0) return hoveredSeed;
  return picked?.kind === "seed" && chain !== null ? pickedSeedOf(picked, chain) : -1;
}

/** The bin that belongs to what is picked, -1 for none. */
export function pickedBinOf({ kind, index }: Picked, chain: ChainView): number {
  if (kind === "bin") return index;
  if (kind === "tc") return chain.bin[index] ?? -1;
  return kind === "seed" && index < chain.seeds.length ? binOf(chain.seeds[index], chain) : -1;
}

export function binOf({ rzBin, phiBin }: ChainView["seeds"][number], { params }: ChainView): number {
  return rzBin < 0 ? -1 : rzBin * params.base.NbinsPhi + phiBin;
}

/** The test whether a TC is part of the bin, wafer or cell that is picked. */
export function partOf({ kind, index }: Picked, event: EventView, chain: ChainView): (tc: number) => boolean {
  if (kind === "bin") return (tc) => chain.bin[tc] === index;
  if ((kind !== "wafer" && kind !== "hex") || chain.coarse === null) return () => false;
  const isInside = isTcOf(chain.coarse, kind, index);
  return (tc) => isInside({ index: tc, layer: event.layer[tc], wu: event.wu[tc], wv: event.wv[tc] });
}

/** Distance of a TC to its seed in the projected plane; NaN without a seed. */
function distanceToSeed(event: EventView, chain: ChainView, tc: number): number {
  const seed = chain.seeds[chain.assignment[tc]];
  if (seed === undefined) return Number.NaN;
  const z = Math.abs(event.z[tc]);
  return Math.hypot(event.x[tc] / z - seed.x, event.y[tc] / z - seed.y);
}

export type Fact = readonly [name: string, value: string, exact?: string];

const isScintillator = (event: EventView, tc: number): boolean => event.wu[tc] === SCINTILLATOR_WAFER;

export function titleOf(picked: Picked, event: EventView): string {
  if (picked.kind === "tc") {
    return `Trigger cell, layer ${event.layer[picked.index]}, ${isScintillator(event, picked.index) ? "scintillator" : "silicon"}`;
  }
  const titles = { bin: "Histogram bin", seed: `Seed ${picked.index}`, wafer: "Wafer", hex: "Cell of the (U, V) map" };
  return titles[picked.kind];
}

export function factsOf(picked: Picked, event: EventView, chain: ChainView | null): Fact[] {
  const { kind, index } = picked;
  if (kind === "tc") {
    if (index >= event.n) return [];
    const seed = chain?.assignment[index] ?? -1;
    const cell: Fact[] = isScintillator(event, index)
      ? [["ring, φ index", `${event.cu[index]}, ${event.cv[index]}`]]
      : [
          ["wafer u, v", `${event.wu[index]}, ${event.wv[index]}`],
          ["cell u, v", `${event.cu[index]}, ${event.cv[index]}`],
        ];
    return [
      ["mipPt [mip_T]", short(event.mipPt[index]), String(event.mipPt[index])],
      ["pT [GeV]", short(event.pt[index]), String(event.pt[index])],
      ["energy [GeV]", short(event.energy[index]), String(event.energy[index])],
      ...cell,
      ["η, φ", `${fixed(event.eta[index], 3)}, ${fixed(event.phi[index], 3)}`],
      ["cluster", seed < 0 ? "none" : String(seed)],
      ...(seed < 0 || chain === null
        ? []
        : [["distance to its seed [x/z]", short(distanceToSeed(event, chain, index))] as const]),
    ];
  }
  if (chain === null) return [];
  if (kind === "seed") {
    const seed = chain.seeds.at(index);
    if (seed === undefined) return [];
    const where: Fact[] =
      seed.rzBin >= 0 ? [["R/z row, φ column", `${seed.rzBin}, ${seed.phiBin}`]] : [["U, V", `${seed.u}, ${seed.v}`]];
    return [
      ["energy [mip_T]", short(seed.energy), String(seed.energy)],
      ...where,
      ["x/z, y/z", `${fixed(seed.x, 4)}, ${fixed(seed.y, 4)}`],
    ];
  }
  if (kind === "wafer") return waferFacts(chain, index);
  if (kind === "hex") return hexFacts(chain, index);
  if (index >= chain.filled.length) return [];
  const { rz, phi } = binCentre(chain.params, index);
  const { NbinsPhi } = chain.params.base;
  const tcs = chain.bin.reduce((sum, bin) => sum + (bin === index ? 1 : 0), 0);
  const seed = pickedSeedOf(picked, chain);
  return [
    ["R/z row, φ column", `${Math.floor(index / NbinsPhi)}, ${index % NbinsPhi}`],
    ["R/z, φ", `${fixed(rz, 4)}, ${fixed(phi, 3)}`],
    ["filled [mip_T]", short(chain.filled[index]), String(chain.filled[index])],
    ["smoothed [mip_T]", short(chain.smoothed[index]), String(chain.smoothed[index])],
    ["trigger cells", String(tcs)],
    ["seed", seed < 0 ? "no" : String(seed)],
  ];
}

const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? "" : "s"}`;

/** The picture in words. */
export function describePicture(model: Model, shown: number): string {
  const event = model.event();
  const chain = model.chain();
  if (event === null || chain === null) return "Nothing is shown yet.";
  const particle = event.particles.at(0);
  const what =
    model.view.view === "layer"
      ? `${shown} of ${event.n} trigger cells, ${model.view.layer === 0 ? "all layers projected" : `layer ${model.view.layer}`}`
      : model.view.view === "detector"
        ? `${shown} of ${event.n} trigger cells in three dimensions, layers ${model.view.from} to ${model.view.to}`
        : model.view.view === "coarse"
          ? "coarse view of modules and cells of the (U, V) map"
          : `${model.view.step} histogram, ${model.view.map}`;
  const parts = [
    `Event ${event.number}: ${what}; ${counted(chain.seeds.length, "seed")}, ${counted(chain.clusters.length, "cluster")}.`,
    particle === undefined
      ? "No particle."
      : `Generated ${particleName(particle.pid)}: pT ${short(particle.pt)} GeV, η ${fixed(particle.eta, 2)}, φ ${fixed(particle.phi, 2)}.`,
  ];
  const picked = model.picked();
  if (picked !== null) {
    const facts = factsOf(picked, event, chain).map(([name, value]) => `${name} ${value}`);
    parts.push(`Picked: ${titleOf(picked, event)}: ${facts.join(", ")}.`);
  }
  return parts.join(" ");
}
