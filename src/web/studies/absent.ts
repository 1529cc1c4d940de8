/** What a link names and the study that is open does not have. */
import { type Misread } from "../model/misread.js";
import { type StudyInfo } from "./protocol.js";
import { PREFIX, type StudyState } from "./state.js";

/** What of a state is not in the study that is open: there is something else in its place. `page`, `radius`: what is shown; null while nothing is. */
export function absentIn(
  info: Pick<StudyInfo, "samples" | "versions" | "pages" | "radii"> | null,
  state: StudyState,
  shown: { readonly page: string; readonly radius: number } | null,
): Misread[] {
  if (info === null || shown === null) return [];
  const { samples, versions, pages, radii } = info;
  const page = pages.find(({ id }) => id === shown.page);
  const none = (key: keyof StudyState, instead: string): Misread => ({
    key: PREFIX + key,
    text: String(state[key]),
    shown: instead,
  });
  const hidden = state.hide.split(",").filter((each) => each !== "");
  const without = state.without.split(",");
  const steps = page?.slider?.steps;
  const figures = page?.figures;
  const isNoFigure = (id: string): boolean => id !== "" && figures?.some((each) => each.id === id) === false;
  return [
    ...(state.page !== "" && pages.length > 0 && !pages.some(({ id }) => id === state.page)
      ? [none("page", page?.title ?? "")]
      : []),
    ...(state.radius !== null && radii.length > 0 && !radii.includes(state.radius) && Number.isFinite(shown.radius)
      ? [none("radius", `${shown.radius}, the nearest there is`)]
      : []),
    ...(samples.length > 0 && samples.every((_, i) => hidden.includes(String(i)))
      ? [none("hide", "all samples")]
      : hidden.some((each) => Number(each) >= samples.length)
        ? [none("hide", "")]
        : []),
    ...(versions.length > 0 && versions.every(({ id }) => without.includes(id))
      ? [none("without", "all versions")]
      : []),
    ...(steps !== undefined && state.at >= steps.length ? [none("at", String(steps.at(-1)))] : []),
    ...(["x", "y"] as const).filter((axis) => isNoFigure(state[axis])).map((axis) => none(axis, "the usual one")),
  ];
}
