import { expect, test } from "vitest";
import { Random } from "../core/index.js";
import { plotCsv } from "./csv.js";
import { type Panel, type Plot, type Series } from "./plot.js";
import { plotSvg } from "./svg.js";
import { overlap, textBoxes } from "./text.js";

const small: Plot = {
  id: "small",
  title: "Seeding efficiency",
  notes: ["bars: 68 % interval"],
  width: 240,
  height: 150,
  panels: [
    {
      x: { label: "generated pT", unit: "GeV", range: [0, 40] },
      y: { label: "entries with a seed / entries", range: [0, 1.1] },
      series: [
        { color: "grey", dash: "3 3", marks: [{ kind: "rule", y: 1 }] },
        {
          name: "default",
          color: "blue",
          marks: [
            {
              kind: "points",
              x: [5, 15, 35],
              y: [0.5, 1, Number.NaN],
              low: [0.4, 0.9, 0],
              high: [0.6, 1, 0],
              xLow: [0, 10, 30],
              xHigh: [10, 20, 40],
              entries: [10, 1200, 0],
            },
          ],
        },
      ],
    },
  ],
};

test("the drawing of a small plot", () => {
  expect(plotSvg(small)).toMatchInlineSnapshot(`
    "<svg xmlns="http://www.w3.org/2000/svg" width="256" height="203" viewBox="0 0 256 203" role="img" aria-label="Seeding efficiency. bars: 68 % interval" font-family="system-ui, 'Segoe UI', Helvetica, Arial, sans-serif">
    <style>.bs-paper{color:var(--plot-paper,#ffffff)}.bs-ink{color:var(--plot-ink,#1f2328)}.bs-grey{color:var(--plot-grey,#6b7280)}.bs-rule{color:var(--plot-rule,#d5d9de)}.bs-blue{color:var(--plot-blue,#0072b2)}@media screen and (prefers-color-scheme:dark){.bs-paper{color:var(--plot-paper,#14181d)}.bs-ink{color:var(--plot-ink,#e6e9ed)}.bs-grey{color:var(--plot-grey,#9aa4b0)}.bs-rule{color:var(--plot-rule,#39414b)}.bs-blue{color:var(--plot-blue,#4aa8e0)}}</style>
    <path class="bs-paper" color="#ffffff" fill="currentColor" d="M0 0H256V203H0z"/>
    <g class="bs-ink" color="#1f2328" fill="currentColor"><text x="8" y="20" font-size="13" font-weight="bold">Seeding efficiency</text><text x="8" y="35" font-size="11">bars: 68 % interval</text></g>
    <clipPath id="clip-small-0"><path d="M20 62H242V164H20z"/></clipPath>
    <g class="bs-rule" color="#d5d9de" fill="none" stroke="currentColor"><path d="M25 159H237M25 75.4H237M25 67V159M78 67V159M131 67V159M184 67V159M237 67V159"/></g>
    <g clip-path="url(#clip-small-0)"><g class="bs-grey" color="#6b7280" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="3 3"><path d="M25 75.4H237"/></g><g class="bs-blue" color="#0072b2" fill="none" stroke="currentColor" stroke-width="1.5" data-series="default"><g><title>default
    generated pT: 0 to 10 GeV
    entries with a seed / entries: 0.5 [0.4, 0.6]
    entries: 10</title><path stroke-width="1.2" d="M51.5 108.8V125.5"/><circle cx="51.5" cy="117.2" r="3" fill="currentColor" stroke="none"/></g><g><title>default
    generated pT: 10 to 20 GeV
    entries with a seed / entries: 1 [0.9, 1]
    entries: 1,200</title><path stroke-width="1.2" d="M104.5 75.4V83.7"/><circle cx="104.5" cy="75.4" r="3" fill="currentColor" stroke="none"/></g></g></g>
    <g class="bs-ink" color="#1f2328" fill="none" stroke="currentColor"><path d="M25 67H237V159H25zM21 159h4M21 75.4h4M25 159v4M78 159v4M131 159v4M184 159v4M237 159v4"/></g>
    <g class="bs-ink" color="#1f2328" fill="currentColor"><text x="8" y="56" font-size="11">entries with a seed / entries</text><text x="131" y="192" font-size="11" text-anchor="middle">generated pT [GeV]</text><text x="18" y="163" font-size="11" text-anchor="end">0</text><text x="18" y="79.4" font-size="11" text-anchor="end">1</text><text x="25" y="175" font-size="11" text-anchor="middle">0</text><text x="78" y="175" font-size="11" text-anchor="middle">10</text><text x="131" y="175" font-size="11" text-anchor="middle">20</text><text x="184" y="175" font-size="11" text-anchor="middle">30</text><text x="237" y="175" font-size="11" text-anchor="middle">40</text></g>
    <g data-toggle="default"><g class="bs-blue" color="#0072b2" fill="none" stroke="currentColor" stroke-width="1.5"><circle cx="172.6" cy="82.5" r="3" fill="currentColor" stroke="none"/></g><g class="bs-ink" color="#1f2328" fill="currentColor"><text x="186.6" y="86.5" font-size="11">default</text></g></g>
    </svg>
    "
  `);
});

