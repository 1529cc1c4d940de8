/** What writes files is loaded apart from the first picture. */
export const loadWriter = () => import("./write.js");

/** Loads all that exports need, so that they work without the server. */
export async function prefetchExport(): Promise<void> {
  await Promise.all([loadWriter(), import("../detector/gltf.js")]);
}
