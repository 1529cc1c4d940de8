/** Whether a process is still the one that was at work. */
import { hostname } from "node:os";
import { expect, test, vi } from "vitest";
import { lifeOf, myself } from "./processes.js";

const { began, ...nobodySays } = myself();

test("this process is alive, one that had its number before is not, and of another machine nothing is known", () => {
  expect(lifeOf(myself())).toBe("alive");
  expect(lifeOf(nobodySays)).toBe("alive");
  expect(began !== undefined).toBe(process.platform === "linux");
  if (began !== undefined) expect(lifeOf({ ...myself(), began: `${began}0` })).toBe("dead");
  expect(lifeOf({ ...myself(), host: `${hostname()}.other` })).toBe("elsewhere");
});

test("where no start is known the process is asked for by its number alone, and is sent no signal", () => {
  const asked: unknown[] = [];
  const answer = (code?: string): string => {
    const spy = vi.spyOn(process, "kill").mockImplementation((...args) => {
      asked.push(args);
      if (code !== undefined) throw Object.assign(new Error(code), { code });
      return true;
    });
    try {
      return lifeOf({ owner: "a", host: hostname(), pid: 2 ** 30 });
    } finally {
      spy.mockRestore();
    }
  };
  expect([answer(), answer("ESRCH"), answer("EPERM")]).toEqual(["alive", "dead", "alive"]);
  expect(asked).toEqual([0, 1, 2].map(() => [2 ** 30, 0]));
});
