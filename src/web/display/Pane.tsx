import { Match, Switch } from "solid-js";
import { Coarse } from "./coarse/Coarse.js";
import { Detector } from "./detector/Detector.js";
import { type PaneProps } from "./pane-props.js";
import { Picture } from "./plane/Picture.js";

/** The picture of the chosen view. */
export function Pane(props: PaneProps) {
  const view = props.model.view;
  return (
    <Switch>
      <Match when={view.view === "layer" || view.view === "histogram"}>
        <Picture {...props} />
      </Match>
      <Match when={view.view === "detector"}>
        <Detector {...props} />
      </Match>
      <Match when={view.view === "coarse"}>
        <Coarse {...props} />
      </Match>
    </Switch>
  );
}
