/** Whether a Host header may be answered: a foreign name that resolves to this machine must not read data. */

/** Localhost, addresses and the allowed names, with any port. "*" allows every name. */
export function hostAllowed(header: string, allowed: readonly string[]): boolean {
  const host = header.toLowerCase();
  const address = /^\[[0-9a-f:.]+\](:\d+)?$/.test(host);
  if (address) return true;
  const name = host.replace(/:\d+$/, "");
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(name) || name === "localhost" || name.endsWith(".localhost")) return true;
  return allowed.some((each) => each === "*" || each.toLowerCase() === name);
}
