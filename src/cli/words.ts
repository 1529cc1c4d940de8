/** What commander lets pass: unknown words before `--help`, options given twice, global options before the command. */
import { type Command, type Option } from "commander";
import { nearest } from "../core/index.js";
import { addGlobals } from "./globals.js";

/** "bye-splits step fill". */
export function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

/** Throws the error of commander for the first word that should be a command and is none; the command that the words lead to. */
export function checkWords(command: Command, argv: readonly string[]): Command {
  if (command.commands.length === 0) return command;
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at];
    if (word === "--") return command;
    if (word.startsWith("-") && word.length > 1) {
      const option = command.options.find(({ long, short }) => word === long || word === short);
      if (option !== undefined && takesValue(option)) at++;
      continue;
    }
    if (word === "help") return checkWords(command, argv.slice(at + 1));
    const child = command.commands.find((each) => each.name() === word);
    if (child !== undefined) return checkWords(child, argv.slice(at + 1));
    const names = command.commands.map((each) => each.name());
    const hint = `did you mean ${nearest(word, names)}? There are ${names.join(", ")}`;
    command.error(`error: unknown command '${word}'; ${hint}`, { code: "commander.unknownCommand" });
  }
  return command;
}

function takesValue({ required, optional }: Option): boolean {
  return required || optional;
}

/** Options with one value are given once: the second one would win in silence. */
export function refuseRepeated(command: Command): void {
  for (const option of command.options) {
    if (!takesValue(option) || option.variadic || Array.isArray(option.defaultValue)) continue;
    let seen = false;
    command.on(`option:${option.name()}`, () => {
      if (seen) command.error(`error: option '${option.flags}' is given twice`, { code: "commander.repeated" });
      seen = true;
    });
  }
}

/** Global options of the program, wherever they stand, become those of the command. */
export function shareGlobals(program: Command): void {
  addGlobals(program);
  program.configureHelp({ showGlobalOptions: true });
  program.hook("preAction", (_, action) => {
    for (const [name, value] of Object.entries(program.opts<Record<string, unknown>>())) {
      if (name !== "version") action.setOptionValue(name, value);
    }
  });
}
