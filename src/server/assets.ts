/** The files of the web application: read once when the server starts, so that a request can name nothing else. */
import { createHash } from "node:crypto";
import { type Dirent } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type AppRequest, isKnown } from "./conditions.js";

export interface Asset {
  readonly type: string;
  readonly etag: string;
  /** By content coding. */
  readonly bodies: Readonly<Record<"identity" | "br" | "gzip", Uint8Array<ArrayBuffer> | undefined>>;
  /** Its name has a hash of its content. */
  readonly immutable: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  json: "application/json",
  svg: "image/svg+xml",
  png: "image/png",
  wasm: "application/wasm",
};

/** All files of a folder, by their path with slashes; those that end in .br and .gz are other codings of the same name. */
export async function readAssets(folder: string): Promise<Map<string, Asset>> {
  const assets = new Map<string, Asset>();
  const read = async (path: string): Promise<Uint8Array<ArrayBuffer> | undefined> =>
    readFile(join(folder, path)).then(
      (bytes) => Uint8Array.from(bytes),
      () => undefined,
    );
  const visit = async (path: string): Promise<void> => {
    const entries = await readdir(join(folder, path), { withFileTypes: true }).catch((): Dirent[] => []);
    for (const entry of entries) {
      const child = path === "" ? entry.name : `${path}/${entry.name}`;
      const extension = entry.name.slice(entry.name.lastIndexOf(".") + 1);
      if (entry.isDirectory()) await visit(child);
      else if (extension in TYPES) {
        const identity = await read(child);
        if (identity === undefined) continue;
        assets.set(child, {
          type: TYPES[extension],
          etag: createHash("sha256").update(identity).digest("base64url").slice(0, 22),
          bodies: { identity, br: await read(`${child}.br`), gzip: await read(`${child}.gz`) },
          immutable: /-[\w-]{8}\.\w+$/.test(entry.name),
        });
      }
    }
  };
  await visit("");
  return assets;
}

/** Answers GET and HEAD of an asset. */
export function assetResponse(asset: Asset, request: AppRequest): Response {
  const accepted = (request.headers.get("accept-encoding") ?? "").split(",").map((part) => part.trim().split(";")[0]);
  const coding = (["br", "gzip"] as const).find((each) => accepted.includes(each) && asset.bodies[each] !== undefined);
  const body = asset.bodies[coding ?? "identity"];
  const etag = `"${asset.etag}${coding === undefined ? "" : `-${coding}`}"`;
  const headers: Record<string, string> = {
    "content-type": asset.type,
    "cache-control": asset.immutable ? "public, max-age=31536000, immutable" : "no-cache",
    etag,
    vary: "accept-encoding",
    ...(coding === undefined ? {} : { "content-encoding": coding }),
  };
  if (isKnown(request, etag)) return new Response(null, { status: 304, headers });
  headers["content-length"] = String(body?.length ?? 0);
  return new Response(body, { status: 200, headers });
}
