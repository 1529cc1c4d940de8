/** What one would type for what a page shows. */
import { type ChainParams } from "../../chain/index.js";
import { optionsOf, type Settings } from "./parameters.js";
import { parseRange, type Range, type Selection } from "./selection.js";

/** A word as a POSIX shell takes it. */
export const quoted = (word: string): string =>
  /^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** A sample as a command names it; the embedded one, and files that were dropped, have no name there. */
export const sampleWord = (id: string, spec: { readonly kind: string } | null): string =>
  spec?.kind === "sample" ? quoted(id.startsWith("-") ? `./${id}` : id) : "SAMPLE";

/** A range of the selection as a bin. */
const binOf = (name: string, { lo, hi }: Range): string[] => {
  if (lo === -Infinity && hi === Infinity) return [];
  return ["--by", `${name}=${lo === -Infinity ? 0 : lo},${hi === Infinity ? 1e9 : hi}`];
};

/** The ranges of the selection as bins of a study: they are rows of its points then. */
export const binsOf = ({ pt, eta }: Pick<Selection, "pt" | "eta">): string[] => [
  ...binOf("gen_pt", parseRange(pt)),
  ...binOf("gen_eta", parseRange(eta)),
];

export interface PointsWanted {
  /** Names as they are typed. */
  readonly samples: readonly string[];
  readonly chain: string;
  readonly settings: Settings;
  readonly params: ChainParams;
  /** Null: as the settings say. */
  readonly radii: readonly number[] | null;
  /** Entries of each sample. */
  readonly limit: number;
  readonly selection: Pick<Selection, "pt" | "eta">;
}

/** The study that has these numbers: of the radius where it is one number, else a scan of one point. */
export function pointsCommand({ samples, chain, settings, params, radii, limit, selection }: PointsWanted): string {
  const { radius, ...others } = settings;
  const own = radii ?? (radius === undefined ? null : [radius]);
  return [
    ...["bye-splits study", own === null ? "scan" : "radius", "--in", ...samples],
    ...["--chain", chain, `--first ${limit}`],
    ...(own === null ? [] : ["--radii", own.join(",")]),
    ...optionsOf(chain, others, params),
    ...binsOf(selection),
    "--out study",
  ].join(" ");
}
