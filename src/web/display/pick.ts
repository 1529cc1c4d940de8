/** What is picked or under the pointer, and what there is to say about it. */
import { counted } from "../../core/index.js";
import { type ChainView, type EventView } from "../data/protocol.js";
import { type Model } from "../model/model.js";
import { type Picked } from "../model/picked.js";
import { fixed, particleName, short } from "../ui/numbers.js";
import { HEX, WAFER } from "./coarse/kinds.js";
import { type Fact, type PickKind } from "./pick-kind.js";
import { BIN } from "./plane/bin-kind.js";
import { SEED, TRIGGER_CELL } from "./seed-kinds.js";

const KINDS: { readonly [K in Picked["kind"]]: PickKind } = {
  tc: TRIGGER_CELL,
  seed: SEED,
  bin: BIN,
  wafer: WAFER,
  hex: HEX,
};

/** The seed that belongs to what is picked, -1 for none. */
export function pickedSeedOf({ kind, index }: Picked, chain: ChainView): number {
  return KINDS[kind].seedOf(index, chain);
}

/** The seed whose row is pointed at, else the picked one; -1 for none. */
export function seedInFocus(model: Model, hoveredSeed: number): number {
  const [chain, picked] = [model.chain(), model.picked()];
  if (hoveredSeed >= 0) return hoveredSeed;
  return picked?.kind === "seed" && chain !== null ? pickedSeedOf(picked, chain) : -1;
}

/** The bin that belongs to what is picked, -1 for none. */
export function pickedBinOf({ kind, index }: Picked, chain: ChainView): number {
  return KINDS[kind].binOf?.(index, chain) ?? -1;
}

/** The test whether a TC is part of the bin, wafer or cell that is picked. */
export function partOf({ kind, index }: Picked, event: EventView, chain: ChainView): (tc: number) => boolean {
  return KINDS[kind].holds?.(index, event, chain) ?? (() => false);
}

export function titleOf({ kind, index }: Picked, event: EventView): string {
  return KINDS[kind].title(index, event);
}

export function factsOf({ kind, index }: Picked, event: EventView, chain: ChainView | null): readonly Fact[] {
  return KINDS[kind].facts(index, event, chain);
}

/** The picture in words; `what`: what it shows of the event. */
export function describePicture(model: Model, what: string): string {
  const event = model.event();
  const chain = model.chain();
  if (event === null || chain === null) return "Nothing is shown yet.";
  const particle = event.particles.at(0);
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
