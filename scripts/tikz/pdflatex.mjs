// A TeX of one's own: pdflatex, then pdf2svg, as \documentclass's "convert" does.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const hasPdflatex = () =>
  ["pdflatex", "pdf2svg"].every((tool) => spawnSync(tool, ["--version"]).error === undefined);

export function createPdflatex() {
  return (tex, name) => {
    const folder = mkdtempSync(join(tmpdir(), "bye-splits-tex-"));
    try {
      writeFileSync(join(folder, `${name}.tex`), tex);
      const args = ["-interaction=nonstopmode", "-halt-on-error", "-shell-escape", `${name}.tex`];
      execFileSync("pdflatex", args, { cwd: folder, stdio: "pipe" });
      return readFileSync(join(folder, `${name}.svg`), "utf8");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}
