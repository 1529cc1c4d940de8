/** The application on a port: node:http around a function from requests to responses. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type Socket } from "node:net";
import { InputError } from "../core/index.js";
import { type App } from "./app.js";

/** How long a client may take [ms]. */
export interface Limits {
  /** For the head of a request, and for all of it. */
  readonly head: number;
  readonly request: number;
  /** Neither sending nor reading. */
  readonly idle: number;
  /** Between two looks at which requests take too long. */
  readonly check: number;
  /** For answers that are under way when the server closes. */
  readonly close: number;
}

const LIMITS: Limits = { head: 10_000, request: 20_000, idle: 60_000, check: 5_000, close: 10_000 };

export interface Listening {
  readonly host: string;
  readonly port: number;
  /** Takes no more requests; answers that are under way may end, for a while. */
  close(): Promise<void>;
}

export interface ListenOptions {
  readonly limits?: Limits;
  /** Told in one line which answer broke off, but for clients that went away. */
  readonly log?: (line: string) => void;
}

/** Resolves when the server listens. InputError when it cannot: the port is taken, the host is not this machine's. */
export async function listen(app: App, host: string, port: number, options: ListenOptions = {}): Promise<Listening> {
  const { limits = LIMITS, log = () => undefined } = options;
  /** Open connections, and how many answers are under way on each. */
  const answers = new Map<Socket, number>();
  let closing = false;
  const server = createServer(
    {
      headersTimeout: limits.head,
      requestTimeout: limits.request,
      connectionsCheckingInterval: limits.check,
      keepAliveTimeout: 10_000,
      maxHeaderSize: 16_384,
    },
    (incoming, outgoing) => {
      const { socket } = incoming;
      answers.set(socket, (answers.get(socket) ?? 0) + 1);
      outgoing.once("close", () => {
        const left = (answers.get(socket) ?? 1) - 1;
        if (answers.has(socket)) answers.set(socket, left);
        if (closing && left === 0) socket.end();
      });
      respond(app, incoming, outgoing).catch((error: unknown) => {
        // The next answer would be taken for the rest of this one.
        outgoing.destroy();
        if (error instanceof InputError) log(error.message);
      });
    },
  );
  server.on("connection", (socket) => {
    answers.set(socket, 0);
    // Each answer that waits behind others listens for its end.
    socket.setMaxListeners(0);
    socket.once("close", () => answers.delete(socket));
  });
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
        closing = true;
        const patience = setTimeout(() => server.closeAllConnections(), limits.close);
        server.close(() => {
          clearTimeout(patience);
          resolve();
        });
        for (const [socket, left] of answers) if (left === 0) socket.destroy();
      }),
  };
}

async function respond(app: App, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const headers = new Headers();
  for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
    headers.append(incoming.rawHeaders[i], incoming.rawHeaders[i + 1]);
  }
  // The path as it was sent: a Request would clean it.
  const url = incoming.url?.startsWith("/") === true ? `http://localhost${incoming.url}` : "http://localhost/%";
  const response = await app({ method: incoming.method ?? "GET", url, headers });
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body !== null) await send(response.body, outgoing, incoming.socket);
  outgoing.end();
}

/** Sends a body as fast as the client reads; cancels it, which closes its file, when the client is gone, before or meanwhile. */
async function send(body: ReadableStream<Uint8Array>, outgoing: ServerResponse, socket: Socket): Promise<void> {
  const reader = body.getReader();
  try {
    while (!socket.destroyed) {
      const { done, value } = await reader.read();
      if (done) return;
      if (!outgoing.write(value)) await drained(outgoing, socket);
    }
  } finally {
    await reader.cancel();
  }
}

/** Of an answer that waits behind others only the connection says that it will never be sent. */
function drained(outgoing: ServerResponse, socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const next = (): void => {
      outgoing.off("drain", next);
      socket.off("close", next);
      resolve();
    };
    outgoing.on("drain", next);
    socket.on("close", next);
    if (socket.destroyed) next();
  });
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
