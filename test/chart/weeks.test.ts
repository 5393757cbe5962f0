import assert from "node:assert/strict";
import { test } from "node:test";
import { pictureSpecification } from "../../src/chart/picture.ts";
import { weeksWords, type WeeksChart } from "../../src/chart/weeks.ts";
import { chartsOf } from "../../src/digest/charts.ts";
import { digestOf } from "../../src/digest/digest.ts";
import { incidentFacts, weeks } from "../digest/facts.ts";

const about = { team: null, weeks, actions: null } as const;
const fix = { stepId: "s", title: "Raise the pool", place: 1, minutes: 12 };
const earlier = new Date("2026-10-06T10:00:00Z");
const facts = [
  incidentFacts({ ending: "step", fix }),
  incidentFacts({ ending: "step", fix: { ...fix, place: 7 } }),
  incidentFacts({ ending: "by-itself" }),
  incidentFacts({ resolvedAt: null, mitigatedAt: null }),
  incidentFacts({ beganAt: earlier }),
];
const chartsFor = (incidents: typeof facts) =>
  chartsOf(digestOf({ incidents, steps: [], told: [], model: null }, about));

test("a digest has two charts, which say in words what they show", () => {
  assert.deepEqual(chartsFor(facts).map(weeksWords), [
    "Incidents, 13 weeks, in brackets: median minutes to mitigate. W41 1 (20); W47 4 (20).",
    "What ended them, 13 weeks. W41 1 not known; W47 1 among my first three, 1 another step or deed, 1 by themselves.",
  ]);
});

test("a quarter without incidents has nothing to draw", () => {
  assert.deepEqual(chartsFor([]), []);
});

/** Every panel's axis of weeks, and the values of the first panel. */
function drawn(chart: WeeksChart) {
  const { vconcat } = JSON.parse(JSON.stringify(pictureSpecification(chart, "#fff")));
  return {
    panels: vconcat.length,
    axes: vconcat.map((panel: { encoding: { x: { scale: { domain: string[] } } } }) =>
      panel.encoding.x.scale.domain.join(" "),
    ),
    values: vconcat[0].data.values,
    ticks: vconcat[0].encoding.y.axis.values,
    domain: vconcat[0].encoding.y.scale.domain,
  };
}

test("each week has its place, also where nothing was, and what is counted has whole ticks", () => {
  const [incidents, ended] = chartsFor(facts).map(drawn);
  const all = weeks.map(({ number }) => `W${number}`).join(" ");
  assert.deepEqual([incidents?.panels, ended?.panels], [2, 1]);
  assert.deepEqual([...(incidents?.axes ?? []), ...(ended?.axes ?? [])], [all, all, all]);
  assert.equal(incidents?.values.length, 13);
  assert.equal(ended?.values.length, 13 * 4);
  assert.deepEqual(incidents?.ticks, [0, 1, 2, 3, 4]);
  const [many] = chartsFor(Array.from({ length: 10 }, () => incidentFacts())).map(drawn);
  assert.deepEqual(
    [many?.ticks, many?.domain],
    [
      [0, 3, 6, 9, 12],
      [0, 12],
    ],
    "no bar stands above",
  );
});
