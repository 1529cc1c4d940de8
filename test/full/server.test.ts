/** The server among mixed faults: clients that break off, stall or send nonsense, and files that change below it. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Random } from "../../src/core/index.js";
import { startByeSplits } from "../cli.js";

/** How long it goes on [s]. */
const DURATION = Number(process.env["BYE_SPLITS_FAULTS"] ?? 60);
const SIZE = 1 << 22;
const SEED = 12;

test(
  `it stays up through ${DURATION} s of mixed faults, and answers as on the first day`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "bye-splits-faults-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const sample = join(folder, "sample");
    mkdirSync(sample);
    const file = (table: string): string => join(sample, `${table}.parquet`);
    const fill = (table: string): void => writeFileSync(file(table), Buffer.alloc(SIZE, 7));
    for (const table of ["gen", "cl3d", "tc", "entries"]) fill(table);
    execFileSync("mkfifo", [file("seeds"), join(sample, "sample.json")]);
    const server = startByeSplits(["serve", "--port", "0", "--json", "--data", folder], folder);
    onTestFinished(() => void server.kill("SIGKILL"));
    let log = "";
    server.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
    const { port } = await new Promise<{ port: number }>((resolve) =>
      server.stdout.once("data", (chunk: Buffer) => resolve(JSON.parse(chunk.toString()) as { port: number })),
    );
    const url = `http://127.0.0.1:${port}/`;

    /** Sends bytes, then breaks off after a while [ms]. */
    const send = (bytes: string | Buffer, wait: number): Promise<void> =>
      new Promise((resolve) => {
        const socket = connect(port, "127.0.0.1", () => {
          socket.write(bytes);
          setTimeout(() => socket.destroy(), wait);
        });
        socket.on("error", () => undefined).on("close", () => resolve());
      });
    const ask = async (path: string, init: RequestInit = {}): Promise<void> => {
      await fetch(url + path, init)
        .then((response) => response.arrayBuffer())
        .catch(() => undefined);
    };
    const head = (path: string): string => `GET /${path} HTTP/1.1\r\nHost: localhost\r\n`;
    const random = new Random(SEED, 0);
    const pick = (n: number): number => Math.floor(random.uniform() * n);
    const faults: (() => Promise<void> | void)[] = [
      () => ask("data/sample/seeds.parquet"),
      () => ask("data/sample/sample.json"),
      () => ask("api/catalog"),
      () => ask(`data/sample/tc.parquet`, { headers: { range: `bytes=${pick(2 * SIZE)}-${pick(2 * SIZE)}` } }),
      () => ask("data/sample/cl3d.parquet", { headers: { "if-none-match": "*,".repeat(pick(100)) } }),
      () => ask("%ff%00..%2f..", { method: ["GET", "POST", "OPTIONS"][pick(3)] }),
      () => send(`${head("data/sample/tc.parquet")}\r\n`, pick(20)),
      () => send(head("data/sample/tc.parquet"), pick(500)),
      () => send(Buffer.from(Array.from({ length: 200 }, () => pick(256))), pick(50)),
      () => send(`${head("")}X: ${"a".repeat(20_000)}\r\n\r\n`, pick(50)),
      () => send(`${head("data/sample/gen.parquet")}\r\n`.repeat(1 + pick(20)), pick(100)),
      () => truncateSync(file("cl3d"), pick(SIZE)),
      () => fill("cl3d"),
      () => {
        fill("new");
        renameSync(file("new"), file("gen"));
      },
      () => ask("data/sample/gen.parquet", { signal: AbortSignal.timeout(1 + pick(10)) }),
    ];
    const end = Date.now() + 1000 * DURATION;
    const done = faults.map(() => 0);
    const worker = async (): Promise<void> => {
      while (Date.now() < end) {
        const fault = pick(faults.length);
        await faults[fault]();
        done[fault]++;
      }
    };
    await Promise.all(Array.from({ length: 16 }, worker));
    console.info(`seed ${SEED}: ${done.join(" ")} faults`);
    expect(Math.min(...done)).toBeGreaterThan(5);
    expect(server.exitCode).toBeNull();
    const whole = await fetch(`${url}data/sample/tc.parquet`);
    expect((await whole.arrayBuffer()).byteLength).toBe(SIZE);
    const { samples } = (await (await fetch(`${url}api/catalog`)).json()) as { samples: { id: string }[] };
    expect(samples.map(({ id }) => id)).toEqual(["sample"]);
    // It says only what it must: files that became shorter under an answer.
    const lines = log.split("\n").filter((line) => line !== "");
    expect(lines.filter((line) => !/: the file ends at byte \d+, \d+ were promised$/.test(line))).toEqual([]);
    const start = performance.now();
    const stopped = new Promise((resolve) => server.once("exit", (code, signal) => resolve([code, signal])));
    server.kill("SIGTERM");
    expect(await stopped).toEqual([0, null]);
    expect(performance.now() - start).toBeLessThan(10_000);
  },
  1000 * DURATION + 60_000,
);
