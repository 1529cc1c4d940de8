/** docs/commands.md, written from `--help` of every command. */
import { createIo } from "./io.js";
import { commandPaths, main } from "./program.js";

const HEAD = `# Commands

What \`--help\` says, of every command; written from the program. In a clone they are called as \`./bye-splits COMMAND\`, installed as \`bye-splits COMMAND\`.
Exit codes: 0 is success, 2 bad input or usage, 75 a failure that may pass when the same is run again, 130 and 143 an interruption, 1 a bug ([errors](errors.md)). Results go
to stdout, messages and progress to stderr.
`;

/** Columns of the help. */
const WIDTH = 110;
const GLOBALS = /\nGlobal Options:\n(?: .*\n)+/;

export async function commandsPage(): Promise<string> {
  const sections = await Promise.all(
    (await commandPaths()).map(async (path) => {
      let help = "";
      const output = { write: (text: string) => (help += text), columns: WIDTH };
      await main([...path, "--help"], createIo({ stdout: output, stderr: output }));
      // The same everywhere: said once.
      const own = path.length === 0 ? help : help.replace(GLOBALS, "");
      return `## ${["bye-splits", ...path].join(" ")}\n\n\`\`\`\n${own.trimEnd()}\n\`\`\`\n`;
    }),
  );
  return [HEAD, ...sections].join("\n");
}
