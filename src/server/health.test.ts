import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createApp } from "./app.js";

function folders(...names: string[]): string[] {
  const root = mkdtempSync(join(tmpdir(), "bye-splits-health-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return names.map((name) => {
    mkdirSync(join(root, name));
    return join(root, name);
  });
}

const ask = async (data: readonly string[], path: string, host: string, method = "GET", basePath = "/") => {
  const app = createApp({ data, assets: new Map(), basePath, allowedHosts: ["display.example"], version: "1" });
  const response = await app(new Request(`http://localhost${path}`, { method, headers: { host } }));
  return [response.status, await response.text()];
};

test.each([
  { name: "the pod's own address", host: "10.76.3.9:8080", basePath: "/" },
  { name: "the pod's own address of IPv6", host: "[fd01::9]:8080", basePath: "/" },
  { name: "any name: probes know none", host: "service.namespace.svc", basePath: "/" },
  { name: "any name, of an application below a path", host: "service.namespace.svc", basePath: "/hgcal/" },
])("probes are answered to $name", async ({ host, basePath }) => {
  const data = folders("one");
  expect(await ask(data, "/healthz", host, "GET", basePath)).toEqual([200, "ok\n"]);
  expect(await ask(data, "/readyz", host, "GET", basePath)).toEqual([200, "ready\n"]);
  expect(await ask(data, `${basePath}readyz?verbose`, host, "GET", basePath)).toEqual([200, "ready\n"]);
  expect(await ask(data, "/healthz", host, "HEAD", basePath)).toEqual([200, ""]);
});

test("nothing else is answered to a name that is not allowed, nor a probe that wants to write", async () => {
  expect((await ask([], "/", "service.namespace.svc"))[0]).toBe(403);
  expect((await ask([], "/healthz/", "service.namespace.svc"))[0]).toBe(403);
  expect((await ask([], "/healthz", "localhost", "POST"))[0]).toBe(405);
});

test("it is alive and not ready while a data folder cannot be read, and ready again afterwards", async () => {
  const data = folders("one", "two");
  rmSync(data[1], { recursive: true });
  expect(await ask(data, "/readyz", "localhost")).toEqual([503, "1 of 2 data folders cannot be read\n"]);
  expect(await ask(data, "/healthz", "localhost")).toEqual([200, "ok\n"]);
  mkdirSync(data[1]);
  expect(await ask(data, "/readyz", "localhost")).toEqual([200, "ready\n"]);
});
