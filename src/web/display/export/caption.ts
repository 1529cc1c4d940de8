/** What a picture shows, in words that stay with it. */
import { chainOf } from "../../../chain/index.js";
import { type SourceInfo } from "../../data/protocol.js";
import { type Model } from "../../model/model.js";
import { fixed, particleName, short } from "../../ui/numbers.js";
import { type ViewSpec } from "../view-spec.js";

/** What a side is, with every parameter that is not the default. */
export function sideInWords({ view, side, chainName, settings, settingsError }: Model): string {
  const chain = chainOf(chainName()).label;
  if (side === "B" && view.compare.startsWith("run:")) return `${chain} of run ${view.compare.slice("run:".length)}`;
  if (settingsError() !== "") return `${chain}, the last parameters that work`;
  const changes = Object.entries(settings()).map(([key, text]) => `${key} ${text}`);
  return [chain, ...(changes.length === 0 ? ["default parameters"] : changes)].join(", ");
}

/** Sample, event, parameters, program: one part each. */
export function captionOf(
  models: readonly Model[],
  shown: Pick<ViewSpec, "caption" | "marksDifferences">,
  source: SourceInfo,
  program: string,
): string[] {
  const [{ event: ofModel, view }] = models;
  const event = ofModel();
  const particle = event?.particles.at(0);
  return [
    `${source.name}, event ${event?.number}, endcap ${event?.zside === -1 ? "−z" : "+z"}`,
    particle === undefined
      ? "no particle"
      : `${particleName(particle.pid)}: pT ${short(particle.pt)} GeV, η ${fixed(particle.eta, 2)}`,
    shown.caption(view),
    models.length > 1 && shown.marksDifferences ? "thick outlines: another cluster on the other side" : "",
    ...models.map((model) => (models.length > 1 ? `${model.side}: ${sideInWords(model)}` : sideInWords(model))),
    source.description,
    `geometry ${source.geometry}`,
    program,
  ].filter((part) => part !== "");
}
