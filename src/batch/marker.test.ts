import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratch, VERSIONS } from "./job.test-data.js";
import { contentFault, describeOutput, outputFault } from "./marker.js";

test.each([0, 1, 1 << 18, (1 << 18) + 1])(
  "an output of %d bytes is known by its size and by all of its content",
  (n) => {
    const path = join(scratch(), "o");
    const bytes = Buffer.alloc(n, 7);
    writeFileSync(path, bytes);
    const output = describeOutput(path, "whole");
    expect(output).toEqual({ path, files: [["", n]], sha256: createHash("sha256").update(bytes).digest("hex") });
    const marker = { hash: "h", index: 0, exit: 0, seconds: 1, host: "a", versions: VERSIONS, outputs: [output] };
    expect([outputFault(marker), contentFault(marker)]).toEqual([undefined, undefined]);
    if (n === 0) return;
    bytes[n - 1] = 8;
    writeFileSync(path, bytes);
    expect([outputFault(marker), contentFault(marker)]).toEqual([
      undefined,
      `${path} is not what was written: its content has changed`,
    ]);
  },
);
