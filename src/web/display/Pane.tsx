import { Dynamic } from "solid-js/web";
import { type PaneProps } from "./pane-props.js";
import { VIEWS } from "./views.js";

/** The picture of the chosen view. */
export function Pane(props: PaneProps) {
  return <Dynamic component={VIEWS[props.model.view.view].Pane} {...props} />;
}
