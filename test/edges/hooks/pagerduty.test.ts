import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parsePagerDuty } from "../../../src/edges/hooks/pagerduty.ts";

describe("what PagerDuty tells of an incident that it runs", () => {
  const news = (type: string, rest: object = {}) => {
    const assignees = [{ type: "user_reference", id: "PTUXL6G", summary: "Earline Greenholt" }];
    const data = { id: "P1", title: "slow", assignees, priority: { summary: "P2" }, ...rest };
    const event = { id: "01", event_type: type, occurred_at: "2026-11-22T09:05:00Z", data };
    const parsed = parsePagerDuty({ event });
    return parsed.ok ? parsed.news : [parsed.said];
  };
  const told = { teller: "pagerduty", id: "01", at: 1_795_338_300, of: "P1", channel: null };
  const all = { ...told, title: null, severity: 2 };

  test("is who took it on or was given it, how grave it is, and how far", () => {
    const lead = "Earline Greenholt";
    assert.deepEqual(news("incident.acknowledged"), [{ ...all, status: "investigating", lead }]);
    assert.deepEqual(news("incident.reassigned"), [{ ...all, status: null, lead }]);
    assert.deepEqual(news("incident.resolved"), [{ ...all, status: "resolved", lead: null }]);
    assert.deepEqual(news("incident.priority_updated", { priority: { summary: "P1" } }), [
      { ...all, status: null, lead: null, severity: 1 },
    ]);
  });

  test("leaves out what it does not tell: whoever was only called, a policy, a priority of another name", () => {
    const triggered = [{ ...all, status: "investigating", lead: null }];
    assert.deepEqual(news("incident.triggered"), triggered);
    const assignees = [{ type: "escalation_policy_reference", summary: "Default" }];
    assert.deepEqual(news("incident.reassigned", { assignees, priority: null }), [
      { ...all, status: null, lead: null, severity: null },
    ]);
    assert.match(JSON.stringify(news("incident.resolved", { id: "" })), /^\["event\.data\.id: /);
  });
});
