/** Files on the server as byte sources. */
import { FormatError, InputError, TransientError } from "../../core/index.js";
import { type ByteSource, checkRange, type SourceFolder } from "../../io/index.js";

async function fetchOrFail(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    throw new TransientError(`the server does not answer (${url}): is it still running?`, { cause });
  }
}

/** A folder of files below `url`, which ends with a slash. */
export function httpFolder(name: string, url: string): SourceFolder {
  return {
    name,
    async open(file) {
      const where = url + file;
      const response = await headOf(where);
      return response.status === 404 ? undefined : sourceOf(`${name}/${file}`, where, response);
    },
  };
}

/** One file that must be there. */
export async function httpFile(name: string, url: string): Promise<ByteSource> {
  return sourceOf(name, url, await headOf(url));
}

async function headOf(url: string): Promise<Response> {
  const response = await fetchOrFail(url, { method: "HEAD", cache: "no-store" });
  // Nothing follows, but unread the browser counts it as aborted.
  await response.arrayBuffer();
  return response;
}

function sourceOf(name: string, url: string, { ok, status, headers }: Response): ByteSource {
  if (!ok) throw new InputError(`${name}: the server answers ${status}`);
  return httpSource(name, url, Number(headers.get("content-length")), headers.get("etag") ?? "");
}

function httpSource(name: string, url: string, size: number, etag: string): ByteSource {
  return {
    name,
    size,
    async read(start, end) {
      checkRange({ name, size }, start, end);
      if (start === end) return new Uint8Array(0);
      const headers = { range: `bytes=${start}-${end - 1}`, "if-range": etag };
      const response = await fetchOrFail(url, { headers, cache: "no-store" });
      if (response.status === 404) throw new InputError(`${name}: the file is no longer there`);
      if (response.status !== 206) {
        await response.body?.cancel();
        throw new FormatError(`${name}: the file has changed since it was opened; open the sample again`);
      }
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (bytes.length !== end - start) {
        throw new TransientError(`${name}: ${bytes.length} bytes arrived, expected ${end - start}; try again`);
      }
      return bytes;
    },
  };
}
