/** The digest's two pictures. */

import type { WeeksChart } from "../chart/weeks.ts";
import type { Digest } from "./digest.ts";

/** None where there is nothing to draw. */
export function chartsOf({ weeks }: Digest): WeeksChart[] {
  if (weeks.every(({ incidents }) => incidents === 0)) return [];
  const labelled = weeks.map((week) => ({ ...week, label: `W${week.number}` }));
  return [
    {
      kind: "weeks",
      title: "Incidents",
      parts: ["incidents"],
      weeks: labelled.map(({ label, incidents, medianMinutes }) => ({
        label,
        counts: [incidents],
        value: medianMinutes,
      })),
      valueTitle: "Median minutes to mitigate",
    },
    {
      kind: "weeks",
      title: "What ended them",
      parts: ["among my first three", "another step or deed", "by themselves", "not known"],
      weeks: labelled.map(({ label, record }) => ({
        label,
        counts: [
          record.fixedByFirstThree,
          record.fixed - record.fixedByFirstThree,
          record.byThemselves,
          record.ended - record.attested,
        ],
      })),
    },
  ];
}
