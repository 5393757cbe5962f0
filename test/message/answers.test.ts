import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { livenessUnknown, type ChangesView } from "../../src/message/answers-changes.ts";
import {
  nothingShifted,
  nowFirst,
  outsideIncident,
  sourcesSilent,
  whyThisOrder,
} from "../../src/message/answers.ts";
import { at, nothing, unix } from "../incident/timeline.ts";
import { diagnosis, links, offCpu, rollBack } from "./incident.ts";
import { assertSlackTakes, buttonsOf } from "./slack.ts";

const utc = "\nTimes in UTC.";

const quiet: ChangesView = {
  service: "checkout",
  hours: 6,
  onset: null,
  changes: [],
  environment: null,
  kinds: ["commit", "deploy"],
  sources: ["GitHub"],
  links,
};
const unread: ChangesView = { ...quiet, kinds: [], sources: [] };

describe("when there is little to say", () => {
  it("says what was looked at, what that leaves and what tells it apart", () => {
    const body = nothingShifted({
      service: "checkout",
      dependencies: 4,
      since: at("13:50"),
      changes: quiet,
      gaps: [],
      leftOut: [],
      checks: [
        { title: "Check certificate dates" },
        { title: "Check provider status" },
        { title: "Third" },
      ],
      offer: null,
    });
    assert.equal(
      body.text,
      `Nothing in the metrics of checkout and its 4 dependencies shifted since 13:50, and no change went live in the last 6 hours.
That leaves traffic, a provider, a certificate or something without a metric. Two quick checks that tell these apart: Check certificate dates; Check provider status.${utc}`,
    );
    assertSlackTakes(body);
  });

  it("does not speak of changes that were not read, and counts one as one", () => {
    const { text } = nothingShifted({
      service: "checkout",
      dependencies: 1,
      since: at("13:50"),
      changes: unread,
      gaps: [{ source: "GitHub", reason: "HTTP 503" }],
      leftOut: ["9 of 49 series: the limit is 40"],
      checks: [{ title: "Check certificate dates" }],
      offer: null,
    });
    assert.equal(
      text,
      `Nothing in the metrics of checkout and its 1 dependency shifted since 13:50. Not read: GitHub (HTTP 503).
Left out: 9 of 49 series: the limit is 40.
That leaves a change, traffic, a provider, a certificate or something without a metric. One quick check that tells these apart: Check certificate dates.${utc}`,
    );
  });

  it("names the silent source and what the others gave", () => {
    const deploy = {
      id: "d",
      kind: "deploy",
      at: unix("13:58"),
      service: "payments",
      title: "Deploy 3f2a91c",
    } as const;
    const body = sourcesSilent({
      service: "checkout",
      isUnmeasured: false,
      gaps: [{ source: "Prometheus", reason: "no answer in 5 s" }],
      leftOut: [],
      changes: { ...quiet, changes: [deploy] },
    });
    assert.equal(
      body.text,
      `Prometheus could not be read (no answer in 5 s). From GitHub alone: checkout, last 6 h: no deploy. No commit. Near it: payments: Deploy 3f2a91c, 13:58. Ask again with "@hindsight look again".${utc}`,
    );
    assertSlackTakes(body);
  });

  it("says so where nothing could be read at all", () => {
    const { text } = sourcesSilent({
      service: "checkout",
      isUnmeasured: false,
      gaps: [{ source: "Prometheus", reason: "HTTP 503" }],
      leftOut: [],
      changes: unread,
    });
    assert.equal(
      text,
      'Prometheus could not be read (HTTP 503). Nothing else was there to read. Ask again with "@hindsight look again".',
    );
  });

  it("says what to set up where nothing is, by the settings, and asks for no second look", () => {
    const missing = (source: string, what: "metrics" | "services") =>
      ({ source, reason: "x", missing: what }) as const;
    const { text } = sourcesSilent({
      service: null,
      isUnmeasured: true,
      gaps: [missing("Metrics", "metrics"), missing("Hooks", "services")],
      leftOut: [],
      changes: unread,
    });
    assert.equal(
      text,
      "Not set up to be read yet: metrics (PROMETHEUS_URL), services (their names in a CATALOG). docs/configure.md says how; doctor says what works.",
    );
  });

  it("tells the changes that were read, and of the kinds that were not says nothing", () => {
    const commit = { id: "c", kind: "commit", at: unix("13:40"), title: "Join orders" } as const;
    const { text } = nothingShifted({
      service: "checkout",
      dependencies: 0,
      since: at("13:50"),
      changes: { ...quiet, changes: [commit], kinds: ["commit"], sources: ["git"] },
      gaps: [],
      leftOut: [],
      checks: [],
      offer: null,
    });
    assert.equal(
      text,
      `Nothing in the metrics of checkout shifted since 13:50.
checkout, last 6 h: 1 commit: Join orders, merged 13:40.
That leaves a change, traffic, a provider, a certificate or something without a metric.${utc}`,
    );
  });

  it("does not take a merge for a deploy", () => {
    assert.equal(
      livenessUnknown({ id: "3f2a91c", mergedAt: at("13:58") }).text,
      `3f2a91c merged 13:58; whether it was live is not known (no deployment, no version label). One curl line in CI would tell: docs/deploy-events.${utc}`,
    );
  });

  it("announces a new first step with the reason", () => {
    assert.equal(
      nowFirst("Read pool waits", "the rollback did not help (p99 4.0 s after 10 min)").text,
      "Now first: Read pool waits, because the rollback did not help (p99 4.0 s after 10 min).",
    );
  });
});

describe("asked outside an incident", () => {
  it("answers with what is known and offers to declare one", () => {
    const body = outsideIncident({
      backSince: null,
      service: "checkout",
      diagnosis: { ...nothing, ...diagnosis },
      gaps: [{ source: "Loki", reason: "no answer in 5 s" }],
      offer: { title: "checkout is slow", resolved: null },
      links,
    });
    assert.equal(
      body.text,
      `What is known about checkout:
• latency_p99 of checkout 0.4 s → 4 s since 14:02
• #311 Join orders live 14:00:30, 90 s before onset
Not read: Loki (no answer in 5 s). Also examined: cart, inventory, redis.
No incident is open here. Declare one with /hindsight declare.${utc}`,
    );
    assert.deepEqual(buttonsOf(body), ["Declare an incident"]);
    assertSlackTakes(body);
  });

  it("says that nothing shifted where nothing did", () => {
    const { text } = outsideIncident({
      backSince: null,
      service: null,
      diagnosis: nothing,
      gaps: [],
      offer: { title: "?", resolved: null },
      links,
    });
    assert.ok(text.startsWith("Nothing that was read shifted.\nNo incident is open here."));
  });
});

describe("asked why this order", () => {
  it("tells chance and minutes of each step", () => {
    const body = whyThisOrder([offCpu, { ...rollBack, p: 0.31 }]);
    assert.deepEqual(body.text.split("\n").slice(1), [
      "1. Roll back checkout to 9c1d2e0: 31 % to resolve it, about 6 min",
      "3. Profile off-CPU time of checkout: 50 % to answer, about 8 min, here for another mechanism than the first two",
    ]);
    assertSlackTakes(body);
  });
});
