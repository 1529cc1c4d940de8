/** JSON that files hold, read once at the border: each member has its test, and one line says what is wrong. */
import { FormatError } from "./errors.js";
import { quote } from "./parameter.js";
import { printable } from "./printable.js";

export type Json = Readonly<Record<string, unknown>>;

/** What a member must be, in words and as a test; whether it must be there. */
export type Field = readonly [expected: string, test: (value: unknown) => boolean, isNeeded: boolean];

export type Fields<T> = { readonly [K in keyof Required<T>]: Field };

/** The record that a text of JSON holds. FormatError, one line that begins with `name`, for anything else; `remedy` ends it where there is no JSON. */
export function parseRecord(text: string, name: string, remedy = ""): Json {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new FormatError(`${name}: not JSON (${printable((cause as Error).message)})${remedy}`, { cause });
  }
  if (!isRecord(value)) throw new FormatError(`${name}: expected a JSON object`);
  return value;
}

/**
 * The members of `json` that have a field, and no others. FormatError for the first one that is something else than it should be, or that is
 * missing: `file` does not say `what` then, as in "how the run was made".
 */
export function readFields<T>(file: string, what: string, json: Json, fields: Fields<T>): T {
  const known: [string, unknown][] = [];
  for (const [key, [expected, test, isNeeded]] of Object.entries<Field>(fields)) {
    const value = Object.hasOwn(json, key) ? json[key] : undefined;
    if (value === undefined && isNeeded) throw lacking(file, what, key);
    if (value === undefined) continue;
    if (!test(value)) throw new FormatError(`${file}: "${key}" is ${quote(value)}, expected ${expected}`);
    known.push([key, value]);
  }
  return Object.fromEntries(known) as T;
}

export function lacking(file: string, what: string, key: string): FormatError {
  return new FormatError(`${file} does not say ${what}: no "${key}"`);
}

export const isRecord = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const isText = (value: unknown): value is string => typeof value === "string";
export const isFlag = (value: unknown): value is boolean => typeof value === "boolean";
/** A whole number of at least 0. */
export const isCount = (value: unknown): boolean => typeof value === "number" && Number.isInteger(value) && value >= 0;
export const isListOf = (test: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.every(test);
/** A record whose members of these names pass the test. */
export const isWith =
  (test: (value: unknown) => boolean, ...names: readonly string[]) =>
  (value: unknown): boolean =>
    isRecord(value) && names.every((name) => test(value[name]));
