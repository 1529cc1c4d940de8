/** What became of an event's particles, in a sentence or two. Knows no page. */
import { type RecordView } from "../data/protocol.js";
import { clusterCount, fixed, particleName, short } from "../ui/numbers.js";

/** As much of a generated particle as is told; energies in GeV. */
export interface StoryParticle {
  readonly pid: number;
  readonly pt: number;
  readonly eta: number;
  readonly energy: number;
}

/** `record`: of the first particle; null where the chain has none. Empty where nothing can be said. */
export function storyOf(particles: readonly StoryParticle[], record: RecordView | null, clusters: number): string {
  const it = particles.at(0);
  if (it === undefined) return `This event has no generated particle, and ${clusterCount(clusters)}.`;
  if (record === null) return "";
  const who = `This ${particleName(it.pid)} (pT ${short(it.pt)} GeV, η ${fixed(it.eta, 2)})`;
  return `${who} ${fateOf(it, record)}.${othersOf(record)}`;
}

function fateOf({ energy }: StoryParticle, { isSplit, nMatched, response }: RecordView): string {
  if (isSplit) return `was reconstructed as ${clusterCount(Math.max(2, nMatched))}`;
  if (nMatched === 0) return "was not reconstructed: no cluster matches it";
  if (!(energy > 0)) return "is one cluster; it has no generated energy to compare with";
  return `is one cluster with ${Math.round(100 * response)} % of its energy`;
}

function othersOf({ others: { particles, split } }: RecordView): string {
  if (particles === 0) return "";
  const are = particles === 1 ? "One more particle is" : `${particles} more particles are`;
  return ` ${are} in this event, ${split === 0 ? "not split" : particles === 1 ? "split" : `${split} of them split`}.`;
}
