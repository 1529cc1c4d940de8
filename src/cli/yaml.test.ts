/** Configurations as PyYAML reads them: values, lines, and what is refused. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { parseWritten, parseYamlValue, readYaml } from "./yaml.js";
import { indentFlow } from "./yaml-lines.js";

const folder = mkdtempSync(join(tmpdir(), "bye-splits-yaml-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, "c.yaml");
const read = (text: string) => {
  writeFileSync(file, text);
  return readYaml(file);
};
const fails = (text: string): string => {
  try {
    read(text);
    return "no error";
  } catch (error) {
    return (error as Error).message.replaceAll(file, "F");
  }
};

test("values are those of YAML 1.1, but for single letters", () => {
  expect(read("a: yes\nb: n\nc: 010\nd: 1e3\ne: ~\nf: 'yes'\ng: [1, 2]\n").value).toEqual({
    ...{ a: true, b: "n", c: 8, e: null, f: "yes", g: [1, 2] },
    d: expect.anything() as unknown,
  });
});

test("as written: scalars with all their characters, quotes taken off, merged keys below own ones", () => {
  const text = "base: &b {x: 0.010, y: False}\nall: *b\nown:\n  <<: *b\n  y: 'yes'\nlist: [1.0, ~, \"2\"]\nnothing:\n";
  expect(read(text).written()).toEqual({
    base: { x: "0.010", y: "False" },
    all: { x: "0.010", y: "False" },
    own: { x: "0.010", y: "yes" },
    list: ["1.0", null, "2"],
    nothing: null,
  });
  expect([parseWritten("[0.010, a]", "--set"), parseWritten("", "--set")]).toEqual([["0.010", "a"], null]);
  expect([parseYamlValue("[1, yes]", "--set"), parseYamlValue("0.010", "--set")]).toEqual([[1, true], 0.01]);
  expect(() => parseYamlValue("[1", "--set a")).toThrow(/^--set a: /);
  expect(() => parseWritten("[1", "--set a")).toThrow(/^--set a: /);
});

test("of a key that is given twice the last one counts, and both lines are told", () => {
  const { value, duplicates } = read("a: 1\nb:\n  c: 1\n  c: 2\n  c: 3\na: 4\n");
  expect(value).toEqual({ a: 4, b: { c: 3 } });
  expect(duplicates).toEqual(["a (line 1, again in line 6)", "c (line 3, again in line 5)", "c (line 4, again in line 5)"]);
}); // prettier-ignore

test("each value has its line: a block that of its key, what is not there that of what holds it", () => {
  const { lineOf } = read("\na: 1\nb:\n  c: 2\n  d:\n    - 5\n    - 6\ne: &x\n  f: 1\ng: *x\nh:\n");
  expect([["a"], ["b"], ["b", "c"], ["b", "d"], ["b", "d", 1], ["b", "none"], ["none"], ["e", "f"], ["g"], ["h"], []].map(lineOf)).toEqual([
    2, 3, 4, 5, 7, 3, 1, 9, 10, 11, 1,
  ]);
}); // prettier-ignore

test("what cannot be read is told with its line", () => {
  expect(fails("a: 1\nb: [1\n")).toMatch(/^F:\d: /);
  expect(fails("a: 1\n---\nb: 1\n")).toBe("F:2: a second document, expected one");
  expect(fails(`a: &a 1\nb: [${Array.from({ length: 9 }, () => "*a").join()}]\n`)).toBe("no error");
  expect(fails(`a: &a 1\nb: [${Array.from({ length: 101 }, () => "*a").join()}]\n`)).toBe("F: 101 aliases, at most 100 are followed"); // prettier-ignore
  expect(fails(`# ${"x".repeat(999_998)}`)).toBe("no error");
  expect(fails(`# ${"x".repeat(999_999)}`)).toBe("cannot read the configuration F: it has 1000001 bytes, at most 1000000 are read"); // prettier-ignore
  expect(() => readYaml(folder)).toThrow("it is not a regular file");
  expect(() => readYaml(join(folder, "none"))).toThrow("cannot read the configuration");
  const deep = (n: number): string => fails(`a: ${"[".repeat(n)}${"]".repeat(n)}\n`);
  expect([deep(64), deep(65)]).toEqual(["no error", "F:1: nested more than 64 levels deep"]);
});

test.each([
  { name: "a list at the column of its key", text: "k: [\n1,\n2\n]\nm: 3", wanted: { k: [1, 2], m: 3 } },
  { name: "a mapping left of its key", text: "a:\n    k: {\n  x: 1,\n y: 2 }\n    m: 3", wanted: { a: { k: { x: 1, y: 2 }, m: 3 } } }, // prettier-ignore
  { name: "brackets in quotes and comments", text: 'k: ["[", \'{\', # ]\n"a]"\n]', wanted: { k: ["[", "{", "a]"] } },
  { name: "quotes within words", text: "k: [it's,\nan\"x]\nm: 1", wanted: { k: ["it's", 'an"x'], m: 1 } },
  { name: "escaped quotes", text: 'k: ["a\\"]",\n"b"]', wanted: { k: ['a"]', "b"] } },
  { name: "lists in lists", text: "k: [[1,\n2],\n[3]]\nm: 1", wanted: { k: [[1, 2], [3]], m: 1 } },
  {
    name: "a block of text with brackets",
    text: "k: |\n  [ not\n  a list\nm: 1",
    wanted: { k: "[ not\na list\n", m: 1 },
  },
  { name: "an empty line and a comment between", text: "k: [1,\n\n# two\n2\n]\nm: 3", wanted: { k: [1, 2], m: 3 } },
  { name: "a list in a list of blocks", text: "k:\n- [1,\n2]\n- 3", wanted: { k: [[1, 2], 3] } },
])("flow collections that PyYAML reads: $name", ({ text, wanted }) => {
  expect(read(text).value).toEqual(wanted);
  expect(indentFlow(text, "F").split("\n").length).toBe(text.split("\n").length);
});

test("only lines within brackets that begin at their key or left of it are moved, by the least that helps", () => {
  const moved = (text: string): string[] => indentFlow(text, "F").split("\n");
  expect(moved("  k: [\n1,\n  2,\n   3,\n\n 4]\nm: 1")).toEqual(["  k: [", "   1,", "   2,", "   3,", "", "   4]", "m: 1"]);
  // Within quotes each character counts.
  expect(moved('k: ["a\nb",\nc]')).toEqual(['k: ["a', 'b",', " c]"]);
  for (const text of ["k: 1\nl:\n- 2", "k: |\n  [\n  a", "k: '['\nl: 1", "k: a # [\nl: 1"]) expect(moved(text)).toEqual(text.split("\n"));
}); // prettier-ignore
