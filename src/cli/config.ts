/**
 * The configuration: the reference's YAML sections and keys over our defaults. What a key without a meaning here is, is told
 * once; a value that cannot be used is an error with file, line and what is expected.
 */
import { CHAINS, type ChainParams, checkParams, PARAMETERS, presetParams, readsParameter } from "../chain/index.js";
import {
  ConfigError,
  defaultsOf,
  expectedOf,
  type ParameterRow,
  type ParameterTable,
  type ParameterValues,
  quote,
  rangeOf,
  wrongValue,
} from "../core/index.js";
import { SELECTION } from "../events/index.js";
import { CLUSTER_STUDIES } from "../studies/index.js";
import { meantKey, StrangeKeys } from "./config-keys.js";
import { type DefaultEvents, EVENT_LIST, type NamedSource, type Production, RECORDS } from "./config-shapes.js";
import { type Io, warn } from "./io.js";
import { parseYamlValue, type Path, readYaml, type YamlFile } from "./yaml.js";

/** All parameters: of the skim, of the chains and of studies. */
export const TABLE: ParameterTable = { ...SELECTION, ...PARAMETERS, ...CLUSTER_STUDIES };

/** The sections of the chains, and those of the other commands. */
export interface Config extends ChainParams {
  readonly selection: ParameterValues<typeof SELECTION>["selection"];
  readonly clusterStudies: ParameterValues<typeof CLUSTER_STUDIES>["clusterStudies"];
  readonly io: { readonly production: Readonly<Record<string, Production>> };
  /** Inputs by name, for `skim --source`. */
  readonly sources: Readonly<Record<string, NamedSource>>;
  /** Events that the display shows first. */
  readonly defaultEvents: DefaultEvents;
}

export interface ConfigOptions {
  readonly config?: string;
  readonly set?: readonly string[];
  readonly preset?: readonly string[];
  /** Options of their own for a parameter, as `--seed-window` for "seed.window"; of a list all values become it. */
  readonly values?: readonly { readonly option: string; readonly key: string; readonly value: string | number }[];
}

/** What a command reads of the parameters: other settings given to it are errors. */
export interface Reader {
  /** "the chain cs". */
  readonly who: string;
  reads(section: string, row: ParameterRow): boolean;
}

export const SKIM_READER: Reader = { who: "skim", reads: (section) => section === "selection" };

export function chainReader(names: readonly string[]): Reader {
  const chains = CHAINS.filter(({ name }) => names.includes(name));
  return {
    who: `the chain ${names.join(" and ")}`,
    reads: (section, row) => Object.hasOwn(PARAMETERS, section) && chains.some((chain) => readsParameter(chain, row)),
  };
}

type Sections = Record<string, Record<string, unknown>>;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Defaults, presets, the file and `--set` in this order, with the file's keys that were not understood. Warns of these. */
export function loadConfig(
  io: Io,
  options: ConfigOptions,
  reader?: Reader,
): { config: Config; ignored: readonly string[] } {
  const sections: Sections = {
    io: { production: {} },
    sources: {},
    defaultEvents: {},
    ...defaultsOf(SELECTION),
    ...defaultsOf(CLUSTER_STUDIES),
    ...structuredClone(presetParams(options.preset ?? []) as unknown as Sections),
  };
  const strange = new StrangeKeys();
  if (options.config !== undefined) {
    const file = readYaml(options.config);
    for (const key of file.duplicates)
      warn(io, `${options.config}: the key ${key} is given twice; the last one counts`);
    takeFile(sections, options.config, file, strange);
    const sentence = strange.sentence();
    if (sentence !== undefined) warn(io, `${options.config}: ${sentence}`);
  }
  for (const setting of options.set ?? []) applySetting(sections, setting, reader);
  for (const { option, key, value } of options.values ?? []) applyValue(sections, option, key, value, reader);
  const config = sections as unknown as Config;
  checkParams(config);
  return { config, ignored: strange.names() };
}

