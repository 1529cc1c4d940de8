/** The files of samples and runs, by ranges. Nothing outside of the data folders is ever opened. */
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import { containedPath, isPlainName } from "./catalog.js";

const FILE = /^[A-Za-z0-9_]+\.(parquet|json)$/;

/**
 * Answers GET and HEAD of `path` (decoded, with slashes) below the first of the roots that has it: 400 for paths that
 * cannot be meant well, 404 for what is not there, 206 and 416 for ranges, 304 for what the client has.
 */
export async function dataFile(roots: readonly string[], path: string, request: Request): Promise<Response> {
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

export async function serveFile(path: string, request: Request): Promise<Response> {
  const handle = await open(path, "r").catch(() => undefined);
  const info = await handle?.stat();
  await handle?.close();
  if (info === undefined || !info.isFile()) return problem(404, "no such file, or it cannot be read");
  const { size } = info;
  const etag = `"${size.toString(36)}-${Math.round(info.mtimeMs * 1000).toString(36)}"`;
  const headers: Record<string, string> = {
    "accept-ranges": "bytes",
    "cache-control": "no-cache",
    "content-type": path.endsWith(".json") ? "application/json" : "application/octet-stream",
    etag,
  };
  if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
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
  const stream = createReadStream(path, { start, end: end - 1, highWaterMark: 1 << 18 });
  return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, { status, headers });
}

/** [start, end) of a single range; null for none, several or nonsense, which count as no range. */
export function parseRange(
  header: string | null,
  size: number,
): { readonly start: number; readonly end: number } | "unsatisfiable" | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "");
  if (match === null || (match[1] === "" && match[2] === "")) return null;
  if (match[1] === "") {
    const length = Number(match[2]);
    return length === 0 || size === 0 ? "unsatisfiable" : { start: Math.max(0, size - length), end: size };
  }
  const start = Number(match[1]);
  const end = match[2] === "" ? size : Math.min(size, Number(match[2]) + 1);
  if (match[2] !== "" && Number(match[2]) < start) return null;
  return start >= size ? "unsatisfiable" : { start, end };
}

export function problem(status: number, error: string): Response {
  return Response.json({ error }, { status });
}
