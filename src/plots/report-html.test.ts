import { Script } from "node:vm";
import { expect, test } from "vitest";
import { createFigure, type Figure, type Page } from "./figure.js";
import { reportHtml } from "./report-html.js";
import { REPORT_SCRIPT } from "#report-script";

const figure = (id: string): Figure =>
  createFigure({
    id,
    title: "a < b",
    notes: ["</script> in a note"],
    panels: [
      {
        x: { label: "seeds < coarse seeds" },
        y: { label: "n" },
        series: [{ name: "</script><b>", color: "blue", marks: [{ kind: "points", x: [1], y: [2] }] }],
      },
    ],
  });
const page = (id: string, figures: readonly Figure[]): Page => ({ id, title: "Page", intro: "About & more", figures });
const head = { title: "A <report>", about: ["run 1"] };

test("a report loads nothing and forbids itself to", () => {
  const html = reportHtml(head, [page("one", [figure("a"), figure("b")])]);
  expect(html).toContain(`content="default-src 'none'`);
  expect(html.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:|src=|@import|url\((?!#)/);
  expect(html).not.toMatch(/\beval\b|new Function|\son\w+=/);
});

test("data cannot end a script", () => {
  const html = reportHtml(head, [page("one", [figure("a")])]);
  expect(html.split("</script>").length - 1).toBe(2);
  expect(html).toContain("A &lt;report&gt;");
});

test("the page's program is a program", () => {
  expect(() => new Script(REPORT_SCRIPT)).not.toThrow();
});

test("a slider shows the figures of its first position, its values cannot end its attribute", () => {
  const slider = { label: "parameter <p>", steps: ['0 "x"', "0.5"] };
  const figures = [figure("a"), { ...figure("b"), step: 0 }, { ...figure("c"), step: 1 }];
  const html = reportHtml(head, [{ ...page("one", figures), slider }]);
  const tags = [...html.matchAll(/<figure [^>]*>/g)].map(([tag]) => tag);
  expect(tags).toEqual(['<figure id="a">', '<figure id="b" data-step="0">', '<figure id="c" data-step="1" hidden>']);
  expect(html).toContain('max="1" step="1" value="0" data-steps="[&quot;0 \\&quot;x\\&quot;&quot;,&quot;0.5&quot;]"');
  expect(html).toContain("parameter &lt;p&gt;");
  expect(html).toContain('<a href="#one">Page (2)</a>');
});

test("ids that are used twice are refused", () => {
  expect(() => reportHtml(head, [page("one", [figure("a")]), page("a", [])])).toThrow(
    'two pages or figures of the report have the id "a"',
  );
});

test("a report that is too large is refused", () => {
  const large = { ...figure("a"), csv: "x".repeat(8e6) };
  expect(() => reportHtml(head, [page("one", [large])])).toThrow(
    "the report has 8.0 MB, expected at most 8 MB; choose fewer events",
  );
});
