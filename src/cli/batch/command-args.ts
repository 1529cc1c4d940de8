/** Arguments of our own commands: checked against the options that the command really has. */
import { type Argument as Positional, type Command, type Option } from "commander";
import { type Argument } from "../../batch/index.js";
import { ConfigError, nearest, quote } from "../../core/index.js";
import { switchOf } from "./job-keys.js";

export interface Found {
  readonly command: Command;
  /** What the words leave to be given by name. */
  readonly positionals: readonly Positional[];
  /** Words of the command itself, and of its first arguments. */
  readonly words: readonly string[];
}

/** Commands that a batch job cannot run. */
const NOT_HERE = ["submit", "jobs", "bundle", "serve", "config"];

/** The command that words lead to. ConfigError that lists what there is. */
export function findCommand(program: Command, words: readonly string[], where: string): Found {
  let command = program;
  for (const [at, word] of words.entries()) {
    const child = command.commands.find((each) => each.name() === word);
    if (child !== undefined && !NOT_HERE.includes(word)) {
      command = child;
      continue;
    }
    if (command.commands.length > 0) {
      const names = command.commands.map((each) => each.name()).filter((name) => !NOT_HERE.includes(name));
      throw new ConfigError(
        `${where}: unknown command ${quote(word)}; did you mean ${nearest(word, names) ?? ""}? There are ${names.join(", ")}`,
      );
    }
    const left = words.slice(at);
    for (const [i, each] of left.entries()) {
      const positional = command.registeredArguments[i];
      if (positional === undefined)
        throw new ConfigError(
          `${where}: ${quote(each)} is one word too many for bye-splits ${words.slice(0, at).join(" ")}`,
        );
      tryValue(positional, each, `${where}: ${positional.name()}`);
    }
    return { command, positionals: command.registeredArguments.slice(left.length), words };
  }
  if (command.commands.length > 0) {
    throw new ConfigError(
      `${where}: ${words.join(" ")} is not a whole command: one of ${command.commands.map((each) => each.name()).join(", ")} follows`,
    );
  }
  return { command, positionals: command.registeredArguments, words };
}

function nameOf(option: Option): string {
  return (option.long ?? option.flags).replace(/^--/, "");
}

/** What was found for a command before: a job may have ten thousand tasks. */
const known = new WeakMap<Found, Map<string, Option | undefined>>();

/** Options by the names that a job file may use: `seed_window` is `--seed-window`. Those of the program are of every command. */
export function optionOf(found: Found, name: string): Option | undefined {
  const names = known.get(found) ?? new Map<string, Option | undefined>();
  known.set(found, names);
  if (!names.has(name)) names.set(name, findOption(found.command, name));
  return names.get(name);
}

function findOption(command: Command, name: string): Option | undefined {
  const dashed = name.replaceAll("_", "-");
  for (let at: Command | null = command; at !== null; at = at.parent) {
    const found = at.options.find(
      (option) => nameOf(option) === name || nameOf(option) === dashed || option.attributeName() === name,
    );
    if (found !== undefined && nameOf(found) !== "version") return found;
  }
  return undefined;
}

function positionalOf({ positionals }: Found, name: string): Positional | undefined {
  return positionals.find((each) => each.name() === name || `${each.name()}s` === name);
}

export function takes(found: Found, name: string): boolean {
  return optionOf(found, name) !== undefined || positionalOf(found, name) !== undefined;
}

/** The words after the program. ConfigError for an argument that the command does not take, that is missing, or has a wrong value. */
export function commandWords(found: Found, args: readonly Argument[], where: string): string[] {
  const options: string[] = [];
  const positionals: string[] = [];
  for (const [name, words] of args) {
    const at = `${where}: arguments.${name}`;
    const positional = positionalOf(found, name);
    if (positional !== undefined) {
      for (const word of words) tryValue(positional, word, at);
      positionals.push(...words);
      continue;
    }
    const option = optionOf(found, name);
    if (option === undefined) {
      const names = [...found.command.options.map(nameOf), ...found.positionals.map((each) => each.name())];
      throw new ConfigError(
        `${at}: bye-splits ${found.words.join(" ")} has no option --${name}; did you mean --${nearest(name, names) ?? ""}? There are ${names.join(", ")}`,
      );
    }
    options.push(...optionWords(option, words, at));
  }
  const given = new Set(args.map(([name]) => optionOf(found, name)));
  const missing = [
    ...found.command.options
      .filter((option) => option.mandatory && !given.has(option))
      .map((option) => `--${nameOf(option)}`),
    ...found.positionals
      .filter((each) => each.required && !args.some(([name]) => positionalOf(found, name) === each))
      .map((each) => each.name()),
  ];
  if (missing.length > 0)
    throw new ConfigError(
      `${where}: bye-splits ${found.words.join(" ")} needs ${missing.join(", ")} among the arguments`,
    );
  return [...found.words, ...positionals, ...options];
}

function optionWords(option: Option, words: readonly string[], at: string): string[] {
  const long = option.long ?? option.flags;
  if (!option.required && !option.optional) {
    const [word] = words;
    const on = word === undefined ? true : switchOf(word);
    if (on === undefined || words.length > 1)
      throw new ConfigError(`${at}: expected True or False, got ${quote(words.join(" "))}`);
    return on ? [long] : [];
  }
  if (words.length === 0) throw new ConfigError(`${at}: expected a value`);
  const isList = option.variadic || Array.isArray(option.defaultValue);
  if (words.length > 1 && !isList) throw new ConfigError(`${at}: expected one value, got ${quote(words.join(", "))}`);
  for (const word of words) tryValue(option, word, at);
  // A value that begins like an option is one with its name.
  return words.flatMap((word) => (word.startsWith("-") ? [`${long}=${word}`] : [long, word]));
}

/** The command's own parser. */
function tryValue(of: Option | Positional, word: string, at: string): void {
  try {
    of.parseArg?.(word, of.variadic || Array.isArray(of.defaultValue) ? [] : undefined);
  } catch (cause) {
    throw new ConfigError(`${at}: ${quote(word)}: ${(cause as Error).message}`, { cause });
  }
}
