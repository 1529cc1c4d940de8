import { type Model } from "../model.js";

export function CoarseTools(_: { model: Model }) {
  return <></>;
}
