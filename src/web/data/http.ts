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

async function sourceOf(name: string, url: string, { ok, status, headers }: Response): Promise<ByteSource> {
  if (!ok) throw new InputError(`${name}: the server answers ${status}`);
  const etag = headers.get("etag") ?? "";
  const length = headers.get("content-length");
  // Of a compressed answer the length is another one, and some web spaces name none: then all of it is read at once.
  if (length !== null && headers.get("content-encoding") === null) return httpSource(name, url, Number(length), etag);
  const whole = await bytesOf(await fetchOrFail(url, { cache: "no-store" }));
  return wholeSource(name, whole);
}

const bytesOf = async (response: Response): Promise<Uint8Array> => new Uint8Array(await response.arrayBuffer());

function wholeSource(name: string, whole: Uint8Array): ByteSource {
  const { length: size } = whole;
  return {
    name,
    size,
    async read(start, end) {
      checkRange({ name, size }, start, end);
      return whole.slice(start, end);
    },
  };
}

/** By ranges; of a web space that knows none the file arrives whole at the first read, and is kept. */
function httpSource(name: string, url: string, size: number, etag: string): ByteSource {
  let whole: Promise<ByteSource> | undefined;
  const changed = (): FormatError =>
    new FormatError(`${name}: the file has changed since it was opened; open the sample again`);
  // A weak tag is no condition of ranges (RFC 9110, 13.1.5); the answer's is compared.
  const condition: Record<string, string> = etag === "" || etag.startsWith("W/") ? {} : { "if-range": etag };

  async function readWhole(response: Response): Promise<ByteSource> {
    const bytes = await bytesOf(response);
    if (bytes.length !== size) throw changed();
    return wholeSource(name, bytes);
  }

  return {
    name,
    size,
    async read(start, end) {
      checkRange({ name, size }, start, end);
      if (start === end) return new Uint8Array(0);
      if (whole !== undefined) return (await whole).read(start, end);
      const headers = { range: `bytes=${start}-${end - 1}`, ...condition };
      const response = await fetchOrFail(url, { headers, cache: "no-store" });
      if (response.status === 404) throw new InputError(`${name}: the file is no longer there`);
      if ((response.headers.get("etag") ?? "") !== etag || (response.status !== 206 && response.status !== 200)) {
        await response.body?.cancel();
        throw changed();
      }
      if (response.status === 200) {
        whole = readWhole(response);
        return (await whole).read(start, end);
      }
      const bytes = await bytesOf(response);
      if (bytes.length !== end - start) {
        throw new TransientError(`${name}: ${bytes.length} bytes arrived, expected ${end - start}; try again`);
      }
      return bytes;
    },
  };
}
