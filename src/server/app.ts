/** The web application's HTTP side as one function from Request to Response. */
import { basename } from "node:path";
import { type Catalog, type DefaultEvents } from "./api.js";
import { type Asset, assetResponse } from "./assets.js";
import { readCatalog } from "./catalog.js";
import { type AppRequest } from "./conditions.js";
import { dataFile, problem, serveFile } from "./data-file.js";
import { probe } from "./health.js";
import { hostAllowed } from "./host.js";
import { studyParts } from "./study-parts.js";

export interface AppOptions {
  /** Folders with samples and runs; the first that has a path wins. */
  readonly data: readonly string[];
  readonly assets: ReadonlyMap<string, Asset>;
  /** "/" or "/a/b/": where the application is, as seen by browsers and by this server. */
  readonly basePath: string;
  /** Host names that requests may carry, besides localhost and addresses. */
  readonly allowedHosts: readonly string[];
  readonly version: string;
  /** Parquet file with imported positions of trigger cells. */
  readonly geometry?: string;
  readonly defaultEvents?: readonly DefaultEvents[];
  /** Told what went wrong, in one line, when a request could not be answered. */
  readonly log?: (line: string) => void;
}

/** Never rejects: an error is logged and answered. */
export type App = (request: AppRequest) => Promise<Response>;

/** Pages decompress with WebAssembly; Solid and three set styles on elements, never scripts. */
const CSP = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": CSP,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

/** The reference's address of its display. */
const ALIAS = "display";

export function createApp(options: AppOptions): App {
  const { data, assets, basePath, allowedHosts, version, geometry, defaultEvents = [], log } = options;

  async function answer(request: AppRequest): Promise<Response> {
    const raw = rawPath(request.url);
    const isRead = request.method === "GET" || request.method === "HEAD";
    // Probes know neither the host names nor the path of the application.
    const health = isRead ? await probe(raw.slice(raw.startsWith(basePath) ? basePath.length : 1), data) : undefined;
    if (health !== undefined) return health;
    if (!hostAllowed(request.headers.get("host") ?? new URL(request.url).host, allowedHosts)) {
      return problem(403, "this host name is not allowed; start the server with --allow-host NAME to use it");
    }
    if (!isRead) {
      return new Response(null, { status: 405, headers: { allow: "GET, HEAD" } });
    }
    if ([basePath, `${basePath}${ALIAS}/`].includes(`${raw}/`) || raw === `${basePath}${ALIAS}/`) {
      return new Response(null, { status: 308, headers: { location: basePath } });
    }
    if (!raw.startsWith(basePath)) return problem(404, `nothing here; the application is at ${basePath}`);
    const path = decodePath(raw.slice(basePath.length));
    if (path === undefined) return problem(400, "not a valid path");
    if (path === "api/catalog") {
      const name = geometry === undefined ? null : basename(geometry);
      const catalog: Catalog = { version, geometry: name, defaultEvents, ...(await readCatalog(data)) };
      return Response.json(catalog, { headers: { "cache-control": "no-store" } });
    }
    if (path === "api/geometry" && geometry !== undefined) return serveFile(geometry, request);
    if (path.startsWith("api/parts/")) return studyParts(data, path.slice("api/parts/".length));
    if (path.startsWith("data/")) return dataFile(data, path.slice("data/".length), request);
    if (assets.has(`${path}/index.html`)) {
      return new Response(null, { status: 308, headers: { location: `${basePath}${path}/` } });
    }
    const asset = assets.get(path === "" || path.endsWith("/") ? `${path}index.html` : path);
    return asset === undefined ? problem(404, `no such page: ${path}`) : assetResponse(asset, request);
  }

  return async (request) => {
    let response: Response;
    try {
      response = await answer(request);
    } catch (error) {
      const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
      log?.(JSON.stringify({ error: message, request: `${request.method} ${request.url}`, at: stack.split("\n")[1] }));
      response = problem(500, "the server failed to answer; its log says why");
    }
    // Only files, which care for themselves, are open behind a body.
    if (request.method === "HEAD" && response.body !== null) response = new Response(null, response);
    for (const [name, value] of Object.entries(HEADERS)) response.headers.set(name, value);
    return response;
  };
}

/** The path of a URL as it was sent. */
function rawPath(url: string): string {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  if (start < 0) return "/";
  const end = url.slice(start).search(/[?#]/);
  return end < 0 ? url.slice(start) : url.slice(start, start + end);
}

/** Decoded once; undefined for what no page of ours asks for. */
function decodePath(path: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  // oxlint-disable-next-line no-control-regex
  if (/[\\\u0000-\u001f\u007f]/.test(decoded) || /(^|\/)\.\.(\/|$)|\/\//.test(decoded)) return undefined;
  return decoded;
}
