/** Arguments by name as words of a command line, for a program of this test. */
import { Argument, Command, Option } from "commander";
import { expect, test } from "vitest";
import { ConfigError } from "../../core/index.js";
import { commandWords, findCommand, takes } from "./command-args.js";

const whole = (word: string): number => {
  if (!/^\d+$/.test(word)) throw new ConfigError("expected a whole number");
  return Number(word);
};
const program = new Command("prog").option("--debug", "").version("1");
const run = program.command("run").option("--force", "").option("--seed-window <n>", "", whole);
run.addArgument(new Argument("<chain>", "").choices(["default", "cs"]));
run.addArgument(new Argument("[samples...]", ""));
run.addOption(new Option("--set <values...>", "")).addOption(new Option("--tell [word]", ""));
run.requiredOption("--out <folder>", "");
program.command("submit");
program.command("study").command("radius");

const found = findCommand(program, ["run"], "a.cfg");
const words = (...args: (readonly [string, readonly string[]])[]): string[] => commandWords(found, args, "a.cfg");
const base = [["chain", ["cs"]], ["out", ["o"]]] as const; // prettier-ignore

test.each([
  { name: "a positional by its name", args: [], want: ["run", "cs", "--out", "o"] },
  { name: "positionals by their plural", args: [["sampless", ["a", "b"]]], want: ["run", "cs", "a", "b", "--out", "o"] },
  { name: "a switch without a word is on", args: [["force", []]], want: ["run", "cs", "--out", "o", "--force"] },
  { name: "a switch that is on", args: [["force", ["True"]]], want: ["run", "cs", "--out", "o", "--force"] },
  { name: "a switch that is off", args: [["force", ["False"]]], want: ["run", "cs", "--out", "o"] },
  { name: "an option with low lines for hyphens", args: [["seed_window", ["3"]]], want: ["run", "cs", "--out", "o", "--seed-window", "3"] },
  { name: "an option whose value may be left out keeps one", args: [["tell", ["yes"]]], want: ["run", "cs", "--out", "o", "--tell", "yes"] },
  { name: "a list, each word behind its name", args: [["set", ["a=1", "-b"]]], want: ["run", "cs", "--out", "o", "--set", "a=1", "--set=-b"] },
  { name: "an option of the whole program", args: [["debug", []]], want: ["run", "cs", "--out", "o", "--debug"] },
] as const)("$name", ({ args, want }) => {
  expect(words(...base, ...args)).toEqual(want);
}); // prettier-ignore

test.each([
  { name: "a switch with two words", args: [["force", ["True", "True"]]], says: "expected True or False" },
  { name: "a switch with a word that is neither", args: [["force", ["maybe"]]], says: "expected True or False" },
  { name: "an option without a value", args: [["seed_window", []]], says: "expected a value" },
  { name: "an option with two values", args: [["seed_window", ["1", "2"]]], says: "expected one value" },
  { name: "a value that the command's parser refuses", args: [["seed_window", ["x"]]], says: "expected a whole number" },
  { name: "a choice that there is not", args: [["chain", ["none"]]], says: "Allowed choices are default, cs" },
  { name: "an unknown name, with the nearest one", args: [["seed_windo", ["1"]]], says: "did you mean --seed-window?" },
  { name: "the version", args: [["version", []]], says: "has no option --version" },
] as const)("$name is refused", ({ args, says }) => {
  expect(() => words(...base, ...args)).toThrow(says);
}); // prettier-ignore

test("what a command needs and did not get is named, all of it; what it may have is not", () => {
  expect(() => words()).toThrow("a.cfg: bye-splits run needs --out, chain among the arguments");
  expect(() => words(base[0])).toThrow("needs --out among");
});

test("names that a command takes: options, their other spellings, positionals and one more s; no others", () => {
  for (const name of ["force", "seed-window", "seed_window", "seedWindow", "chain", "chains", "samples", "debug"]) {
    expect([name, takes(found, name)]).toEqual([name, true]);
  }
  for (const name of ["version", "chai", "s", "windows"]) expect([name, takes(found, name)]).toEqual([name, false]);
});

test("the words of a command may hold its first positionals, and no more than there are", () => {
  const own = findCommand(program, ["run", "cs"], "a.cfg");
  expect(own.positionals.map((each) => each.name())).toEqual(["samples"]);
  expect(commandWords(own, [["out", ["o"]]], "a.cfg")).toEqual(["run", "cs", "--out", "o"]);
  expect(findCommand(program, ["study", "radius"], "a.cfg").command.name()).toBe("radius");
  const refused =
    (...list: string[]) =>
    () =>
      findCommand(program, list, "a.cfg");
  expect(refused("run", "other")).toThrow("Allowed choices");
  expect(refused("study", "radius", "x")).toThrow("one word too many for bye-splits study radius");
  expect(refused("study")).toThrow("study is not a whole command: one of radius follows");
  expect(refused("ran")).toThrow('unknown command "ran"; did you mean run? There are run, study');
  expect(refused("submit")).toThrow('unknown command "submit"');
});
