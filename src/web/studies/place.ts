/** The place of the keyboard on the pages of studies. */
import { createEffect, on } from "solid-js";
import { refocus } from "../ui/focus.js";

/** What opened a study, or what was looked at in it, goes with the page before: the focus goes to what is there now, and back to what it came from. */
export function keepPlace(study: () => string, info: () => object | null, isEmpty: () => boolean): void {
  let opened = "";
  let isTurned = false;
  createEffect(
    on(
      study,
      (_, before) => {
        opened = before ?? "";
        isTurned = true;
      },
      { defer: true },
    ),
  );
  createEffect(
    on([info, isEmpty], ([known, nothing]) => {
      const where = known !== null ? "nav.pages [aria-current]" : nothing ? ".studies .problem button" : "";
      // The page before may still be there in this moment.
      setTimeout(() => {
        if (isTurned && where !== "" && refocus(where, `[data-opens="${CSS.escape(opened)}"]`)) isTurned = false;
      });
    }),
  );
}
