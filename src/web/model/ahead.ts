/** What the page needs later, loaded ahead, so that it works without the server. */
import { createSignal } from "solid-js";
import { DataWorker } from "../data/client.js";

/** Before the first picture, or the intervals of the first plots, the processor has better things to do [ms]. */
const AFTER_EVENT = 300;
const AFTER_STUDY = 3000;

/** `display`: into the workers that show events; `others`: of other pages. */
export function createAhead(display: () => Promise<unknown>, others: () => Promise<unknown>) {
  const [offline, setOffline] = createSignal<"loading" | "ready" | "failed">("loading");
  let isPrepared = false;
  let isDisplay = false;
  return {
    offline,
    /** An event is shown, or cannot be. */
    afterFirstPaint(): void {
      if (isDisplay) return;
      isDisplay = true;
      setTimeout(() => {
        Promise.all([display(), others()]).then(
          () => setOffline("ready"),
          () => setOffline("failed"),
        );
      }, AFTER_EVENT);
    },
    /** A page without events is shown: the display is loaded by a worker that goes again. */
    prepareDisplay(): void {
      if (isDisplay || isPrepared) return;
      isPrepared = true;
      const away = new DataWorker();
      const load = () => Promise.allSettled([away.call("prefetch"), others()]);
      setTimeout(() => void load().then(() => away.stop()), AFTER_STUDY);
    },
  };
}
