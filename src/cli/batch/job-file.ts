/** A job file: its `job:` section, with the command line over it, as one set of keys for each job. */
import { ConfigError, quote } from "../../core/index.js";
import { type Io, say, warn } from "../io.js";
import { parseWritten, readYaml, type Written } from "../yaml.js";
import { isMapping, isSection, JOB_KEYS, JobReader, type Keys } from "./job-keys.js";

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
  const all = file.written();
  if (!isMapping(all) || !Object.hasOwn(all, "job")) {
    throw new ConfigError(`${path}: there is no \`job:\` section: it says what to run, see docs/batch.md`);
  }
  const { job, sources = {}, ...beside } = all;
  let keys: Keys;
  if (job === null) keys = misplaced(io, path, beside);
  else if (isMapping(job)) keys = { ...job, ...sectionsBeside(io, path, beside) };
  else throw new ConfigError(`${path}:${file.lineOf(["job"])}: job: expected keys and values, got ${quote(job)}`);
  for (const setting of settings) keys = applySetting(keys, setting);
  keys = { ...keys, arguments: { ...argumentsOf(path, keys), ...parseWords(words) } };

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

function argumentsOf(path: string, keys: Keys): Keys {
  const value = keys["arguments"] ?? {};
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

/** `queue=long`, `photons.args_per_batch=5`, `arguments.radius=[0.01, 0.02]`; with "job." before it or without. */
function applySetting(keys: Keys, setting: string): Keys {
  const match = /^(?:job\.)?([\w-]+)(?:\.([\w-]+))?=(.*)$/s.exec(setting);
  if (match === null)
    throw new ConfigError(
      `--set ${quote(setting)}: expected KEY=VALUE, as in queue=long or arguments.radius=[0.01, 0.02]`,
    );
  const [, key, inner, text] = match;
  const value = parseWritten(text, `--set ${key}`);
  if (inner === undefined) return { ...keys, [key]: value };
  const before = keys[key] ?? {};
  if (!isMapping(before)) throw new ConfigError(`--set ${key}.${inner}: ${key} has a value itself: ${quote(before)}`);
  return { ...keys, [key]: { ...before, [inner]: value } };
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
