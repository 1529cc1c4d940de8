import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), "utf8");

test("docs/errors.md lists every error code with its class, and no other", () => {
  const inCode = [
    ...read("src/core/errors.ts").matchAll(/class (\w+Error) extends ExpectedError[\s\S]*?super\("(\w+)"/g),
  ].map(([, name, code]) => `${code} ${name}`);
  const inDocs = [...read("docs/errors.md").matchAll(/^\| `(\w+)` \| `(\w+)`/gm)].map(
    ([, code, name]) => `${code} ${name}`,
  );
  expect(inCode.length).toBeGreaterThan(4);
  expect(inDocs.toSorted()).toEqual(inCode.toSorted());
});
