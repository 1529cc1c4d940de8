// The licences of everything that is bundled into dist/: minifiers strip them from the code, so they stand in one file.
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";

/** Vite's and Rolldown's own helpers in bundles have no file. */
const HELPERS = [
  ["\0vite/", "vite"],
  ["\0rolldown/", "rolldown"],
];

const PERMISSION = {
  MIT: `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`,
};

/** What is compiled into the WebAssembly of a package, and not told by it. */
const COMPILED_IN = {
  "@bokuweb/zstd-wasm": `It contains Zstandard (BSD-3-Clause), https://github.com/facebook/zstd

Copyright (c) Meta Platforms, Inc. and affiliates. All rights reserved.

Redistribution and use in source and binary forms, with or without modification, are permitted provided that the following conditions are met:

 * Redistributions of source code must retain the above copyright notice, this list of conditions and the following disclaimer.
 * Redistributions in binary form must reproduce the above copyright notice, this list of conditions and the following disclaimer in the documentation and/or other materials provided with the distribution.
 * Neither the name Facebook, nor Meta, nor the names of its contributors may be used to endorse or promote products derived from this software without specific prior written permission.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.`,
  "xz-decompress": "It contains XZ Embedded, https://tukaani.org/xz/embedded.html, which is in the public domain.",
};

/** A plugin that adds the folder of every package of which code or files are in a bundle to `folders`. */
export function collectPackages(root, folders) {
  return {
    name: "collect-packages",
    generateBundle(_, bundle) {
      for (const { moduleIds = [] } of Object.values(bundle)) for (const id of moduleIds) add(id);
      // Files that are copied, such as WebAssembly, are modules of their own.
      for (const id of this.getModuleIds()) if (/\.\w+\?/.test(id)) add(id);
    },
  };
  function add(id) {
    const helper = HELPERS.find(([start]) => id.startsWith(start));
    const found =
      helper === undefined
        ? /^\0?(.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(id)?.[1]
        : join(root, "node_modules", helper[1]);
    if (found !== undefined) folders.add(found.split("/").join(sep));
  }
}

/** The text of the file: each package with its version and licence. Throws for one that says none. */
export function licenceText(folders) {
  const parts = [...folders].map((folder) => {
    const { name, version, license, author, homepage } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice|copyright)/i.test(file));
    if (typeof license !== "string") throw new Error(`${name} is bundled and says no licence`);
    const by = typeof author === "object" ? author.name : author;
    // Of Vite and Rolldown only helpers are in a bundle, not what they bundle themselves.
    const texts = files.map((file) =>
      readFileSync(join(folder, file), "utf8")
        .split(/^# Licenses of/m)[0]
        .trim(),
    );
    if (texts.length === 0 && PERMISSION[license] === undefined) throw new Error(`no text of the licence of ${name}`);
    if (texts.length === 0) texts.push(`Copyright (c) ${by ?? `the authors of ${name}`}\n\n${PERMISSION[license]}`);
    if (COMPILED_IN[name] !== undefined) texts.push(COMPILED_IN[name]);
    return { name, text: `${name} ${version} (${license})\n${homepage ?? ""}\n\n${texts.join("\n\n")}\n` };
  });
  parts.sort((a, b) => (a.name < b.name ? -1 : 1));
  return parts.map(({ text }) => text).join(`\n${"-".repeat(78)}\n\n`);
}
