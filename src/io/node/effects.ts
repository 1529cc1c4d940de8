/** The file operations that outputs need: a real default, and something for tests to replace. */
import { lstat, mkdir, open, readdir, realpath, rename, rm, rmdir } from "node:fs/promises";
import type { ByteSink } from "../source.js";

/** All of them fail as node:fs does, with the `code` of the operating system. */
export interface Effects {
  /** Creates a file, or cuts one off after its first `kept` [0] bytes, to write on from there. */
  open(path: string, kept?: number): Promise<ByteSink>;
  /** With its parents; returns the first folder that it had to create. */
  mkdir(path: string): Promise<string | undefined>;
  rename(from: string, to: string): Promise<void>;
  /** Files and folders with all they hold; nothing where there is nothing. */
  rm(path: string): Promise<void>;
  /** An empty folder. */
  rmdir(path: string): Promise<void>;
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
  mkdir: (path) => mkdir(path, { recursive: true }),
  rename,
  rm: (path) => rm(path, { recursive: true, force: true }),
  rmdir,
  async kind(path) {
    const info = await lstat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    });
    if (info === undefined) return undefined;
    if (info.isSymbolicLink()) return "link";
    return info.isDirectory() ? "folder" : info.isFile() ? "file" : "other";
  },
  list: (path) => readdir(path),
  realpath: (path) => realpath(path),
};
