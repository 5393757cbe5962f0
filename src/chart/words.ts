/** A chart in words, from the same numbers as the picture: its title, and what it says to who cannot see it. */

import { formatClock } from "../evidence/format.ts";
import type { Chart } from "./chart.ts";
import type { Panel } from "./panel.ts";

/** "p99 of checkout since 14:02 UTC" */
export function chartTitle({ panels, onset }: Chart): string {
  return `${panels[0]?.name ?? "What shifted"} since ${formatClock(onset)} UTC`;
}

/** One or two sentences. */
export function chartWords(chart: Chart): string {
  const { panels, markers, onset, from, to } = chart;
  const [headline, ...others] = panels;
  if (headline === undefined) return "";
  const normal = headline.normal === null ? "" : ` (normal ${headline.normal.words})`;
  const at = markers.map(({ name, at: when }) => `${name} ${formatClock(when)}`);
  const marked = at.length === 0 ? "" : `; marked: ${at.join(", ")}`;
  const window = `${formatClock(from)} to ${formatClock(to)} UTC`;
  const first = `${shift(headline)}${normal} since ${formatClock(onset)}, latest ${headline.latest}, drawn from ${window}${marked}.`;
  return others.length === 0 ? first : `${first} Below: ${others.map(shift).join("; ")}.`;
}

/** "p99 of checkout 0.4 s → 4.1 s" */
function shift({ name, before, after }: Panel): string {
  return `${name} ${before} → ${after}`;
}
