import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { destinationOf, type Known } from "../../src/alert/destination.ts";
import { foldAlerts } from "../../src/alert/fold.ts";
import { newGroup, type AlertGroup } from "../../src/alert/group.ts";
import type { Catalog } from "../../src/catalog/catalog.ts";
import { someService } from "../edges/some-service.ts";
import { fired, resolved } from "./some-alert.ts";

const now = 100_000;
const catalog: Catalog = {
  teams: [],
  services: [someService("checkout", { dependsOn: ["payments"] }), someService("payments")],
};
const grave = fired(now - 5, { service: "checkout", severity: 2 });
const groupOf = (rest: Partial<AlertGroup>): AlertGroup => ({
  ...newGroup("g", "alertmanager"),
  ...rest,
});
const firing = groupOf({ alerts: foldAlerts([], [grave], now) });
const incident = "inc_1" as const;
const inIncident = { kind: "incident", incident } as const;
const known = (rest: Partial<Known> = {}): Known => ({
  now,
  toldAt: now,
  before: null,
  after: firing,
  endedAt: null,
  open: [],
  openings: [],
  threads: [],
  catalog,
  declares: null,
  cooldownS: 30 * 60,
  hasAlertChannel: true,
  ...rest,
});
const open = (service: string | null, minutesAgo: number) => ({
  id: incident,
  service,
  openedAt: now - minutesAgo * 60,
});

describe("a group that fires", () => {
  test("for the first time is answered in a thread, or nowhere where none is set", () => {
    assert.deepEqual(destinationOf(known()), { kind: "thread" });
    assert.deepEqual(destinationOf(known({ hasAlertChannel: false })), { kind: "nowhere" });
  });

  test("joins an incident of its service or a neighbour that is younger than ten minutes", () => {
    for (const service of ["checkout", "payments"]) {
      assert.deepEqual(destinationOf(known({ open: [open(service, 9)] })), {
        kind: "attach",
        incident,
      });
    }
    for (const other of [open("payments", 11), open("search", 1), open(null, 1)]) {
      assert.deepEqual(destinationOf(known({ open: [other] })), { kind: "thread" });
    }
  });

  test("stays where it is answered while it goes on, though the incident is old", () => {
    const before = { ...firing, place: inIncident };
    assert.deepEqual(destinationOf(known({ before })), { kind: "same", isBack: false });
  });

  test("is the same trouble half an hour after it cleared, and another one later", () => {
    const clearedAgo = (minutes: number) => ({
      ...groupOf({ alerts: foldAlerts([], [resolved(10, now - minutes * 60)], now) }),
      place: { kind: "thread" } as const,
    });
    assert.deepEqual(destinationOf(known({ before: clearedAgo(29) })), {
      kind: "same",
      isBack: true,
    });
    assert.deepEqual(destinationOf(known({ before: clearedAgo(31) })), { kind: "thread" });
    const patient = { before: clearedAgo(31), cooldownS: 32 * 60 };
    assert.equal(destinationOf(known(patient)).kind, "same", "the settings say how long");
  });

  test("is the same trouble as long as its incident is open, however long it was clear", () => {
    const alerts = foldAlerts([], [resolved(10, now - 3_600)], now);
    const before = { ...groupOf({ alerts }), place: inIncident };
    assert.equal(destinationOf(known({ before })).kind, "same");
    assert.equal(destinationOf(known({ before, endedAt: now - 3_600 })).kind, "thread");
  });

  test("though it never cleared, is new half an hour after its incident was ended", () => {
    const before = { ...firing, place: inIncident };
    const ended = (minutes: number) =>
      destinationOf(known({ before, endedAt: now - 5 - minutes * 60 })).kind;
    assert.deepEqual([ended(10), ended(40)], ["same", "thread"]);
  });

  test("and has fired for hours is new by its newest alert, once its incident is over for long", () => {
    const old = fired(now - 10_000, { service: "checkout", severity: 2 });
    const fresh = fired(now, { fingerprint: "f2" });
    const before = { ...groupOf({ alerts: foldAlerts([], [old], now) }), place: inIncident };
    const after = { ...before, alerts: foldAlerts(before.alerts, [fresh], now) };
    const ended = (minutes: number) =>
      destinationOf(known({ before, after, endedAt: now - minutes * 60 })).kind;
    assert.deepEqual([ended(10), ended(40)], ["same", "thread"]);
  });

  test("that nobody could be told of is decided anew once there is a place", () => {
    const before = { ...firing, place: { kind: "nowhere" } as const };
    assert.deepEqual(destinationOf(known({ before })), { kind: "thread" });
  });
});

