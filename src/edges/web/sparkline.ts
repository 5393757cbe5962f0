/** A series as a small drawing, with the onset marked. */

import type { Point } from "../../evidence/input.ts";

const width = 640;
const height = 96;
const pad = 4;
const pointsMax = 400;

/** SVG text; `words` is what it says to who cannot see it. Empty where there are fewer than two finite values. */
export function sparkline(points: readonly Point[], onset: number, words: string): string {
  const finite = points.filter(([, value]) => Number.isFinite(value));
  const every = Math.ceil(finite.length / pointsMax);
  const shown = finite.filter((_point, index) => index % every === 0);
  const first = shown[0]?.[0];
  const last = shown.at(-1)?.[0];
  if (first === undefined || last === undefined || last <= first) return "";
  const values = shown.map(([, value]) => value);
  const low = Math.min(0, ...values);
  const span = Math.max(...values) - low || 1;
  const x = (at: number): string =>
    (pad + ((at - first) / (last - first)) * (width - 2 * pad)).toFixed(1);
  const y = (value: number): string =>
    (height - pad - ((value - low) / span) * (height - 2 * pad)).toFixed(1);
  const line = shown.map(([at, value]) => `${x(at)},${y(value)}`).join(" ");
  const isSeen = onset > first && onset < last;
  const mark = isSeen
    ? `<line class="onset" x1="${x(onset)}" x2="${x(onset)}" y1="0" y2="${height}"/>`
    : "";
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeAttribute(words)}">${mark}<polyline points="${line}"/></svg>`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
