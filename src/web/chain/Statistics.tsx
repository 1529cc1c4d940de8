/** What the current parameters make of the sample, while they change. */
import { counted } from "../../core/index.js";
import { createMemo, For, Show } from "solid-js";
import { type Model } from "../model/model.js";
import { Keep } from "./Keep.js";
import { ParticleSelection } from "./ParticleSelection.js";
import { Curves } from "./Curves.js";
import { FirstEvents } from "../ui/FirstEvents.js";
import { fixed } from "../ui/numbers.js";
import { linesOf, warningOf } from "./statistics-lines.js";
import { leftOutInWords, type SideStatistics } from "../model/statistics.js";

export function Statistics(props: { model: Model; b: Model }) {
  const { model } = props;
  const { view, setView } = model;
  const total = (): number => Math.min(view.n, model.source()?.event.length ?? 0);
  const range = () => model.params().base;
  const found = () => model.statistics();
  const nothingYet = (): string => {
    if (model.source() === null) return model.isOpening() ? "Opening the sample …" : "No sample is open.";
    return model.surveyFailed() ? "The sample cannot be read." : "Reading the first events …";
  };
  const second = (): SideStatistics | null => found()?.b ?? null;
  const sides = createMemo((): SideStatistics[] =>
    [found()?.a, found()?.b].filter((side) => side !== undefined && side !== null),
  );
  return (
    <section
      class="statistics"
      aria-label="Sample statistics"
      data-surveying={model.surveying()}
      data-surveyed={model.surveyed()}
      data-events={found()?.events ?? 0}
    >
      <h2>
        Sample{" "}
        <small role="status">
          {found()?.events ?? 0} of {counted(total(), "event")}, {range().EtaMin} &lt; |η| &lt; {range().EtaMax}
        </small>
      </h2>
      <FirstEvents label="Events of the statistics" n={view.n} onN={(n) => setView({ n })}>
        <Show when={model.surveying()}>
          <progress aria-label="Events done" max={total()} value={found()?.events ?? 0} />
        </Show>
      </FirstEvents>
      <ParticleSelection model={model} />
      <Show when={found()} fallback={<p class="empty">{nothingYet()}</p>}>
        {(statistics) => (
          <>
            <table>
              <Show when={second()}>
                <thead>
                  <tr>
                    <td />
                    <th scope="col" class="side-a">
                      A
                    </th>
                    <th scope="col" class="side-b">
                      B
                    </th>
                  </tr>
                </thead>
              </Show>
              <tbody>
                <For each={linesOf(sides())}>
                  {({ name, title, text }) => (
                    <tr data-statistic={name}>
                      <th scope="row" title={title}>
                        {name}
                      </th>
                      <td>{text(statistics().a)}</td>
                      <Show when={second()}>{(b) => <td>{text(b())}</td>}</Show>
                    </tr>
                  )}
                </For>
                <Show when={second()}>
                  <tr data-statistic="differing events">
                    <th scope="row" title="Events in which a trigger cell belongs to another cluster">
                      events that differ
                    </th>
                    <td colspan="2">
                      {statistics().differing} of {statistics().events}
                    </td>
                  </tr>
                </Show>
              </tbody>
            </table>
            <Show when={warningOf(sides()) !== ""}>
              <p class="untrusted">{warningOf(sides())}</p>
            </Show>
            <Show when={leftOutInWords(statistics(), range()) !== ""}>
              <p class="left-out">{leftOutInWords(statistics(), range())}</p>
            </Show>
            <Keep model={model} b={props.b} />
            <Responses a={statistics().a} b={second()} ratio={view.measure === "pt" ? "pT/pTgen" : "E/Egen"} />
            <Curves model={model} b={props.b} />
          </>
        )}
      </Show>
    </section>
  );
}

const BINS = 60;
const MOST = 1.5;
const WIDTH = 300;
const HEIGHT = 64;

/** Distributions of a ratio from 0 to 1.5; what is above is in the last bin. */
function Responses(props: { a: SideStatistics; b: SideStatistics | null; ratio: string }) {
  const counted = createMemo(() =>
    [props.a, props.b].map((side) => {
      const counts = new Int32Array(BINS);
      for (const response of side?.responses ?? []) {
        counts[Math.max(0, Math.min(BINS - 1, Math.floor((response / MOST) * BINS)))]++;
      }
      return counts;
    }),
  );
  const path = (k: 0 | 1): string => {
    const most = Math.max(1, ...counted()[0], ...counted()[1]);
    const steps = [...counted()[k]].map(
      (count, bin) => `V${HEIGHT - ((HEIGHT - 4) * count) / most}H${((bin + 1) * WIDTH) / BINS}`,
    );
    return `M0 ${HEIGHT}${steps.join("")}V${HEIGHT}`;
  };
  return (
    <svg
      class="responses"
      viewBox={`-2 0 ${WIDTH + 4} ${HEIGHT + 30}`}
      role="img"
      aria-label={`${props.ratio} of ${props.a.responses.length} particles, median ${fixed(props.a.response, 3)}${
        props.b === null ? "" : `; B: ${fixed(props.b.response, 3)}`
      }`}
    >
      <path class="line-a" d={path(0)} />
      <Show when={props.b}>
        <path class="line-b" d={path(1)} />
      </Show>
      <path class="axis" d={`M0 ${HEIGHT}H${WIDTH}`} />
      <For each={[0, 0.5, 1, 1.5]}>
        {(tick) => (
          <g transform={`translate(${(tick * WIDTH) / MOST} ${HEIGHT})`}>
            <path class="axis" d="M0 0V4" />
            <text y="15" text-anchor={tick === 0 ? "start" : tick === MOST ? "end" : "middle"}>
              {tick}
            </text>
          </g>
        )}
      </For>
      <text x={WIDTH / 2} y={HEIGHT + 28} text-anchor="middle">
        {props.ratio}, particles a bin of {MOST / BINS}
      </text>
    </svg>
  );
}
