import assert from "node:assert/strict";
import { test } from "node:test";
import { alertsClearSince } from "../../src/incident/alerts.ts";
import { foldIncident } from "../../src/incident/fold.ts";
import type { FiredAlert } from "../../src/alert/fired-alert.ts";
import { at, declared, timeline, type Told } from "./timeline.ts";

const alert = (group: string, rest: Partial<FiredAlert> = {}): FiredAlert => ({
  group,
  title: group,
  service: null,
  firing: 1,
  link: null,
  past: null,
  ...rest,
});
const fired = (clock: string, group: string, rest: Partial<FiredAlert> = {}): Told => [
  clock,
  { kind: "alert-fired", alert: alert(group, rest) },
];
const cleared = (clock: string, group: string): Told => [clock, { kind: "alert-cleared", group }];
const alerts = (...told: readonly Told[]) => foldIncident(timeline(declared(), ...told)).alerts;

test("an alert of an incident fires since it came, and more of its group move nothing", () => {
  const [one] = alerts(fired("14:02", "a"), fired("14:05", "a", { firing: 3 }));
  assert.deepEqual([one?.firedAt, one?.firing, one?.clearedAt], [at("14:02"), 3, null]);
});

test("one that cleared and came back fires since it came back", () => {
  const [one] = alerts(fired("14:02", "a"), cleared("14:10", "a"), fired("14:12", "a"));
  assert.deepEqual([one?.firedAt, one?.clearedAt], [at("14:12"), null]);
});

test("alerts are clear since the last of them cleared, and never where there were none", () => {
  const both = [fired("14:02", "a"), fired("14:03", "b")];
  assert.equal(alertsClearSince(alerts()), null);
  assert.equal(alertsClearSince(alerts(...both, cleared("14:10", "b"))), null);
  assert.deepEqual(
    alertsClearSince(alerts(...both, cleared("14:21", "b"), cleared("14:10", "a"))),
    at("14:21"),
  );
  assert.equal(alertsClearSince(alerts(fired("14:02", "a"), cleared("14:10", "x"))), null);
});

test("an incident that takes in whatever comes is called after that", () => {
  const incident = foldIncident(timeline(declared("HighLatency"), { kind: "collecting" }));
  assert.deepEqual([incident.title, incident.isCollecting], ["Many services", true]);
});

test("whoever says that it is not over is kept, with the time", () => {
  const incident = foldIncident(timeline(declared(), ["14:50", { kind: "still-on", by: "UANA" }]));
  assert.deepEqual(incident.stillOn, [{ by: "UANA", at: at("14:50") }]);
});
