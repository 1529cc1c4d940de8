/**
 * The configuration: the reference's YAML sections and keys over our defaults. A key without a meaning here is listed in a
 * warning, a value of the wrong type is an error with file, line and expected type.
 */
import { readFileSync } from "node:fs";
import { isMap, isScalar, LineCounter, parseDocument, type Document } from "yaml";
import { z } from "zod";
import {
  type ChainParams,
  checkParams,
  CLUSTER_ALGOS,
  DEFAULT_PARAMS,
  SEED_CS_INPUTS,
  SMOOTH_KERNELS,
} from "../chain/index.js";
import { ConfigError } from "../core/index.js";

const number = z.number();
const whole = z.int();

const production = z.strictObject({
  dir: z.string().optional(),
  tree: z.string().optional(),
  infile: z.union([z.string(), z.array(z.string())]),
  outfile: z.string().optional(),
});

/** Inputs by name, for `skim --source`. */
const source = z.strictObject({
  infile: z.union([z.string(), z.array(z.string())]),
  tree: z.string().optional(),
  particles: z.enum(["photons", "electrons", "pions"]).optional(),
});

const CHAIN_SCHEMA = {
  base: z.strictObject({
    NbinsRz: whole,
    NbinsPhi: whole,
    MinROverZ: number,
    MaxROverZ: number,
    MinPhi: number,
    MaxPhi: number,
    PhiAxis: z.enum(["circular", "regular"]),
    EtaMin: number,
    EtaMax: number,
    EtaMinStrict: number,
    EtaMaxStrict: number,
    EnResSplits: number,
    EnResNoSplits: number,
  }),
  smooth: z.strictObject({
    BinSums: z.array(whole),
    SeedsNormByArea: z.boolean(),
    AreaPerTriggerCell: number,
    kernel: z.enum(SMOOTH_KERNELS),
  }),
  seed: z.strictObject({ histoThreshold: number, window: whole }),
  cluster: z.strictObject({
    CoeffA: z.array(number),
    CoeffB: number,
    MidRadius: number,
    PtC3dThreshold: number,
    algo: z.enum(CLUSTER_ALGOS),
    CSCylinder: z.boolean(),
  }),
  cs: z.strictObject({
    initial_layer: whole,
    k: whole,
    threshold: z.array(number),
    eta_list: z.array(number),
    nearby: z.boolean(),
  }),
  seed_cs: z.strictObject({ InputName: z.enum(SEED_CS_INPUTS), histoThreshold: number, hexDist: z.boolean() }),
  valid_cluster: z.strictObject({ tcDeltaRthresh: z.array(number) }),
  validation: z.strictObject({ splitDistance: number, splitPt: number, splitShare: number }),
};

const SCHEMA = z.strictObject({
  io: z.strictObject({ production: z.record(z.string(), production) }),
  sources: z.record(z.string(), source),
  selection: z.strictObject({
    particles: z.enum(["photons", "electrons", "pions"]),
    reachedEE: whole,
    deltarThreshold: number,
    mipThreshold: number,
    maxLayer: whole,
  }),
  defaultEvents: z.record(z.string(), z.record(z.string(), z.array(whole))),
  ...CHAIN_SCHEMA,
});

type Parsed = z.infer<typeof SCHEMA>;

/** The sections of the chains, and those of the other commands. */
export interface Config extends ChainParams {
  readonly io: Parsed["io"];
  readonly sources: Parsed["sources"];
  readonly selection: Parsed["selection"];
  /** Events that the display shows first: by pile-up as in "PU200", then by particles. */
  readonly defaultEvents: Parsed["defaultEvents"];
}

/** Everything at its default; `selection.maxLayer` 50 keeps all trigger layers. */
export const DEFAULT_CONFIG: Config = {
  io: { production: {} },
  sources: {},
  selection: { particles: "photons", reachedEE: 2, deltarThreshold: 0.05, mipThreshold: 0.5, maxLayer: 50 },
  defaultEvents: {},
  ...DEFAULT_PARAMS,
};

export interface LoadedConfig {
  readonly config: Config;
  /** Keys of the file without a meaning here. */
  readonly ignored: readonly string[];
}

type Path = readonly (string | number)[];

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Copies of `base` with the values of `over`; lists are replaced, not joined. */
function merge(base: unknown, over: unknown): unknown {
  if (!isRecord(base) || !isRecord(over)) return over;
  const result = { ...base };
  for (const [key, value] of Object.entries(over)) result[key] = key in base ? merge(base[key], value) : value;
  return result;
}

