// The display and the documentation as plain files, for any web space: GitHub or GitLab pages, EOS web, a folder of a web server. A sample and a run are inside; more samples
// can be put into data/ before the list of them is made.
//   npm run build:static                     into out/static
//   npm run build:static -- FOLDER DATA...   with the samples and runs below these folders instead
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createApp } from "../dist/server/index.js";
import { VERSION } from "../dist/cli/version.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const [target = join(root, "out/static"), ...data] = process.argv.slice(2);
const out = resolve(target);
const mark = join(out, "bye-splits-static.json");
const EVENTS = "300";

/** What is kept for offline use, at most, beside the program [bytes]: more samples are read from the web space alone. */
const MOST_KEPT = 50e6;

if (existsSync(out) && readdirSync(out).length > 0 && !existsSync(mark)) {
  console.error(`build:static: ${out} holds something else; name an empty folder`);
  process.exit(2);
}
rmSync(out, { recursive: true, force: true });
cpSync(join(root, "dist/web"), out, { recursive: true, filter: (path) => !/\.(br|gz)$/.test(path) });
cpSync(join(root, "dist/THIRD-PARTY-LICENSES.txt"), join(out, "licences.txt"));

const folder = join(out, "data");
mkdirSync(folder);
const byeSplits = (...args) =>
  execFileSync(process.execPath, [join(root, "dist/cli/main.js"), ...args, "--quiet"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
if (data.length === 0) {
  byeSplits("simulate", "--particles", "photons", "--events", EVENTS, "--seed", "1", "--out", join(folder, "photons"));
  byeSplits("run", "both", "--in", join(folder, "photons"), "--out", join(folder, "photons-run"));
} else
  for (const each of data)
    cpSync(resolve(each), folder, {
      recursive: true,
      dereference: true,
      filter: (path) => !/(^|\/)\.[^/]*$/.test(relative(resolve(each), path)),
    });

// The answer of a server, as a file.
const app = createApp({ data: [folder], assets: new Map(), basePath: "/", allowedHosts: [], version: VERSION });
const answer = await app({
  method: "GET",
  url: "http://localhost/api/catalog",
  headers: new Headers({ host: "localhost" }),
});
mkdirSync(join(out, "api"));
writeFileSync(join(out, "api/catalog"), Buffer.from(await answer.arrayBuffer()));

const page = join(out, "index.html");
writeFileSync(
  page,
  readFileSync(page, "utf8").replace("</head>", '<script src="./offline.js" defer></script>\n  </head>'),
);
writeFileSync(
  join(out, "offline.js"),
  `if ("serviceWorker" in navigator) navigator.serviceWorker.register("sw.js").catch(() => undefined);\n`,
);
// Some hosts pass over what begins with an underscore unless this file is there.
writeFileSync(join(out, ".nojekyll"), "");

const files = readdirSync(out, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name !== ".nojekyll")
  .map((entry) => join(entry.parentPath, entry.name))
  .toSorted();
const hash = createHash("sha256");
let kept = 0;
const names = files
  .filter((file) => {
    const bytes = readFileSync(file);
    hash.update(relative(out, file)).update(bytes);
    if (!relative(out, file).startsWith("data")) return true;
    kept += bytes.length;
    return kept <= MOST_KEPT;
  })
  .map((file) => relative(out, file).replaceAll("\\", "/"));
const version = hash.digest("hex").slice(0, 16);
const worker = readFileSync(join(root, "scripts/static/sw.js"), "utf8");
writeFileSync(
  join(out, "sw.js"),
  worker.replace('"VERSION"', JSON.stringify(version)).replace('["FILES"]', JSON.stringify(names)),
);
writeFileSync(
  mark,
  `${JSON.stringify({ format: "bye-splits static pages", version: VERSION, content: version, files: files.length }, null, 2)}\n`,
);
console.log(`${out}: ${files.length} files; put the folder on any web space`);
