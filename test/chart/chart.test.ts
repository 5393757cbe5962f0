import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { chartOf, metricsToShow, type Chart } from "../../src/chart/chart.ts";
import { label } from "../../src/chart/label.ts";
import { rowsOf } from "../../src/chart/rows.ts";
import { chartTitle, chartWords } from "../../src/chart/words.ts";
import type { ChangeRecord, EvidenceInput } from "../../src/evidence/input.ts";
import {
  end,
  mergedChange,
  onset,
  sampleDiagnosis,
  sampleInput,
  shiftedMetric,
  shiftedSeries,
} from "./sample.ts";

function drawn(told: Partial<EvidenceInput> = {}, diagnosis = sampleDiagnosis): Chart {
  const chart = chartOf(sampleInput(told), diagnosis, [shiftedMetric(0.4, 4.1)]);
  assert.ok(chart);
  return chart;
}

describe("a chart of a shift", () => {
  test("shows the time before the onset twice as long as what came after, within an hour; that hour where nothing came after", () => {
    const lengths = [0, 60, 600, 7200].map((after) => {
      const { from, to } = drawn({ end: onset + after });
      return [(onset - from) / 60, (to - onset) / 60];
    });
    assert.deepEqual(lengths, [
      [60, 0],
      [15, 1],
      [20, 10],
      [60, 120],
    ]);
  });

  test("has as normal the 5th to the 95th percentile of what was before, and none of too few points", () => {
    const normal = drawn().panels[0]?.normal;
    assert.ok(normal && normal.low > 0.379 && normal.low < 0.385);
    assert.ok(normal.high > 0.415 && normal.high < 0.421);
    assert.equal(normal.words, "0.38 s to 0.42 s");
    const steady = shiftedSeries(0.4, 4.1).points.map(
      ([at, value]) => [at, at < onset ? 0.4 : value] as const,
    );
    const calm = drawn({ series: [shiftedSeries(0.4, 4.1, { points: steady })] });
    assert.equal(calm.panels[0]?.normal?.words, "0.4 s", "one number where both are");
    const points = shiftedSeries(0.4, 4.1).points.filter(([at]) => at >= onset - 30);
    assert.equal(drawn({ series: [shiftedSeries(0.4, 4.1, { points })] }).panels[0]?.normal, null);
  });

  const units: readonly (readonly [string | undefined, number, string, number])[] = [
    ["seconds", 0.004, "ms", 4],
    ["seconds", 4, "s", 4],
    ["ms", 4_000, "s", 4],
    ["ratio", 0.25, "%", 25],
    ["percent", 25, "%", 25],
    ["bytes", 3 * 1024 ** 2, "MiB", 3],
    ["/s", 120, "/s", 120],
    [undefined, 7, "", 7],
  ];
  for (const [unit, value, shown, scaled] of units) {
    test(`reads ${value} ${unit ?? "without a unit"} as ${scaled} ${shown}`, () => {
      const name = "load";
      const points = shiftedSeries(1, 1).points.map(([at]) => [at, value] as const);
      const metric = { ...shiftedMetric(value, value, { name }), ...(unit ? { unit } : {}) };
      const series = [shiftedSeries(1, 1, { name, points })];
      const panel = chartOf(sampleInput({ series }), sampleDiagnosis, [metric])?.panels[0];
      assert.equal(panel?.unit, shown);
      assert.equal(panel.points[0]?.[1], scaled);
    });
  }

  test("begins its axis at zero unless that would flatten what moves far from it", () => {
    const flat = [shiftedSeries(500, 520)];
    assert.equal(drawn().panels[0]?.isFromZero, true);
    assert.equal(drawn({ series: flat }).panels[0]?.isFromZero, false);
  });

  test("keeps the highest and the lowest of a long series, and says where nothing was read", () => {
    const many = Array.from({ length: 4000 }, (_, index): [number, number] => [
      onset - 1000 + index / 4,
      index === 1234 ? 99 : index === 2345 ? -5 : 1,
    ]);
    const points = many.filter(([at]) => at < onset - 400 || at > onset - 300);
    const panel = drawn({ series: [shiftedSeries(0, 0, { points })] }).panels[0];
    const values = panel?.points.map(([, value]) => value) ?? [];
    assert.ok(values.length < 260, String(values.length));
    assert.ok(values.includes(99) && values.includes(-5));
    assert.equal(values.filter((value) => value === null).length, 1);
  });

  test("is none where the series is gone or has a single point in the window", () => {
    const metric = [shiftedMetric(0.4, 4.1)];
    for (const points of [[], [[onset, 1] as const], [[onset, Number.NaN] as const]]) {
      const input = sampleInput({ series: [shiftedSeries(0, 0, { points })] });
      assert.equal(chartOf(input, sampleDiagnosis, metric), null);
    }
    assert.equal(chartOf(sampleInput({ series: [] }), sampleDiagnosis, metric), null);
  });

  test("stays small enough for a row of the outbox", () => {
    const names = ["checkout", "a", "b", "c"];
    const series = names.map((service) => shiftedSeries(0.41234567, 4.1, { service }));
    const metrics = names.map((service) => shiftedMetric(0.4, 4.1, { service }));
    const chart = chartOf(sampleInput({ series }), sampleDiagnosis, metrics);
    assert.equal(chart?.panels.length, 4);
    assert.ok(JSON.stringify(chart).length < 30_000);
  });
});

