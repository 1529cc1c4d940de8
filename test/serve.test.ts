/** The command `serve` as a user starts it. */
import { writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type Catalog } from "../src/server/api.js";
import { byeSplits, scratch, startByeSplits } from "./cli.js";

async function serve(args: readonly string[], cwd: string): Promise<{ url: string; host: string; port: number }> {
  const server = startByeSplits(["serve", "--port", "0", "--json", ...args], cwd);
  onTestFinished(() => void server.kill("SIGTERM"));
  let text = "";
  for await (const chunk of server.stdout) {
    text += String(chunk);
    if (text.includes("}")) return JSON.parse(text) as { url: string; host: string; port: number };
  }
  throw new Error(`the server ended: ${text}`);
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
    message: 'config.yaml:3: defaultEvents.PU0.photons.0: expected number, got "first"',
  },
  { name: "a geometry that is not there", args: ["--geometry", "cells.parquet"], message: "cells.parquet" },
  { name: "a geometry that is none", args: ["--geometry", "config.yaml"], message: "config.yaml: not a Parquet file" },
  {
    name: "a data folder that is not there",
    args: ["--data", "nothing"],
    message: "--data nothing: there is no such folder",
  },
])("it does not start with $name", ({ args, message }) => {
  const folder = scratch();
  writeFileSync(join(folder, "config.yaml"), "defaultEvents:\n  PU0:\n    photons: [first]\n");
  const { status, stderr } = byeSplits(["serve", "--port", "0", ...args], folder);
  expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
});
