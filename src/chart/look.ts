/** How every chart looks: widths, colours, letters. */

/** Plain data, as Vega-Lite's schema has it. */
export interface Specification {
  readonly [field: string]: unknown;
}

/** Pixels. Narrow, so that it can still be read when a phone makes it smaller. */
export const plotWidth = 440;
/** Of the labels beside it. */
export const axisWidth = 40;
/** d3's words for four digits without zeros at the end, where an axis has a single value. */
export const levelDigits = ".4~r";
/** The accent stands out from white (4.2 : 1) as from a dark page (4.3 : 1). */
export const colours = {
  accent: "#0f8a80",
  ink: "#3b4644",
  soft: "#6d7a77",
  line: "#dfe4e2",
} as const;

const font = "Inter, system-ui, sans-serif";
const configuration = {
  font,
  view: { stroke: null },
  axis: {
    labelColor: colours.soft,
    titleColor: colours.soft,
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 400,
    gridColor: colours.line,
    tickColor: colours.line,
    domainColor: colours.line,
  },
  title: {
    color: colours.ink,
    fontSize: 13,
    fontWeight: 600,
    anchor: "start",
    frame: "group",
    dx: -axisWidth,
    offset: 4,
    // Vega takes letters for wider than they are.
    limit: 0,
  },
} as const;

/** Panels one below the other. `paper`: behind a picture that is shown on its own; null lets the page shine through. */
export function sheet(paper: string | null, panels: readonly Specification[]): Specification {
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    background: paper,
    padding: 12,
    spacing: 12,
    config: configuration,
    vconcat: panels,
  };
}
