/** The file operations that outputs need: a real default, and something for tests to replace. */
import { lstat, mkdir, open, readdir, realpath, rename, rm, rmdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { ByteSink } from "../source.js";

/** All of them fail as node:fs does, with the `code` of the operating system. */
export interface Effects {
  /** Creates a file, or cuts one off after its first `kept` [0] bytes, to write on from there. */
  open(path: string, kept?: number): Promise<ByteSink>;
  /** With its parents; returns the first folder that it had to create. When it fails none of them remains. */
  mkdir(path: string): Promise<string | undefined>;
  rename(from: string, to: string): Promise<void>;
  /** Files and folders with all they hold; nothing where there is nothing. */
  rm(path: string): Promise<void>;
  /** An empty folder. */
  rmdir(path: string): Promise<void>;
  /** Brings a file, or the names in a folder, to the disk itself. */
  sync(path: string): Promise<void>;
  /** What is at the path itself, `undefined` for nothing. */
  kind(path: string): Promise<"file" | "folder" | "link" | "other" | undefined>;
  list(path: string): Promise<string[]>;
  realpath(path: string): Promise<string>;
}

export const realEffects: Effects = {
  async open(path, kept = 0) {
    const handle = await open(path, kept === 0 ? "w" : "r+");
    if (kept > 0) await handle.truncate(kept);
    let position = kept;
    return {
      async write(bytes) {
        for (let at = 0; at < bytes.length;) {
          const { bytesWritten } = await handle.write(bytes, at, bytes.length - at, position);
          at += bytesWritten;
          position += bytesWritten;
        }
      },
      close: () => handle.close(),
    };
  },
  mkdir: makeFolders,
  rename,
  rm: (path) => rm(path, { recursive: true, force: true }),
  rmdir,
  async sync(path) {
    const handle = await open(path, "r");
    try {
      await handle.sync();
    } catch (error) {
      // Not every file system can do it, least of all to a folder.
      if (!["EINVAL", "ENOTSUP", "EISDIR", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    } finally {
      await handle.close();
    }
  },
  async kind(path) {
    const info = await unlessMissing(lstat(path));
    if (info === undefined) return undefined;
    if (info.isSymbolicLink()) return "link";
    return info.isDirectory() ? "folder" : info.isFile() ? "file" : "other";
  },
  list: (path) => readdir(path),
  realpath: (path) => realpath(path),
};

/**
 * One folder after another: node's recursive mkdir never ends where the system says ENOENT although the parent is there (below
 * /proc), and calls a read-only file system "no such file or folder".
 */
async function makeFolders(path: string): Promise<string | undefined> {
  const missing: string[] = [];
  for (let at = path; (await unlessMissing(stat(at))) === undefined; at = dirname(at)) missing.push(at);
  const made: string[] = [];
  for (const folder of missing.toReversed()) {
    try {
      await mkdir(folder);
      made.push(folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") continue;
      for (const each of made.toReversed()) await rmdir(each).catch(() => undefined);
      throw error;
    }
  }
  return made[0];
}

async function unlessMissing<T>(info: Promise<T>): Promise<T | undefined> {
  return info.catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
}
