/** The address of the page follows what it shows, and the other way round. */
import { createEffect } from "solid-js";

/** To be called while the page is set up. Nothing is written before `ready`. `changed`: the address has changed from outside. */
export function createAddress(link: () => string, ready: () => boolean, changed: (hash: string) => void): void {
  // The first view keeps its own.
  let written = location.hash;
  let writing: ReturnType<typeof setTimeout> | undefined;
  createEffect(() => {
    const text = link();
    if (!ready()) return;
    clearTimeout(writing);
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
