/** Does what a page of the documentation says, as a reader would, in a folder of its own. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { root, runCli, scratch } from "./cli.js";

export const page = (name: string): string => readFileSync(join(root, `docs/${name}.md`), "utf8");

/** The fenced blocks of a page. */
export function blocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, "gm"))].map(([, block]) => block);
}

/** The words of a line as a shell has them: quotes keep blanks, a comment ends it. */
export function shellWords(line: string): string[] {
  const words = line.match(/'[^']*'|"[^"]*"|#.*|[^\s'"#]+/g) ?? [];
  const comment = words.findIndex((word) => word.startsWith("#"));
  return words.slice(0, comment < 0 ? undefined : comment).map((word) => word.replace(/^(['"])(.*)\1$/, "$2"));
}

/** How many events of a command are generated at most. */
const EVERY = { events: Infinity, crowded: Infinity };

/** A folder like a clone's, with what the page asks to write: YAML whose first line names its file. */
export function deskFor(text: string): string {
  const cwd = scratch();
  mkdirSync(join(cwd, "node_modules"));
  symlinkSync(root, join(cwd, "node_modules/bye-splits"));
  symlinkSync(join(root, "examples"), join(cwd, "examples"));
  // What git ignores is there after the first command.
  mkdirSync(join(cwd, "out"));
  for (const block of blocks(text, "yaml")) {
    const file = /^# (\S+\.yaml)\n/.exec(block)?.[1];
    if (file === undefined) continue;
    mkdirSync(dirname(join(cwd, file)), { recursive: true });
    writeFileSync(join(cwd, file), block);
  }
  return cwd;
}

/**
 * Runs a line. Events beyond `most` are not generated, `crowded` of those with pile-up; a server opens all data as its pages would, and ends. What a clone is asked to write goes
 * where git ignores it.
 */
export async function runLine(line: string, cwd: string, most = EVERY): Promise<void> {
  const [program, ...args] = shellWords(line);
  if (program === "node") {
    execFileSync(process.execPath, args, { cwd, stdio: "pipe" });
    return;
  }
  expect(program, line).toBe("./bye-splits");
  for (const [i, arg] of args.entries()) {
    if (["--out", "--root"].includes(arg)) expect(args[i + 1], line).toMatch(/^out\//);
    if (arg === "--events" && args[0] === "simulate")
      args[i + 1] = String(Math.min(Number(args[i + 1]), args.includes("--pileup") ? most.crowded : most.events));
  }
  const more =
    args[0] === "serve"
      ? ["--check"]
      : ["inspect", "config"].includes(args[0]) || args.includes("--help")
        ? []
        : ["--quiet"];
  const { status, stderr } = await runCli([...args, ...more], cwd);
  expect(status, `${line}\n${stderr}`).toBe(0);
}

/** Runs all `sh` blocks of a page, in order. Returns how many commands that were. */
export async function runPage(name: string, most = EVERY): Promise<number> {
  const text = page(name);
  const cwd = deskFor(text);
  const lines = blocks(text, "sh").flatMap((block) => block.trim().split("\n"));
  for (const line of lines) await runLine(line, cwd, most);
  return lines.length;
}
