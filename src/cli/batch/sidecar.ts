/** `SCRIPT.args.yaml` beside a user's script: which arguments it takes, in the words of Python's argparse. */
import { existsSync } from "node:fs";
import { ConfigError, nearest, quote } from "../../core/index.js";
import { type Argument } from "../../batch/index.js";
import { readYaml } from "../yaml.js";
import { switchOf } from "./job-keys.js";

interface Row {
  readonly type: "int" | "float" | "str" | "bool";
  readonly required: boolean;
  readonly choices?: readonly string[];
  /** Takes no value. */
  readonly isSwitch: boolean;
  readonly isList: boolean;
}

const TYPES = ["int", "float", "str", "bool"] as const;
const KEYS = ["type", "required", "choices", "action", "nargs", "default", "help"];

export type Sidecar = ReadonlyMap<string, Row>;

/** Undefined where the script has none. */
export function readSidecar(script: string): Sidecar | undefined {
  const path = `${script}.args.yaml`;
  if (!existsSync(path)) return undefined;
  const file = readYaml(path);
  const all = (file.value ?? {}) as Record<string, Record<string, unknown> | null>;
  const fail = (key: string, message: string): never => {
    throw new ConfigError(`${path}:${file.lineOf([key])}: ${key}: ${message}`);
  };
  if (typeof all !== "object" || Array.isArray(all))
    throw new ConfigError(`${path}: expected names of arguments, got ${quote(all)}`);
  return new Map(
    Object.entries(all).map(([key, given]) => {
      const row = given ?? {};
      if (typeof row !== "object" || Array.isArray(row))
        fail(key, `expected keys such as type, required; got ${quote(row)}`);
      const strange = Object.keys(row).find((each) => !KEYS.includes(each));
      if (strange !== undefined)
        fail(key, `unknown key ${strange}; did you mean ${nearest(strange, KEYS) ?? ""}? There are ${KEYS.join(", ")}`);
      const { type = "str", required = false, choices, action, nargs } = row;
      const known =
        TYPES.find((each) => each === type) ??
        fail(key, `type: expected one of ${TYPES.join(", ")}, got ${quote(type)}`);
      if (choices !== undefined && !Array.isArray(choices))
        fail(key, `choices: expected a list, got ${quote(choices)}`);
      return [
        key.replace(/^--/, ""),
        {
          type: known,
          required: required === true,
          isSwitch: action === "store_true" || action === "store_false",
          isList: nargs !== undefined && nargs !== "?",
          ...(choices === undefined ? {} : { choices: (choices as unknown[]).map(String) }),
        },
      ];
    }),
  );
}

/** ConfigError for an argument that the script does not take, a required one that is missing, a value of another type. `where`: the job file. */
export function checkSidecar(sidecar: Sidecar, script: string, args: readonly Argument[], where: string): void {
  const names = [...sidecar.keys()];
  for (const [name, words] of args) {
    const row = sidecar.get(name);
    if (row === undefined) {
      throw new ConfigError(
        `${where}: ${script} takes no argument ${quote(name)}; did you mean ${nearest(name, names) ?? ""}? It takes ${names.join(", ")}`,
      );
    }
    if (!row.isSwitch && !row.isList && words.length !== 1) {
      throw new ConfigError(`${where}: ${name}: expected one value, got ${words.length === 0 ? "none" : quote(words)}`);
    }
    for (const word of words) {
      const expected = expectedOf(row, word);
      if (expected !== undefined) throw new ConfigError(`${where}: ${name}: expected ${expected}, got ${quote(word)}`);
    }
  }
  const missing = names.filter(
    (name) => sidecar.get(name)?.required === true && !args.some(([given]) => given === name),
  );
  if (missing.length > 0) throw new ConfigError(`${where}: ${script} needs the argument ${missing.join(", ")}`);
}

/** What a word should be and is not. */
function expectedOf({ type, choices, isSwitch }: Row, word: string): string | undefined {
  if (isSwitch) return switchOf(word) === undefined ? "True or False" : undefined;
  if (choices !== undefined && !choices.includes(word)) return `one of ${choices.join(", ")}`;
  if (type === "int") return /^[+-]?\d+$/.test(word) ? undefined : "a whole number";
  if (type === "float")
    return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$|^[+-]?(nan|inf(inity)?)$/i.test(word) ? undefined : "a number";
  if (type === "bool") return switchOf(word) === undefined ? "True or False" : undefined;
  return undefined;
}

export function isSwitch(sidecar: Sidecar | undefined, name: string): boolean {
  return sidecar?.get(name)?.isSwitch ?? false;
}
