/** Playing through the layers. */
import { type Model } from "../../model/model.js";

/** Time that each layer is shown [ms]. */
const PLAY = 350;

let playing: ReturnType<typeof setInterval> | undefined;

/** Starts or stops playing through the layers. */
export function togglePlay({ view, setView, layers }: Model): void {
  if (playing !== undefined) {
    clearInterval(playing);
    playing = undefined;
    return;
  }
  setView({ view: "layer", layer: 1 });
  playing = setInterval(() => {
    if (view.layer === 0 || view.layer >= layers()) {
      clearInterval(playing);
      playing = undefined;
      setView({ layer: 0 });
    } else setView({ layer: view.layer + 1 });
  }, PLAY);
}
