/** The command `serve` as a user starts it. */
import { once } from "node:events";
import { rmSync, truncateSync, writeFileSync } from "node:fs";
import { Agent, get, type IncomingMessage } from "node:http";
import { type AddressInfo, connect, createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type Catalog } from "../src/server/api.js";
import { type Io } from "../src/cli/io.js";
import { runCli, scratch, startByeSplits } from "./cli.js";

interface Address {
  readonly url: string;
  readonly host: string;
  readonly port: number;
}

/** The server in this process, until the end of the test. */
async function serve(args: readonly string[], cwd: string, env: Io["env"] = {}): Promise<Address> {
  const stop = new AbortController();
  const interrupt = { signal: () => stop.signal, received: () => null };
  let ended: Promise<unknown> = Promise.resolve();
  const text = new Promise<string>((resolve, reject) => {
    const stdout = { write: resolve };
    ended = runCli(["serve", "--json", ...args], cwd, { stdout, env: { PORT: "0", ...env }, interrupt }).then(
      ({ stderr }) => reject(new Error(`the server ended: ${stderr}`)),
      reject,
    );
  });
  onTestFinished(async () => {
    stop.abort();
    await ended;
  });
  return JSON.parse(await text) as Address;
}

/** "connected", or the code of the error. */
function reach(host: string, port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => resolve("connected"));
    socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    onTestFinished(() => void socket.destroy());
  });
}

test("by default it listens on 127.0.0.1 and on no other address, not even of the loopback", async () => {
  const { host, port } = await serve([], scratch());
  expect(host).toBe("127.0.0.1");
  expect(await reach("127.0.0.1", port)).toBe("connected");
  expect(await reach("127.0.0.2", port)).toBe("ECONNREFUSED");
});

test("the default events of the reference's configuration reach the page", async () => {
  const folder = scratch();
  const lists = "  PU0:\n    photons: [170032, 170044]\n  PU200:\n    photons: [62878]\n  mine:\n    pions: [9]\n";
  writeFileSync(join(folder, "config.yaml"), `defaultEvents:\n${lists}`);
  const { url } = await serve(["--config", "config.yaml"], folder);
  const { defaultEvents, geometry } = (await (await fetch(`${url}api/catalog`)).json()) as Catalog;
  expect(defaultEvents).toEqual([
    { particles: "photons", pileup: 0, events: [170032, 170044] },
    { particles: "photons", pileup: 200, events: [62878] },
    { particles: "pions", events: [9] },
  ]);
  expect(geometry).toBeNull();
});

test.each([
  {
    name: "default events that are no numbers",
    args: ["--config", "config.yaml"],
    message: 'config.yaml:3: defaultEvents.PU0.photons: expected a list of whole numbers, got ["first"]',
  },
  { name: "a geometry that is not there", args: ["--geometry", "cells.parquet"], message: "cells.parquet" },
  { name: "a geometry that is none", args: ["--geometry", "config.yaml"], message: "config.yaml: not a Parquet file" },
  {
    name: "a data folder that is not there",
    args: ["--data", "nothing"],
    message: "--data nothing: there is no such folder",
  },
  {
    name: "a $PORT that is none",
    args: [],
    env: { PORT: "http" },
    message: '$PORT is "http": expected a whole number',
  },
])("it does not start with $name", async ({ args, env = { PORT: "0" }, message }) => {
  const folder = scratch();
  writeFileSync(join(folder, "config.yaml"), "defaultEvents:\n  PU0:\n    photons: [first]\n");
  const { status, stderr } = await runCli(["serve", ...args], folder, { env });
  expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
});

const ENV = { HOST: "127.0.0.2", ALLOW_HOST: "a.example, b.example" };

test.each([
  { name: "the environment", args: [], host: "127.0.0.2", allowed: ["a.example", "b.example"] },
  {
    name: "options before the environment",
    args: ["--host", "127.0.0.1", "--allow-host", "c.example"],
    host: "127.0.0.1",
    allowed: ["c.example"],
  },
])("where it listens and for whom: $name", async ({ args, host, allowed }) => {
  const { port, ...address } = await serve(args, scratch(), ENV);
  expect(address.host).toBe(host);
  const status = (name: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const request = get({ host, port, path: "/api/catalog", headers: { host: name }, agent: false });
      request.on("response", (response) => resolve(response.resume().statusCode)).on("error", reject);
    });
  const names = ["a.example", "b.example", "c.example"];
  expect(await Promise.all(names.map(status))).toEqual(names.map((name) => (allowed.includes(name) ? 200 : 403)));
});

test("$PORT is taken, --port before it", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void taken.close());
  await once(taken, "listening");
  const PORT = String((taken.address() as AddressInfo).port);
  const { status, stderr } = await runCli(["serve"], scratch(), { env: { PORT } });
  expect([status, stderr]).toEqual([2, expect.stringContaining(`cannot listen on 127.0.0.1:${PORT}`)]);
  expect((await serve(["--port", "0"], scratch(), { PORT })).port).not.toBe(Number(PORT));
});

test("--check opens every sample and run, says which fail, and ends", async () => {
  const folder = scratch();
  await runCli(["simulate", "--particles", "photons", "--events", "2", "--out", "data/photons"], folder);
  await runCli(["run", "default", "--in", "data/photons", "--out", "data/run"], folder);
  const good = await runCli(["serve", "--data", "data", "--check"], folder);
  expect(good).toEqual({ status: 0, stdout: "1 sample and 1 run can be shown\n", stderr: "" });
  rmSync(join(folder, "data/photons/gen.parquet"));
  rmSync(join(folder, "data/run/assignment.parquet"));
  const lacking = await runCli(["serve", "--data", "data", "--check"], folder);
  expect(lacking.status).toBe(2);
  expect(lacking.stderr).toMatch(/gen[^]*assignment/);
  truncateSync(join(folder, "data/photons/tc.parquet"), 100);
  writeFileSync(join(folder, "data/run/run.json"), "{");
  const { status, stdout, stderr } = await runCli(["serve", "--data", "data", "--check"], folder);
  expect([status, stdout]).toEqual([2, ""]);
  const lines = stderr.trimEnd().split("\n");
  expect(lines.map((line) => /photons|run\.json|2 of 2 samples and runs cannot be shown/.exec(line)?.[0])).toEqual([
    "photons",
    "run.json",
    "2 of 2 samples and runs cannot be shown",
  ]);
});

test("SIGTERM ends the idle program within 2 s, whatever is connected", async () => {
  const server = startByeSplits(["serve", "--port", "0", "--json"], scratch());
  onTestFinished(() => void server.kill("SIGKILL"));
  const { port } = JSON.parse(String((await once(server.stdout, "data"))[0])) as Address;
  expect(await reach("127.0.0.1", port)).toBe("connected");
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const [response] = (await once(get({ host: "127.0.0.1", port, agent }), "response")) as [IncomingMessage];
  await once(response.resume(), "end");
  const half = connect(port, "127.0.0.1", () => half.write("GET / HTTP/1.1\r\nHost:"));
  half.on("error", () => undefined);
  onTestFinished(() => void half.destroy());
  await once(half, "connect");
  const start = performance.now();
  server.kill("SIGTERM");
  expect(await once(server, "exit")).toEqual([0, null]);
  expect(performance.now() - start).toBeLessThan(2000);
});
