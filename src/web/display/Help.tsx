import { For, onMount } from "solid-js";
import { KEYS } from "./keys.js";

export function Help(props: { onClose: () => void }) {
  let dialog!: HTMLDialogElement;
  onMount(() => dialog.showModal());
  return (
    <dialog ref={(element) => (dialog = element)} class="help" aria-label="Help" onClose={() => props.onClose()}>
      <h2>What this page shows</h2>
      <p>
        Trigger cells of one event in one endcap, and what the Level-1 chain makes of them: the cells are summed in a
        histogram of R/z and φ, the histogram is smoothed, its local maxima are seeds (triangles), and the cells within
        a radius of a seed are its cluster. All of it is computed here, at every change of a parameter.
      </p>
      <p>
        Cells are drawn at x/z and y/z, so that straight tracks from the interaction point are points; a single layer is
        to scale, in cm. x points right and y up. Silicon cells have a thin outline, scintillator a heavy one. The cross
        is the generated particle. The embedded sample comes from a fast simulation.
      </p>
      <p>
        Drop a ROOT ntuple or the Parquet files of a sample on the page to look at your own events; they stay in this
        browser. The address of the page is a link to exactly what you see.
      </p>
      <table>
        <tbody>
          <For each={KEYS}>
            {([key, meaning]) => (
              <tr>
                <th scope="row">
                  <kbd>{key}</kbd>
                </th>
                <td>{meaning}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
      <p>
        Mouse: drag to move, wheel to zoom, click to pick. Touch: one finger moves, two zoom, a long press shows the
        card. In the detector view a drag turns, and moves with the right button, the shift key or two fingers.
      </p>
      <p>
        <a href="docs/index.html" target="_blank">
          Documentation
        </a>
        : the first hour, chains, studies, your own ntuples, the command line.
      </p>
      <button type="button" onClick={() => dialog.close()}>
        close
      </button>
    </dialog>
  );
}
