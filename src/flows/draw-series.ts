/** One series that somebody asked for by name: how it stands in words, and its chart. */

import { chartOf } from "../chart/chart.ts";
import type { Picture } from "../chart/picture.ts";
import { isSeriesOf } from "../chart/panel.ts";
import { serviceNamedIn } from "../catalog/find-service.ts";
import { diagnose } from "../evidence/diagnose.ts";
import type { Diagnosis, ShiftedMetric } from "../evidence/diagnosis.ts";
import type { SourcedSeries } from "../evidence/input.ts";
import { median } from "../evidence/numbers.ts";
import { cleaned } from "../evidence/samples.ts";
import { noSuchSeries, seriesAnswer } from "../message/answers-asked.ts";
import { cut, escape, plain } from "../message/escape.ts";
import { nearestNames, seriesNamedIn } from "../message/find-series.ts";
import type { Answer, Questioned } from "./answer-question.ts";
import type { Effect, OutboxPayload } from "./change.ts";
import { gatherEvidence } from "./gather-evidence.ts";
import type { World } from "./ports.ts";

const titleCharsMax = 150;
/** Slack's limit of an alternative text. */
const altCharsMax = 1_000;

export interface Drawn {
  readonly chart: Picture;
  readonly title: string;
  /** What it shows, in words that nothing marks up. */
  readonly words: string;
}

/** Read now, over the incident's window where one is open, else over the last hour. */
export async function drawSeries(
  world: World,
  { channel, shown, about }: Questioned & { readonly about: string },
): Promise<Answer> {
  const sources = await world.sourcesFor(channel);
  const isOpen = shown?.incident.state === "open";
  const gathered = await gatherEvidence(world, {
    sources: { ...sources, logs: [] },
    service: serviceNamedIn(about, sources.catalog),
    onset: isOpen ? shown.incident.since : null,
    alert: {},
  });
  const { input, gaps } = gathered;
  const found = seriesNamedIn(about, input.series);
  const diagnosis = diagnose(input);
  const metric = found === null ? null : metricOf(found, diagnosis, input.end ?? diagnosis.onset);
  if (found === null || metric === null) {
    const metricGaps = gaps.filter(({ source }) =>
      sources.metrics.some(({ name }) => name === source),
    );
    return {
      body: noSuchSeries(about, nearestNames(about, input.series), metricGaps),
      drawn: null,
    };
  }
  const hasShifted = diagnosis.metrics.includes(metric);
  const url = found.source.url ?? null;
  const body = seriesAnswer({ metric, hasShifted, url, hosts: world.linkHosts });
  const chart = chartOf(input, diagnosis, [metric]);
  if (chart === null) return { body, drawn: null };
  const words = seriesAnswer({ metric, hasShifted, url: null, hosts: [] }).text;
  return { body, drawn: { chart, title: chart.panels[0]?.name ?? about, words } };
}

/** As the diagnosis tells it where it shifted; else its medians around the onset; null where it has no point. */
function metricOf(
  series: SourcedSeries,
  { metrics, onset }: Diagnosis,
  end: number,
): ShiftedMetric | null {
  const shifted = metrics.find((metric) => isSeriesOf(series, metric));
  if (shifted !== undefined) return shifted;
  const { at, value } = cleaned(series.points, end);
  const [last, now] = [at.at(-1), value.at(-1)];
  if (last === undefined || now === undefined) return null;
  const half = (isIn: (time: number) => boolean) =>
    value.filter((_each, index) => isIn(at[index] ?? 0));
  const [before, after] = [half((time) => time < onset), half((time) => time >= onset)];
  const { service, name, callee = null, kind, labels = null, source } = series;
  return {
    service,
    name,
    callee,
    kind,
    labels,
    ...(source.unit === undefined ? {} : { unit: source.unit }),
    score: 0,
    direction: "up",
    at: onset,
    before: before.length === 0 ? now : median(before),
    after: after.length === 0 ? now : median(after),
    latest: [last, now],
  };
}

type ChartPayload = Extract<OutboxPayload, { kind: "chart" }>;

/** A picture under one of our messages, at most once by its key. */
export function pictureEffect(
  world: World,
  to: Pick<Effect, "channel" | "key"> & Pick<ChartPayload, "under" | "threadTs">,
  { chart, title, words }: Drawn,
): Effect {
  const { channel, key, under, threadTs } = to;
  return {
    id: `box_${world.idOf(key)}`,
    channel,
    key,
    payload: {
      kind: "chart",
      under,
      ...(threadTs === undefined ? {} : { threadTs }),
      chart,
      title: cut(plain(title), titleCharsMax),
      alt: cut(plain(words), altCharsMax),
      comment: escape(cut(words, altCharsMax)),
    },
  };
}