describe("the changes on a chart", () => {
  const named = (change: Partial<ChangeRecord>): string[] =>
    drawn({ changes: [{ ...mergedChange, ...change }] }).markers.map(({ name }) => name);

  test("stand where they went live, named by pull request or commit, never by a person", () => {
    assert.deepEqual(drawn().markers, [{ at: onset - 90, name: "PR #311" }]);
    assert.deepEqual(named({ kind: "commit", title: "Fix by Grace Hopper", live: true }), [
      "commit 3f2a91c",
    ]);
    assert.deepEqual(named({ kind: "flag", title: "new-retry on" }), ["flag new-retry on"]);
    assert.ok(!JSON.stringify(drawn()).includes("Grace"));
  });

  test("say so where it is only known that they were merged, or known that they are not live", () => {
    assert.deepEqual(named({ kind: "commit" }), ["PR #311 merged"]);
    assert.deepEqual(named({ kind: "commit", live: false }), ["PR #311 not live"]);
    assert.deepEqual(named({ live: "unknown" }), ["PR #311 maybe live"]);
  });

  test("are left out where they lie outside of it or are hardly likely", () => {
    assert.deepEqual(named({ at: onset - 7200 }), []);
    const unlikely = [{ id: mergedChange.id, p: 0.05, because: [] }];
    assert.deepEqual(drawn({}, { onset, changes: unlikely }).markers, []);
  });

  test("have labels in rows that do not touch, within the picture", () => {
    const labels = [400, 402, 20, 430].map((x) => ({ x, text: "PR #311 14:00" }));
    const placed = rowsOf(labels, { width: 440, kept: 60 });
    assert.deepEqual(
      placed.map(({ row, align }) => [row, align]),
      [
        [0, "right"],
        [1, "right"],
        [1, "left"],
        [2, "right"],
      ],
    );
  });
});

describe("the words of a chart", () => {
  test("say the same as the picture, with its numbers", () => {
    assert.equal(
      chartWords(drawn()),
      "p99 of checkout 0.4 s → 4.1 s (normal 0.38 s to 0.42 s) since 14:02, latest 4.1 s, " +
        "drawn from 13:42 to 14:12 UTC; marked: PR #311 14:00.",
    );
    assert.equal(chartTitle(drawn()), "p99 of checkout since 14:02 UTC");
  });

  test("name what is drawn below", () => {
    const metrics = [
      shiftedMetric(0.4, 4.1),
      shiftedMetric(0.1, 3.8, { service: "payments", latest: [end, 3.8] }),
    ];
    const series = [shiftedSeries(0.4, 4.1), shiftedSeries(0.1, 3.8, { service: "payments" })];
    const chart = chartOf(sampleInput({ series }), sampleDiagnosis, metrics);
    assert.ok(chart);
    assert.match(chartWords(chart), /\. Below: p99 of payments 0\.1 s → 3\.8 s\.$/);
  });
});

test("below the headline is the strongest shift of each other service, three at most, whole before cut", () => {
  const of = (service: string, labels: Record<string, string> | null = null) =>
    shiftedMetric(1, 2, { service, labels });
  const headline = of("checkout");
  const metrics = [headline, of("a", { route: "/" }), of("a"), of("b"), of("c"), of("d")];
  const services = ["b", "checkout", "a", "quiet", "c", "d"].map((service) => ({
    service,
    score: 1,
  }));
  assert.deepEqual(metricsToShow({ services, metrics }, headline), [
    headline,
    metrics[3],
    metrics[2],
    metrics[4],
  ]);
});

test("a label is one line of what can be seen, cut to its length without breaking a character", () => {
  assert.equal(label("a\u0000b\u202Ec\nd", 20), "a b c d");
  assert.equal(label("\uD800x", 20), "\uFFFDx");
  assert.equal(label("😀".repeat(50), 5), "😀😀😀😀…");
});
