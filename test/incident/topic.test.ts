import assert from "node:assert/strict";
import { test } from "node:test";
import { topicNews } from "../../src/incident/topic.ts";

const none = { severity: null, status: null, lead: null };

test("a topic as incident tools write it tells severity, status and lead", () => {
  assert.deepEqual(topicNews("SEV2 | investigating | lead @ana"), {
    severity: 2,
    status: "investigating",
    lead: "@ana",
  });
  assert.deepEqual(topicNews(":fire: P1 • Fixing • Lead: <@U0ANA|ana>"), {
    severity: 1,
    status: "identified",
    lead: "<@U0ANA>",
  });
  assert.deepEqual(topicNews("Status: Closed - Severity: Major"), {
    ...none,
    severity: 2,
    status: "resolved",
  });
  assert.deepEqual(topicNews("Incident commander Earline Greenholt"), {
    ...none,
    lead: "Earline Greenholt",
  });
});

test("what people write there is no news of an incident", () => {
  for (const topic of [
    "",
    "Everything about checkout",
    "we are investigating the database",
    "lead",
    "leadership notes",
    "sev-what",
    "IC",
  ]) {
    assert.equal(topicNews(topic), null, topic);
  }
});
