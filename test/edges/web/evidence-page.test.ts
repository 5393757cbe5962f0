import assert from "node:assert/strict";
import { test } from "node:test";
import { diagnose } from "../../../src/evidence/diagnose.ts";
import { evidencePage } from "../../../src/edges/web/evidence-page.ts";

const onset = Date.UTC(2026, 10, 23, 14, 2) / 1000;

test("a log line is shown with its template, how often it came and one example, escaped", async () => {
  const usual = { at: onset - 600, service: "checkout", text: "listening" };
  const text = (n: number) => `pool <b>exhausted</b>, waited ${n} ms`;
  const bad = Array.from({ length: 40 }, (_, n) => ({
    at: onset + n,
    service: "checkout",
    level: "error",
    text: text(n),
  }));
  const input = { onset, end: onset + 60, logs: [usual, ...bad] };
  const about = { incident: "INC-42", title: "Checkout is slow", readAt: new Date(onset * 1000) };
  const page = await evidencePage({
    ...about,
    input,
    diagnosis: diagnose(input),
    draw: () => Promise.resolve(""),
  });
  assert.match(page, /<section id="log:0">/);
  assert.match(page, /checkout: pool &lt;b&gt;exhausted&lt;\/b&gt;, waited &lt;n&gt; ms/);
  assert.match(page, /0× before, 40× after\. New since 14:02\./);
  assert.ok(page.includes("pool &lt;b&gt;exhausted&lt;/b&gt;, waited 0 ms"));
});
