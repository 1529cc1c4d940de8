/**
 * Events for Phoenix, the event display of the HEP Software Foundation. The format is described in
 * https://github.com/HSF/phoenix/blob/main/guides/developers/event_data_format.md. That page names no units; the program's own
 * loaders bring everything to mm and MeV (pT cuts to 50,000, "JiveXML uses GeV" times 1000). What version 3.0.5 does with
 * each object was read in its source: see the comments below.
 */
import { type ChainContents, checkContent, type EventContent, type ParticleContent } from "./event-content.js";

export type Point = readonly [x: number, y: number, z: number];

/** A generated particle. */
export interface PhoenixTrack {
  readonly pos: readonly Point[];
  readonly eta: number;
  readonly phi: number;
  readonly pT: number;
  readonly energy: number;
  readonly pdgId: number;
}

/** A trigger cell as a point. */
export interface PhoenixHit {
  readonly pos: Point;
  readonly energy: number;
  readonly mipPt: number;
  readonly layer: number;
  readonly color?: string;
}

export interface PhoenixCluster {
  readonly energy: number;
  readonly eta: number;
  readonly phi: number;
  /** Distance of the tower's middle from the interaction point. */
  readonly radius: number;
  readonly color: string;
  readonly opacity: number;
  /** Of the tower that is drawn. */
  readonly length: number;
  readonly pt: number;
  readonly seed: number;
  /** Trigger cells. */
  readonly nTc: number;
}

/** A trigger cell of a cluster in its shape. */
export interface PhoenixCell {
  readonly layer: number;
  /** x, y, z of 8 corners. */
  readonly vtx: readonly number[];
  readonly color: readonly [r: number, g: number, b: number];
  readonly opacity: number;
  readonly energy: number;
  readonly seed: number;
}

type Collections<T> = Readonly<Record<string, readonly T[]>>;

/** Collections without objects are left out: Phoenix has stopped at them. Their names are unique in the event, as it asks for. */
export interface PhoenixEvent {
  /** Text where a number would be rounded: the page shows either. */
  readonly "event number": number | string;
  readonly "run number": number | string;
  readonly lumiBlock: string;
  /** What the event is, for people. */
  readonly about: string;
  readonly Tracks?: Collections<PhoenixTrack>;
  readonly Hits?: Collections<PhoenixHit>;
  readonly CaloClusters?: Collections<PhoenixCluster>;
  readonly IrregularCaloCells?: Collections<PhoenixCell>;
}

const MM_PER_CM = 10;
const MEV_PER_GEV = 1000;

/** Where particles end: behind the last layer [mm]. */
const TRACK_END = 5300;

/** Where towers of clusters stand: in CE-E [mm]. */
const TOWER_DEPTH = 3600;

/** Sensors are too thin to be seen: half of what is drawn [mm]. */
const HALF_THICKNESS = 1;

/** Points of all trigger cells. Without a colour Phoenix draws them black; it reads numbers in this notation only, and of the first. */
const HIT_COLOR = "0x9aa4b0";

/** Phoenix's own 30 mm for each GeV would reach from here to the interaction point [mm/GeV]. */
const TOWER_LENGTH = 5;

/** Of clusters, told apart with any colour vision (after Okabe and Ito). */
const CLUSTER_COLORS = [
  [0, 114, 178], [230, 159, 0], [0, 158, 115], [204, 121, 167], [86, 180, 233], [213, 94, 0], [182, 170, 40], [148, 103, 189],
] as const; // prettier-ignore

/** Micrometres and keV are enough for a picture. */
const round = (value: number): number => Math.round(1000 * value) / 1000;

/**
 * An entry as one event of a Phoenix file, which is an object of such events by name. Particles are straight tracks, clusters are towers, and
 * trigger cells are points; those in a cluster also have their shape and its colour: shapes of all, each a mesh of its own, would be too
 * many for Phoenix at high pile-up. InputError for numbers that are not finite and columns of unequal length.
 */
