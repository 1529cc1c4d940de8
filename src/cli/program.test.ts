/** The last word on errors: what is said of which, and the exit code. */
import { expect, test } from "vitest";
import { InputError, OutputError, TransientError } from "../core/index.js";
import { createIo } from "./io.js";
import { commandPaths, main } from "./program.js";

/** A command whose result cannot be written for this reason. */
async function failing(error: unknown, ...more: string[]) {
  let said = "";
  const write = (): never => {
    throw error;
  };
  const io = createIo({ stdout: { write }, stderr: { write: (text) => (said += text) } });
  return { code: await main(["config", ...more], io), said: said.split("\n").slice(0, -1) };
}
const error = (message: string, more: object): Error => Object.assign(new Error(message), more);

test.each([
  { name: "bad input", error: new InputError("no such sample"), code: 2, says: "no such sample" },
  { name: "an output that is there", error: new OutputError("it exists"), code: 2, says: "it exists" },
  { name: "what may pass", error: new TransientError("busy"), code: 75, says: "busy" },
  { name: "a full disk", error: error("", { code: "ENOSPC", syscall: "write", path: "a/b" }), code: 2, says: /^a\/b: \w/ },
  { name: "a refusal without a path", error: error("", { code: "EMFILE", syscall: "open" }), code: 2, says: /^[^:]+$/ },
  { name: "a worker without memory", error: error("", { code: "ERR_WORKER_OUT_OF_MEMORY" }), code: 2, says: /^out of memory/ },
  { name: "an array without memory", error: new RangeError("Array buffer allocation failed"), code: 2, says: /^out of memory/ },
])("$name is told in one line", async ({ error: thrown, code, says }) => {
  const found = await failing(thrown);
  expect([found.code, found.said.length]).toEqual([code, 1]);
  expect(found.said[0].replace(/^bye-splits: /, "")).toEqual(typeof says === "string" ? says : expect.stringMatching(says));
}); // prettier-ignore

test.each([
  { name: "a range", error: new RangeError("Invalid array length") },
  { name: "an allocation that is none of memory", error: new Error("allocation failed") },
  { name: "an error of Node", error: error("wrong", { code: "ERR_INVALID_ARG_TYPE", syscall: "open" }) },
  { name: "a code without a call", error: error("wrong", { code: "ENOENT" }) },
])("$name is a bug, and --debug shows where", async ({ error: thrown }) => {
  const { code, said } = await failing(thrown);
  expect([code, said[0]]).toEqual([1, `bye-splits: internal error: ${thrown.message}`]);
  expect(said[1]).toBe("This is a bug. Run the command again with --debug and report what it prints.");
  const debugged = await failing(thrown, "--debug");
  expect(debugged.said.length).toBeGreaterThan(1);
  expect(debugged.said.join()).not.toContain("This is a bug");
});

test("an expected error shows its place with --debug alone", async () => {
  expect((await failing(new InputError("x"), "--debug")).said.length).toBeGreaterThan(1);
});

test("every command has its path, a command of commands before its own", async () => {
  const paths = (await commandPaths()).map((path) => path.join(" "));
  expect(paths[0]).toBe("");
  expect(paths.indexOf("geometry")).toBe(paths.indexOf("geometry export") - 1);
  expect(new Set(paths).size).toBe(paths.length);
});
