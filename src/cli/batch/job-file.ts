/** A job file: its `job:` section, with the command line over it, as one set of keys for each job. */
import { ConfigError, editDistance, nearest, quote } from "../../core/index.js";
import { type Io, say, warn } from "../io.js";
import { parseWritten, readYaml, type Written } from "../yaml.js";
import { isMapping, isSection, JOB_KEYS, JobReader, type Keys, MAPPINGS } from "./job-keys.js";

export interface JobSection {
  /** "photons"; undefined for a job without sections. */
  readonly name: string | undefined;
  readonly keys: JobReader;
}

export interface JobFile {
  readonly path: string;
  readonly sections: readonly JobSection[];
  /** Inputs by name. */
  readonly sources: Keys;
}

/** `settings`: KEY=VALUE of `job:`; `words`: arguments of the task, behind `--`. */
export function readJobFile(io: Io, path: string, settings: readonly string[], words: readonly string[]): JobFile {
  const file = readYaml(path);
  for (const key of file.duplicates) warn(io, `${path}: the key ${key} is given twice; the last one counts`);
  const whole = file.written();
  if (!isMapping(whole) || !Object.hasOwn(whole, "job")) {
    throw new ConfigError(`${path}: there is no \`job:\` section: it says what to run, see docs/batch.md`);
  }
  const { job, sources = {}, ...beside } = whole;
  let keys: Keys;
  if (job === null) keys = misplaced(io, path, beside);
  else if (isMapping(job)) keys = { ...job, ...sectionsBeside(io, path, beside) };
  else throw new ConfigError(`${path}:${file.lineOf(["job"])}: job: expected keys and values, got ${quote(job)}`);
  checkSections(path, keys);
  const all = settings.map(parseSetting);
  // Of all sections first: what is said of one counts more.
  for (const each of all.toSorted((a, b) => depthOf(a) - depthOf(b))) keys = applySetting(keys, each);
  const given = parseWords(words);
  keys = setEverywhere({ arguments: {}, ...keys }, "arguments", (before) => ({
    ...argumentsOf(path, before),
    ...given,
  }));

  const where = (section: string | undefined) => (key: string) => {
    const inner = section === undefined ? ["job", key] : ["job", section, key];
    const at = [inner, inner.slice(1)].map((each) => file.lineOf(each)).find((line) => line > 1) ?? 1;
    return `${path}:${at}: ${inner.join(".")}`;
  };
  const common = Object.fromEntries(Object.entries(keys).filter(([key, value]) => !isSection(key, value)));
  const sections = Object.entries(keys).filter((entry): entry is [string, Keys] => isSection(...entry));
  if (sections.length === 0)
    return {
      path,
      sections: [{ name: undefined, keys: new JobReader(common, where(undefined)) }],
      sources: isMapping(sources) ? sources : {},
    };
  return {
    path,
    // Keys of all sections are told where they stand.
    sections: sections.map(([name, own]) => ({
      name,
      keys: new JobReader({ ...common, ...own }, (key) => where(Object.hasOwn(own, key) ? name : undefined)(key)),
    })),
    sources: isMapping(sources) ? sources : {},
  };
}

function argumentsOf(path: string, given: Written | undefined): Keys {
  const value = given ?? {};
  if (!isMapping(value))
    throw new ConfigError(`${path}: job.arguments: expected names with values, got ${quote(value)}`);
  return value;
}

/** Keys of sections that stand beside `job:` instead of in it. */
function sectionsBeside(io: Io, path: string, beside: Keys): Keys {
  const found = Object.entries(beside).filter(([, value]) => isMapping(value) && Object.hasOwn(value, "submit_dir"));
  if (found.length === 0) return {};
  warn(
    io,
    `${path}: ${found.map(([key]) => key).join(", ")} stand beside \`job:\`; taken as if they stood in it, indented below it`,
  );
  return Object.fromEntries(found);
}

/** An empty `job:` with its keys beside it. */
function misplaced(io: Io, path: string, beside: Keys): Keys {
  const found = Object.entries(beside).filter(
    ([key, value]) =>
      (JOB_KEYS as readonly string[]).includes(key) || !isMapping(value) || Object.hasOwn(value, "submit_dir"),
  );
  if (found.length === 0) throw new ConfigError(`${path}: \`job:\` is empty: it says what to run, see docs/batch.md`);
  warn(io, `${path}: \`job:\` is empty and its keys stand beside it; taken as if they were indented below it:`);
  say(io, "  job:");
  for (const [key, value] of found) say(io, `      ${key}:${typeof value === "string" ? ` ${value}` : " ..."}`);
  return Object.fromEntries(found);
}

