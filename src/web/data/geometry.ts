/** The geometry that trigger cells are drawn with: our own, or with the positions of an imported one. */
import { createGeometry, type Geometry, importCells, IMPORTED_CELLS } from "../../detector/index.js";
import { openParquet } from "../../io/index.js";
import { browserParquetCodecs } from "./codecs.js";
import { httpFile } from "./http.js";

let imported: { readonly url: string; readonly version: string; readonly geometry: Promise<Geometry> } | undefined;

/**
 * Read once: the file stays the same as long as the server runs. `version`: of the sample, whose positions are replaced by those of the file.
 */
export function readGeometry(url: string | null, version: string): Geometry | Promise<Geometry> {
  if (url === null) return createGeometry(version);
  if (imported?.url !== url || imported.version !== version) {
    const geometry = readImported(url, version);
    imported = { url, version, geometry };
    geometry.catch(() => (imported = undefined));
  }
  return imported.geometry;
}

async function readImported(url: string, version: string): Promise<Geometry> {
  const file = await openParquet(await httpFile("the geometry", url), await browserParquetCodecs());
  file.missingColumns(IMPORTED_CELLS);
  return importCells(createGeometry(version), await file.read(IMPORTED_CELLS)).geometry;
}