test("the numbers of a small plot", () => {
  expect(plotCsv(small)).toBe(
    `panel,series,mark,x,x_low,x_high,y,y_low,y_high,entries
entries with a seed / entries against generated pT [GeV],default,points,5,0,10,0.5,0.4,0.6,10
entries with a seed / entries against generated pT [GeV],default,points,15,10,20,1,0.9,1,1200
entries with a seed / entries against generated pT [GeV],default,points,35,30,40,,0,0,0
`,
  );
});

test("names with commas and quotes are one field of the CSV; empty cells of a map have no line", () => {
  const csv = plotCsv({
    ...small,
    panels: [
      {
        x: { label: "φ", unit: "rad" },
        y: { label: "R/z" },
        color: { label: "mipPt" },
        series: [
          {
            name: 'run "a", cs',
            color: "ink",
            marks: [{ kind: "heat", xEdges: [0, 1, 2], yEdges: [0.1, 0.3], values: [Number.NaN, 0.1 + 0.2] }],
          },
        ],
      },
    ],
  });
  expect(csv).toBe(
    'panel,series,mark,x_low,x_high,y_low,y_high,value\nmipPt at R/z against φ [rad],"run ""a"", cs",heat,1,2,0.1,0.3,0.3\n',
  );
});

const random = new Random(2);
const many = (n: number, draw: (i: number) => number): number[] => Array.from({ length: n }, (_, i) => draw(i));
const points = (name: string, y: (i: number) => number): Series => ({
  name,
  color: "orange",
  marks: [
    {
      kind: "points",
      x: many(30, (i) => i),
      y: many(30, y),
      low: many(30, (i) => y(i) - 1),
      high: many(30, (i) => y(i) + 1),
    },
  ],
});
const panel = (label: string, series: readonly Series[]): Panel => ({
  x: { label: "a long label of the horizontal axis that has to be broken into lines", unit: "GeV" },
  y: { label },
  series,
});
const heat: Series = {
  color: "ink",
  marks: [
    {
      kind: "heat",
      xEdges: many(11, (i) => i - 3.2),
      yEdges: many(8, (i) => 0.076 + 0.012 * i),
      values: many(70, () => 10 ** (3 * random.uniform())),
    },
  ],
};

