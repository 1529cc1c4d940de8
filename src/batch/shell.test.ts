import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { randomValues } from "./values.test-data.js";
import { shellLine, shellWord } from "./shell.js";

test.each([
  { name: "plain words stay as they are", text: "/data/a-b_c.1:2,3", want: "/data/a-b_c.1:2,3" },
  { name: "blanks are quoted", text: "two words", want: "'two words'" },
  { name: "a single quote steps out of the quotes", text: "it's", want: "'it'\\''s'" },
  { name: "nothing is a word too", text: "", want: "''" },
  { name: "what a shell would expand is quoted", text: "$HOME `x` *", want: "'$HOME `x` *'" },
  { name: "a tilde is quoted", text: "~/a", want: "'~/a'" },
])("shellWord: $name", ({ text, want }) => {
  expect(shellWord(text)).toBe(want);
});

test("shellWord: the character NUL is refused", () => {
  expect(() => shellWord("a\0b")).toThrow(
    '"a\\u0000b" holds the character NUL, which no argument of a program can hold',
  );
});

test("a shell hands 200 random values over as they are", () => {
  const values = randomValues(200, 17);
  const { stdout } = spawnSync("sh", ["-c", `printf '%s\\0' ${shellLine(values)}`], { maxBuffer: 1 << 24 });
  expect(stdout.toString()).toBe(values.map((value) => `${value}\0`).join(""));
});
