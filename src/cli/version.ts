import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join, resolve } from "node:path";

/** The folder of the program: from sources, their compiled form and the bundle alike. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The version in package.json. */
export const VERSION = (JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string }).version;

/** What `--version` prints: the version, and of a clone its commit, as in "0.1.0 (commit 1ce6bab0c2d4)". */
export function versionText(): string {
  const commit = commitOf(ROOT);
  return commit === undefined ? VERSION : `${VERSION} (commit ${commit.slice(0, 12)})`;
}

/**
 * The commit that is checked out in a folder, read from git's own files, so that neither git nor a repository that this user owns is needed; undefined
 * where the folder is no clone or work tree.
 */
export function commitOf(folder: string): string | undefined {
  const read = (...path: string[]): string | undefined => {
    try {
      return readFileSync(join(...path), "utf8").trim();
    } catch {
      return undefined;
    }
  };
  // Of a work tree .git is a file that names its folder, which names the one that it shares.
  const named = /^gitdir: (.+)$/.exec(read(folder, ".git") ?? "")?.[1];
  const own = named === undefined ? join(folder, ".git") : resolve(folder, named);
  const shared = resolve(own, read(own, "commondir") ?? ".");
  const head = read(own, "HEAD") ?? "";
  const ref = /^ref: (\S+)$/.exec(head)?.[1];
  if (ref === undefined) return hash(head);
  const packed = (read(shared, "packed-refs") ?? "").split("\n").find((line) => line.endsWith(` ${ref}`));
  return hash(read(own, ref) ?? read(shared, ref) ?? packed?.split(" ")[0] ?? "");
}

function hash(text: string): string | undefined {
  return /^[0-9a-f]{40,64}$/.test(text) ? text : undefined;
}