const plots: readonly Plot[] = [
  small,
  {
    ...small,
    id: "full",
    panels: [panel("data everywhere", [points("no place inside for this name", (i) => 10 * ((i * 7) % 5))])],
  },
  {
    ...small,
    id: "four",
    columns: 2,
    panels: ["median", "mean", "σ", "width"].map((name) => panel(name, [points("a", Math.sqrt)])),
  },
  {
    ...small,
    id: "map",
    title: "A title that is much too long for one line of a plot as narrow as this one",
    notes: ["one note that needs more than a single line of text to be said in full", "and another one"],
    panels: [{ ...panel("R/z", [heat]), color: { label: "mipPt", unit: "MIP_T", log: true } }],
  },
  { ...small, id: "tiny", panels: [panel("small numbers", [points("run 1, default", (i) => 1e-5 * i)])] },
  {
    ...small,
    id: "huge",
    panels: [{ ...panel("large numbers", [points("a", (i) => 1e6 * i)]), y: { label: "n", log: true } }],
  },
  {
    ...small,
    id: "empty",
    panels: [panel("nothing", [{ name: "a", color: "blue", marks: [{ kind: "points", x: [], y: [] }] }])],
  },
];

test.each(plots)("texts of the plot $id stay apart and inside of it", (plot) => {
  const svg = plotSvg(plot);
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)?.map(Number) ?? [];
  const boxes = textBoxes(svg);
  expect(boxes.length).toBeGreaterThan(5);
  expect(boxes.length).toBe(svg.split("<text").length - 1);
  for (const [i, box] of boxes.entries()) {
    expect(box, `"${box.text}"`).toSatisfy(
      () => box.left >= 0 && box.top >= 0 && box.right <= width && box.bottom <= height,
    );
    expect(
      boxes
        .slice(0, i)
        .filter((other) => overlap(box, other))
        .map(({ text }) => `${text} on ${box.text}`),
    ).toEqual([]);
  }
});

test.each(plots)("the legend of the plot $id covers no point", (plot) => {
  const svg = plotSvg(plot);
  const markers = [...svg.matchAll(/<g><title>.*?<circle cx="([\d.]+)" cy="([\d.]+)"/gs)].map(([, x, y]) => ({
    left: Number(x) - 3,
    right: Number(x) + 3,
    top: Number(y) - 3,
    bottom: Number(y) + 3,
  }));
  const names = plot.panels.flatMap(({ series }) => series.map(({ name }) => name));
  const legend = textBoxes(svg.slice(svg.indexOf("data-toggle"))).filter(({ text }) =>
    names.some((name) => name?.includes(text)),
  );
  expect(legend.length).toBeGreaterThan(plot.id === "map" ? -1 : 0);
  for (const box of legend) expect(markers.filter((marker) => overlap(box, marker))).toEqual([]);
});

test("a logarithmic axis leaves out what is not above 0", () => {
  const svg = plotSvg({
    ...small,
    panels: [{ x: { label: "x" }, y: { label: "y", log: true }, series: [points("a", (i) => i - 5)] }],
  });
  expect(svg.match(/<title>/g)?.length).toBe(24);
  expect(svg).not.toMatch(/NaN|Infinity/);
  const map = { ...heat, marks: [{ kind: "heat", xEdges: [0, 1, 2, 3], yEdges: [0, 1], values: [0, 1, 10] }] } as const;
  const cells = plotSvg({ ...small, panels: [{ ...panel("y", [map]), color: { label: "z", log: true } }] });
  expect(/<g stroke="none" shape-rendering.*?<\/g>/.exec(cells)?.[0].match(/M/g)?.length).toBe(2);
});

test("an id that would break a page is refused", () => {
  expect(() => plotSvg({ ...small, id: 'a" onload="x' })).toThrow(
    'plot id "a" onload="x": expected letters, digits and hyphens',
  );
});

test("words are text, never markup", () => {
  const svg = plotSvg({ ...small, title: "a <b> & c", notes: ['"x" < 3'] });
  expect(svg).toContain(">a &lt;b&gt; &amp; c</text>");
  expect(svg).toContain('aria-label="a &lt;b&gt; &amp; c. &quot;x&quot; &lt; 3"');
});