export function phoenixEvent(event: EventContent, chains: ChainContents, about: string): PhoenixEvent {
  checkContent(event, chains);
  const named = Object.entries(chains);
  return {
    "event number": (event.exact ?? event).event,
    "run number": (event.exact ?? event).run,
    lumiBlock: String((event.exact ?? event).lumi),
    about,
    ...filled("Tracks", [["Particles", event.particles.map(trackOf)]]),
    ...filled("Hits", [["Trigger cells", hitsOf(event)]]),
    ...filled(
      "CaloClusters",
      named.map(([label, chain]) => [`${label} clusters`, clustersOf(chain)]),
    ),
    ...filled(
      "IrregularCaloCells",
      named.map(([label, chain]) => [`${label} cells`, cellsOf(event, chain)]),
    ),
  };
}

function filled<Type extends string, T>(
  type: Type,
  lists: readonly [string, readonly T[]][],
): { [K in Type]?: Collections<T> } {
  const kept = lists.filter(([, objects]) => objects.length > 0);
  return kept.length === 0 ? {} : ({ [type]: Object.fromEntries(kept) } as { [K in Type]: Collections<T> });
}

/** From the origin; a track of fewer than three points would be extrapolated. */
function trackOf({ pid, pt, energy, eta, phi }: ParticleContent): PhoenixTrack {
  const length = distanceTo(TRACK_END, eta);
  const at = (t: number): Point => [
    round((t * Math.cos(phi)) / Math.cosh(eta)),
    round((t * Math.sin(phi)) / Math.cosh(eta)),
    round(t * Math.tanh(eta)),
  ];
  return {
    pos: [[0, 0, 0], at(length / 2), at(length)],
    eta,
    phi,
    pT: round(pt * MEV_PER_GEV),
    energy: round(energy * MEV_PER_GEV),
    pdgId: pid,
  };
}

/** From the origin, in the direction of `eta`, to a cylinder that reaches as far across as along. */
function distanceTo(depth: number, eta: number): number {
  return depth / Math.max(Math.abs(Math.tanh(eta)), 1 / Math.cosh(eta));
}

function hitsOf({ n, x, y, z, energy, mipPt, layer }: EventContent): PhoenixHit[] {
  return Array.from({ length: n }, (_, t) => ({
    pos: [round(x[t] * MM_PER_CM), round(y[t] * MM_PER_CM), round(z[t] * MM_PER_CM)],
    energy: round(energy[t] * MEV_PER_GEV),
    mipPt: round(mipPt[t]),
    layer: layer[t],
    ...(t === 0 ? { color: HIT_COLOR } : {}),
  }));
}

/** See-through, for the cells stand in them. Without a `radius` Phoenix's loader takes the name of the collection's type for one: NaN. */
function clustersOf({ clusters, assignment }: ChainContents[string]): PhoenixCluster[] {
  const counts = new Map<number, number>();
  for (const seed of assignment) counts.set(seed, (counts.get(seed) ?? 0) + 1);
  return clusters.map(({ seed, energy, pt, eta, phi }) => ({
    energy: round(energy * MEV_PER_GEV),
    eta,
    phi,
    radius: round(distanceTo(TOWER_DEPTH, eta)),
    color: `#${colorOf(seed)
      .map((part) => part.toString(16).padStart(2, "0"))
      .join("")}`,
    opacity: 0.4,
    length: round(energy * TOWER_LENGTH),
    pt: round(pt * MEV_PER_GEV),
    seed,
    nTc: counts.get(seed) ?? 0,
  }));
}

function cellsOf(event: EventContent, { clusters, assignment }: ChainContents[string]): PhoenixCell[] {
  const { corners, z, layer, energy } = event;
  const inCluster = new Set(clusters.map(({ seed }) => seed));
  const cells: PhoenixCell[] = [];
  for (let t = 0; t < event.n; t++) {
    const seed = assignment[t];
    if (!inCluster.has(seed)) continue;
    const scale = Math.abs(z[t]) * MM_PER_CM;
    const vtx: number[] = [];
    for (const depth of [-HALF_THICKNESS, HALF_THICKNESS]) {
      for (let k = 8 * t; k < 8 * t + 8; k += 2) {
        vtx.push(round(corners[k] * scale), round(corners[k + 1] * scale), round(z[t] * MM_PER_CM + depth));
      }
    }
    cells.push({
      layer: layer[t],
      vtx,
      color: colorOf(seed),
      opacity: 0.8,
      energy: round(energy[t] * MEV_PER_GEV),
      seed,
    });
  }
  return cells;
}

function colorOf(seed: number): (typeof CLUSTER_COLORS)[number] {
  return CLUSTER_COLORS[seed % CLUSTER_COLORS.length];
}
