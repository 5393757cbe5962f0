/** Weeks as a picture: what was counted in each, stacked, and below it a number that not every week has. */

import { counted } from "../evidence/format.ts";
import { colours, levelDigits, plotWidth, sheet, type Specification } from "./look.ts";

/** What an outbox row keeps of it. */
export interface WeeksChart {
  readonly kind: "weeks";
  /** "Incidents" */
  readonly title: string;
  /** Names of the parts that are stacked, the most telling first. */
  readonly parts: readonly string[];
  /** Oldest first. */
  readonly weeks: readonly {
    /** "W47" */
    readonly label: string;
    /** As many as there are parts. */
    readonly counts: readonly number[];
    /** null: not known of this week; absent: the chart has none. */
    readonly value?: number | null;
  }[];
  /** "Median minutes to mitigate"; absent: there are no values. */
  readonly valueTitle?: string;
}

const heights = { counts: 120, values: 64 } as const;
/** From the accent to what is hardly seen. */
const shades = [colours.accent, "#7cc4bd", colours.soft, "rgba(109, 122, 119, 0.3)"] as const;

export function weeksSpecification(chart: WeeksChart, paper: string | null): Specification {
  const { valueTitle } = chart;
  return sheet(paper, [
    countsPanel(chart, valueTitle === undefined),
    ...(valueTitle === undefined ? [] : [valuesPanel(chart, valueTitle)]),
  ]);
}

/** In a sentence, for who cannot see it; weeks without anything are left out. */
export function weeksWords({ title, parts, weeks, valueTitle }: WeeksChart): string {
  const each = weeks.flatMap(({ label, counts, value = null }) => {
    const told = parts.flatMap((part, index) => {
      const count = counts[index] ?? 0;
      if (count === 0) return [];
      return parts.length === 1 ? `${count}` : `${count} ${part}`;
    });
    const beside = value === null ? "" : ` (${Math.round(value)})`;
    return told.length === 0 ? [] : `${label} ${told.join(", ")}${beside}`;
  });
  const below = valueTitle === undefined ? "" : `, in brackets: ${valueTitle.toLowerCase()}`;
  return `${title}, ${counted(weeks.length, "week")}${below}. ${each.join("; ") || "None"}.`;
}

function countsPanel({ title, parts, weeks }: WeeksChart, hasLabels: boolean): Specification {
  const values = weeks.flatMap(({ label, counts }) =>
    parts.map((part, index) => ({ week: label, part, order: index, count: counts[index] ?? 0 })),
  );
  const most = Math.max(...weeks.map(({ counts }) => counts.reduce((a, b) => a + b, 0)), 1);
  const ticks = wholeTicks(most);
  return {
    width: plotWidth,
    height: heights.counts,
    title: { text: title },
    data: { values },
    mark: { type: "bar" },
    encoding: {
      x: weekAxis(weeks, hasLabels),
      y: {
        field: "count",
        type: "quantitative",
        stack: "zero",
        scale: { domain: [0, ticks.at(-1) ?? most] },
        axis: { ...valueAxis, values: ticks, format: "d" },
      },
      order: { field: "order", type: "quantitative" },
      ...(parts.length === 1
        ? { color: { value: colours.accent } }
        : {
            color: {
              field: "part",
              type: "nominal",
              scale: { domain: parts, range: shades.slice(0, parts.length) },
              legend: partsLegend,
            },
          }),
    },
  };
}

const partsLegend = {
  orient: "bottom",
  title: null,
  labelFontSize: 12,
  labelColor: colours.ink,
  columns: 2,
} as const;

function valuesPanel({ weeks }: WeeksChart, title: string): Specification {
  const values = weeks.flatMap(({ label, value }) =>
    value === undefined || value === null ? [] : [{ week: label, value }],
  );
  return {
    width: plotWidth,
    height: heights.values,
    title: { text: title, fontSize: 12 },
    data: { values },
    mark: { type: "point", filled: true, size: 50, color: colours.accent },
    encoding: {
      x: weekAxis(weeks, true),
      y: {
        field: "value",
        type: "quantitative",
        axis: { ...valueAxis, tickCount: 2, format: levelDigits },
      },
    },
  };
}

const valueAxis = {
  title: null,
  domain: false,
  ticks: false,
  minExtent: 40,
  maxExtent: 40,
} as const;

function weekAxis(weeks: WeeksChart["weeks"], hasLabels: boolean): Specification {
  return {
    field: "week",
    type: "nominal",
    sort: null,
    scale: { domain: weeks.map(({ label }) => label) },
    axis: { title: null, labels: hasLabels, ticks: false, grid: false, labelAngle: 0 },
  };
}

/** Of things that are counted there are no halves; none stands above the last. */
function wholeTicks(most: number): number[] {
  const step = Math.max(1, Math.ceil(most / 4));
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, index) => index * step);
}
