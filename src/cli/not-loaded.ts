/** Why parts of the program itself could not be loaded, in one line: with few files open at a time modules are "not found". */
export function notLoaded(error: unknown): string {
  const [first] = (error instanceof Error ? error.message : String(error)).split("\n");
  return `the program cannot be loaded: ${first}. Allow more open files (ulimit -n 1024), or install it again`;
}
