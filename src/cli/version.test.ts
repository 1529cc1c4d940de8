import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { commitOf } from "./version.js";

const COMMIT = "1ce6bab0c2d4e5f60718293a4b5c6d7e8f901234";
const OTHER = "0000000000000000000000000000000000000000";

test.each([
  { name: "a folder that is no clone has none", files: {}, want: undefined },
  {
    name: "a branch has a file",
    files: { ".git/HEAD": "ref: refs/heads/main\n", ".git/refs/heads/main": `${COMMIT}\n` },
    want: COMMIT,
  },
  {
    name: "a fresh clone has its branches in one file",
    files: {
      ".git/HEAD": "ref: refs/heads/main\n",
      ".git/packed-refs": `# pack-refs with: peeled\n${OTHER} refs/heads/maintenance\n${COMMIT} refs/heads/main\n`,
    },
    want: COMMIT,
  },
  {
    name: "a branch that moved since counts more than that file",
    files: {
      ".git/HEAD": "ref: refs/heads/a/b\n",
      ".git/refs/heads/a/b": COMMIT,
      ".git/packed-refs": `${OTHER} refs/heads/a/b\n`,
    },
    want: COMMIT,
  },
  { name: "a commit without a branch", files: { ".git/HEAD": COMMIT }, want: COMMIT },
  { name: "a clone without a commit yet", files: { ".git/HEAD": "ref: refs/heads/main\n" }, want: undefined },
  {
    name: "another work tree of a clone",
    files: {
      ".git": "gitdir: clone/.git/worktrees/w\n",
      "clone/.git/worktrees/w/HEAD": "ref: refs/heads/w\n",
      "clone/.git/worktrees/w/commondir": "../..\n",
      "clone/.git/refs/heads/w": COMMIT,
    },
    want: COMMIT,
  },
  { name: "files that are not git's", files: { ".git/HEAD": "main" }, want: undefined },
])("the commit of a clone: $name", ({ files, want }) => {
  const folder = mkdtempSync(join(tmpdir(), "bye-splits-version-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text ?? "");
  }
  expect(commitOf(folder)).toBe(want);
});
