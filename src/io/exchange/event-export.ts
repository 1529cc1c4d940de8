/** One entry with all that is shown of it, as JSON of our own and as CSV. */
import { csvLine } from "../../core/index.js";
import {
  type ChainContent,
  type ChainContents,
  checkContent,
  type EventContent,
  type ParticleContent,
  TC_INTEGERS,
  TC_REALS,
} from "./event-content.js";

/** Where an event comes from. */
export interface EventSource {
  readonly name: string;
  /** "fast simulation: photons, pile-up 0, seed 1", as far as known. */
  readonly description: string;
  /** Version of the geometry. */
  readonly geometry: string;
  /** Name and version of the program. */
  readonly program: string;
}

/** A chain with what was asked of it and what it found on the way. */
export interface ShownChain extends ChainContent {
  /** default or cs. */
  readonly chain: string;
  readonly params: object;
  readonly seeds: readonly object[];
  /** What the validation says of the first particle; NaN becomes null. */
  readonly record?: object | null;
}

type TcColumn = (typeof TC_INTEGERS | typeof TC_REALS)[number];

export interface EventJson {
  readonly format: "bye-splits event";
  readonly formatVersion: 1;
  readonly source: EventSource;
  readonly units: typeof UNITS;
  /** Numbers of more than 53 bits are text. */
  readonly event: Pick<EventContent, "entry" | "zside"> & NonNullable<EventContent["exact"]>;
  readonly particles: readonly ParticleContent[];
  /** In columns of equal length. */
  readonly tc: Readonly<Record<TcColumn, readonly number[]>>;
  readonly chains: Readonly<
    Record<string, Required<Omit<ShownChain, "assignment">> & { assignment: readonly number[] }>
  >;
}

const UNITS = {
  particles: { pt: "GeV", energy: "GeV", phi: "rad" },
  tc: { x: "cm", y: "cm", z: "cm", phi: "rad", energy: "GeV", pt: "GeV", mipPt: "MIP_T" },
  seeds: { energy: "MIP_T", x: "x/|z|", y: "y/|z|" },
  clusters: { energy: "GeV", pt: "GeV", mipPt: "MIP_T", x: "cm", y: "cm", z: "cm", phi: "rad" },
} as const;

/** An entry for JSON.stringify. InputError for numbers that are not finite and columns of unequal length. */
export function eventJson(source: EventSource, event: EventContent, chains: ChainContents<ShownChain>): EventJson {
  checkContent(event, chains);
  const columns = [...TC_INTEGERS, ...TC_REALS].map((name) => [name, Array.from(event[name])]);
  return {
    format: "bye-splits event",
    formatVersion: 1,
    source: {
      name: source.name,
      description: source.description,
      geometry: source.geometry,
      program: source.program,
    },
    units: UNITS,
    event: { entry: event.entry, ...numbersOf(event), zside: event.zside },
    particles: event.particles,
    tc: Object.fromEntries(columns) as EventJson["tc"],
    chains: Object.fromEntries(
      Object.entries(chains).map(([label, { chain, params, seeds, clusters, record = null, assignment }]) => [
        label,
        { chain, params, seeds, clusters, record, assignment: Array.from(assignment) },
      ]),
    ),
  };
}

/**
 * The trigger cells of an entry, a line each: the columns are called as in the tables of a sample, and `seed_LABEL` is the seed,
 * which is the name of the cluster, that each chain gave the cell to, -1 for none. InputError as for `eventJson`.
 */
export function eventCsv(event: EventContent, chains: ChainContents): string {
  checkContent(event, chains);
  const names = [...TC_INTEGERS, ...TC_REALS];
  const columns = [...names.map((name) => event[name]), ...Object.values(chains).map((chain) => chain.assignment)];
  const seeds = Object.keys(chains).map((label) => `seed_${label}`);
  let text = csvLine(["entry", "event", ...names.map((name) => `tc_${name}`), ...seeds]);
  const { event: number } = numbersOf(event);
  for (let t = 0; t < event.n; t++) {
    text += csvLine([event.entry, number, ...columns.map((column) => column[t])]);
  }
  return text;
}

function numbersOf({ exact, event, run, lumi }: EventContent): NonNullable<EventContent["exact"]> {
  return exact ?? { event, run, lumi };
}
