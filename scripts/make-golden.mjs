// Writes test/golden/{a,d}: 20 events each of the samples a and d of the reference's inputs and outputs, from
// $BYE_SPLITS_REFERENCE or ../shared/reference. Run after the reference changes; the result is committed.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";

const from = process.env.BYE_SPLITS_REFERENCE ?? new URL("../../shared/reference", import.meta.url).pathname;
const to = new URL("../test/golden", import.meta.url).pathname;
const KEEP = 20;

const lines = (path) =>
  gunzipSync(readFileSync(path))
    .toString("utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

let total = 0;
for (const sample of ["a", "d"]) {
  rmSync(`${to}/${sample}`, { recursive: true, force: true });
  mkdirSync(`${to}/${sample}`, { recursive: true });
  const inputs = lines(`${from}/${sample}/inputs.jsonl.gz`);
  // d: the edge cases, spread over the sample; a: small events, eight of them with coarse seeds that share a neighbour.
  const small = inputs.toSorted((p, q) => p.tc.wu.length - q.tc.wu.length);
  const shared = new Set(
    lines(`${from}/${sample}/cs_dummy_calculator.jsonl.gz`)
      .filter(({ modules }) => new Set(modules.map(String)).size < modules.length)
      .map((row) => row.event),
  );
  const chosen =
    sample === "d"
      ? inputs.filter((_, i) => i % 2 === 0)
      : [...small.filter((row) => shared.has(row.event)).slice(0, 8), ...small.slice(40)];
  const events = new Set(chosen.slice(0, KEEP).map((row) => row.event));
  for (const file of readdirSync(`${from}/${sample}`).toSorted()) {
    const name = file.replace(".jsonl.gz", "");
    if (!file.endsWith(".jsonl.gz")) continue;
    const rows = lines(`${from}/${sample}/${file}`);
    const kept =
      name === "selection"
        ? rows.map((row) => {
            const at = row.rows.flatMap(([event], i) => (events.has(event) ? [i] : []));
            return { ...row, rows: at.map((i) => row.rows[i]), enres: row.enres && at.map((i) => row.enres[i]) };
          })
        : rows.filter((row) => events.has(row.event));
    const packed = gzipSync(kept.map((row) => JSON.stringify(row)).join("\n") + "\n", { level: 9 });
    writeFileSync(`${to}/${sample}/${file}`, packed);
    total += packed.length;
  }
}

console.log(`${to}: ${total} bytes`);