function takeFile(sections: Sections, name: string, { value, lineOf }: YamlFile, strange: StrangeKeys): void {
  const fail = (path: Path, message: string): never => {
    throw new ConfigError(`${name}:${lineOf(path)}: ${path.join(".")}: ${message}`);
  };
  const record = (path: Path, at: unknown): Record<string, unknown> => {
    if (at === null || at === undefined) return {};
    return isRecord(at) ? at : fail(path, `expected keys and values, got ${quote(at)}`);
  };
  const stranger = (path: Path, key: string | undefined, ours: readonly string[]): void => {
    const meant = strange.take(String(path[0]), key, ours);
    if (meant !== undefined) fail(key === undefined ? path : [...path, key], `unknown key; did you mean ${meant}?`);
  };
  if (value !== null && value !== undefined && !isRecord(value)) {
    throw new ConfigError(`${name}: expected sections such as "base:", got ${quote(value)}`);
  }
  for (const [section, content] of Object.entries(value ?? {})) {
    if (!Object.hasOwn(sections, section)) {
      stranger([section], undefined, Object.keys(sections));
      continue;
    }
    const keys = record([section], content);
    const rows = Object.hasOwn(TABLE, section) ? TABLE[section] : undefined;
    if (rows === undefined) {
      for (const key of section === "io" ? Object.keys(keys) : []) {
        if (key !== "production") stranger(["io"], key, ["production"]);
      }
      sections[section] = section === "defaultEvents" ? takeEvents(keys) : takeRecords(section, keys);
      continue;
    }
    for (const [key, each] of Object.entries(keys)) {
      if (!Object.hasOwn(rows, key)) {
        stranger([section], key, Object.keys(rows));
        continue;
      }
      const wrong = wrongValue(rows[key], each);
      if (wrong !== null) fail([section, key], `expected ${expectedOf(rows[key])}, got ${wrong}`);
      sections[section][key] = each;
    }
  }

  /** `io.production` and `sources`: records by name. */
  function takeRecords(section: string, keys: Record<string, unknown>): Record<string, unknown> {
    const { path, fields } = RECORDS.find((each) => each.path[0] === section) as (typeof RECORDS)[number];
    const found = path.length === 1 ? keys : record(path, keys[path[1]]);
    for (const [label, content] of Object.entries(found)) {
      const at = [...path, label];
      const given = record(at, content);
      for (const [key, each] of Object.entries(given)) {
        if (!Object.hasOwn(fields, key)) stranger(at, key, Object.keys(fields));
        else if (!fields[key].is(each)) fail([...at, key], `expected ${fields[key].expected}, got ${quote(each)}`);
      }
      for (const [key, { required, expected }] of Object.entries(fields)) {
        if (required === true && !Object.hasOwn(given, key)) fail(at, `${key} is missing: ${expected}`);
      }
    }
    return path.length === 1 ? found : { [path[1]]: found };
  }

  function takeEvents(keys: Record<string, unknown>): Record<string, unknown> {
    for (const [tag, content] of Object.entries(keys)) {
      for (const [label, list] of Object.entries(record(["defaultEvents", tag], content))) {
        if (!EVENT_LIST.is(list))
          fail(["defaultEvents", tag, label], `expected ${EVENT_LIST.expected}, got ${quote(list)}`);
      }
    }
    return keys;
  }
}

function applySetting(sections: Sections, setting: string, reader: Reader | undefined): void {
  const match = /^([\w]+)\.([\w]+)=(.*)$/s.exec(setting);
  if (match === null) {
    throw new ConfigError(`--set ${quote(setting)}: expected SECTION.KEY=VALUE, as in seed.histoThreshold=15`);
  }
  const [, section, key, text] = match;
  const name = `--set ${section}.${key}`;
  const row = rowOf(section, key);
  if (row === undefined) {
    const meant = meantKey(`${section}.${key}`, configKeys());
    const hint = meant === undefined ? `valid are: ${configKeys().join(", ")}` : `did you mean ${meant}?`;
    throw new ConfigError(`${name}: unknown key ${section}.${key}; ${hint}`);
  }
  checkReader(name, section, row, reader);
  const value = parseYamlValue(text, name);
  const wrong = wrongValue(row, value);
  if (wrong !== null) throw new ConfigError(`${name}: expected ${expectedOf(row)}, got ${wrong}`);
  sections[section][key] = value;
}

function applyValue(sections: Sections, option: string, key: string, value: unknown, reader?: Reader): void {
  const [section, name] = key.split(".");
  const row = TABLE[section][name];
  checkReader(option, section, row, reader);
  const now = sections[section][name];
  const all = Array.isArray(now) ? now.map(() => value) : value;
  if (wrongValue(row, all) !== null) {
    const expected = "least" in row ? `a number ${rangeOf(row)}` : expectedOf(row);
    throw new ConfigError(`${option}: expected ${expected}, got ${quote(value)}`);
  }
  sections[section][name] = all;
}

function checkReader(name: string, section: string, row: ParameterRow, reader: Reader | undefined): void {
  if (reader === undefined || reader.reads(section, row)) return;
  throw new ConfigError(`${name}: ${reader.who} does not read it${whoReads(section, row)}`);
}

function rowOf(section: string, key: string): ParameterRow | undefined {
  if (!Object.hasOwn(TABLE, section) || !Object.hasOwn(TABLE[section], key)) return undefined;
  return TABLE[section][key];
}

/** "; it is a parameter of the chain cs". */
export function whoReads(section: string, row: ParameterRow): string {
  if (section === "selection") return "; it is a parameter of skim";
  if (section === "clusterStudies") return "; it is a parameter of study radius";
  const chains = CHAINS.filter((chain) => readsParameter(chain, row)).map(({ name }) => name);
  return `; it is a parameter of the chain ${chains.join(" and ")}`;
}

/** All keys that `--set` understands: "base.NbinsRz", ... */
export function configKeys(): string[] {
  return Object.entries(TABLE).flatMap(([section, rows]) => Object.keys(rows).map((key) => `${section}.${key}`));
}

/** The default events as a list; "PU200" names the pile-up, any other word does not. */
export function defaultEventLists({
  defaultEvents,
}: Config): { particles: string; pileup?: number; events: readonly number[] }[] {
  return Object.entries(defaultEvents).flatMap(([tag, lists]) => {
    const pileup = /^PU(\d+)$/.exec(tag)?.[1];
    return Object.entries(lists ?? {}).map(([particles, events]) => ({
      particles,
      ...(pileup === undefined ? {} : { pileup: Number(pileup) }),
      events,
    }));
  });
}
