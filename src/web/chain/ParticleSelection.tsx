import { type Model } from "../model/model.js";
import { NO_SELECTION, selectionInWords, selectionOf } from "../model/selection.js";
import { RangeInput, Words } from "./SelectionFields.js";

/** Which particles count: here, in the event table and on the pages of studies. */
export function ParticleSelection(props: { model: Model }) {
  const { view, setView } = props.model;
  const isAll = (): boolean => JSON.stringify(selectionOf(view)) === JSON.stringify(NO_SELECTION);
  return (
    <details class="particle-selection">
      <summary>{selectionInWords(view) || "all particles in acceptance"}</summary>
      <RangeInput name="|η|" step={0.1} text={view.eta} onText={(eta) => setView({ eta })} />
      <RangeInput name="pT [GeV]" step={5} text={view.pt} onText={(pt) => setView({ pt })} />
      <Words
        label="Particles"
        value={view.only}
        words={[
          ["all", "all particles"],
          ["split", "split only"],
          ["whole", "not split"],
        ]}
        onWord={(only) => setView({ only })}
      />
      <Words
        label="Variable"
        value={view.measure === "pt" ? "pt" : "energy"}
        words={[
          ["energy", "energy"],
          ["pt", "pT"],
        ]}
        onWord={(measure) => setView({ measure })}
      />
      <button type="button" disabled={isAll()} onClick={() => setView(NO_SELECTION)}>
        all
      </button>
    </details>
  );
}
