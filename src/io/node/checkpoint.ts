/** How far an output folder is written: files whose bytes are hashed as they come, and a record that says what they were. */
import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import type { ByteSink, OpenSink } from "../source.js";
import { CHECKPOINT } from "./leftovers.js";

const HASH_BYTES = 32;

interface Mark {
  readonly bytes: number;
  readonly hash: Hash;
}

/** What a checkpoint file holds, behind the sha256 of it. */
interface Content {
  readonly key: string;
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
  readonly saved: unknown;
}

/** What a killed process left: of this job and as it was written, or of this job and damaged, or of another one. */
export type Found = { readonly saved: unknown; readonly files: ReadonlyMap<string, Mark> } | "damaged" | "other";

/** Looks at a temporary folder. Nothing in it is believed before its checksum is right. */
export async function findCheckpoint(folder: string, key: string): Promise<Found> {
  const bytes = await readFile(join(folder, CHECKPOINT)).catch(() => undefined);
  if (bytes === undefined) return "other";
  const content = bytes.subarray(HASH_BYTES);
  if (!createHash("sha256").update(content).digest().equals(bytes.subarray(0, HASH_BYTES))) return "damaged";
  const { key: itsKey, files, saved } = deserialize(content) as Content;
  if (itsKey !== key) return "other";
  const marks = new Map<string, Mark>();
  for (const [name, { bytes: length, sha256 }] of Object.entries(files)) {
    const mark = await hashStart(join(folder, name), length).catch(() => undefined);
    if (mark?.bytes !== length || mark.hash.copy().digest("hex") !== sha256) return "damaged";
    marks.set(name, mark);
  }
  return { saved, files: marks };
}

/** The first bytes of a file, at most `length`. */
async function hashStart(path: string, length: number): Promise<Mark> {
  const hash = createHash("sha256");
  let bytes = 0;
  if (length === 0) return { bytes, hash };
  for await (const part of createReadStream(path, { end: length - 1 }) as AsyncIterable<Buffer>) {
    hash.update(part);
    bytes += part.length;
  }
  return { bytes, hash };
}

/** The files of a folder that is written in parts. */
export class CheckedFiles {
  readonly #folder: string;
  readonly #open: OpenSink;
  readonly #sinks = new Set<ByteSink>();
  /** As they are, and as they were at the last `save`. */
  #files: Map<string, { bytes: number; readonly hash: Hash }>;
  #marks: ReadonlyMap<string, Mark>;
  #saved: Buffer | undefined;

  /** `found`: with which the folder goes on. */
  constructor(folder: string, open: OpenSink, found: Exclude<Found, string> | undefined) {
    this.#folder = folder;
    this.#open = open;
    this.#marks = found?.files ?? new Map<string, Mark>();
    this.#files = copyOf(this.#marks);
    this.#saved = found && serialize(found.saved);
  }

  readonly open: OpenSink = async (name, kept) => {
    const file = (kept === undefined ? undefined : this.#files.get(name)) ?? { bytes: 0, hash: createHash("sha256") };
    if (file.bytes !== (kept ?? 0)) throw new Error(`${name}: ${kept} bytes are to be kept, ${file.bytes} were saved`);
    this.#files.set(name, file);
    const sink = await this.#open(name, kept);
    const checked: ByteSink = {
      write: async (bytes) => {
        file.hash.update(bytes);
        file.bytes += bytes.length;
        await sink.write(bytes);
      },
      close: async () => {
        this.#sinks.delete(checked);
        await sink.close();
      },
    };
    this.#sinks.add(checked);
    return checked;
  };

  /** Notes the state of all files, and what is to be known about them. */
  async save(key: string, saved: unknown): Promise<void> {
    this.#marks = copyOf(this.#files);
    this.#saved = serialize(saved);
    const files = Object.fromEntries(
      Array.from(this.#marks, ([name, { bytes, hash }]) => [name, { bytes, sha256: hash.copy().digest("hex") }]),
    );
    const content = serialize({ key, files, saved } satisfies Content);
    const path = join(this.#folder, CHECKPOINT);
    // Whole or not at all.
    await writeFile(`${path}.new`, Buffer.concat([createHash("sha256").update(content).digest(), content]));
    await rename(`${path}.new`, path);
  }

  /** Closes all files; they may be opened again as they were at the last `save`, whose `saved` it returns. */
  async back(): Promise<unknown> {
    for (const sink of this.#sinks) await sink.close();
    this.#files = copyOf(this.#marks);
    return this.#saved && (deserialize(this.#saved) as unknown);
  }

  /** Removes the record. */
  async end(): Promise<void> {
    await Promise.all([CHECKPOINT, `${CHECKPOINT}.new`].map((name) => rm(join(this.#folder, name), { force: true })));
  }
}

function copyOf(files: ReadonlyMap<string, Mark>): Map<string, Mark> {
  return new Map(Array.from(files, ([name, { bytes, hash }]) => [name, { bytes, hash: hash.copy() }]));
}
