import { Command } from "commander";
import { expect, test } from "vitest";
import { checkWords, pathOf, refuseRepeated } from "./words.js";

function createProgram() {
  const said: string[] = [];
  const program = new Command("bye-splits")
    .exitOverride()
    .configureOutput({ writeErr: (text) => void said.push(text) });
  program.option("--config <file>", "").option("-q, --quiet", "").option("--tell [word]", "");
  const make = (parent: Command, name: string): Command =>
    parent
      .command(name)
      .exitOverride()
      .configureOutput({ writeErr: (text) => void said.push(text) });
  const step = make(program, "step");
  const fill = make(step, "fill")
    .option("--seed <n>", "")
    .option("--set <values...>", "")
    .option("--force", "")
    .option("--in <x>", "", (x: string, all: string[]) => [...all, x], []);
  make(program, "run");
  fill.action(() => undefined);
  return { program, step, fill, said };
}

test("a command is called by all of its words", () => {
  const { program, fill } = createProgram();
  expect([pathOf(program), pathOf(fill)]).toEqual(["bye-splits", "bye-splits step fill"]);
});

test.each([
  { name: "a command", argv: ["run", "anything"], leads: "bye-splits run" },
  { name: "a command of a command", argv: ["step", "fill"], leads: "bye-splits step fill" },
  { name: "options before it", argv: ["--quiet", "-q", "run"], leads: "bye-splits run" },
  { name: "options with a value before it", argv: ["--config", "step", "run"], leads: "bye-splits run" },
  { name: "options whose value may be left out", argv: ["--tell", "step", "run"], leads: "bye-splits run" },
  { name: "options that nobody knows", argv: ["--strange", "run"], leads: "bye-splits run" },
  { name: "help for a command", argv: ["help", "step", "fill"], leads: "bye-splits step fill" },
  { name: "no word", argv: ["--help"], leads: "bye-splits" },
  { name: "words behind --", argv: ["--", "run"], leads: "bye-splits" },
])("words lead to a command: $name", ({ argv, leads }) => {
  expect(pathOf(checkWords(createProgram().program, argv))).toBe(leads);
});

test("the first word that is no command is told, with the nearest one that is", () => {
  const { program, said } = createProgram();
  expect(() => checkWords(program, ["-", "run"])).toThrow("unknown command '-'");
  expect(() => checkWords(program, ["step", "fil", "run"])).toThrow("error: unknown command 'fil'; did you mean fill? There are fill"); // prettier-ignore
  expect(said.length).toBe(2);
});

test("an option with one value is given once; lists, collections and switches are not counted", async () => {
  const parse = (...argv: string[]) => {
    const { fill } = createProgram();
    refuseRepeated(fill);
    return fill.parseAsync(argv, { from: "user" });
  };
  await expect(parse("--seed", "1", "--seed", "2")).rejects.toThrow("error: option '--seed <n>' is given twice");
  await parse("--seed", "1", "--set", "a", "--set", "b", "--force", "--force", "--in", "a", "--in", "b");
});
