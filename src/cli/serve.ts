import { stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Command, InvalidArgumentError, Option } from "commander";
import { counted, InputError } from "../core/index.js";
import { type Globals, report } from "./globals.js";
import { type DataCheck } from "../server/index.js";
import { type Io, say } from "./io.js";
import { collect, wholeNumber } from "./options.js";
import { VERSION } from "./version.js";

interface ServeOptions extends Globals {
  data: string[];
  host?: string;
  port?: number;
  basePath: string;
  allowHost: string[];
  geometry?: string;
  check?: boolean;
}

const port = wholeNumber(0, 65535);

export function serveCommand(io: Io): Command {
  return new Command("serve")
    .description("the event display in a browser; without --data it shows a simulated sample")
    .addOption(
      new Option("--data <dir>", "folder with samples and runs (repeatable; the first match wins)")
        .argParser(collect)
        .default([], "the folders in $BYE_SPLITS_DATA, with : between"),
    )
    .option("--host <host>", "address to listen on (default: $HOST, else 127.0.0.1)")
    .addOption(new Option("--port <port>", "port; 0: any free one (default: $PORT, else 8080)").argParser(port))
    .addOption(new Option("--base-path <path>", "path of the application").argParser(basePath).default("/"))
    .addOption(
      new Option("--allow-host <name>", "host name that requests may carry, besides localhost (repeatable; *: any)")
        .argParser(collect)
        .default([], "the names in $ALLOW_HOST"),
    )
    .option("--geometry <file>", "trigger cell positions of `geometry import`, to draw instead of our own")
    .option("--check", "open every sample and run as a page would, say which fail, and end")
    .addHelpText(
      "after",
      "\nExamples:\n  bye-splits serve\n  bye-splits serve --data out --port 0\n  bye-splits serve --data out --check\n  bye-splits serve --host 0.0.0.0 --allow-host display.example.org --base-path /hgcal",
    )
    .action(async (options: ServeOptions) => {
      const { basePath, geometry } = options;
      const data = options.data.length > 0 ? options.data : listed(io.env["BYE_SPLITS_DATA"], /:/);
      const address = addressOf(options, io.env);
      const { defaultEventLists, loadConfig } = await import("./config.js");
      const { config } = loadConfig(io, options);
      for (const folder of data) {
        const info = await stat(folder).catch(() => undefined);
        if (info === undefined || !info.isDirectory())
          throw new InputError(
            `${options.data.length > 0 ? "--data" : "$BYE_SPLITS_DATA:"} ${folder}: there is no such folder`,
          );
      }
      if (geometry !== undefined) await (await import("../pipeline/geometry.js")).openGeometry(geometry);
      const { checkData, createApp, listen, readAssets } = await import("../server/index.js");
      if (options.check === true) return showCheck(io, options, await checkData(data));
      const assets = await readAssets(fileURLToPath(new URL("../web", import.meta.url)));
      if (!assets.has("index.html")) throw new InputError("the pages are not built: run npm run build");
      const signal = io.interrupt.signal();
      const log = (line: string): void => say(io, `bye-splits: ${line}`);
      const { host, allowedHosts } = address;
      const app = createApp({
        data,
        assets,
        basePath,
        allowedHosts,
        version: VERSION,
        defaultEvents: defaultEventLists(config),
        log,
        ...(geometry === undefined ? {} : { geometry }),
      });
      const server = await listen(app, host, address.port, { log });
      const shown = host.includes(":") ? `[${host}]` : host === "0.0.0.0" ? "localhost" : host;
      const url = `http://${shown}:${server.port}${basePath}`;
      report(io, options, { url, host, port: server.port }, [`Serving on ${url} (Ctrl-C stops)`]);
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
      await server.close();
    });
}

/** Where to listen: what the options say, else the environment, as containers and hosters set it. */
function addressOf(options: ServeOptions, env: Io["env"]) {
  const host = options.host ?? (env["HOST"] || "127.0.0.1");
  const named = options.allowHost.length > 0 ? options.allowHost : listed(env["ALLOW_HOST"], /[\s,]+/);
  const allowedHosts = [...named, host];
  return { host, allowedHosts, port: options.port ?? portOf(env["PORT"]) };
}

/** The parts of a variable of the environment. */
function listed(text = "", separator: RegExp): string[] {
  return text.split(separator).filter((part) => part !== "");
}

function portOf(text = ""): number {
  if (text === "") return 8080;
  try {
    return port(text);
  } catch (error) {
    throw new InputError(`$PORT is "${text}": ${(error as Error).message}`, { cause: error });
  }
}

function showCheck(io: Io, options: ServeOptions, check: DataCheck): void {
  const { samples, runs, problems } = check;
  for (const problem of problems) say(io, `bye-splits: ${problem}`);
  if (problems.length > 0) {
    throw new InputError(`${problems.length} of ${samples + runs} samples and runs cannot be shown`);
  }
  report(io, options, check, [`${counted(samples, "sample")} and ${counted(runs, "run")} can be shown`]);
}

/** "/", or a path that begins and ends with a slash. */
function basePath(text: string): string {
  const path = `/${text}/`.replace(/\/+/g, "/");
  if (!/^[\w.~/-]*$/.test(path) || /(^|\/)\.{1,2}(\/|$)/.test(path)) {
    throw new InvalidArgumentError("expected a path such as /hgcal, of letters, digits, - . _ ~");
  }
  return path;
}
