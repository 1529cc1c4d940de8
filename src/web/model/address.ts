/** The address of the page follows what it shows, and the other way round. */
import { createEffect } from "solid-js";

/**
 * To be called while the page is set up. `changed`: the address has changed from outside. Nothing is written unless `settled`: while
 * what an address asks for is on its way, `link` still tells what was shown before, and an entry of the browser's history that
 * held it would be no different from the one before it: there would be no going back.
 */
export function createAddress(link: () => string, settled: () => boolean, changed: (hash: string) => void): void {
  // The first view keeps its own.
  let written = location.hash;
  let writing: ReturnType<typeof setTimeout> | undefined;
  createEffect(() => {
    const text = link();
    // Also where nothing takes its place yet.
    clearTimeout(writing);
    if (!settled()) return;
    writing = setTimeout(() => {
      const hash = text === "" ? "" : `#${text}`;
      // An address that changed from outside is about to be read: it wins.
      if (hash === written || location.hash !== written) return;
      history.replaceState(null, "", hash === "" ? location.pathname : hash);
      written = location.hash;
    }, 150);
  });
  addEventListener("hashchange", () => {
    if (location.hash === written) return;
    written = location.hash;
    changed(location.hash);
  });
}