describe("a channel of its own", () => {
  const opening = (secondsAgo: number, id = incident) => ({
    at: now - secondsAgo,
    into: { kind: "incident", incident: id } as const,
  });

  test("is opened where the settings allow the severity, and a severity is told", () => {
    assert.deepEqual(destinationOf(known({ declares: 2 })), { kind: "open" });
    assert.deepEqual(destinationOf(known({ declares: 1 })), { kind: "thread" });
    const untold = groupOf({ alerts: foldAlerts([], [fired(now)], now) });
    assert.deepEqual(destinationOf(known({ declares: 4, after: untold })), { kind: "thread" });
  });

  test("is opened too once a group that is answered in a thread becomes grave enough", () => {
    const mild = foldAlerts([], [fired(now - 60, { severity: 3 })], now);
    const before = groupOf({ alerts: mild, place: { kind: "thread" } });
    const more = fired(now - 5, { fingerprint: "f2", severity: 2 });
    const after = { ...before, alerts: foldAlerts(mild, [more], now) };
    assert.equal(destinationOf(known({ before, after, declares: 2 })).kind, "open");
    assert.equal(destinationOf(known({ before, after, declares: 1 })).kind, "same");
    const recent = { openings: [opening(5)] };
    assert.equal(destinationOf(known({ before, after, declares: 2, ...recent })).kind, "same");
    const grown = foldAlerts(after.alerts, [fired(now, { fingerprint: "f3", severity: 2 })], now);
    const again = { before: after, after: { ...after, alerts: grown } };
    assert.equal(destinationOf(known({ ...again, declares: 2 })).kind, "same", "it was before");
  });

  test("is not opened within a minute of another; the newest takes it in, also while it is being opened", () => {
    const newest = { declares: 2, open: [open("search", 30)] } as const;
    assert.deepEqual(destinationOf(known({ ...newest, openings: [opening(59)] })), {
      kind: "collect",
      into: inIncident,
    });
    assert.deepEqual(destinationOf(known({ ...newest, openings: [opening(60)] })), {
      kind: "open",
    });
    const waited = { ...newest, openings: [opening(100)], toldAt: now - 60 };
    assert.equal(destinationOf(known(waited)).kind, "collect", "told in time, decided on late");
    const into = { kind: "opening", name: "inc-x" } as const;
    const begun = { declares: 2, openings: [{ at: now - 1, into }] } as const;
    assert.deepEqual(destinationOf(known(begun)), { kind: "collect", into });
  });

  test("is not opened a fourth time in an hour; where those have ended it is a thread", () => {
    const three = [opening(100), opening(1_000), opening(3_599)];
    assert.deepEqual(
      destinationOf(known({ declares: 2, openings: three, open: [open("search", 30)] })),
      { kind: "collect", into: inIncident },
    );
    assert.deepEqual(destinationOf(known({ declares: 2, openings: three })), { kind: "thread" });
    const older = [...three.slice(0, 2), opening(3_600)];
    assert.deepEqual(destinationOf(known({ declares: 2, openings: older })), { kind: "open" });
  });
});

describe("messages where alerts are answered", () => {
  test("are at most five in ten minutes; the newest tells of the rest", () => {
    const threads = Array.from({ length: 5 }, (_, at) => ({ group: `g${at}`, at: now - at }));
    assert.deepEqual(destinationOf(known({ threads })), { kind: "with", group: "g0" });
    assert.deepEqual(destinationOf(known({ threads: threads.slice(1) })), { kind: "thread" });
    const older = threads.map((each) => ({ ...each, at: each.at - 600 }));
    assert.deepEqual(destinationOf(known({ threads: older })), { kind: "thread" });
  });
});
