/**
 * Bundles the part of jsroot that interprets ROOT streamer infos into dist/vendor/jsroot.js, one file for Node and
 * browsers, so that jsroot stays a dev dependency. Files, requests and decompression are ours: jsroot's own are left
 * out, and so are its messages on the console. `#jsroot` in package.json points here; vitest builds it when missing.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "vite";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = join(root, "dist", "vendor", "jsroot.js");
const entry = "virtual:jsroot";

/** What jsroot would load on demand and we never let it: each becomes an empty module. */
const unused = /^(zlib|fs|tmp|xhr2|@oneidentity\/zstd-js|.*\/(zstd|lzma)\.mjs)$/;

const plugin = {
  name: "jsroot-subset",
  enforce: "pre",
  resolveId(id) {
    if (id.endsWith(entry)) return `\0${entry}`;
    return unused.test(id) ? "\0unused" : undefined;
  },
  load(id) {
    if (id === `\0${entry}`) return `export { TBuffer, addUserStreamer, reconstructObject } from "jsroot/io";`;
    return id === "\0unused" ? "export default undefined;" : undefined;
  },
  transform(code) {
    // It can load scripts, too: not ours.
    return code.replaceAll("import(/* webpackIgnore: true */", "Promise.reject(");
  },
};

export async function buildJsroot() {
  const folder = join(root, "node_modules", "jsroot");
  const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const script = createHash("sha256")
    .update(await readFile(fileURLToPath(import.meta.url)))
    .digest("hex");
  const banner = `/*! jsroot ${version} (streamer infos only, ${script.slice(0, 8)}), https://root.cern/js/\n\n${await readFile(join(folder, "LICENSE"), "utf8")}*/\n`;
  const current = await readFile(target, "utf8").catch(() => "");
  if (current.startsWith(banner)) return;
  const output = await build({
    root,
    configFile: false,
    logLevel: "error",
    plugins: [plugin],
    build: {
      write: false,
      target: "es2023",
      lib: { entry, formats: ["es"] },
      rolldownOptions: {
        output: { codeSplitting: false, minify: { mangle: true, codegen: true, compress: { dropConsole: true } } },
      },
    },
  });
  const [chunk, ...others] = output[0].output;
  const strangers = [...others.map((other) => other.fileName), ...chunk.imports, ...chunk.dynamicImports];
  if (strangers.some((name) => name !== chunk.fileName)) {
    throw new Error(`the jsroot bundle is not one file, it needs ${strangers.join(", ")}`);
  }
  await mkdir(dirname(target), { recursive: true });
  // Several test runs may build at once: each writes its own file and renames it.
  const own = `${target}.${process.pid}`;
  await writeFile(own, banner + chunk.code);
  await rename(own, target);
}

/** Called by vitest before the tests. */
export default buildJsroot;

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await buildJsroot();
