/** The files of samples and runs, by ranges. Nothing outside of the data folders is ever opened. */
import { type BigIntStats } from "node:fs";
import { type FileHandle } from "node:fs/promises";
import { InputError } from "../core/index.js";
import { openRegular } from "../io/node/index.js";
import { containedPath, isPlainName } from "./catalog.js";
import { type AppRequest, isKnown, parseRange } from "./conditions.js";

const FILE = /^[A-Za-z0-9_]+\.(parquet|json)$/;
/** Bytes that are read at once. */
const CHUNK = 1 << 18;

/**
 * Answers GET and HEAD of `path` (decoded, with slashes) below the first of the roots that has it: 400 for paths that
 * cannot be meant well, 404 for what is not there or no plain file, 206 and 416 for ranges, 304 for what the client has.
 */
export async function dataFile(roots: readonly string[], path: string, request: AppRequest): Promise<Response> {
  const parts = path.split("/");
  const folders = parts[0] === "." ? parts.slice(1, -1) : parts.slice(0, -1);
  const file = parts[parts.length - 1];
  if (!folders.every(isPlainName) || !FILE.test(file)) return problem(400, "not a path of a data file");
  for (const root of roots) {
    const real = await containedPath(root, [...folders, file].join("/"));
    if (real !== undefined) return serveFile(real, request);
  }
  return problem(404, `no such file below the data folders: ${path}`);
}

export async function serveFile(path: string, request: AppRequest): Promise<Response> {
  const handle = await openRegular(path).catch(() => undefined);
  if (handle === undefined) return problem(404, "no such file, or it cannot be read");
  let response: Response | undefined;
  try {
    response = answer(path, handle, await handle.stat({ bigint: true }), request);
    return response;
  } finally {
    // A body closes the file at its end.
    if (!response?.body) await handle.close();
  }
}

function answer(path: string, handle: FileHandle, info: BigIntStats, request: AppRequest): Response {
  const size = Number(info.size);
  // Another file, or another state of it: a copy of the same size and time is another file.
  const etag = `"${[info.ino, info.size, info.mtimeNs].map((part) => part.toString(36)).join("-")}"`;
  const headers: Record<string, string> = {
    "accept-ranges": "bytes",
    "cache-control": "no-cache",
    "content-type": path.endsWith(".json") ? "application/json" : "application/octet-stream",
    etag,
  };
  if (isKnown(request, etag)) return new Response(null, { status: 304, headers });
  const wanted = request.headers.get("if-range");
  const range = wanted !== null && wanted !== etag ? null : parseRange(request.headers.get("range"), size);
  if (range === "unsatisfiable") {
    return new Response(null, { status: 416, headers: { ...headers, "content-range": `bytes */${size}` } });
  }
  const { start, end } = range ?? { start: 0, end: size };
  headers["content-length"] = String(end - start);
  if (range !== null) headers["content-range"] = `bytes ${start}-${end - 1}/${size}`;
  const status = range === null ? 200 : 206;
  if (request.method === "HEAD" || start === end) return new Response(null, { status, headers });
  return new Response(bytesOf(path, handle, start, end), { status, headers });
}

/** Bytes [start, end) as they are asked for. An error when the file has become shorter: what follows would be taken for them. */
function bytesOf(path: string, handle: FileHandle, start: number, end: number): ReadableStream<Uint8Array> {
  let at = start;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const chunk = new Uint8Array(Math.min(CHUNK, end - at));
          const { bytesRead } = await handle.read(chunk, 0, chunk.length, at);
          if (bytesRead === 0) throw new InputError(`${path}: the file ends at byte ${at}, ${end} were promised`);
          at += bytesRead;
          controller.enqueue(chunk.subarray(0, bytesRead));
          if (at < end) return;
          await handle.close();
          controller.close();
        } catch (error) {
          await handle.close().catch(() => undefined);
          controller.error(error);
        }
      },
      cancel: () => handle.close(),
    },
    { highWaterMark: 0 },
  );
}

export function problem(status: number, error: string): Response {
  return Response.json({ error }, { status });
}
