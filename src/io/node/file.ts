/** Files and folders as byte sources. */
import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import { FormatError, InputError } from "../../core/index.js";
import { type ByteSource, type SourceFolder, checkRange } from "../source.js";
import { reasonOf } from "./reason.js";

/** The InputError of a failed open or read of `path`, from the error of node:fs. */
export function inputError(path: string, cause: unknown): InputError {
  return new InputError(`cannot read ${path}: ${reasonOf(cause)}`, { cause });
}

/** Opens a file for random access. Missing files, folders and denied permissions are InputErrors that name the path. */
export async function openFile(path: string): Promise<ByteSource> {
  const handle = await open(path, "r").catch((error: unknown) => {
    throw inputError(path, error);
  });
  const info = await handle.stat();
  if (!info.isFile()) {
    await handle.close();
    throw inputError(path, info.isDirectory() ? { code: "EISDIR" } : { message: "not a regular file" });
  }
  const size = info.size;
  return {
    name: path,
    size,
    async read(start, end) {
      checkRange({ name: path, size }, start, end);
      const bytes = new Uint8Array(end - start);
      for (let at = 0; at < bytes.length;) {
        const { bytesRead } = await handle.read(bytes, at, bytes.length - at, start + at).catch((error: unknown) => {
          throw inputError(path, error);
        });
        if (bytesRead === 0) {
          throw new FormatError(
            `${path}: the file ends at byte ${start + at}, it had ${size} bytes when it was opened`,
          );
        }
        at += bytesRead;
      }
      return bytes;
    },
    async close() {
      await handle.close();
    },
  };
}

/** A folder of files to read. InputError when there is none at the path. */
export async function openFolder(path: string): Promise<SourceFolder> {
  const info = await stat(path).catch((error: unknown) => {
    throw inputError(path, error);
  });
  if (!info.isDirectory()) throw inputError(path, { message: "it is a file, expected a folder" });
  return {
    name: path,
    async open(file) {
      try {
        return await openFile(join(path, file));
      } catch (error) {
        if (((error as Error).cause as NodeJS.ErrnoException | undefined)?.code === "ENOENT") return undefined;
        throw error;
      }
    },
  };
}
