/** Whatever can be drawn. */

import type { Chart } from "./chart.ts";
import type { Specification } from "./look.ts";
import { specificationOf } from "./specification.ts";
import { weeksSpecification, type WeeksChart } from "./weeks.ts";

export type Picture = Chart | WeeksChart;

/** `paper`: behind a picture that is shown on its own; null lets the page shine through. */
export function pictureSpecification(picture: Picture, paper: string | null): Specification {
  return "kind" in picture ? weeksSpecification(picture, paper) : specificationOf(picture, paper);
}
