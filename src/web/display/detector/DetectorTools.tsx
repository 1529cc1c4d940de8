import { CellTools } from "../CellTools.js";
import { type Model } from "../../model/model.js";

export function DetectorTools(props: { model: Model }) {
  const { view, setView, layers } = props.model;
  /** Links say more where another geometry has more. */
  const last = (): number => Math.min(view.to, layers());
  const range = (): string => (view.from === last() ? `layer ${view.from}` : `layers ${view.from}–${last()}`);
  return (
    <>
      <span class="slider layer-range" role="group" aria-label="Range of layers">
        <span>{range()}</span>
        <input
          type="range"
          min="1"
          max={layers()}
          value={view.from}
          aria-label="First layer"
          onInput={({ currentTarget: { valueAsNumber: from } }) => setView({ from, to: Math.max(from, view.to) })}
        />
        <input
          type="range"
          min="1"
          max={layers()}
          value={last()}
          aria-label="Last layer"
          onInput={({ currentTarget: { valueAsNumber: to } }) => setView({ to, from: Math.min(to, view.from) })}
        />
      </span>
      <CellTools model={props.model} />
    </>
  );
}
