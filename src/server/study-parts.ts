/** Which parts of a study are there, before they are combined. */
import { join } from "node:path";
import { ExpectedError } from "../core/index.js";
import { openRegular } from "../io/node/index.js";
import { type StudyParts } from "./api.js";
import { containedPath, isPlainName } from "./catalog.js";
import { problem } from "./data-file.js";

/** `id`: path of the study below the first of the roots that has it. 404 for what is no study; 409 for one that does not say what it is. */
export async function studyParts(roots: readonly string[], id: string): Promise<Response> {
  const names = id === "." ? [] : id.split("/");
  if (!names.every(isPlainName)) return problem(400, "not a path of a study");
  for (const root of roots) {
    const folder = await containedPath(root, names.join("/"));
    const json =
      folder === undefined ? undefined : await openRegular(join(folder, "study.json")).catch(() => undefined);
    await json?.close();
    if (folder === undefined || json === undefined) continue;
    // Few studies are looked at before they are whole.
    const { partsThere } = await import("../pipeline/studies/inspect.js");
    try {
      const answer: StudyParts = await partsThere(folder);
      return Response.json(answer, { headers: { "cache-control": "no-store" } });
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      // Paths of the server's disk are not for pages.
      return problem(409, error.message.replaceAll(folder, id));
    }
  }
  return problem(404, `no such study below the data folders: ${id}`);
}
