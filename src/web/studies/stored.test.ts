/** Pages of stored studies: which page, plots and place of the slider an address asks for. */
import { expect, test } from "vitest";
import { type Page, type Plot } from "../../plots/index.js";
import { DEFAULT_STUDY } from "./state.js";
import { Patience } from "./statistics.js";
import { openPages, type Stored } from "./stored.js";

const plot = (id: string): Plot => ({ id, title: id, notes: [], panels: [] });
const figure = (id: string, step?: number) => ({ id, plot: plot(id), ...(step === undefined ? {} : { step }) });
const pages = [
  { id: "one", title: "One", intro: "First.", figures: [figure("a"), figure("b")] },
  {
    ...{ id: "two", title: "Two", intro: "Second.", tables: ["t"] },
    slider: { label: "x", steps: ["0", "1", "2"] },
    figures: [figure("all"), figure("at-0", 0), figure("at-1", 1), figure("at-2", 2)],
  },
] as unknown as Page[];
const about = { name: "s", about: "Study s.", samples: [] };
const open = (more: Partial<Stored> = {}) => openPages(about, { pages, ...more }, (() => "") as never);
const shown = async (id: string, change: Partial<typeof DEFAULT_STUDY> = {}, more: Partial<Stored> = {}) => {
  const { sentence, plots, tables, behind } = await open(more).show(
    id,
    { ...DEFAULT_STUDY, ...change },
    new Patience(0),
  );
  return { sentence, ids: plots.map((each) => each.id), tables, behind };
};

test("a page is found by its name; one that is not there is the first", async () => {
  expect(await shown("one")).toMatchObject({ sentence: "First.", ids: ["a", "b"], tables: [] });
  expect(await shown("two")).toMatchObject({ sentence: "Second.", tables: ["t"] });
  for (const id of ["", "three"]) expect((await shown(id)).sentence).toBe("First.");
});

test("a slider shows the figures of its place beside those of all; behind the end is its last place", async () => {
  const at = async (place: number): Promise<string[]> => (await shown("two", { at: place })).ids;
  expect([await at(0), await at(1), await at(2), await at(9)]).toEqual([
    ["all", "at-0"], ["all", "at-1"], ["all", "at-2"], ["all", "at-2"],
  ]);
  expect((await shown("one", { at: 5 })).ids).toEqual(["a", "b"]);
}); // prettier-ignore

test("what is told before a page is shown: how many plots it has at a place, and what can be set on it", () => {
  const told = ({ info }: ReturnType<typeof open>) => info.pages.map(({ id, controls, plots }) => ({ id, controls, plots })); // prettier-ignore
  expect(told(open())).toEqual([
    { id: "one", controls: [], plots: 2 },
    { id: "two", controls: ["at"], plots: 2 },
  ]);
  expect(open().info.pages.map((page) => page.slider?.steps)).toEqual([undefined, ["0", "1", "2"]]);
  expect(told(open({ figures: [] as never })).map(({ controls }) => controls)).toEqual([
    ["figures"],
    ["at", "figures"],
  ]);
});

test("the first plot alone is chosen by its figures, with its points; of a picked point its particles are asked for", async () => {
  const asked: unknown[] = [];
  const choose: Stored["choose"] = (page, x, y) => (asked.push([page, x, y]), figure("chosen")) as never;
  const behindPoint: Stored["behindPoint"] = (page, point) => (asked.push([page, point]), Promise.resolve("behind")) as never;
  const answer = await shown("two", { x: "p", y: "q", bin: "point:7", at: 1 }, { choose, behindPoint });
  expect(answer).toMatchObject({ ids: ["chosen", "at-1"], behind: "behind" });
  expect(asked).toEqual([[1, "p", "q"], [1, 7]]);
  expect((await shown("one", { bin: "" }, { choose, behindPoint })).behind).toBe(null);
  const points = [{ words: "w", point: 3 }];
  const [first, second] = (await open({ choose, points }).show("one", DEFAULT_STUDY, new Patience(0))).plots;
  expect([first.points, second.points]).toEqual([points, undefined]);
}); // prettier-ignore
