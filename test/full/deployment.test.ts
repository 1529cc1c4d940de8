/** The web application as a cluster builds and runs it: by Source-to-Image's steps, and as an image. Both need a registry of packages, as a build has. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, cpSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { get, type IncomingMessage } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { root, scratch } from "../cli.js";

const UID = 1000660000;
const ROUTE = "viz2-hgcal-event-display.app.cern.ch";
const has = (...argv: [string, ...string[]]): boolean => spawnSync(argv[0], argv.slice(1)).status === 0;
const isRoot = process.getuid?.() === 0;
const canSwitch = isRoot && has("setpriv", `--reuid=${UID}`, "--regid=0", "--clear-groups", "true");
const canBuild = isRoot && has("buildah", "--version");
const PATH = process.env["PATH"] ?? "";

/** What git knows of this clone, as it stands, in a new folder that anybody may read. */
function copyOfClone(): string {
  const folder = scratch();
  chmodSync(folder, 0o755);
  const clone = join(folder, "src");
  const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root })
    .toString()
    .split("\0");
  for (const file of files) if (file !== "") cpSync(join(root, file), join(clone, file));
  return clone;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "0.0.0.0");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The answer, once the server is up. */
async function ask(port: number, path: string, host: string): Promise<IncomingMessage> {
  for (let tries = 0; ; tries++) {
    try {
      const request = get({ host: "0.0.0.0", port, path, headers: { host }, agent: false });
      return ((await once(request, "response")) as [IncomingMessage])[0];
    } catch (error) {
      if (tries === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

const status = async (port: number, path: string, host: string) => (await ask(port, path, host)).resume().statusCode;

/** [code, signal] of its end, and how long it took since SIGTERM [s]. */
async function terminate(server: ChildProcess): Promise<{ end: unknown[]; seconds: number }> {
  const start = performance.now();
  const exit = once(server, "exit");
  server.kill("SIGTERM");
  return { end: await exit, seconds: (performance.now() - start) / 1000 };
}

test.skipIf(!canSwitch)(
  "S2I's steps, then a user without a name, a home or a place to write: it answers the Route's name, and SIGTERM ends it [needs setpriv]",
  { timeout: 400_000 },
  async () => {
    const cwd = copyOfClone();
    const npm = (args: string[], NODE_ENV: string) =>
      execFileSync("npm", args, { cwd, env: { ...process.env, NODE_ENV }, stdio: "pipe" });
    npm(["install"], "development");
    npm(["run", "build", "--if-present"], "production");
    npm(["prune"], "production");
    const data = join(dirname(cwd), "data/photons");
    mkdirSync(data, { recursive: true });
    for (const table of ["gen", "cl3d", "tc"]) writeFileSync(join(data, `${table}.parquet`), Buffer.alloc(1 << 25, 7));
    execFileSync("chmod", ["-R", "a+rX,go-w", dirname(cwd)]);
    const environment = readFileSync(join(cwd, ".s2i/environment"), "utf8")
      .split("\n")
      .filter((line) => /^\w/.test(line));
    const port = await freePort();
    const start = (...command: string[]): ChildProcess => {
      const user = [`--reuid=${UID}`, "--regid=0", "--clear-groups"];
      const env = [
        `PATH=${PATH}`,
        "HOME=/nonexistent",
        ...environment,
        `PORT=${port}`,
        `BYE_SPLITS_DATA=${dirname(data)}`,
      ];
      const server = spawn("setpriv", [...user, "env", "-i", ...env, ...command], {
        cwd,
        stdio: ["ignore", "pipe", "pipe"],
      });
      onTestFinished(() => void server.kill("SIGKILL"));
      return server;
    };
    const checked = async (): Promise<void> => {
      expect(await status(port, "/", ROUTE)).toBe(200);
      expect(await status(port, "/healthz", "10.76.3.9:8080")).toBe(200);
      expect(await status(port, "/readyz", "10.76.3.9:8080")).toBe(200);
    };

    // As INIT_WRAPPER does: a shell that hands SIGTERM on.
    const wrapper = '"$0" & PID=$!; trap "kill -s TERM $PID" TERM; wait $PID; trap - TERM; wait $PID';
    const command = environment.find((line) => line.startsWith("NODE_CMD="))?.slice("NODE_CMD=".length) ?? "";
    const wrapped = start("sh", "-c", wrapper, command);
    await checked();
    const idle = await terminate(wrapped);
    expect(idle.end).toEqual([0, null]);
    expect(idle.seconds).toBeLessThan(2);

    // A download that is under way when the signal comes gets to its end.
    const script = start(command);
    await checked();
    const download = await ask(port, "/data/photons/tc.parquet", ROUTE);
    let bytes = 0;
    await once(download, "readable");
    const stopped = terminate(script);
    setTimeout(() => download.on("data", (chunk: Buffer) => (bytes += chunk.length)), 1000);
    expect((await stopped).end).toEqual([0, null]);
    expect((await stopped).seconds).toBeLessThan(10);
    expect([download.complete, bytes]).toEqual([true, 1 << 25]);

    // Without the wrapper npm is the parent: it must not keep the server either.
    const plain = start("npm", "run", "serve");
    await checked();
    expect((await terminate(plain)).seconds).toBeLessThan(2);
    const port2 = createServer().listen(port, "0.0.0.0");
    await once(port2, "listening");
    port2.close();
  },
);

/** An image with Node, npm and a shell of this machine: no registry of images is needed. */
function baseImage(buildah: (...args: string[]) => string): string {
  const folder = scratch();
  const fs = join(folder, "fs");
  for (const each of ["bin", "lib", "lib64"]) {
    mkdirSync(join(fs, "usr", each), { recursive: true });
    symlinkSync(`usr/${each}`, join(fs, each));
  }
  const copy = (path: string): void =>
    cpSync(realpathSync(path), join(fs, path), { recursive: true, dereference: true });
  const programs = ["node", "sh", "cp", "mkdir", "chmod", "env", "dirname"].map((name) =>
    execFileSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim(),
  );
  // What packages of the build load is linked with more than Node is.
  const addons = execFileSync("find", [join(root, "node_modules"), "-name", "*.node"], { encoding: "utf8" })
    .trim()
    .split("\n");
  const libraries = [...programs, ...addons].flatMap((path) =>
    [...execFileSync("ldd", [path], { encoding: "utf8" }).matchAll(/(\/\S+) \(/g)].map(([, library]) => library),
  );
  const modules = dirname(
    dirname(dirname(realpathSync(execFileSync("sh", ["-c", "command -v npm"], { encoding: "utf8" }).trim()))),
  );
  for (const path of new Set([...programs, ...libraries, join(modules, "npm")])) copy(path);
  writeFileSync(join(fs, "usr/bin/npm"), `#!/bin/sh\nexec node ${join(modules, "npm/bin/npm-cli.js")} "$@"\n`, {
    mode: 0o755,
  });
  for (const each of ["tmp", "etc", "root"]) mkdirSync(join(fs, each), { recursive: true });
  chmodSync(join(fs, "tmp"), 0o1777);
  // The registry of this machine, with its certificates.
  const certificates = process.env["NODE_EXTRA_CA_CERTS"];
  const lines = [`registry=${execFileSync("npm", ["config", "get", "registry"], { encoding: "utf8" }).trim()}`];
  if (certificates !== undefined) {
    copy(certificates);
    lines.push(`cafile=${certificates}`);
  }
  writeFileSync(join(fs, "npmrc"), `${lines.join("\n")}\n`);
  writeFileSync(
    join(folder, "Containerfile"),
    "FROM scratch\nCOPY fs /\nENV PATH=/usr/local/bin:/usr/bin NPM_CONFIG_GLOBALCONFIG=/npmrc\n",
  );
  buildah("bud", "--isolation", "chroot", "-t", "localhost/node", folder);
  return "localhost/node";
}

test.skipIf(!canBuild)(
  "the image of the Containerfile: its server answers as a user without a name, and ends at SIGTERM [needs buildah]",
  { timeout: 500_000 },
  async () => {
    const store = scratch();
    const storage = ["--storage-driver", "vfs", "--root", join(store, "root"), "--runroot", join(store, "run")];
    const buildah = (...args: string[]): string =>
      execFileSync("buildah", [...storage, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
    const base = baseImage(buildah);
    const context = copyOfClone();
    buildah("bud", "--isolation", "chroot", "--build-arg", `NODE_IMAGE=${base}`, "-t", "localhost/bye-splits", context);
    const container = buildah("from", "localhost/bye-splits").trim();
    const port = await freePort();
    const env = ["--env", `PORT=${port}`, "--env", `ALLOW_HOST=${ROUTE}`];
    const run = ["run", "--isolation", "chroot", "--user", `${UID}:0`, ...env, container, "--", "./app.sh"];
    const server = spawn("buildah", [...storage, ...run], { stdio: ["ignore", "pipe", "pipe"] });
    onTestFinished(() => {
      server.kill("SIGKILL");
      buildah("rm", "--all");
    });
    expect(await status(port, "/", ROUTE)).toBe(200);
    expect(await status(port, "/", "other.example")).toBe(403);
    expect(await status(port, "/healthz", "10.76.3.9:8080")).toBe(200);
    expect((await terminate(server)).seconds).toBeLessThan(10);
  },
);
