// The first half of `npm start` and `npm test`: installs when the lock changed, builds when a source changed.
// Needs nothing but Node, so that it runs in a fresh clone.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`bye-splits needs Node 20.19 or later, this is ${process.version}`);
  process.exit(2);
}

const root = fileURLToPath(new URL("..", import.meta.url));

/** Hash of files and of all files in folders: names and contents. */
function hash(paths) {
  const sum = createHash("sha256");
  const add = (path) => {
    if (!existsSync(join(root, path))) return;
    for (const entry of readdirSync(join(root, path), { withFileTypes: true }).toSorted((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      const child = `${path}/${entry.name}`;
      if (entry.name === "node_modules") continue;
      if (entry.isDirectory()) add(child);
      else if (!/\.test(-data)?\.ts$/.test(entry.name)) sum.update(child).update(readFileSync(join(root, child)));
    }
  };
  for (const path of paths) {
    if (/\.\w+$/.test(path)) sum.update(path).update(readFileSync(join(root, path)));
    else add(path);
  }
  return sum.digest("hex");
}

/** Runs `step` unless the stamp says that it ran with the same inputs. */
function once(stamp, inputs, message, step) {
  const wanted = hash(inputs);
  const path = join(root, stamp);
  if (existsSync(path) && readFileSync(path, "utf8") === wanted) return;
  console.error(message);
  step();
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, wanted);
}

try {
  once("node_modules/.setup-stamp", ["package-lock.json"], "Installing packages ...", () => {
    // npm's output belongs to stderr: stdout is for results.
    execFileSync(process.platform === "win32" ? "npm.cmd" : "npm", ["ci", "--no-audit", "--no-fund"], {
      cwd: root,
      stdio: ["ignore", 2, 2],
    });
  });
  const sources = [
    "src",
    "scripts",
    "docs",
    "CHANGELOG.md",
    "package-lock.json",
    "tsconfig.base.json",
    "tsconfig.pure.json",
    "tsconfig.node.json",
    "tsconfig.web.json",
  ];
  once("dist/.setup-stamp", sources, "Building ...", () => {
    execFileSync(process.execPath, ["scripts/build.mjs"], { cwd: root, stdio: ["ignore", 2, 2] });
  });
} catch (error) {
  console.error(`set-up failed: ${error.message}`);
  process.exit(1);
}