const isJobKey = (key: string): boolean => (JOB_KEYS as readonly string[]).includes(key);

/** ConfigError for a name that is meant to be a key which holds keys. */
function checkSections(path: string, keys: Keys): void {
  for (const [name, value] of Object.entries(keys)) {
    if (!isSection(name, value) || Object.keys(value).some((each) => isJobKey(each))) continue;
    const meant = MAPPINGS.find((each) => editDistance(name, each) <= 2);
    if (meant !== undefined) throw new ConfigError(`${path}: job.${name}: unknown key; did you mean ${meant}?`);
  }
}

interface Setting {
  /** As given. */
  readonly text: string;
  readonly key: string;
  /** Of what stands in the section, `arguments` or `options` of this name. */
  readonly inner: string | undefined;
  readonly value: Written;
}

/** `queue=long`, `photons.args_per_batch=5`, `arguments.radius=[0.01, 0.02]`; with "job." before it or without. */
function parseSetting(setting: string): Setting {
  const match = /^(?:job\.)?([\w-]+)(?:\.([\w-]+))?=(.*)$/s.exec(setting);
  if (match === null)
    throw new ConfigError(
      `--set ${quote(setting)}: expected KEY=VALUE, as in queue=long or arguments.radius=[0.01, 0.02]`,
    );
  const [, key, inner, text] = match;
  return { text: setting, key, inner, value: parseWritten(text, `--set ${key}`) };
}

const isOfSection = ({ key, inner }: Setting): boolean => inner !== undefined && !MAPPINGS.includes(key);
const depthOf = (setting: Setting): number => (isOfSection(setting) ? 1 : 0);

function applySetting(keys: Keys, setting: Setting): Keys {
  const { key, inner, value } = setting;
  if (!isOfSection(setting)) {
    checkKey(setting, key);
    return setEverywhere(keys, key, (before) => {
      if (inner === undefined) return value;
      if (!isMapping(before ?? {})) throw hasValue(setting, before);
      return { ...(before as Keys | undefined), [inner]: value };
    });
  }
  const before = keys[key];
  if (before === undefined) {
    const names = Object.keys(keys).filter((name) => isSection(name, keys[name]));
    const hint = names.length === 0 ? "there are none" : `there are ${names.join(", ")}`;
    throw new ConfigError(`--set ${quote(setting.text)}: there is no section ${key}: ${hint}`);
  }
  if (!isMapping(before)) throw hasValue(setting, before);
  checkKey(setting, inner as string);
  return { ...keys, [key]: { ...before, [inner as string]: value } };
}

function hasValue({ key, inner }: Setting, before: Written | undefined): ConfigError {
  return new ConfigError(`--set ${key}.${inner}: ${key} has a value itself: ${quote(before)}`);
}

function checkKey({ text }: Setting, key: string): void {
  if (isJobKey(key)) return;
  throw new ConfigError(
    `--set ${quote(text)}: unknown key ${key}; did you mean ${nearest(key, JOB_KEYS) ?? ""}? There are ${JOB_KEYS.join(", ")}`,
  );
}

/** Changes a key of all sections, and of those that have it themselves. */
function setEverywhere(keys: Keys, key: string, change: (before: Written | undefined) => Written): Keys {
  const sections = Object.entries(keys).map(([name, value]) =>
    isSection(name, value) && Object.hasOwn(value, key)
      ? [name, { ...value, [key]: change(value[key]) }]
      : [name, value],
  );
  return { ...(Object.fromEntries(sections) as Keys), [key]: change(keys[key]) };
}

/** `--name value`, `--name a b c` for a list, `--name=value` for one that begins with `--`, `--name` for a switch. */
export function parseWords(words: readonly string[]): Keys {
  const found: Record<string, Written> = {};
  let name: string | undefined;
  for (const word of words) {
    const match = /^--([^=\s][^=]*)(?:=(.*))?$/s.exec(word);
    if (match === null) {
      if (name === undefined) {
        throw new ConfigError(
          `${quote(word)}: arguments of the task stand behind -- and have names, as in: -- --radius 0.01 0.02`,
        );
      }
      const before = found[name];
      found[name] = before === null ? word : [...[before].flat(), word];
      continue;
    }
    [, name] = match;
    found[name] = match[2] ?? null;
  }
  return found;
}
