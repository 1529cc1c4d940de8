/** Clients that are slow on purpose, or because their line is. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createApp } from "./app.js";
import { listen } from "./listen.js";

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "bye-splits-slow-"));
  mkdirSync(join(root, "one/photons"), { recursive: true });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const app = () =>
  createApp({
    data: [join(root, "one")],
    assets: new Map(),
    basePath: "/",
    allowedHosts: [],
    version: "1",
  });

describe("slow clients", () => {
  const LIMITS = { head: 300, request: 500, idle: 400, check: 50, close: 10_000 };

  /** How long it takes until the server closes a connection [ms], and what it sent. */
  async function untilClosed(act: (socket: Socket) => void): Promise<{ time: number; received: number; head: string }> {
    const { port, close } = await listen(app(), "127.0.0.1", 0, { limits: LIMITS });
    const start = performance.now();
    let received = 0;
    let head = "";
    try {
      const socket = connect(port, "127.0.0.1");
      socket.on("error", () => undefined);
      socket.on("data", (chunk: Buffer) => {
        if (head === "") head = chunk.toString("latin1", 0, 40);
        received += chunk.length;
      });
      const closed = new Promise((resolve) => socket.once("close", resolve));
      act(socket);
      await closed;
      return { time: performance.now() - start, received, head };
    } finally {
      await close();
    }
  }

  test("one that sends nothing is dropped", async () => {
    expect((await untilClosed(() => undefined)).time).toBeLessThan(1500);
  });

  test("one that sends half a request is dropped", async () => {
    const { time, head } = await untilClosed((socket) => socket.write("GET / HTTP/1.1\r\nHost: loc"));
    expect(time).toBeLessThan(1500);
    expect(head).toMatch(/^(HTTP\/1.1 408 |$)/);
  });

  test("one that sends its request byte by byte is dropped", async () => {
    const { time, head } = await untilClosed((socket) => {
      socket.write("GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
      const drip = setInterval(() => socket.write("a"), 50);
      socket.once("close", () => clearInterval(drip));
    });
    expect(time).toBeLessThan(1500);
    expect(head).toMatch(/^HTTP\/1.1 408 /);
  });

  /** A file with nothing in it but its size, and the request for it. */
  function bigFile(size: number): string {
    const file = join(root, "one/photons/seeds.parquet");
    writeFileSync(file, "");
    truncateSync(file, size);
    onTestFinished(() => rmSync(file));
    return "GET /data/photons/seeds.parquet HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  }

  test("one that does not read what it asked for is dropped, and its file is closed", async () => {
    const size = 1 << 28;
    const request = bigFile(size);
    const { received, head } = await untilClosed((socket) => {
      socket.pause();
      socket.write(request);
      // What is under way arrives, but not all of it.
      setTimeout(() => socket.resume(), 1500);
    });
    expect(head).toMatch(/^HTTP\/1.1 200 /);
    expect(received).toBeLessThan(size / 2);
    await expect.poll(() => openFiles().filter((path) => path.endsWith("seeds.parquet"))).toEqual([]);
  });

  test("one that reads slowly but steadily gets all of it", async () => {
    const size = 1 << 25;
    const request = bigFile(size);
    const { time, received } = await untilClosed((socket) => {
      socket.write(request);
      socket.on("data", () => {
        socket.pause();
        setTimeout(() => socket.resume(), 2);
      });
    });
    expect(time).toBeGreaterThan(LIMITS.request);
    expect(received).toBeGreaterThan(size);
  });
});

/** Of this process, where the system tells. */
function openFiles(): string[] {
  if (!existsSync("/proc/self/fd")) return [];
  return readdirSync("/proc/self/fd").flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)];
    } catch {
      return [];
    }
  });
}
