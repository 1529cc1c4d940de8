/** What a bundle holds, and writing it with the system's tar. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { InputError, OutputError } from "../../core/index.js";
import { reasonOf } from "../../io/node/disk/index.js";
import { ROOT } from "../version.js";

/** Libraries that every Linux with glibc has. */
const SYSTEM = /^(linux-vdso|ld-linux[^.]*|libc|libm|libdl|libpthread|librt|libgcc_s|libstdc\+\+)\.so/;

export interface Bundle {
  readonly bytes: number;
  readonly packages: number;
}

/** OutputError when the file exists and is not to be replaced, InputError for a Node that is not in one file. */
export async function writeBundle(out: string, force: boolean): Promise<Bundle> {
  const path = resolve(out);
  if (existsSync(path) && !(force && isBundle(path))) {
    throw new OutputError(
      `${out} exists already: ${force ? "it is no bundle of this program, choose another name" : "use --force to replace it, or choose another name"}`,
    );
  }
  checkNode();
  const scratch = mkdtempSync(join(tmpdir(), "bye-splits-bundle-"));
  const part = join(dirname(path), `.part.${process.pid}.${Date.now()}.tar.gz`);
  try {
    const home = join(scratch, "bye-splits");
    mkdirSync(join(home, "bin"), { recursive: true });
    mkdirSync(join(home, "node_modules"));
    symlinkSync(process.execPath, join(home, "bin/node"));
    for (const name of ["dist", "package.json"]) symlinkSync(join(ROOT, name), join(home, name));
    const packages = packagesOf(ROOT);
    for (const [name, from] of packages) {
      const to = join(home, "node_modules", name);
      mkdirSync(dirname(to), { recursive: true });
      symlinkSync(from, to);
    }
    const words = [
      "--dereference",
      "--exclude=*.map",
      "--exclude=.*.tsbuildinfo",
      "-czf",
      part,
      "-C",
      scratch,
      "bye-splits",
    ];
    execFileSync("tar", words, { stdio: ["ignore", "ignore", "pipe"] });
    renameSync(part, path);
    return { bytes: statSync(path).size, packages: packages.size };
  } catch (cause) {
    throw new OutputError(
      `cannot write ${out}: ${String((cause as { stderr?: unknown }).stderr ?? "").trim() || reasonOf(cause)}`,
      { cause },
    );
  } finally {
    rmSync(part, { force: true });
    rmSync(scratch, { recursive: true, force: true });
  }
}

function isBundle(path: string): boolean {
  try {
    return execFileSync("tar", ["-tzf", path], {
      encoding: "utf8",
      maxBuffer: 1 << 26,
      stdio: ["ignore", "pipe", "ignore"],
    }).includes("bye-splits/bin/node\n");
  } catch {
    return false;
  }
}

/** Some distributions build Node of many libraries, which other machines do not have. */
function checkNode(): void {
  let text: string;
  try {
    text = execFileSync("ldd", [process.execPath], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    return;
  }
  const others = text
    .split("\n")
    .map((line) => line.trim().split(/\s/)[0].split("/").at(-1) ?? "")
    .filter((name) => name !== "" && !SYSTEM.test(name));
  if (others.length > 0) {
    throw new InputError(
      `${process.execPath} needs ${others.slice(0, 3).join(", ")}, which worker nodes may not have: run bundle with the Node of nodejs.org, which is one file`,
    );
  }
}

interface Package {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** The packages that the program needs when it runs, with theirs, by name. Those of other platforms are not there. */
function packagesOf(root: string): Map<string, string> {
  const found = new Map<string, string>();
  const add = (folder: string): void => {
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
      readFileSync(join(folder, "package.json"), "utf8"),
    ) as Package;
    for (const name of [...Object.keys(dependencies), ...Object.keys(optionalDependencies)]) {
      if (found.has(name)) continue;
      const at = folderOf(name, folder);
      if (at === undefined) continue;
      found.set(name, at);
      add(at);
    }
  };
  add(root);
  return found;
}

function folderOf(name: string, from: string): string | undefined {
  for (let at = from; ; at = dirname(at)) {
    const folder = join(at, "node_modules", name);
    if (existsSync(join(folder, "package.json"))) return folder;
    if (dirname(at) === at) return undefined;
  }
}
