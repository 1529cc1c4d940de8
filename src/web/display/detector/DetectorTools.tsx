import { CellTools } from "../CellTools.js";
import { type Model } from "../../model/model.js";

const LAYERS = 50;

export function DetectorTools(props: { model: Model }) {
  const { view, setView } = props.model;
  const range = (): string => (view.from === view.to ? `layer ${view.from}` : `layers ${view.from}–${view.to}`);
  return (
    <>
      <span class="slider layer-range" role="group" aria-label="Range of layers">
        <span>{range()}</span>
        <input
          type="range"
          min="1"
          max={LAYERS}
          value={view.from}
          aria-label="First layer"
          onInput={({ currentTarget: { valueAsNumber: from } }) => setView({ from, to: Math.max(from, view.to) })}
        />
        <input
          type="range"
          min="1"
          max={LAYERS}
          value={view.to}
          aria-label="Last layer"
          onInput={({ currentTarget: { valueAsNumber: to } }) => setView({ to, from: Math.min(to, view.from) })}
        />
      </span>
      <CellTools model={props.model} />
    </>
  );
}
