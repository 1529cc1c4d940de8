/** Damaged ROOT files: the right values or an error that says where, in time. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { afterAll, describe, expect, test } from "vitest";
import { Random } from "../../src/core/index.js";
import { type Compression, memorySource, NTUPLE_TREE, openRootFile } from "../../src/io/index.js";
import { rootCodecs } from "../../src/io/node/index.js";
import { hasXz, lz4Compression, withLzma } from "../../src/io/node/root-compress.test-data.js";
import { writeNtupleLike } from "../../src/pipeline/ntuple.test-data.js";
import { root, scratch } from "../cli.js";

const FLIPS = 500;
const TRUNCATIONS = 100;
/** [ms] */
const LIMIT = 5000;

type Reply = { readonly hash: string } | { readonly error: string; readonly name: string };

let worker: Worker | undefined;

/** Reads in a worker; one that crashes or takes too long is an error of the test. */
async function read(name: string, bytes: Uint8Array): Promise<Reply> {
  worker ??= new Worker(new URL("read-worker.mjs", import.meta.url), { workerData: { dist: join(root, "dist") } });
  const thread = worker;
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      worker = undefined;
      void thread.terminate();
      reject(error);
    };
    const timer = setTimeout(() => fail(new Error(`${name}: no answer in ${LIMIT} ms`)), LIMIT);
    thread.removeAllListeners();
    thread.on("error", fail);
    thread.on("message", (reply: Reply) => {
      clearTimeout(timer);
      resolve(reply);
    });
    thread.postMessage({ name, bytes, path: NTUPLE_TREE });
  });
}

afterAll(async () => {
  await worker?.terminate();
});

async function write(name: string): Promise<Uint8Array> {
  const path = join(scratch(), `${name}.root`);
  const make = (compression?: Compression): Promise<void> =>
    // What does not compress is stored as it is, without a checksum.
    writeNtupleLike(path, 20, 1000, compression, { steps: 50 });
  if (name === "lzma") await withLzma(make);
  else await make(name === "lz4" ? await lz4Compression() : undefined);
  return readFileSync(path);
}

describe.each(hasXz ? ["zlib", "lz4", "lzma"] : ["zlib", "lz4"])("%s", (compression) => {
  test("flipped bits and truncations", { timeout: 600_000 }, async () => {
    const bytes = await write(compression);
    const good = await read("good.root", bytes);
    expect(good).toHaveProperty("hash");
    const { branches } = await (
      await openRootFile(memorySource("good.root", bytes), await rootCodecs())
    ).tree(NTUPLE_TREE);
    const baskets = branches.flatMap(({ path, baskets: refs }) => refs.map(({ range }) => ({ path, range })));
    // A change of this number is a change of the test.
    const random = new Random(20_26);
    const wrong: string[] = [];
    let errors = 0;
    const judge = (what: string, reply: Reply, branch: string | undefined): void => {
      if ("hash" in reply) {
        if (reply.hash !== ("hash" in good ? good.hash : "")) wrong.push(`${what}: other values`);
        return;
      }
      errors++;
      const says = reply.error.includes("bad.root") && (branch === undefined || reply.error.includes(`"${branch}"`));
      if (!says || !/^(Format|Input)Error$/.test(reply.name)) wrong.push(`${what}: ${reply.name}: ${reply.error}`);
    };
    for (let i = 0; i < FLIPS; i++) {
      const at = random.uint32() % bytes.length;
      const bit = random.uint32() % 8;
      const damaged = Uint8Array.from(bytes);
      damaged[at] ^= 1 << bit;
      const hit = baskets.find(({ range }) => range !== undefined && at >= range.start && at < range.end);
      judge(`bit ${bit} of byte ${at}`, await read("bad.root", damaged), hit?.path);
    }
    const flipped = errors;
    for (let i = 0; i < TRUNCATIONS; i++) {
      const length = random.uint32() % bytes.length;
      judge(`cut at ${length}`, await read("bad.root", bytes.slice(0, length)), undefined);
    }
    console.log(`${compression}: ${flipped} of ${FLIPS} flipped bits are errors, the others change nothing`);
    expect(wrong).toEqual([]);
    expect(errors - flipped).toBe(TRUNCATIONS);
    expect(flipped).toBeGreaterThan(0.8 * FLIPS);
  });
});
