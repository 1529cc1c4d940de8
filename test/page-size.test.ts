/** What the page loads before its first picture, and what it loads later, in bytes as they are sent. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const web = fileURLToPath(new URL("../dist/web", import.meta.url));
const assets = `${web}/assets`;
const scripts = readdirSync(assets).filter((file) => file.endsWith(".js"));

const sent = (files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + statSync(`${assets}/${file}.br`).size, 0);

/** With all that they import at once, and the workers that they start. */
function closureOf(first: readonly string[]): Set<string> {
  const found = new Set<string>();
  const open = [...first];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    const text = readFileSync(`${assets}/${file}`, "utf8");
    const imports = text.matchAll(
      /(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]|["'`](?:\.\/)?(worker-[\w-]+\.js)["'`]/g,
    );
    for (const [, imported, worker] of imports) open.push(imported ?? worker);
  }
  return found;
}

const entries = [
  ...readFileSync(`${web}/index.html`, "utf8").matchAll(/<script[^>]*src="[^"]*assets\/([\w.-]+\.js)"/g),
].map(([, file]) => file);
const atOnce = closureOf(entries);
const texts = [...atOnce].map((file) => readFileSync(`${assets}/${file}`, "utf8"));
/** The embedded sample is what a page without a link shows first: that of the display's worker, another one has its own. */
const embedded = scripts.filter((file) => file.startsWith("embedded-") && texts.some((text) => text.includes(file)));
const firstLoad = closureOf([...atOnce, ...embedded]);

test("the first picture needs less than 350 kB of JavaScript", () => {
  expect(entries).toHaveLength(1);
  expect(embedded).toHaveLength(1);
  expect([...firstLoad].some((file) => file.startsWith("worker-"))).toBe(true);
  expect(sent(firstLoad)).toBeGreaterThan(100_000);
  expect(sent(firstLoad)).toBeLessThan(350_000);
});

test("what few need comes later: exports, other programs' files, studies", () => {
  const names = [...firstLoad].map((file) => file.replace(/-[\w-]{8}\.js$/, ""));
  for (const late of ["write", "gltf", "streamers", "ntuple", "curves"]) {
    expect(
      scripts.some((file) => file.startsWith(`${late}-`)),
      late,
    ).toBe(true);
    expect(names).not.toContain(late);
  }
  for (const file of scripts.filter((each) => !firstLoad.has(each))) expect(sent([file]), file).toBeLessThan(100_000);
});

test("all of it can be sent compressed", () => {
  expect(scripts.filter((file) => !existsSync(`${assets}/${file}.br`) || !existsSync(`${assets}/${file}.gz`))).toEqual(
    [],
  );
});
