/** The layer view: trigger cells, layer by layer or all on top of each other. */
import { type Model } from "../../model/model.js";
import { cellsInWords, CellTools } from "../CellTools.js";
import { type ViewSpec } from "../view-spec.js";
import { Picture } from "./Picture.js";
import { togglePlay } from "./play.js";
import { zoomPlane } from "./zoom.js";

export const LAYER_VIEW: ViewSpec = {
  label: "Layers",
  key: "l",
  about: "layer view",
  Pane: Picture,
  Tools: LayerTools,
  keys: {
    anywhere: (model) => ({
      ArrowUp: () => model.setView({ view: "layer", layer: Math.min(model.layers(), model.view.layer + 1) }),
      ArrowDown: () => model.setView({ view: "layer", layer: Math.max(0, model.view.layer - 1) }),
      " ": () => togglePlay(model),
      a: () => model.setView({ view: "layer", layer: 0 }),
    }),
  },
  help: [
    ["↑ ↓", "next, previous layer"],
    ["space", "play through the layers, or stop"],
    ["a", "all layers"],
  ],
  fitted: { camera: "" },
  zoom: zoomPlane,
  caption: (view) => `${view.layer === 0 ? "all layers" : `layer ${view.layer}`} seen along −z, ${cellsInWords(view)}`,
  marksDifferences: true,
  isFlat: true,
  tables: [{ format: "cells", name: "CSV of the cells", about: "those shown, with their seed" }],
};

function LayerTools(props: { readonly model: Model }) {
  const { model } = props;
  const { view, setView } = model;
  return (
    <>
      <label class="slider">
        <span>{view.layer === 0 ? "all layers" : `layer ${view.layer}`}</span>
        <input
          type="range"
          min="0"
          max={model.layers()}
          value={view.layer}
          aria-label="Layer (0: all layers)"
          onInput={({ currentTarget }) => setView({ layer: Number(currentTarget.value) })}
        />
      </label>
      <button type="button" title="Play through the layers (space)" onClick={() => togglePlay(model)}>
        play
      </button>
      <button type="button" aria-pressed={view.layer === 0} onClick={() => setView({ layer: 0 })}>
        all
      </button>
      <CellTools model={model} />
    </>
  );
}
