/** The files that bring the web application into a cluster: they agree with each other and with the program. test/full installs and runs what they say. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { root, scratch } from "./cli.js";

const read = (path: string): string => readFileSync(join(root, path), "utf8");

/** Of .s2i/environment: lines of NAME=VALUE. */
const environment = Object.fromEntries(
  read(".s2i/environment")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split("=") as [string, string]),
);

/** What stands at a path of keys and places in one of the files. */
function at(file: string, path: string): unknown {
  const whole: unknown = parse(read(`openshift/${file}.yaml`));
  return path.split(".").reduce((value, key) => (value as Record<string, unknown> | undefined)?.[key], whole);
}

test("Deployment, Service and Route name the same port, labels and host", () => {
  expect(readdirSync(join(root, "openshift"))).toEqual(["deployment.yaml", "route.yaml", "service.yaml"]);
  const pod = (path: string): unknown => at("deployment", `spec.template.${path}`);
  const container = (path: string): unknown => pod(`spec.containers.0.${path}`);
  const labels = pod("metadata.labels");
  expect([at("deployment", "spec.selector.matchLabels"), at("service", "spec.selector")]).toEqual([labels, labels]);
  const port = Number(environment["PORT"]);
  expect(container("ports")).toEqual([{ name: "http", containerPort: port }]);
  expect(at("service", "spec.ports")).toEqual([{ name: "http", port, targetPort: "http" }]);
  expect(at("route", "spec.port.targetPort")).toBe("http");
  expect(at("route", "spec.to.name")).toBe(at("service", "metadata.name"));
  expect(container("env")).toContainEqual({ name: "ALLOW_HOST", value: at("route", "spec.host") });
  expect(at("route", "spec.tls.termination")).toBe("edge");
  const probes = ["startup", "liveness", "readiness"].map((probe) => container(`${probe}Probe.httpGet`));
  expect(probes).toEqual(["/healthz", "/healthz", "/readyz"].map((path) => ({ path, port: "http" })));
  // The server gives answers under way 10 s.
  expect(pod("spec.terminationGracePeriodSeconds")).toBeGreaterThan(10);
  expect(container("securityContext")).toMatchObject({ readOnlyRootFilesystem: true, runAsNonRoot: true });
  expect(read("Containerfile")).toContain(`TMPDIR=${String(container("volumeMounts.0.mountPath"))} `);
  expect(container("command")).toEqual(["./app.sh"]);
});

test("the environment of S2I starts app.sh below an init process; where only npm is known, npm hands signals to the server too", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  expect(scripts[environment["NPM_RUN"]]).toBe("exec node dist/cli/main.js serve");
  // The images run NODE_CMD by the words in it, and with INIT_WRAPPER alone the script "start".
  expect(environment).toMatchObject({ NODE_CMD: "./app.sh", INIT_WRAPPER: "true", HOST: "0.0.0.0" });
  expect(statSync(join(root, "app.sh")).mode & 0o111).toBe(0o111);
});

test("app.sh is the server itself: from any folder, for the names in $ALLOW_HOST, until SIGTERM, with nowhere to write", async () => {
  const env = {
    PATH: process.env["PATH"],
    PORT: "0",
    HOST: "127.0.0.1",
    ALLOW_HOST: "route.example",
    BYE_SPLITS_DATA: scratch(),
    HOME: "/nonexistent",
    TMPDIR: "/nonexistent",
  };
  const server = spawn(join(root, "app.sh"), ["--json"], { cwd: "/", env, stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void server.kill("SIGKILL"));
  const { port } = JSON.parse(String((await once(server.stdout, "data"))[0])) as { port: number };
  const statusFor = (host: string, path: string) =>
    new Promise((resolve, reject) => {
      const request = get({ port, path, headers: { host }, agent: false });
      request.on("response", (response) => resolve(response.resume().statusCode)).on("error", reject);
    });
  expect(await statusFor("route.example", "/")).toBe(200);
  expect(await statusFor("other.example", "/")).toBe(403);
  expect(await statusFor("10.1.2.3:8080", "/readyz")).toBe(200);
  const start = performance.now();
  server.kill("SIGTERM");
  expect(await once(server, "exit")).toEqual([0, null]);
  expect(performance.now() - start).toBeLessThan(2000);
});
