import { CellTools } from "../CellTools.js";
import { type Model } from "../model.js";

export function DetectorTools(props: { model: Model }) {
  return <CellTools model={props.model} />;
}
