/** What lies below the data folders of the server. */
import { createSignal } from "solid-js";
import { type Catalog } from "../../server/api.js";
import { type Problems } from "./problems.js";

/** Reads it, and again when the page is looked at anew: who comes back from the terminal has perhaps made another sample there. */
const FAILED = "The list of samples cannot be read";

export function createCatalog({ failLasting, mended }: Problems) {
  const [catalog, setCatalog] = createSignal<Catalog | null>(null);

  async function read(): Promise<void> {
    const response = await fetch("api/catalog");
    if (!response.ok) throw new Error(`the server answers ${response.status}`);
    setCatalog((await response.json()) as Catalog);
    mended(FAILED);
  }

  /** A server that has gone changes nothing: what is known stays. */
  const refreshCatalog = (): Promise<void> => read().catch(() => undefined);
  addEventListener("focus", () => void refreshCatalog());

  return {
    catalog,
    refreshCatalog,
    /** Never rejects. */
    catalogRead: read().catch((error: unknown) => failLasting(FAILED, error)),
  };
}