function remove(value: unknown, path: Path, key: string): void {
  const parent = path.reduce<unknown>((at, step) => (isRecord(at) ? at[step] : undefined), value);
  if (isRecord(parent)) delete parent[key];
}

/** "expected number, got "abc"". */
function describe(issue: z.core.$ZodIssue, value: unknown): string {
  const got = `got ${JSON.stringify(value) ?? "nothing"}`;
  if (issue.code === "invalid_type") return `expected ${issue.expected}, ${got}`;
  if (issue.code === "invalid_value") return `expected one of ${issue.values.join(", ")}, ${got}`;
  return `${issue.message}, ${got}`;
}

/** The configuration of `file` (YAML) and `--set KEY=VALUE` settings over the defaults. */
export function loadConfig(file: string | undefined, settings: readonly string[] = []): LoadedConfig {
  let given: unknown = {};
  let locate = (_path: Path): string => "";
  if (file !== undefined) {
    let text: string;
    try {
      text = readFileSync(file, "utf8");
    } catch (cause) {
      throw new ConfigError(`cannot read the configuration ${file}: ${(cause as Error).message}`, { cause });
    }
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines });
    const [problem] = document.errors;
    if (problem !== undefined) throw new ConfigError(`${file}:${problem.linePos?.[0].line ?? 1}: ${problem.message}`);
    given = document.toJS() ?? {};
    if (!isRecord(given))
      throw new ConfigError(`${file}: expected sections such as "base:", got ${JSON.stringify(given)}`);
    locate = (path) => `${file}:${lineOf(document, lines, path)}: `;
  }
  const merged = structuredClone(merge(DEFAULT_CONFIG, given));
  const ignored: string[] = [];
  const first = SCHEMA.safeParse(merged);
  for (const issue of first.error?.issues ?? []) {
    if (issue.code !== "unrecognized_keys") {
      const path = issue.path as Path;
      const value = path.reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], merged);
      throw new ConfigError(`${locate(path)}${path.join(".")}: ${describe(issue, value)}`);
    }
    for (const key of issue.keys) {
      ignored.push([...issue.path, key].join("."));
      remove(merged, issue.path as Path, key);
    }
  }
  const withSettings = settings.reduce((value, setting) => applySetting(value, setting), merged);
  const result = SCHEMA.safeParse(withSettings);
  if (result.data === undefined) throw result.error;
  checkParams(result.data);
  return { config: result.data, ignored };
}

function lineOf(document: Document, lines: LineCounter, path: Path): number {
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true);
    if ((isScalar(node) || isMap(node)) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

/** The default events as a list; "PU200" names the pile-up, any other word does not. */
export function defaultEventLists({
  defaultEvents,
}: Config): { particles: string; pileup?: number; events: readonly number[] }[] {
  return Object.entries(defaultEvents).flatMap(([tag, lists]) => {
    const pileup = /^PU(\d+)$/.exec(tag)?.[1];
    return Object.entries(lists).map(([particles, events]) => ({
      particles,
      ...(pileup === undefined ? {} : { pileup: Number(pileup) }),
      events,
    }));
  });
}

/** All keys that `--set` understands: "base.NbinsRz", ... */
export function configKeys(): string[] {
  return Object.entries(DEFAULT_CONFIG).flatMap(([section, keys]) =>
    ["io", "sources", "defaultEvents"].includes(section) ? [] : Object.keys(keys).map((key) => `${section}.${key}`),
  );
}

function applySetting(value: unknown, setting: string): unknown {
  const match = /^([\w]+)\.([\w]+)=(.*)$/s.exec(setting);
  if (match === null)
    throw new ConfigError(`--set ${setting}: expected SECTION.KEY=VALUE, as in seed.histoThreshold=15`);
  const [, section, key, text] = match;
  if (!configKeys().includes(`${section}.${key}`)) {
    throw new ConfigError(`--set ${setting}: unknown key ${section}.${key}; valid are: ${configKeys().join(", ")}`);
  }
  const parsed: unknown = parseDocument(text).toJS();
  const next = merge(value, { [section]: { [key]: parsed } });
  const issue = SCHEMA.safeParse(next).error?.issues[0];
  if (issue !== undefined) throw new ConfigError(`--set ${section}.${key}: ${describe(issue, parsed)}`);
  return next;
}
