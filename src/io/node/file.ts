/** Files and folders as byte sources. */
import { type BigIntStats, constants, type Stats } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { FormatError, InputError } from "../../core/index.js";
import { type ByteSource, type SourceFolder, checkRange } from "../source.js";
import { realEffects } from "./effects.js";
import { lostBetween } from "./leftovers.js";
import { reasonOf } from "./reason.js";

/** The InputError of a failed open or read of `path`, from the error of node:fs. */
export function inputError(path: string, cause: unknown): InputError {
  return new InputError(
    path === "" ? "an input has no name: its path is empty" : `cannot read ${path}: ${reasonOf(cause)}`,
    { cause },
  );
}

/** The same; where nothing is, it says so when that is what a killed process left. */
async function openError(path: string, cause: unknown): Promise<InputError> {
  const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
  const lost = missing ? await lostBetween(resolve(path), realEffects) : undefined;
  return lost === undefined ? inputError(path, cause) : new InputError(lost, { cause });
}

/**
 * Opens a regular file to read; the caller closes it. InputError that names the path for what is missing, denied, or a
 * folder, pipe, socket or device: opening those may wait for ever, and a few that wait stop all reading of a process.
 */
export async function openRegular(path: string): Promise<FileHandle> {
  const refuse = (error: unknown): never => {
    throw inputError(path, error);
  };
  const check = (info: Stats): void => {
    if (!info.isFile()) refuse(info.isDirectory() ? { code: "EISDIR" } : { message: "not a regular file" });
  };
  check(
    await stat(path).catch(async (error: unknown) => {
      throw await openError(path, error);
    }),
  );
  // What is put in its place meanwhile is opened without waiting, and refused.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(refuse);
  try {
    check(await handle.stat());
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Opens a file for random access. Errors of openRegular. */
export async function openFile(path: string): Promise<ByteSource> {
  const handle = await openRegular(path);
  const info = await handle.stat({ bigint: true });
  const size = Number(info.size);
  const identity = identityOf(info);
  return {
    name: path,
    size,
    identity,
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
    async check() {
      if (identityOf(await handle.stat({ bigint: true })) === identity) return;
      throw new InputError(`${path} was changed while it was read: run the command again`);
    },
    async close() {
      await handle.close();
    },
  };
}

function identityOf({ dev, ino, size, mtimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs].join(":");
}

/** A folder of files to read. InputError when there is none at the path. */
export async function openFolder(path: string): Promise<SourceFolder> {
  const statFolder = (): Promise<BigIntStats> =>
    stat(path, { bigint: true }).catch(async (error: unknown) => {
      throw await openError(path, error);
    });
  const info = await statFolder();
  if (!info.isDirectory()) throw inputError(path, { message: "it is a file, expected a folder" });
  return {
    name: path,
    async check() {
      if (identityOf(await statFolder()) === identityOf(info)) return;
      throw new InputError(`${path} was changed or replaced while it was opened: run the command again`);
    },
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

/** Whether there is such a file; nothing stays open. */
export async function hasFile(folder: SourceFolder, file: string): Promise<boolean> {
  const source = await folder.open(file);
  await source?.close?.();
  return source !== undefined;
}
