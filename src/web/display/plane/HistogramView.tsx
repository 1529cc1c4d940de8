/** The histogram view: the (R/z, phi) bins that seeds are found in. */
import { type Model } from "../../model/model.js";
import { Choice } from "../../ui/Choice.js";
import { ScaleChoice } from "../CellTools.js";
import { type ViewSpec } from "../view-spec.js";
import { Picture } from "./Picture.js";
import { zoomPlane } from "./zoom.js";

export const HISTOGRAM_VIEW: ViewSpec = {
  label: "Histogram",
  key: "h",
  about: "histogram view",
  Pane: Picture,
  Tools: HistogramTools,
  fitted: { camera: "" },
  zoom: zoomPlane,
  caption: (view) => `${view.step === "filled" ? "filled" : "smoothed"} histogram in R/z and φ`,
  marksDifferences: false,
  isFlat: true,
  tables: [{ format: "bins", name: "CSV of the bins", about: "filled and smoothed mipPt of each" }],
};

function HistogramTools(props: { readonly model: Model }) {
  const { view, setView } = props.model;
  return (
    <>
      <Choice
        label="Step"
        value={view.step}
        options={[
          ["filled", "1 filled"],
          ["smoothed", "2 smoothed"],
          ["seeds", "3 seeds"],
        ]}
        onChange={(step) => setView({ step })}
      />
      <Choice
        label="Map"
        value={view.map}
        options={[
          ["flat", "flat"],
          ["polar", "polar"],
        ]}
        onChange={(map) => setView({ map, camera: "" })}
      />
      <ScaleChoice model={props.model} />
    </>
  );
}
