import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ChangeRecord, LogLine, SourcedSeries } from "../../src/evidence/input.ts";
import { redact } from "../../src/redaction/redact.ts";
import { changesRead, fileRead, logsRead, metricRead } from "../../src/model/read-items.ts";

const onset = Date.UTC(2026, 10, 23, 14, 2) / 1_000;
const series: SourcedSeries = {
  service: "payments",
  name: "latency_p99",
  kind: "latency",
  points: Array.from({ length: 121 }, (_, n) => {
    const at = onset - 3_600 + n * 60;
    return [at, at < onset ? 0.1 : at === onset + 600 ? 4.2 : 3.8];
  }),
  source: { query: "q", unit: "seconds", url: "https://prometheus.example/graph" },
};
const window = { from: onset - 1_800, to: onset + 1_200, onset };

describe("what was read for a question", () => {
  test("of a metric is how it stood before the onset and since, its extremes, and now", () => {
    assert.deepEqual(metricRead(series, window), {
      text: "p99 of payments, 13:32 to 14:22: 0.1 s before 14:02, 3.8 s since, 3.8 s now, lowest 0.1 s, highest 4.2 s at 14:12",
      services: ["payments"],
      url: "https://prometheus.example/graph",
    });
  });

  test("of a metric without an onset in view is its median, and without a value that there is none", () => {
    const { text } = metricRead(series, { ...window, onset: null, to: onset - 60 });
    assert.match(text, /: median 0\.1 s, 0\.1 s now, lowest/);
    const holes = { ...series, points: [[onset, Number.NaN]] as const };
    assert.match(metricRead(holes, window).text, /14:22: no value$/);
  });

  test("of logs is how many lines hold the words, and the newest of each kind", () => {
    const line = (seconds: number, text: string): LogLine => ({
      at: onset + seconds,
      service: "payments",
      level: "error",
      text,
    });
    const lines = [
      line(10, "pool exhausted, waited 212 ms"),
      line(20, "pool exhausted, waited 980 ms"),
      line(30, "POOL closed"),
      line(40, "all is well"),
      line(-9_000, "pool exhausted, long ago"),
      { ...line(50, "pool of another"), service: "cart" },
    ];
    const asked = { words: "pool", from: onset - 60, url: "https://loki.example", clean: redact };
    assert.deepEqual(
      logsRead("payments", lines, asked).map(({ text }) => text),
      [
        "log lines of payments since 14:01: 4 were read, of which 3 hold the words that were asked for",
        'log line of payments 14:02:30 error: "POOL closed"',
        'log line of payments 14:02:20 error: "pool exhausted, waited 980 ms", and 1 line like it before',
      ],
    );
    const none = logsRead("payments", [], { ...asked, words: "" });
    assert.deepEqual(
      none.map(({ text }) => text),
      ["log lines of payments since 14:01: 0 were read"],
    );
    const unheard = logsRead("payments", lines, { ...asked, words: "all is lost" });
    assert.deepEqual(unheard, [
      {
        text: "log lines of payments since 14:01: 4 were read",
        services: ["payments"],
        url: asked.url,
      },
      { text: "no line holds the words that were asked for", services: [], isNote: true },
    ]);
  });

  test("of changes names each with when it went live and never who did it", () => {
    const changes: readonly ChangeRecord[] = [
      {
        id: "3f2a91c".padEnd(40, "0"),
        kind: "commit",
        at: onset - 600,
        service: "payments",
        title: "Shrink the pool (#311)",
        author: "ana",
        files: ["src/pool.ts"],
        url: "https://github.com/acme/shop/pull/311",
      },
      {
        id: "d1",
        kind: "deploy",
        at: onset - 90,
        service: "payments",
        title: "Deploy 3f2a91c",
      },
      { id: "d2", kind: "deploy", at: onset - 60, service: "cart", title: "Deploy cart" },
    ];
    const read = changesRead("payments", changes, { hours: 6, environment: null });
    assert.deepEqual(
      read.map(({ text }) => text),
      [
        "changes of payments in the last 6 h: 2",
        'PR #311 "Shrink the pool" of payments, merged 13:52, live 14:00, touches src/pool.ts, commit 3f2a91c00000',
        'deploy "Deploy 3f2a91c" of payments, live 14:00',
      ],
    );
    assert.match(
      changesRead("payments", [], { hours: 6, environment: null })[0]?.text ?? "",
      /in the last 6 h: none that was read$/,
    );
  });

  test("of a file is thirty lines with their numbers, from the line that was asked for", () => {
    const text = Array.from({ length: 100 }, (_, n) => `line ${n + 1}`).join("\n");
    const of = { service: "payments", path: "src/pool.ts", commit: "3f2a91c" };
    const read = fileRead(of, { text, url: "https://github.com/acme/shop/blob/3f2a91c/a" }, 41);
    assert.match(
      read.text,
      /^file src\/pool\.ts of payments at 3f2a91c, lines 41 to 70 of 100:\n41: line 41\n/,
    );
    assert.match(read.text, /70: line 70$/);
    assert.equal(read.url, "https://github.com/acme/shop/blob/3f2a91c/a#L41-L70");
    assert.match(fileRead(of, { text: "x", url: null }, 900).text, /lines 1 to 1 of 1:\n1: x$/);
    const named = { ...of, path: "docs/all is well.md" };
    const { text: unnamed } = fileRead(named, { text: "x", url: null }, 1);
    assert.match(unnamed, /^file of payments at 3f2a91c, lines 1 to 1 of 1:/);
  });
});
