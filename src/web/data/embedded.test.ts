/** The sample in the page: its events, one by one and by batches. */
import { expect, test } from "vitest";
import { openEmbedded } from "./embedded.js";

test("each event that is read, alone or in its batch, is the one that is listed", async () => {
  const source = openEmbedded();
  const events = [...source.info.event];
  expect([events.length > 1, source.batchFirst[0], source.batchFirst.at(-1)]).toEqual([true, 0, events.length]);
  for (const [index, event] of events.entries()) {
    const { batch, i } = await source.read(index);
    expect([batch.entries.rows, batch.entries.columns.event[i]]).toEqual([1, event]);
  }
  for (let batch = 0; batch + 1 < source.batchFirst.length; batch++) {
    const [from, end] = [source.batchFirst[batch], source.batchFirst[batch + 1]];
    const { columns } = (await source.readBatch(batch)).entries;
    expect([...columns.event]).toEqual(events.slice(from, end));
  }
});
