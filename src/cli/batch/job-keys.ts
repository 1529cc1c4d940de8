/** The keys of `job:` in a job file, and how their values are read. */
import { ConfigError, nearest, quote } from "../../core/index.js";
import { ENGINES, SITES } from "../../batch/index.js";
import { type Written } from "../yaml.js";

export type Keys = Readonly<Record<string, Written>>;

/** The reference's keys first. */
export const JOB_KEYS = [
  "user",
  "proxy",
  "queue",
  "local",
  "script",
  "iterOver",
  "arguments",
  "submit_dir",
  "args_per_batch",
  "command",
  "name",
  "engine",
  "site",
  "output",
  "retries",
  "cpus",
  "memory",
  "disk",
  "time",
  "flavour",
  "max_runtime",
  "wn_tag",
  "partition",
  "account",
  "qos",
  "max_running",
  "bundle",
  "options",
] as const;
export type JobKey = (typeof JOB_KEYS)[number];

/** Keys that hold keys. */
export const MAPPINGS: readonly string[] = ["arguments", "options"];

export function isMapping(value: Written | undefined): value is Keys {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a mapping is a section: a job of its own. */
export function isSection(key: string, value: Written): value is Keys {
  return !MAPPINGS.includes(key) && isMapping(value);
}

/** The keys of one section, read one by one; errors name file and key. */
export class JobReader {
  readonly #keys: Keys;
  /** "job.yaml: job.photons". */
  readonly #where: (key: string) => string;

  constructor(keys: Keys, where: (key: string) => string) {
    this.#keys = keys;
    this.#where = where;
    for (const key of Object.keys(keys)) {
      if ((JOB_KEYS as readonly string[]).includes(key)) continue;
      throw new ConfigError(
        `${where(key)}: unknown key; did you mean ${nearest(key, JOB_KEYS) ?? ""}? There are ${JOB_KEYS.join(", ")}`,
      );
    }
  }

  fail(key: JobKey, expected: string): never {
    const value = this.#keys[key];
    throw new ConfigError(`${this.#where(key)}: expected ${expected}, got ${quote(value)}`);
  }

  /** Undefined for a key that is not there, or has no value. */
  text(key: JobKey): string | undefined {
    const value = this.#keys[key] ?? undefined;
    if (value === undefined) return undefined;
    if (typeof value !== "string" || value === "") return this.fail(key, "a text");
    if (/[\r\n\0]/.test(value)) return this.fail(key, "a text of one line");
    return value;
  }

  whole(key: JobKey, least: number): number | undefined {
    const text = this.text(key);
    if (text === undefined) return undefined;
    if (!/^\d+$/.test(text) || Number(text) < least) return this.fail(key, `a whole number of at least ${least}`);
    return Number(text);
  }

  choice<T extends string>(key: JobKey, choices: readonly T[]): T | undefined {
    const text = this.text(key);
    const found = choices.find((each) => each === text);
    if (text !== undefined && found === undefined) return this.fail(key, `one of ${choices.join(", ")}`);
    return found;
  }

  switch(key: JobKey): boolean | undefined {
    const text = this.text(key);
    if (text === undefined) return undefined;
    const value = switchOf(text);
    return value === undefined ? this.fail(key, "True or False") : value;
  }

  /** Names, one or a list. */
  names(key: JobKey): string[] {
    const value = this.#keys[key] ?? null;
    if (value === null || value === "None") return [];
    const list = [value].flat();
    if (list.length === 0 || !list.every((each) => typeof each === "string" && each !== ""))
      this.fail(key, "a name or a list of names");
    return list as string[];
  }

  mapping(key: JobKey): Keys {
    const value = this.#keys[key] ?? {};
    return isMapping(value) ? value : this.fail(key, "names with values");
  }

  engine = (): (typeof ENGINES)[number] | undefined => this.choice("engine", ENGINES);
  site = (): (typeof SITES)[number] | undefined => this.choice("site", SITES);
}

/** As YAML 1.1 writes switches; undefined for other words. */
export function switchOf(text: string): boolean | undefined {
  if (/^(true|yes|on)$/i.test(text)) return true;
  return /^(false|no|off)$/i.test(text) ? false : undefined;
}
