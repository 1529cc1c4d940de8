/**
 * Bundles the program of a report page (src/plots/interact/report.ts) into dist/bundled/report-script.js, a module that
 * exports it as a text: reportHtml writes it into pages that load nothing. `#report-script` in package.json points here;
 * vitest builds it when it is missing or its sources changed.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "vite";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, "src/plots/interact");
const target = join(root, "dist/bundled/report-script.js");

/** Of all that the text is made of: it imports nothing but types from elsewhere. */
function sourceHash() {
  const sum = createHash("sha256").update(readFileSync(fileURLToPath(import.meta.url)));
  for (const name of readdirSync(folder).toSorted()) {
    if (!name.endsWith(".test.ts")) sum.update(name).update(readFileSync(join(folder, name)));
  }
  return sum.digest("hex").slice(0, 16);
}

export async function buildReport() {
  const head = `// Made by scripts/build-report.mjs of sources ${sourceHash()}.\n`;
  if ((await readFile(target, "utf8").catch(() => "")).startsWith(head)) return;
  const output = await build({
    root,
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      target: "es2022",
      lib: { entry: join(folder, "report.ts"), formats: ["iife"], name: "report" },
      rolldownOptions: { output: { codeSplitting: false, minify: true } },
    },
  });
  const [{ code, moduleIds }, ...others] = output[0].output;
  const strangers = moduleIds.filter((id) => id.startsWith("/") && !id.startsWith(folder));
  if (others.length > 0 || strangers.length > 0) {
    throw new Error(`the report's program is not made of ${folder} alone: ${strangers.join(", ")}`);
  }
  // It stands inside of a script element.
  if (/<\/script|<!--/i.test(code)) throw new Error("the report's program would end its element");
  await mkdir(dirname(target), { recursive: true });
  // Several test runs may build at once: each writes its own file and renames it.
  const own = `${target}.${process.pid}`;
  await writeFile(own, `${head}export const REPORT_SCRIPT = ${JSON.stringify(code.trim())};\n`);
  await rename(own, target);
}

/** Called by vitest before the tests. */
export default buildReport;

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await buildReport();
