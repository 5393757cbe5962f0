/** A chart as a Vega-Lite specification: panels one below the other on one time axis in UTC. */

import { formatClock } from "../evidence/format.ts";
import type { Chart } from "./chart.ts";
import { label } from "./label.ts";
import { axisWidth, colours, levelDigits, plotWidth, sheet, type Specification } from "./look.ts";
import type { Panel } from "./panel.ts";
import { rowsOf } from "./rows.ts";

/** Pixels. */
const plot = { headline: 150, other: 64, row: 16, unit: 60 } as const;
/** Over the whole width, at 13 pixels and bold. */
const titleCharsMax = 70;
/** A system's font, which a page takes, is wider than ours. */
const ticksMax = 7;
const tickMinutes = [1, 2, 5, 10, 15, 30, 60] as const;
/** From here on ticks read "12k". */
const longNumber = 10_000;

/** `paper`: behind a picture that is shown on its own; null lets the page shine through. */
export function specificationOf(chart: Chart, paper: string | null): Specification {
  const panels = chart.panels.map((panel, index) => panelLayers(chart, panel, index));
  return sheet(paper, panels);
}

function panelLayers(chart: Chart, panel: Panel, index: number): Specification {
  const isHeadline = index === 0;
  const rows = isHeadline ? rowsOf(labelled(chart), { width: plotWidth, kept: plot.unit }) : [];
  return {
    width: plotWidth,
    height: isHeadline ? plot.headline : plot.other,
    title: {
      text: titleOf(panel),
      ...(isHeadline ? {} : { fontSize: 12 }),
    },
    layer: [
      ...normalBand(chart, panel),
      line(chart, panel),
      rule(
        chart.markers.map(({ at }) => at),
        { color: colours.soft, strokeWidth: 1 },
      ),
      rule([chart.onset], { color: colours.ink, strokeWidth: 1.5, strokeDash: [4, 3] }),
      ...rows.map((one) => text(one)),
    ],
  };
}

/** A long name is cut, what it came to is not. */
function titleOf(panel: Panel): string {
  const values = `${panel.before} → ${panel.after}`;
  return `${label(panel.name, Math.max(titleCharsMax - values.length - 2, 12))}: ${values}`;
}

/** The onset and the changes, with where they stand from the left, in pixels. */
function labelled({ from, to, onset, markers }: Chart): { at: number; x: number; text: string }[] {
  const x = (at: number): number => ((at - from) / Math.max(to - from, 1)) * plotWidth;
  const first = { at: onset, x: x(onset), text: `shift ${formatClock(onset)}` };
  const changes = markers.map(({ at, name }) => ({
    at,
    x: x(at),
    text: `${name} ${formatClock(at)}`,
  }));
  return [first, ...changes];
}

function normalBand({ from, to }: Chart, { normal }: Panel): Specification[] {
  if (normal === null) return [];
  const { low, high } = normal;
  return [
    {
      data: { values: [{ from: from * 1000, to: to * 1000, low, high }] },
      mark: { type: "rect", color: colours.soft, opacity: 0.18 },
      encoding: {
        x: { field: "from", type: "temporal" },
        x2: { field: "to" },
        y: { field: "low", type: "quantitative" },
        y2: { field: "high" },
      },
    },
  ];
}

function line(chart: Chart, panel: Panel): Specification {
  const { from, to, panels } = chart;
  return {
    data: { values: panel.points.map(([at, value]) => ({ at: at * 1000, value })) },
    mark: {
      type: "line",
      color: colours.accent,
      strokeWidth: 2,
      invalid: "break-paths-show-domains",
    },
    encoding: {
      x: {
        field: "at",
        type: "temporal",
        scale: { type: "utc", domain: [from * 1000, to * 1000], nice: false },
        axis: timeAxis(chart, panel === panels.at(-1)),
      },
      y: {
        field: "value",
        type: "quantitative",
        scale: { zero: panel.isFromZero, nice: true },
        axis: valueAxis(panel, panel === panels[0]),
      },
    },
  };
}

/** The unit stands above the ticks. */
function valueAxis({ points, unit }: Panel, isHeadline: boolean): Specification {
  const values = points.flatMap(([, value]) => value ?? []);
  const largest = Math.max(...values.map(Math.abs));
  return {
    title: unit === "" ? null : unit,
    titleAngle: 0,
    titleAlign: "left",
    titleAnchor: "end",
    titleX: -axisWidth,
    titleY: -12,
    titleLimit: 0,
    tickCount: isHeadline ? 4 : 2,
    minExtent: axisWidth,
    maxExtent: axisWidth,
    domain: false,
    ticks: false,
    ...(largest >= longNumber ? { format: "~s" } : levelFormat(values)),
  };
}

/** Where nothing moves Vega knows no step and writes six decimals, "3.000000". */
function levelFormat([first, ...rest]: readonly number[]): Specification {
  return rest.every((each) => each === first) ? { format: levelDigits } : {};
}

function timeAxis({ from, to }: Chart, hasTimes: boolean): Specification {
  const minutes = tickMinutes.find((each) => (to - from) / 60 / each <= ticksMax) ?? 120;
  const step = minutes * 60;
  const first = Math.ceil(from / step);
  const count = Math.max(Math.floor(to / step) - first + 1, 0);
  return {
    values: Array.from({ length: count }, (_, index) => (first + index) * step * 1000),
    format: "%H:%M",
    grid: false,
    labels: hasTimes,
    ticks: hasTimes,
    labelOverlap: true,
    title: hasTimes ? "UTC" : null,
    titleAnchor: "end",
    titlePadding: 2,
  };
}

function rule(at: readonly number[], mark: Specification): Specification {
  return {
    data: { values: at.map((time) => ({ at: time * 1000 })) },
    mark: { type: "rule", ...mark },
    encoding: { x: { field: "at", type: "temporal" } },
  };
}

function text(one: ReturnType<typeof rowsOf>[number] & { readonly at: number }): Specification {
  return {
    data: { values: [{ at: one.at * 1000, text: one.text }] },
    mark: {
      type: "text",
      align: one.align,
      dx: one.align === "left" ? -1 : 1,
      baseline: "middle",
      fontSize: 12,
      color: colours.ink,
    },
    encoding: {
      x: { field: "at", type: "temporal" },
      y: { value: -(one.row + 0.5) * plot.row },
      text: { field: "text", type: "nominal" },
    },
  };
}
