import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { valueNow } from "../../src/message/headline-metric.ts";
import { livingMessage } from "../../src/message/living-message.ts";
import { at, checkoutP99, evidenceRead } from "../incident/timeline.ts";
import { diagnosis, incident, links } from "./incident.ts";
import { view } from "./living-view.ts";
import { markdownOf } from "./slack.ts";

/** What the first line says of the move from 4.1 s at 14:25 to this at 14:27. */
function trendAt(seconds: number): string | undefined {
  const of = incident([
    "14:27",
    evidenceRead({
      metrics: [{ ...checkoutP99, latest: [at("14:27").getTime() / 1000, seconds] }],
    }),
  ]);
  return /normal 0.4 s\)(.*?)\. Lead/.exec(livingMessage(view({ incident: of })).text)?.[1];
}

describe("the numbers of the living message", () => {
  it("says how it moved since the reading before", () => {
    assert.equal(trendAt(5.2), ", still rising");
    assert.equal(trendAt(4.15), ", steady");
    assert.equal(trendAt(2), ", falling");
    assert.equal(trendAt(0.5), ", back to normal");
  });

  it("says which slice it is of where only a slice shifted", () => {
    const cut = (labels: Record<string, string>) =>
      valueNow({
        ...checkoutP99,
        name: "error_ratio_by_route",
        kind: "errors",
        unit: "ratio",
        labels,
        latest: [0, 0.83],
      });
    assert.equal(cut({ route: "POST /pay" }), "checkout errors (POST /pay) 83 %");
    assert.equal(cut({ version: "41" }), "checkout errors (version 41) 83 %");
  });

  it("strikes what has recovered", () => {
    const back = { ...checkoutP99, latest: [at("14:27").getTime() / 1000, 0.41] } as const;
    const of = incident(["14:27", evidenceRead({ ...diagnosis, metrics: [back] })]);
    const body = livingMessage(view({ incident: of, links: { ...links, cite: () => null } }));
    assert.ok(
      body.text.includes("• latency_p99 of checkout 0.4 s → 4 s since 14:02 (back to normal)\n"),
    );
    assert.ok(markdownOf(body).some((text) => /• ~latency_p99 of checkout .*~\n• #311/.test(text)));
  });

  it("speaks of the affected service's own symptom before a worse metric elsewhere", () => {
    const database = { ...checkoutP99, service: "orders-db", score: 99 };
    const cpu = { ...checkoutP99, name: "cpu_ratio", kind: "cpu" } as const;
    const of = incident(["14:27", evidenceRead({ metrics: [database, cpu, checkoutP99] })]);
    assert.ok(livingMessage(view({ incident: of })).text.includes(": checkout p99 4.1 s"));
    const elsewhere = incident(["14:27", evidenceRead({ metrics: [database] })]);
    assert.ok(livingMessage(view({ incident: elsewhere })).text.includes(": orders-db p99 4.1 s"));
  });
});
