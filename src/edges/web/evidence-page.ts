/** The page behind a citation: what was read, with its queries, drawn so that the shift can be seen. */

import { html, raw } from "hono/html";
import { chartOf, type Chart } from "../../chart/chart.ts";
import { isSeriesOf } from "../../chart/panel.ts";
import { chartWords } from "../../chart/words.ts";
import type {
  Diagnosis,
  LogTemplate,
  ShiftedMetric,
  SuspectChange,
} from "../../evidence/diagnosis.ts";
import { formatValue } from "../../evidence/format.ts";
import type { ChangeRecord, EvidenceInput, Series, SourcedSeries } from "../../evidence/input.ts";
import { sparkline } from "./sparkline.ts";

/** The strongest; the rest is counted. */
const metricsMax = 40;
const changesMax = 30;
const logsMax = 30;
/** The strongest are drawn with their axes, what was normal and the changes; each takes a tenth of a second of the whole process. */
const chartsMax = 2;
const diffCharsMax = 20_000;

export interface EvidenceView {
  /** "INC-42" */
  readonly incident: string;
  readonly title: string;
  readonly readAt: Date;
  readonly input: EvidenceInput;
  readonly diagnosis: Diagnosis;
  /** As an SVG document. */
  readonly draw: (chart: Chart) => Promise<string>;
}

/** A whole document; everything from outside is escaped by the template. */
export async function evidencePage(view: EvidenceView): Promise<string> {
  const { incident, title, readAt, diagnosis } = view;
  const { metrics, changes, logs } = diagnosis;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${incident} evidence</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/pages.css" />
      </head>
      <body>
        <main>
          <h1>${incident}: ${title}</h1>
          <p class="aside">
            Evidence read ${clock(readAt)} UTC. Trouble since
            ${clock(new Date(diagnosis.onset * 1000))} UTC.
          </p>
          <h2>Metrics that shifted</h2>
          ${metrics.length === 0 ? html`<p>None.</p>` : ""}
          ${metrics.slice(0, metricsMax).map((metric, index) => metricPart(view, metric, index))}
          ${more(metrics.length, metricsMax)}
          <h2>Log lines that are new or more</h2>
          ${logs.length === 0 ? html`<p>None.</p>` : ""} ${logs.slice(0, logsMax).map(logPart)}
          ${more(logs.length, logsMax)}
          <h2>Changes</h2>
          ${changes.length === 0 ? html`<p>None in the hours before.</p>` : noChangeLine(diagnosis)}
          ${changes.slice(0, changesMax).map((change) => changePart(view, change))}
          ${more(changes.length, changesMax)}
          <h2>Also examined</h2>
          <p>
            ${diagnosis.examined.length === 0 ? "Nothing else." : diagnosis.examined.join(", ")}
          </p>
        </main>
      </body>
    </html>`;
  return (await page).toString();
}

async function metricPart(view: EvidenceView, metric: ShiftedMetric, index: number) {
  const { input } = view;
  const series = input.series?.find((each) => isSeriesOf(each, metric));
  const place = metric.callee === null ? metric.service : `${metric.service} → ${metric.callee}`;
  const labels = Object.entries(metric.labels ?? {}).map(([name, value]) => `${name} ${value}`);
  const value = (number: number): string => formatValue(number, metric.unit);
  const words = `${value(metric.before)} → ${value(metric.after)} since ${clock(new Date(metric.at * 1000))}`;
  const name = [metric.name, ...labels].join(", ");
  return html`<section id="metric:${index}">
    <h3>${place}: ${name}</h3>
    <p>${words}. Shift ${metric.score.toFixed(1)} robust standard deviations.</p>
    ${series === undefined ? "" : await drawn(view, series, metric, `${name}: ${words}`)}
    ${query(series)}
  </section>`;
}

async function drawn(
  { input, diagnosis, draw }: EvidenceView,
  series: Series,
  metric: ShiftedMetric,
  words: string,
) {
  const isStrong = diagnosis.metrics.indexOf(metric) < chartsMax;
  const chart = isStrong ? chartOf(input, diagnosis, [metric]) : null;
  return chart === null
    ? raw(sparkline(series.points, diagnosis.onset, words))
    : html`<div class="chart" role="img" aria-label="${chartWords(chart)}">
        ${raw(await draw(chart))}
      </div>`;
}

function query(series: Series | undefined) {
  if (series === undefined || !isSourced(series)) return "";
  return html`<pre class="query"><code>${series.source.query}</code></pre>`;
}

function isSourced(series: Series): series is SourcedSeries {
  return "source" in series;
}

function logPart({ service, template, before, after, since, example }: LogTemplate, index: number) {
  const first = since === undefined ? "" : ` New since ${clock(new Date(since * 1000))}.`;
  return html`<section id="log:${index}">
    <h3>${service}: ${template}</h3>
    <p>${before}× before, ${after}× after.${first} One of them:</p>
    <pre><code>${example}</code></pre>
  </section>`;
}

function noChangeLine({ noChange }: Diagnosis) {
  return html`<p>None of these: ${percent(noChange)}.</p>`;
}

function changePart({ input }: EvidenceView, suspect: SuspectChange) {
  const change = input.changes?.find(({ id }) => id === suspect.id);
  return html`<section id="change:${suspect.id}">
    <h3>${change?.title ?? suspect.id}</h3>
    <p>${[percent(suspect.p), ...suspect.because].join("; ")}</p>
    ${change === undefined ? "" : changeDetails(change)}
  </section>`;
}

/** Named by what it changed, never by who wrote it. */
function changeDetails({ kind, id, at, service, files = [], diff, url }: ChangeRecord) {
  const facts = [kind, id.slice(0, 12), service ?? "", `${clock(new Date(at * 1000))} UTC`];
  return html`<p class="aside">
      ${facts.filter((fact) => fact !== "").join(", ")}
      ${url === undefined ? "" : html`<a href="${url}" rel="noreferrer">Open it</a>`}
    </p>
    ${files.length === 0 ? "" : html`<p class="aside">${files.join(", ")}</p>`}
    ${
      diff === undefined || diff === ""
        ? ""
        : html`<details>
            <summary>Difference</summary>
            <pre><code>${diff.slice(0, diffCharsMax)}</code></pre>
          </details>`
    }`;
}

function more(count: number, max: number) {
  return count > max ? html`<p class="aside">And ${count - max} more.</p>` : "";
}

function percent(p: number): string {
  return p < 0.01 ? "under 1 %" : `${Math.round(p * 100)} %`;
}

function clock(at: Date): string {
  return at.toISOString().slice(11, 16);
}
