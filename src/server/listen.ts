/** The application on a port. */
import { createServer, type Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { type Hono } from "hono";
import { InputError } from "../core/index.js";

/** How long a client may take [ms]. */
export interface Limits {
  /** For the head of a request, and for all of it. */
  readonly head: number;
  readonly request: number;
  /** Neither sending nor reading. */
  readonly idle: number;
  /** Between two looks at which requests take too long. */
  readonly check: number;
}

const LIMITS: Limits = { head: 10_000, request: 20_000, idle: 60_000, check: 5_000 };

export interface Listening {
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Resolves when the server listens. InputError when it cannot: the port is taken, the host is not this machine's. */
export async function listen(app: Hono, host: string, port: number, limits = LIMITS): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    createServer,
    serverOptions: {
      headersTimeout: limits.head,
      requestTimeout: limits.request,
      connectionsCheckingInterval: limits.check,
      keepAliveTimeout: 10_000,
      maxHeaderSize: 16_384,
    },
  }) as Server;
  server.setTimeout(limits.idle);
  server.maxConnections = 500;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    host,
    port: typeof address === "object" && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): InputError {
  const why =
    error.code === "EADDRINUSE"
      ? "the port is in use; choose another with --port, or --port 0 for any free one"
      : error.code === "EACCES"
        ? "the port is reserved; choose one above 1023 with --port"
        : error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND"
          ? "this machine has no such address"
          : error.message;
  return new InputError(`cannot listen on ${host}:${port}: ${why}`, { cause: error });
}
