/** Files as byte sources. */
import { open } from "node:fs/promises";
import { FormatError, InputError } from "../../core/index.js";
import { type ByteSource, checkRange } from "../source.js";

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  ENOTDIR: "a part of its path is a file, not a folder",
  EISDIR: "it is a folder, expected a file",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EMFILE: "too many open files",
  ELOOP: "too many symbolic links",
  ENAMETOOLONG: "the name is too long",
};

/** The InputError of a failed open or read of `path`, from the error of node:fs. */
export function inputError(path: string, cause: unknown): InputError {
  const { code, message } = cause as NodeJS.ErrnoException;
  return new InputError(`cannot read ${path}: ${reasons[code ?? ""] ?? message}`, { cause });
}

/** Opens a file for random access. Missing files, folders and denied permissions are InputErrors that name the path. */
export async function openFile(path: string): Promise<ByteSource> {
  const handle = await open(path, "r").catch((error: unknown) => {
    throw inputError(path, error);
  });
  const stat = await handle.stat();
  if (!stat.isFile()) {
    await handle.close();
    throw inputError(path, stat.isDirectory() ? { code: "EISDIR" } : { message: "not a regular file" });
  }
  const size = stat.size;
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
