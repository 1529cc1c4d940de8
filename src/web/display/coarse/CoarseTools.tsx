import { ScaleChoice } from "../CellTools.js";
import { type Model } from "../../model/model.js";

export function CoarseTools(props: { model: Model }) {
  const { setView } = props.model;
  return (
    <>
      <ScaleChoice model={props.model} />
      <button
        type="button"
        title="Fit both maps: to the particle, and to the region (f)"
        onClick={() => setView({ camera: "", hexes: "" })}
      >
        fit
      </button>
      <button type="button" title="All wafers" onClick={() => setView({ camera: "0,0,0.62" })}>
        whole
      </button>
    </>
  );
}
