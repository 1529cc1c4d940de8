/** The grid proxy that a job takes along. */
import { X509Certificate } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { type EngineName } from "../../batch/index.js";
import { InputError } from "../../core/index.js";
import { type Io, warn } from "../io.js";

/** InputError for a proxy that is not there or has expired. The local engine goes on without. */
export function checkProxy(io: Io, where: string, path: string, engine: EngineName): string | undefined {
  const problem = proxyProblem(path);
  if (problem === undefined) return path;
  const message = `${where}: ${path} ${problem}: make one with voms-proxy-init --voms cms --out ${path}`;
  if (engine !== "local") throw new InputError(message);
  warn(io, `${message}; the local engine goes on without`);
  return undefined;
}

function proxyProblem(path: string): string | undefined {
  let text: string;
  try {
    if (!statSync(path).isFile()) return "is no file";
    text = readFileSync(path, "utf8");
  } catch {
    return "is missing or cannot be read";
  }
  const ends = endOfProxy(text);
  return ends !== undefined && ends < new Date() ? `has expired on ${ends.toISOString()}` : undefined;
}

/** The earliest end of the certificates in it; undefined when it cannot be told. */
function endOfProxy(text: string): Date | undefined {
  const ends = [...text.matchAll(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)].flatMap(([pem]) => {
    try {
      return [Date.parse(new X509Certificate(pem).validTo)];
    } catch {
      return [];
    }
  });
  return ends.length === 0 || ends.some(Number.isNaN) ? undefined : new Date(Math.min(...ends));
}
