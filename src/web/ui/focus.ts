/** Where the focus goes when what had it is gone: to people with a keyboard the page would begin anew. */

/** The first of these that is there gets it, unless something has it. False: none is there yet. */
export function refocus(...selectors: readonly string[]): boolean {
  const { activeElement, body } = document;
  if (activeElement !== null && activeElement !== body) return true;
  for (const selector of selectors) {
    const element = document.querySelector<HTMLElement>(selector);
    if (element === null) continue;
    element.focus({ preventScroll: true });
    return true;
  }
  return false;
}
