/** The picture of an incident's headline metric, once for each metric that becomes the headline. */

import { chartOf, metricsToShow } from "../chart/chart.ts";
import { chartTitle, chartWords } from "../chart/words.ts";
import { headlineKey, headlineMetric } from "../message/headline-metric.ts";
import type { Effect } from "./change.ts";
import { pictureEffect } from "./draw-series.ts";
import type { Gathered } from "./gather-evidence.ts";
import type { World } from "./ports.ts";
import { livingKey, type Shown } from "./show-incident.ts";

/** None while it is muted or nothing shifted. One that was sent before has the same id, and the store leaves it out. */
export function chartEffects(world: World, shown: Shown, { input }: Gathered): Effect[] {
  const { stored, incident } = shown;
  const { evidence, muted } = incident;
  const headline = evidence === null ? undefined : headlineMetric(evidence);
  if (evidence === null || headline === undefined || muted !== null) return [];
  const chart = chartOf(input, evidence.diagnosis, metricsToShow(evidence.diagnosis, headline));
  if (chart === null) return [];
  const key = `chart:${stored.id}:${headlineKey(headline)}`;
  const drawn = { chart, title: chartTitle(chart), words: chartWords(chart) };
  return [
    pictureEffect(world, { channel: stored.channel, key, under: livingKey(stored.id) }, drawn),
  ];
}
