/** Files of web spaces: with ranges, without, compressed, without a length, replaced meanwhile. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { httpFile, httpFolder } from "./http.js";

const CONTENT = Buffer.from("0123456789".repeat(100));

/** A web space that answers like this; the number of bytes that it sent stands in `sent`. */
async function space(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const sent = { bytes: 0 };
  const server = createServer((request, response) => {
    const end = response.end.bind(response);
    response.end = ((chunk?: Buffer) => {
      if (request.method !== "HEAD") sent.bytes += chunk?.length ?? 0;
      return end(chunk);
    }) as typeof response.end;
    answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, sent };
}

function ranged(request: IncomingMessage, response: ServerResponse, etag?: string): void {
  const headers = etag === undefined ? {} : { etag };
  const [, first, last] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? "") ?? [];
  const mayRange = request.headers["if-range"] === undefined || request.headers["if-range"] === etag;
  if (first === undefined || !mayRange)
    response.writeHead(200, { ...headers, "content-length": CONTENT.length }).end(CONTENT);
  else response.writeHead(206, headers).end(CONTENT.subarray(Number(first), Number(last) + 1));
}

test.each([
  { name: "with ranges", answer: (q: IncomingMessage, s: ServerResponse) => ranged(q, s, '"a"'), most: 20 },
  {
    name: "with ranges and weak tags",
    answer: (q: IncomingMessage, s: ServerResponse) => ranged(q, s, 'W/"a"'),
    most: 20,
  },
  { name: "with ranges, without tags", answer: (q: IncomingMessage, s: ServerResponse) => ranged(q, s), most: 20 },
  {
    name: "without ranges: the file arrives once",
    answer: (_: IncomingMessage, s: ServerResponse) =>
      s.writeHead(200, { etag: '"a"', "content-length": CONTENT.length }).end(CONTENT),
    most: 1000,
  },
  {
    name: "that compresses on the way",
    answer: (_: IncomingMessage, s: ServerResponse) =>
      s.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(CONTENT)),
    most: 1000,
  },
  {
    name: "that names no length",
    answer: (_: IncomingMessage, s: ServerResponse) =>
      s.writeHead(200, { "transfer-encoding": "chunked" }).end(CONTENT),
    most: 1000,
  },
])("a web space $name", async ({ answer, most }) => {
  const { url, sent } = await space(answer);
  const file = await httpFile("tc.parquet", url);
  expect(file.size).toBe(1000);
  expect(Buffer.from(await file.read(10, 20)).toString()).toBe("0123456789");
  expect(Buffer.from(await file.read(995, 1000)).toString()).toBe("56789");
  expect(sent.bytes).toBeLessThanOrEqual(most);
  await expect(file.read(0, 1001)).rejects.toThrow("tc.parquet");
});

test.each([
  { name: "with ranges", version: (etag: string) => (q: IncomingMessage, s: ServerResponse) => ranged(q, s, etag) },
  {
    name: "without ranges",
    version: (etag: string) => (_: IncomingMessage, s: ServerResponse) =>
      s.writeHead(200, { etag, "content-length": CONTENT.length }).end(CONTENT),
  },
])("a file that is replaced while it is read is an error, $name", async ({ version }) => {
  let etag = '"a"';
  const { url } = await space((request, response) => version(etag)(request, response));
  const file = await httpFile("tc.parquet", url);
  etag = '"b"';
  await expect(file.read(0, 10)).rejects.toThrow(
    "tc.parquet: the file has changed since it was opened; open the sample again",
  );
});

test("a file that is not there is none, and another failure is said", async () => {
  const { url } = await space((request, response) =>
    response.writeHead(request.url === "/gen.parquet" ? 404 : 500).end(),
  );
  const folder = httpFolder("photons", url);
  expect(await folder.open("gen.parquet")).toBeUndefined();
  await expect(folder.open("tc.parquet")).rejects.toThrow("photons/tc.parquet: the server answers 500");
});
