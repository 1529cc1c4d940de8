import { stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Command, InvalidArgumentError, Option } from "commander";
import { InputError } from "../core/index.js";
import { type Globals, report, warnIgnored } from "./globals.js";
import { type Io } from "./io.js";
import { collect, wholeNumber } from "./options.js";
import { VERSION } from "./version.js";

interface ServeOptions extends Globals {
  data: string[];
  host: string;
  port: number;
  basePath: string;
  allowHost: string[];
  geometry?: string;
}

export function serveCommand(io: Io): Command {
  return new Command("serve")
    .description("the event display in a browser; without --data it shows a simulated sample")
    .addOption(
      new Option("--data <dir>", "folder with samples and runs (repeatable; the first match wins)")
        .argParser(collect)
        .default([], "none"),
    )
    .option("--host <host>", "address to listen on", "127.0.0.1")
    .addOption(new Option("--port <port>", "port; 0: any free one").argParser(wholeNumber(0, 65535)).default(8080))
    .addOption(new Option("--base-path <path>", "path of the application").argParser(basePath).default("/"))
    .addOption(
      new Option("--allow-host <name>", "host name that requests may carry, besides localhost (repeatable; *: any)")
        .argParser(collect)
        .default([], "none"),
    )
    .option("--geometry <file>", "trigger cell positions of `geometry import`, to draw instead of our own")
    .addHelpText(
      "after",
      "\nExamples:\n  bye-splits serve\n  bye-splits serve --data out --port 0\n  bye-splits serve --host 0.0.0.0 --allow-host display.example.org --base-path /hgcal",
    )
    .action(async (options: ServeOptions) => {
      const { data, host, port, basePath, allowHost, geometry } = options;
      const { defaultEventLists, loadConfig } = await import("./config.js");
      const { config, ignored } = loadConfig(options.config);
      warnIgnored(io, ignored, options);
      for (const folder of data) {
        const info = await stat(folder).catch(() => undefined);
        if (info === undefined || !info.isDirectory())
          throw new InputError(`--data ${folder}: there is no such folder`);
      }
      if (geometry !== undefined) await (await import("../pipeline/geometry.js")).openGeometry(geometry);
      const { createApp, listen, readAssets } = await import("../server/index.js");
      const assets = await readAssets(fileURLToPath(new URL("../web", import.meta.url)));
      if (!assets.has("index.html")) throw new InputError("the pages are not built: run npm run build");
      const allowedHosts = [...allowHost, host];
      const signal = io.interrupt.signal();
      const app = createApp({
        data,
        assets,
        basePath,
        allowedHosts,
        version: VERSION,
        defaultEvents: defaultEventLists(config),
        ...(geometry === undefined ? {} : { geometry }),
      });
      const server = await listen(app, host, port);
      const shown = host.includes(":") ? `[${host}]` : host === "0.0.0.0" ? "localhost" : host;
      const url = `http://${shown}:${server.port}${basePath}`;
      report(io, options, { url, host, port: server.port }, [`Serving on ${url} (Ctrl-C stops)`]);
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
      await server.close();
    });
}

/** "/", or a path that begins and ends with a slash. */
function basePath(text: string): string {
  const path = `/${text}/`.replace(/\/+/g, "/");
  if (!/^[\w.~/-]*$/.test(path) || /(^|\/)\.{1,2}(\/|$)/.test(path)) {
    throw new InvalidArgumentError("expected a path such as /hgcal, of letters, digits, - . _ ~");
  }
  return path;
}
