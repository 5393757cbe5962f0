import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inflateSync } from "node:zlib";
import { chartOf, type Chart } from "../../../src/chart/chart.ts";
import { pngOf, svgOf } from "../../../src/edges/chart/draw.ts";
import {
  mergedChange,
  sampleDiagnosis,
  sampleInput,
  shiftedMetric,
  shiftedSeries,
} from "../../chart/sample.ts";

function sampleChart(): Chart {
  const series = [shiftedSeries(0.4, 4.1), shiftedSeries(0.1, 3.8, { service: "payments" })];
  const metrics = [shiftedMetric(0.4, 4.1), shiftedMetric(0.1, 3.8, { service: "payments" })];
  const chart = chartOf(sampleInput({ series }), sampleDiagnosis, metrics);
  if (chart === null) throw new Error("there was nothing to draw");
  return chart;
}

/** Flat before the onset and flat since. */
function levelled(before: number, after: number): Chart {
  const chart = sampleChart();
  const [panel] = chart.panels;
  if (panel === undefined) throw new Error("there was nothing to draw");
  const points = panel.points.map(([at], n) => [at, n < 40 ? before : after] as const);
  const isFromZero = Math.min(before, after) < Math.max(before, after) / 2 || before === 3;
  return { ...chart, panels: [{ ...panel, points, normal: null, isFromZero }] };
}

/** The labels of each axis. */
async function axes(chart: Parameters<typeof svgOf>[0]): Promise<string[][]> {
  const svg = await svgOf(chart);
  return svg
    .split("role-axis-label")
    .slice(1)
    .map((group) =>
      [...group.slice(0, group.indexOf("</g>")).matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(
        ([, text = ""]) => text,
      ),
    );
}

/** Of the last axis, which is that of the values. */
async function valueTicks(chart: Chart): Promise<string[]> {
  return (await axes(chart)).at(-1) ?? [];
}

/** With this as the name of what shifted. */
function named(name: string): Chart {
  const chart = sampleChart();
  return { ...chart, panels: chart.panels.map((panel) => ({ ...panel, name })) };
}

interface Read {
  readonly width: number;
  readonly height: number;
  /** Of the filtered rows, which differ wherever the pictures do. */
  readonly rows: Buffer;
}

function readPng(png: Uint8Array): Read {
  const bytes = Buffer.from(png);
  assert.equal(bytes.subarray(0, 8).toString("latin1"), "\u0089PNG\r\n\u001A\n");
  const data: Buffer[] = [];
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString("latin1", at + 4, at + 8);
    if (type === "IDAT") data.push(bytes.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const rows = inflateSync(Buffer.concat(data));
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), rows };
}

describe("a chart is drawn", () => {
  test("as a PNG of sensible size, narrow enough for a phone", async () => {
    const png = await pngOf(sampleChart());
    const { width, height } = readPng(png);
    assert.ok(width >= 960 && width <= 1100, String(width));
    assert.ok(height >= 500 && height <= 900, String(height));
    assert.ok(png.length > 5_000 && png.length < 200_000, String(png.length));
  });

  test("the same each time", async () => {
    assert.deepEqual(await pngOf(sampleChart()), await pngOf(sampleChart()));
  });

  test("with its letters: another name is another picture", async () => {
    const blank = readPng(await pngOf(named(" ")));
    const written = readPng(await pngOf(named("p99 of checkout")));
    assert.equal(written.width, blank.width);
    assert.notDeepEqual(written.rows, blank.rows);
  });

  test("with times in UTC on 24 hours, its units, its changes and its onset", async () => {
    const svg = await svgOf(sampleChart());
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = ""]) => text);
    for (const text of ["14:00", "UTC", "s", "PR #311 14:00", "shift 14:02"]) {
      assert.ok(texts.includes(text), `${text} in ${texts.join(" | ")}`);
    }
    assert.ok(texts.includes("p99 of checkout: 0.4 s → 4.1 s"), texts.join(" | "));
    assert.ok(!texts.some((text) => /[AP]M/.test(text)));
  });

  test("with an axis on which each tick reads otherwise, and none is longer than it needs to be", async () => {
    const pairs = [
      [0, 0],
      [3, 3],
      [0.5, 0.5],
      [20_000, 20_000],
      [0.4, 4.1],
      [0.98, 0.99],
      [9_990, 10_010],
      [1.2e7, 1.3e7],
    ] as const;
    for (const [before, after] of pairs) {
      const ticks = await valueTicks(levelled(before, after));
      assert.ok(ticks.length > 0);
      assert.equal(new Set(ticks).size, ticks.length, ticks.join());
      for (const tick of ticks) assert.ok(tick.length <= 7 && !/\.\d*0{3}/.test(tick), tick);
    }
    assert.deepEqual(await valueTicks(levelled(3, 3)), ["0", "1", "2", "3"]);
    assert.deepEqual(await valueTicks(levelled(0, 0)), ["0"]);
  });

  test("with whole numbers where things are counted", async () => {
    for (const [most, ticks] of [
      [1, ["0", "1"]],
      [9, ["0", "3", "6", "9"]],
    ] as const) {
      const weeks = [0, most].map((count, n) => ({
        label: `W${n}`,
        counts: [count],
        value: count,
      }));
      const chart = { kind: "weeks", title: "Incidents", parts: ["all"], weeks } as const;
      assert.deepEqual((await axes(chart)).at(-1), ticks);
    }
  });

  test("without a background on a page, and without styles or scripts of its own", async () => {
    const svg = await svgOf(sampleChart());
    assert.ok(!/ style=|<style|<script|<image|<a |href=/.test(svg));
    assert.ok(!svg.includes('fill="white"'));
  });
});

describe("a hostile name", () => {
  const names = [
    `</text><script>alert(1)</script>"'&`,
    "x".repeat(5_000),
    "😀🏳️‍🌈 שלום עולם مرحبا 中文",
    "{signal: alert} datum.at => {{x}} \\u0000",
    "",
  ];
  for (const name of names) {
    test(`is text and nothing else: ${JSON.stringify(name.slice(0, 30))}`, async () => {
      const hostile = { service: name, name };
      const chart = chartOf(
        sampleInput({
          series: [shiftedSeries(0.4, 4.1, hostile)],
          changes: [{ ...mergedChange, kind: "flag", title: name }],
        }),
        sampleDiagnosis,
        [shiftedMetric(0.4, 4.1, { ...hostile, unit: name })],
      );
      assert.ok(chart);
      const tags = (await svgOf(chart)).matchAll(/<([a-z]+)/gi);
      assert.deepEqual(
        new Set([...tags].map(([, tag]) => tag)),
        new Set(["svg", "g", "path", "line", "text"]),
      );
      const { width, height } = readPng(await pngOf(chart));
      assert.ok(width < 1_300 && height < 900, `${width} × ${height}`);
    });
  }
});
