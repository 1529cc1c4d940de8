/** What a script's `.args.yaml` may say, and which arguments it lets through. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { checkSidecar, isSwitch, readSidecar, type Sidecar } from "./sidecar.js";

const folder = mkdtempSync(join(tmpdir(), "bye-splits-sidecar-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const script = join(folder, "fit.py");

function sidecarOf(text: string): Sidecar {
  writeFileSync(`${script}.args.yaml`, text);
  return readSidecar(script) as Sidecar;
}
/** What is said of it; "" for nothing. */
function saidOf(run: () => unknown): string {
  try {
    run();
    return "";
  } catch (error) {
    return (error as Error).message.replaceAll(folder, "F");
  }
}

test("a script without a sidecar takes anything; an empty one takes nothing", () => {
  expect(readSidecar(join(folder, "other.py"))).toBe(undefined);
  expect([...sidecarOf("")]).toEqual([]);
  expect(isSwitch(undefined, "fast")).toBe(false);
});

test("arguments by their names, with what argparse takes when nothing is said", () => {
  const sidecar = sidecarOf(
    "--n: {type: int, required: true}\nfast: {action: store_true}\nslow: {action: store_false}\nfiles: {nargs: '+'}\none: {nargs: '?', choices: [1, a]}\nplain:\nword: {required: 1, action: store, help: x, default: 2}\n",
  );
  const row = { type: "str", required: false, isSwitch: false, isList: false };
  expect(Object.fromEntries(sidecar)).toEqual({
    ...{ n: { ...row, type: "int", required: true }, fast: { ...row, isSwitch: true }, slow: { ...row, isSwitch: true } },
    ...{ files: { ...row, isList: true }, one: { ...row, choices: ["1", "a"] }, plain: row, word: row },
  });
  expect(["fast", "n", "none"].map((name) => isSwitch(sidecar, name))).toEqual([true, false, false]);
}); // prettier-ignore

test.each([
  { text: "- a\n- b\n", said: 'F/fit.py.args.yaml: expected names of arguments, got ["a", "b"]' },
  { text: "word\n", said: 'F/fit.py.args.yaml: expected names of arguments, got "word"' },
  { text: "a:\nb: 3\n", said: "F/fit.py.args.yaml:2: b: expected keys such as type, required; got 3" },
  { text: "a: [1]\n", said: "F/fit.py.args.yaml:1: a: expected keys such as type, required; got [1]" },
  { text: "a: {tipe: int}\n", said: "F/fit.py.args.yaml:1: a: unknown key tipe; did you mean type? There are type, required, choices, action, nargs, default, help" },
  { text: "a: {type: number}\n", said: 'F/fit.py.args.yaml:1: a: type: expected one of int, float, str, bool, got "number"' },
  { text: "a: {choices: 3}\n", said: "F/fit.py.args.yaml:1: a: choices: expected a list, got 3" },
])("a sidecar with $text is refused", ({ text, said }) => {
  expect(saidOf(() => sidecarOf(text)).replaceAll(/","/g, '", "')).toBe(said);
}); // prettier-ignore

const KINDS = "n: {type: int}\nx: {type: float}\nb: {type: bool}\ns: {type: str}\nc: {choices: [a, b]}\nfast: {action: store_true}\nl: {type: int, nargs: '*'}\n"; // prettier-ignore

test.each([
  { name: "n", good: ["1", "-20", "+3"], bad: ["1.0", "", "x", "1x", "x1"], expected: "a whole number" },
  { name: "x", good: ["1", "-2.", ".5", "1e-3", "1.5E+10", "nan", "-inf", "Infinity"], bad: ["", ".", "e3", "1,5", "infinit", "1e", "a1", "1 "], expected: "a number" },
  { name: "b", good: ["True", "False"], bad: ["maybe", ""], expected: "True or False" },
  { name: "s", good: ["", "anything"], bad: [], expected: "" },
  { name: "c", good: ["a", "b"], bad: ["A", "", "a, b"], expected: "one of a, b" },
  { name: "fast", good: ["True", "False"], bad: ["1.5"], expected: "True or False" },
  { name: "l", good: ["1"], bad: ["x"], expected: "a whole number" },
])("values of $name: $good, not $bad", ({ name, good, bad, expected }) => {
  const sidecar = sidecarOf(KINDS);
  const said = (word: string): string => saidOf(() => checkSidecar(sidecar, "fit.py", [[name, [word]]], "job.yaml"));
  expect(good.map(said)).toEqual(good.map(() => ""));
  expect(bad.map(said)).toEqual(bad.map((word) => `job.yaml: ${name}: expected ${expected}, got ${JSON.stringify(word)}`));
}); // prettier-ignore

test.each([
  { args: [["n", []]], said: "job.yaml: n: expected one value, got none" },
  { args: [["n", ["1", "2"]]], said: 'job.yaml: n: expected one value, got ["1", "2"]' },
  { args: [["l", []]], said: "" },
  { args: [["l", ["1", "2"]]], said: "" },
  { args: [["l", ["1", "b"]]], said: 'job.yaml: l: expected a whole number, got "b"' },
  { args: [["fast", []]], said: "" },
  { args: [["faster", []]], said: 'job.yaml: fit.py takes no argument "faster"; did you mean fast? It takes n, x, b, s, c, fast, l' },
] as const)("arguments $args: $said", ({ args, said }) => {
  const sidecar = sidecarOf(KINDS);
  expect(saidOf(() => checkSidecar(sidecar, "fit.py", args, "job.yaml")).replaceAll('","', '", "')).toBe(said);
}); // prettier-ignore

test("required arguments that are missing are named", () => {
  const sidecar = sidecarOf("a: {required: true}\nb: {required: true}\nc: {}\nd: {required: true}\n");
  const said = (...names: string[]): string =>
    saidOf(() => checkSidecar(sidecar, "fit.py", names.map((name) => [name, ["1"]] as const), "job.yaml")); // prettier-ignore
  expect([said("b", "c"), said("a", "b"), said("d", "b", "a")]).toEqual([
    "job.yaml: fit.py needs the argument a, d",
    "job.yaml: fit.py needs the argument d",
    "",
  ]);
});
