import { For, Show } from "solid-js";
import { type PageTable } from "../../plots/index.js";
import { type NumbersTable } from "./protocol.js";

const isNumber = (text: string): boolean => /^[-+−–\d.]|^$|^no value$/.test(text);

/** Text in rows and columns, as in reports. */
export function DataTable(props: { table: PageTable }) {
  const right = (): readonly boolean[] =>
    props.table.header.map((_, column) => props.table.rows.every((row) => isNumber(row[column] ?? "")));
  return (
    <details class="data-table" open={props.table.folded !== true}>
      <summary>{props.table.caption}</summary>
      <div class="scroll" tabindex="0" role="region" aria-label={props.table.caption}>
        <table>
          <thead>
            <tr>
              <For each={props.table.header}>
                {(cell, column) => <th class={right()[column()] ? "number" : undefined}>{cell}</th>}
              </For>
            </tr>
          </thead>
          <tbody>
            <For each={props.table.rows}>
              {(row) => (
                <tr>
                  <For each={row}>
                    {(cell, column) => <td class={right()[column()] ? "number" : undefined}>{cell}</td>}
                  </For>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** What is known at the point that is looked at. */
export function Numbers(props: { table: NumbersTable }) {
  return (
    <section aria-label="Numbers">
      <h2>{props.table.caption}</h2>
      <p class="soft">In brackets: 68 % intervals.</p>
      <For each={props.table.header}>
        {(sample, column) => (
          <table class="numbers">
            <caption>{sample}</caption>
            <tbody>
              <For each={props.table.rows}>
                {({ name, title, values }) => (
                  <Show when={values[column()] !== ""}>
                    <tr>
                      <th scope="row" title={title}>
                        {name}
                      </th>
                      <td>{values[column()]}</td>
                    </tr>
                  </Show>
                )}
              </For>
            </tbody>
          </table>
        )}
      </For>
    </section>
  );
}
