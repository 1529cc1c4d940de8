// Markdown as our pages write it, to HTML: headings, paragraphs, lists, tables, quotes, code, links, pictures, emphasis. What else Markdown has is not used here.

export const escape = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** The anchor of a heading, as code hosts make it. */
export const slug = (text) =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

/** The text of inline Markdown without its marks. */
export const plain = (text) =>
  text
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replaceAll(/`([^`]*)`/g, "$1")
    .replaceAll(/\*\*?([^*]+)\*\*?/g, "$1")
    .replaceAll(/\\(.)/g, "$1");

/** What stands for finished HTML: characters that no text has. */
const MARK = /\uE000(\d+)\uE000/g;

/** Inline marks. `href` turns the target of a link into that of the page, undefined for none: then its text stands alone. */
function inline(text, href) {
  const parts = [];
  const keep = (html) => `\uE000${parts.push(html) - 1}\uE000`;
  const marked = text
    .replaceAll(/\\([|\\`*_[\]<>#])/g, (_, character) => keep(escape(character)))
    .replaceAll(/`([^`]+)`/g, (_, code) => keep(`<code>${escape(code)}</code>`))
    .replaceAll(/!\[([^\]]*)\]\(([^)\s]+)\)/g, (_, alt, target) =>
      keep(`<img src="${escape(href(target) ?? target)}" alt="${escape(alt)}" loading="lazy">`),
    )
    .replaceAll(/\[([^\]]+)\]\(([^)\s]+)\)/g, (_, label, target) => {
      const to = href(target);
      return to === undefined ? label : `${keep(`<a href="${escape(to)}">`)}${label}${keep("</a>")}`;
    })
    .replaceAll(/(?<![\w"(])https?:\/\/[^\s<>),]+[^\s<>),.:]/g, (url) =>
      keep(`<a href="${escape(url)}">${escape(url)}</a>`),
    );
  return (
    escape(marked)
      .replaceAll(/\*\*([^*]+)\*\*/g, "<strong>$1</strong>")
      .replaceAll(/(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])/g, "<em>$1</em>")
      // Marks stand within marks: code in the text of a link.
      .replaceAll(MARK, (_, i) => parts[i])
      .replaceAll(MARK, (_, i) => parts[i])
  );
}

const cells = (line) =>
  line
    .replace(/^\s*\|/, "")
    .replace(/(?<!\\)\|\s*$/, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());

/**
 * HTML of a page, with its sections for the search: {html, title, sections: [{id, heading, text}]}.
 * `href(target)`: see `inline`.
 */
export function render(markdown, href) {
  const lines = markdown.split("\n");
  const out = [];
  const sections = [];
  const slugs = new Map();
  let title = "";
  let at = 0;
  const say = (text) => sections.length > 0 && sections[sections.length - 1].text.push(plain(text));
  const blockStart = /^(#{1,6} |```|\||> |- |\d+\. |$)/;

  function list(ordered) {
    const mark = ordered ? /^\d+\. / : /^- /;
    const items = [];
    while (
      at < lines.length &&
      (mark.test(lines[at]) ||
        (/^\s{2,}\S/.test(lines[at]) && items.length > 0) ||
        (items.length > 0 && lines[at] !== "" && !blockStart.test(lines[at])))
    ) {
      if (mark.test(lines[at])) items.push(lines[at].replace(mark, ""));
      else items[items.length - 1] += ` ${lines[at].trim()}`;
      at++;
    }
    const tag = ordered ? "ol" : "ul";
    out.push(`<${tag}>`, ...items.map((item) => `<li>${inline(item, href)}</li>`), `</${tag}>`);
    items.forEach(say);
  }

  while (at < lines.length) {
    const line = lines[at];
    const heading = /^(#{1,6}) (.*)$/.exec(line);
    if (line.trim() === "") at++;
    else if (heading !== null) {
      const text = plain(heading[2]);
      const base = slug(text);
      const n = slugs.get(base) ?? 0;
      slugs.set(base, n + 1);
      const id = n === 0 ? base : `${base}-${n}`;
      if (title === "") title = text;
      const level = heading[1].length;
      out.push(
        `<h${level} id="${id}">${inline(heading[2], href)}${level > 1 ? ` <a class="here" href="#${id}" aria-label="link to this section">#</a>` : ""}</h${level}>`,
      );
      sections.push({ id, level, heading: text, text: [] });
      at++;
    } else if (line.startsWith("```")) {
      const end = lines.findIndex((each, i) => i > at && each.startsWith("```"));
      const code = lines.slice(at + 1, end < 0 ? lines.length : end).join("\n");
      out.push(`<pre tabindex="0" data-language="${escape(line.slice(3).trim())}"><code>${escape(code)}</code></pre>`);
      say(code);
      at = end < 0 ? lines.length : end + 1;
    } else if (line.startsWith("|")) {
      const rows = [];
      for (; at < lines.length && lines[at].startsWith("|"); at++) rows.push(cells(lines[at]));
      const [head, , ...body] = rows;
      const row = (tag) => (each) =>
        `<tr>${each.map((cell) => `<${tag}>${inline(cell, href)}</${tag}>`).join("")}</tr>`;
      const headRow = head.some((cell) => cell !== "") ? `<thead>${row("th")(head)}</thead>` : "";
      out.push(`<div class="table"><table>${headRow}<tbody>${body.map(row("td")).join("")}</tbody></table></div>`);
      rows.forEach((each) => say(each.join(" ")));
    } else if (line.startsWith("> ")) {
      const text = [];
      for (; at < lines.length && lines[at].startsWith(">"); at++) text.push(lines[at].replace(/^> ?/, ""));
      out.push(`<blockquote>${inline(text.join(" "), href)}</blockquote>`);
      say(text.join(" "));
    } else if (line.startsWith("- ")) list(false);
    else if (/^\d+\. /.test(line)) list(true);
    else {
      const text = [];
      do text.push(lines[at++]);
      while (at < lines.length && !blockStart.test(lines[at]));
      out.push(`<p>${inline(text.join("\n"), href)}</p>`);
      say(text.join(" "));
    }
  }
  return { html: out.join("\n"), title, sections: sections.map((each) => ({ ...each, text: each.text.join(" ") })) };
}
