/** What is read of requests, and their conditions: what a client already has (RFC 9110, 13). */

/** What the application reads of a Request. Its `url` may hold a path as it was sent, which `new Request` would clean. */
export type AppRequest = Pick<Request, "method" | "url" | "headers">;

/** Whether a header If-None-Match, a list of tags or "*", names what is here. Weak and strong tags count as equal. */
export function isKnown(request: Pick<AppRequest, "headers">, etag: string): boolean {
  const header = request.headers.get("if-none-match")?.trim() ?? "";
  if (header === "*") return true;
  // Tags may contain commas.
  return (header.match(/(?:W\/)?"[^"]*"/g) ?? []).some((tag) => tag.replace(/^W\//, "") === etag);
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
