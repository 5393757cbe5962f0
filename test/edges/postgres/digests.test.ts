import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Period } from "../../../src/flows/period.ts";
import type { NewEntry } from "../../../src/flows/change.ts";
import { digestById } from "../../../src/edges/postgres/digests.ts";
import { digestOf } from "../../../src/digest/digest.ts";
import { weeks } from "../../digest/facts.ts";
import { at } from "../../incident/timeline.ts";
import {
  beginning,
  channelRow,
  openStore,
  outcomeOf,
  suggestionOf,
  team,
  viewer,
  type Opened,
} from "./opened.ts";

describe("what a digest is counted from", () => {
  let opened: Opened;
  before(async () => void (opened = await openStore()));
  after(() => opened[Symbol.asyncDispose]());

  const day = at("00:00");
  const period = (rest: Partial<Period> = {}): Period => ({
    viewer,
    from: day,
    to: new Date(day.getTime() + 86_400_000),
    lateFrom: day,
    services: null,
    ...rest,
  });
  const facts = (rest: Partial<Period> = {}) => opened.store.periodFacts(team, period(rest));
  const person = (time: string, fact: NewEntry["fact"]): NewEntry => ({
    actor: "U1",
    source: "slack",
    at: at(time),
    fact,
  });

  test("an incident's times, what ended it, and what stood where", async () => {
    const id = "inc_1" as const;
    const [declaration] = beginning(id, "C1").entries ?? [];
    assert.ok(declaration);
    const rollBack = suggestionOf(id, { title: "Roll back checkout", position: 1 });
    const other = suggestionOf(id, { stepId: "restart", title: "Restart cart", position: 4 });
    const check = suggestionOf(id, { stepId: "pool", role: "check", title: "Pool", position: 2 });
    await opened.store.commit({
      ...beginning(id, "C1"),
      closedAt: at("14:40"),
      entries: [
        { ...declaration, actor: "bot", source: "bot" },
        person("14:09", { kind: "lead-set", lead: "U1" }),
        person("14:12", { kind: "severity-set", severity: 1 }),
        person("14:30", { kind: "status-set", status: "monitoring" }),
        person("14:40", { kind: "resolved", by: "U1" }),
      ],
      suggestions: [rollBack, other, check],
      outcomes: [
        outcomeOf(rollBack, { label: "no_effect" }),
        outcomeOf(check, { label: "ruled_out" }),
        outcomeOf(other, { recordedAt: at("14:36") }),
      ],
    });
    const { incidents, steps } = await facts();
    const [incident] = incidents;
    assert.ok(incident);
    const { fix, ...rest } = incident;
    assert.deepEqual(rest, {
      id,
      number: 1,
      service: "checkout",
      symptom: "latency",
      severity: 1,
      beganAt: at("14:05"),
      acknowledgedAt: at("14:09"),
      mitigatedAt: at("14:30"),
      resolvedAt: at("14:40"),
      ending: "step",
      firstOffered: "Roll back checkout",
      postmortem: null,
    });
    assert.deepEqual([fix?.stepId, fix?.title, fix?.place], ["restart", "Restart cart", 4]);
    assert.deepEqual(
      steps.map(({ stepId, shown, tried, worked, place }) => [
        stepId,
        shown,
        tried,
        worked,
        place.late,
      ]),
      [
        ["pool", 1, 1, 1, 2],
        ["restart", 1, 1, 1, 4],
        ["roll-back-deploy", 1, 1, 0, 1],
      ],
    );
  });

  test("a reading that saw it back says when it was mitigated, not the word of a status", async () => {
    const id = "inc_2" as const;
    const backSince = at("14:21").getTime() / 1000;
    const read = async (seq: number, fact: Readonly<Record<string, string | number>>) => {
      await opened.sql`
        insert into timeline_entry (workspace_id, incident_id, seq, kind, actor, source, at, recorded_at, fact)
        values (${team}, ${id}, ${seq}, 'evidence-read', 'bot', 'bot', now(), now(), ${opened.sql.json(fact)})`;
      await opened.sql`update incident set last_seq = ${seq} where id = ${id}`;
    };
    await opened.store.commit({ ...beginning(id, "C2"), closedAt: at("14:40") });
    await read(10, { kind: "evidence-read", backSince });
    const mitigated = async () =>
      (await facts()).incidents.find(({ number }) => number === 2)?.mitigatedAt;
    assert.deepEqual(await mitigated(), at("14:21"));
    await read(11, { kind: "evidence-read" });
    assert.deepEqual(await mitigated(), at("14:40"), "it was worse again");
  });

  test("holds what began in the period alone, in public, of the services that are asked of", async () => {
    const opening = { kind: "new", title: "x", openedAt: at("15:00") } as const;
    for (const [id, channel, rest] of [
      ["inc_3", "C3", { service: "cart" }],
      ["inc_4", "C4", { channel: channelRow("C4", { kind: "private" }) }],
      ["inc_5", "C5", { channel: channelRow("C5", { kind: "external" }) }],
    ] as const) {
      const change = beginning(id, channel, rest);
      await opened.store.commit({ ...change, about: { ...opening, id, channel } });
    }
    const numbers = async (rest: Partial<Period> = {}) =>
      (await facts(rest)).incidents.map(({ number }) => number);
    assert.deepEqual(await numbers(), [1, 2, 3]);
    assert.deepEqual(await numbers({ services: ["cart"] }), [3]);
    assert.deepEqual(await numbers({ services: [] }), []);
    assert.deepEqual(await numbers({ from: at("14:06") }), [3]);
    assert.deepEqual(await numbers({ to: at("15:00") }), [1, 2]);
    for (const id of ["C4", "C5"]) {
      const kind = id === "C5" ? "external" : "private";
      const own = await numbers({ viewer: { id, kind } });
      assert.deepEqual(own, kind === "external" ? [] : [1, 2, 3], kind);
    }
  });

  test("an alert that fired before the declaration is when it began", async () => {
    const alert = {
      kind: "alert-fired",
      alert: { group: "g", title: "t", service: null, firing: 1, link: null, past: null },
    } as const;
    const change = beginning("inc_6", "C6");
    await opened.store.commit({
      ...change,
      entries: [...(change.entries ?? []), { ...person("13:58", alert), source: "alert" }],
    });
    const found = (await facts()).incidents.find(({ number }) => number === 6);
    assert.deepEqual(found?.beganAt, at("13:58"));
  });

  test("one that was merged counts with the other, its steps too, until it is taken up again", async () => {
    const into = { id: "inc_3", name: "INC-3", channel: "C3" } as const;
    const from = { id: "inc_7", name: "INC-7", channel: "C7" } as const;
    const step = suggestionOf("inc_7", { stepId: "merged-step" });
    const change = beginning("inc_7", "C7");
    await opened.store.commit({
      ...change,
      closedAt: at("14:20"),
      entries: [...(change.entries ?? []), person("14:20", { kind: "merged", by: "U1", into })],
      suggestions: [step],
      outcomes: [outcomeOf(step)],
    });
    const grown = async (id: "inc_3" | "inc_7", fact: NewEntry["fact"]) => {
      const { seq } = (await opened.store.incident(team, id)) ?? assert.fail();
      const entries = [person("14:21", fact)];
      const about = { kind: "existing", id, seq } as const;
      assert.equal(
        await opened.store.commit({ workspace: team, handled: [], about, entries }),
        "committed",
      );
    };
    await grown("inc_3", { kind: "merged", by: "U1", from });
    const told = async () => {
      const { incidents, steps } = await facts({ services: ["cart", "checkout"] });
      const other = incidents.find(({ number }) => number === 3);
      const isThere = incidents.some(({ number }) => number === 7);
      const { shown, worked } = steps.find(({ stepId }) => stepId === "merged-step") ?? {};
      return { isThere, fix: other?.fix?.stepId, shown, worked };
    };
    assert.deepEqual(await told(), { isThere: false, fix: "merged-step", shown: 1, worked: 1 });
    await grown("inc_7", { kind: "reopened", by: "U1" });
    assert.deepEqual(await told(), { isThere: true, fix: undefined, shown: 1, worked: 1 });
  });

  test("a digest is kept as it was sent, and a week's second one is a repeat", async () => {
    const body = digestOf(await facts(), { team: null, weeks, actions: null });
    const id = "01234567-0123-0123-0123-0123456789ab";
    const change = { workspace: team, handled: [], digest: { id, at: at("15:00"), body } };
    assert.equal(await opened.store.commit(change), "committed");
    const again = { ...change, digest: { ...change.digest, id: id.replace("0", "1") } };
    assert.equal(await opened.store.commit(again), "repeat");
    assert.deepEqual(await digestById(opened.db, [team], id), {
      digest: body,
      madeAt: at("15:00"),
    });
    assert.equal(await digestById(opened.db, ["T2"], id), null);
    await opened.sql`update digest set body = body - 'actions'`;
    const early = await digestById(opened.db, [team], id);
    assert.equal(early?.digest.actions, null, "of a version that did not count them");
  });
});
