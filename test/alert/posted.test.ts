import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isAlertPosted } from "../../src/alert/posted.ts";

describe("what a program posts in a channel", () => {
  test("is an alert where an alerting system tells of something that fires", () => {
    for (const [sender, text] of [
      ["Alertmanager", "[FIRING:2] HighLatency (checkout)\np99 above 1 s"],
      ["Prometheus alerts (prod)", "HighLatency: p99 above 1 s on checkout"],
      ["Grafana", "[FIRING:1, RESOLVED:1] HighLatency"],
      ["PagerDuty", "Triggered #123: checkout is slow"],
      ["Opsgenie", "New alert: checkout is slow"],
      ["Datadog", "Triggered: p99 of checkout is above 1 s"],
      ["alerts-prod", "[FIRING:1] HighLatency"],
    ] as const)
      assert.ok(isAlertPosted({ sender, text }), `${sender}: ${text}`);
  });

  test("is none where it tells of an end or of a deed, where another program posts, or a person", () => {
    for (const [sender, text] of [
      ["Alertmanager", "[RESOLVED] HighLatency (checkout)"],
      ["Grafana", "[OK] HighLatency"],
      ["PagerDuty", "Ana acknowledged #123: checkout is slow"],
      ["Datadog", "Recovered: p99 of checkout"],
      ["Alertmanager", "  "],
      ["GitHub", "PR #311 was merged"],
    ] as const)
      assert.ok(!isAlertPosted({ sender, text }), `${sender}: ${text}`);
    assert.ok(!isAlertPosted({ text: "[FIRING:1] HighLatency, says Grafana" }));
  });
});
