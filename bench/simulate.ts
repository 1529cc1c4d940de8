/** The simulation in one thread: events/s, both endcaps each time, without the chain, the skim or files. Prints one JSON object. */
import { createGeometry } from "../src/detector/index.js";
import { type ParticleName, simulateEvents } from "../src/events/index.js";

const geometry = createGeometry("V11");

function eventsPerSecond(particles: ParticleName, pileup: number, events: number): number {
  const run = (first: number, n: number) => simulateEvents({ particles, pileup, seed: 1, geometry }, first, n);
  run(1, Math.ceil(events / 4));
  const start = performance.now();
  const chunk = run(1, events);
  const rate = (1000 * events) / (performance.now() - start);
  const cells = chunk.tc.offsets[events] / events;
  // Both endcaps: some 350 trigger cells without pile-up, some 60,000 with 200.
  if (!(cells > 100 * (1 + pileup) && cells < 1000 * (1 + pileup))) throw new Error(`${cells} trigger cells an event`);
  return rate;
}

console.log(
  JSON.stringify({
    "photons PU0 events/s": eventsPerSecond("photons", 0, 2000),
    "electrons PU0 events/s": eventsPerSecond("electrons", 0, 1500),
    "pions PU0 events/s": eventsPerSecond("pions", 0, 1000),
    "photons PU200 events/s": eventsPerSecond("photons", 200, 40),
  }),
);
