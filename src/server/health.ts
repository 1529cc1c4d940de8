/** What a cluster's probes ask: is the server alive, and can it show what it should. */
import { readdir } from "node:fs/promises";

/** How long a data folder may take to answer [ms]: one on a network disk may hang. */
const PATIENCE = 2000;

/**
 * Answers `healthz` (the server answers at all) and `readyz` (each data folder can be read now: 200, else 503 with the number of those that cannot); undefined for
 * any other path. Says nothing of the data, for these answers go to any host name.
 */
export async function probe(path: string, data: readonly string[], patience = PATIENCE): Promise<Response | undefined> {
  if (path === "healthz") return plain(200, "ok");
  if (path !== "readyz") return undefined;
  const readable = await Promise.all(data.map((folder) => answers(folder, patience)));
  const lost = readable.filter((each) => !each).length;
  return lost === 0 ? plain(200, "ready") : plain(503, `${lost} of ${data.length} data folders cannot be read`);
}

async function answers(folder: string, patience: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), patience);
  });
  const read = readdir(folder).then(
    () => true,
    () => false,
  );
  return Promise.race([read, late]).finally(() => clearTimeout(timer));
}

function plain(status: number, text: string): Response {
  return new Response(`${text}\n`, {
    status,
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
  });
}
