import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { evidenceById } from "../../../src/edges/postgres/evidence.ts";
import type { EvidenceInput } from "../../../src/evidence/input.ts";
import type { Change, ChannelRow } from "../../../src/flows/change.ts";
import type { Suggestion } from "../../../src/suggestion/suggestion.ts";
import type { CauseLabelId, IncidentId, Symptom } from "../../../src/vocabulary.ts";
import { at, evidenceRead } from "../../incident/timeline.ts";
import {
  beginning,
  channelRow,
  entry,
  openStore,
  outcomeOf,
  suggestionOf,
  team,
  type Opened,
  viewer,
} from "./opened.ts";

let opened: Opened;
before(async () => {
  opened = await openStore([team, "T2", "T3"]);
});
after(() => opened[Symbol.asyncDispose]());

async function begin(rest: Partial<Change> = {}, kind: ChannelRow["kind"] = "public") {
  const id: IncidentId = `inc_${randomUUID()}`;
  const channel = `C${randomUUID().slice(0, 8)}`;
  const begun = beginning(id, channel, { channel: channelRow(channel, { kind }), ...rest });
  assert.equal(await opened.store.commit(begun), "committed");
  return { id, channel };
}

/** A fix that was shown, and what people said of it, later ones last. */
async function tried(
  id: IncidentId,
  labels: readonly Parameters<typeof outcomeOf>[1][],
  rest: Partial<Suggestion> = {},
  workspace = team,
): Promise<Suggestion> {
  const suggestion = suggestionOf(id, rest);
  const outcomes = labels.map((label) => outcomeOf(suggestion, label));
  await opened.store.commit({ workspace, handled: [], suggestions: [suggestion], outcomes });
  return suggestion;
}

describe("what was written is read back", () => {
  test("an incident with its timeline, by id and by channel, in this workspace alone", async () => {
    const read = { ...entry(), at: at("14:07"), fact: evidenceRead(), messageTs: "1.000002" };
    const { id, channel } = await begin({ entries: [entry(), read] });
    const incident = await opened.store.incident(team, id);
    assert.deepEqual(await opened.store.openIncidentIn(team, channel), incident);
    assert.equal(incident?.seq, 2);
    const [first, second] = incident?.entries ?? [];
    const { recordedAt: _when, ...told } = second ?? {};
    assert.deepEqual(told, { seq: 2, ...read });
    assert.ok(first !== undefined && !("messageTs" in first));
    assert.ok(Math.abs(Date.now() - Number(first?.recordedAt)) < 60_000);
    assert.equal(await opened.store.incident("T2", id), null);
    assert.equal(await opened.store.openIncidentIn("T2", channel), null);
  });

  test("suggestions, list by list, with everything that a person was shown", async () => {
    const { id } = await begin();
    const why = { text: "It began 90 s after the deploy", cites: ["change:1"] } as const;
    const how = { command: "kubectl rollout undo", isFilled: true };
    const told = suggestionOf(id, { position: 2, why, how, tellsApart: "deploy or traffic" });
    const [plain, later] = [suggestionOf(id), suggestionOf(id, { list: 2, service: null })];
    await opened.store.commit({ workspace: team, handled: [], suggestions: [later, told, plain] });
    assert.deepEqual(await opened.store.suggestionsOf(team, id), [plain, told, later]);
    assert.deepEqual(await opened.store.suggestion(team, told.id), told);
    assert.equal(await opened.store.suggestion("T2", told.id), null);
    assert.deepEqual(await opened.store.suggestionsOf("T2", id), []);
  });

  test("outcomes, of which none is ever overwritten: a changed mind is another row", async () => {
    const { id } = await begin();
    const about = await tried(id, []);
    const first = outcomeOf(about, { label: "resolved" });
    const then = outcomeOf(about, { label: "no_effect", note: "It is back", at: at("14:25") });
    const labels = async () =>
      (await opened.store.outcomesOf(team, id)).map(({ label, note }) => [label, note]);
    await opened.store.commit({ workspace: team, handled: [], outcomes: [first] });
    await opened.store.commit({ workspace: team, handled: [], outcomes: [then] });
    const both = [
      ["resolved", null],
      ["no_effect", "It is back"],
    ];
    assert.deepEqual(await labels(), both);
    const overwriting = { workspace: team, handled: [], outcomes: [{ ...first, label: "wrong" }] };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- "wrong" is a label
    await assert.rejects(opened.store.commit(overwriting as Change));
    assert.deepEqual(await labels(), both);
    assert.deepEqual(await opened.store.outcomesOf("T2", id), []);
  });

  test("outcomes in the order in which they were recorded, whatever the writing machine's clock says", async () => {
    const { id } = await begin();
    const about = await tried(id, []);
    const ahead = outcomeOf(about, { label: "resolved", recordedAt: new Date(Date.now() + 9e9) });
    const behind = outcomeOf(about, { label: "wrong", recordedAt: at("14:20"), at: at("14:25") });
    await opened.store.commit({ workspace: team, handled: [], outcomes: [ahead] });
    await opened.store.commit({ workspace: team, handled: [], outcomes: [behind] });
    const rows = await opened.store.outcomesOf(team, id);
    assert.deepEqual(
      rows.map(({ label }) => label),
      ["resolved", "wrong"],
    );
    for (const { recordedAt } of rows)
      assert.ok(Math.abs(Date.now() - recordedAt.getTime()) < 60_000, String(recordedAt));
  });

  test("the evidence of a reading, exactly as it was gathered", async () => {
    const { id } = await begin();
    const points = Array.from({ length: 300 }, (_none, n) => [n * 15, 0.1 * n] as const);
    const input: EvidenceInput = {
      onset: 1_732_262_400.5,
      series: [{ service: "checkout", name: "latency_p99", kind: "latency", points }],
      changes: [{ id: "3f2a91c", kind: "commit", at: 1, title: "Größer", diff: "+ x\u0000y" }],
      calls: [["frontend", "checkout"]],
    };
    const snapshot = await gather(id, input);
    const { number } = (await opened.store.incident(team, id)) ?? {};
    assert.deepEqual(await evidenceById(opened.db, team, snapshot), {
      incident: `INC-${number}`,
      title: "checkout is slow",
      readAt: at("14:06"),
      input,
    });
    assert.equal(await evidenceById(opened.db, "T2", snapshot), null);
    assert.equal(await evidenceById(opened.db, team, randomUUID()), null);
  });

  test("a sample that was no number is none when it is read again", async () => {
    const { id } = await begin();
    const odd = [Number.NaN, Number.POSITIVE_INFINITY, 4] as const;
    const points = odd.map((value, n) => [n, value] as const);
    const series = [{ service: "s", name: "m", kind: "other", points }] as const;
    const snapshot = await gather(id, { onset: 1, series });
    const read = await evidenceById(opened.db, team, snapshot);
    const values = read?.input.series?.[0]?.points.map(([, value]) => value);
    assert.deepEqual(values, [Number.NaN, Number.NaN, 4]);
  });
});

/** Adds a reading to an incident that has one entry; its id. */
async function gather(id: IncidentId, input: EvidenceInput): Promise<string> {
  const snapshot = { id: randomUUID(), readAt: at("14:06"), input };
  const about = { kind: "existing", id, seq: 1 } as const;
  const came = await opened.store.commit({ workspace: team, handled: [], about, snapshot });
  assert.equal(came, "committed");
  return snapshot.id;
}

describe("what ranks learn from", () => {
  const workspace = "T2";
  const inT2 = (kind: ChannelRow["kind"]) => begin({ workspace }, kind);

  test("are outcomes of other incidents of public channels of this workspace, newest first", async () => {
    const [here, other] = [await inT2("public"), await inT2("public")];
    const hidden = [await inT2("private"), await inT2("external")];
    const foreign = await begin({ workspace: "T3" });
    const old = { recordedAt: at("10:00"), label: "no_effect" } as const;
    const rest = { role: "check", symptom: "errors", service: null } as const;
    const mine = await tried(other.id, [old, { recordedAt: at("11:00") }], rest, workspace);
    await tried(here.id, [{}], {}, workspace);
    for (const { id } of hidden) await tried(id, [{}], {}, workspace);
    await tried(foreign.id, [{}], {}, "T3");

    const learnt = await opened.store.pastOutcomes(workspace, viewer, here.id);
    assert.ok(learnt.every(({ suggestionId }) => suggestionId === mine.id));
    assert.deepEqual(
      learnt.map(({ label, role, symptom, service }) => [label, role, symptom, service]),
      [
        ["resolved", "check", "errors", null],
        ["no_effect", "check", "errors", null],
      ],
    );
    const all = await opened.store.pastOutcomes(workspace, viewer, null);
    assert.deepEqual(
      new Set(all.map(({ incidentId }) => incidentId)),
      new Set([here.id, other.id]),
    );
  });

  test("leave with the channel that stops being public, and come back with it", async () => {
    const { id, channel } = await inT2("public");
    await tried(id, [{}], {}, workspace);
    const learntFrom = async () =>
      (await opened.store.pastOutcomes(workspace, viewer, null)).some(
        (past) => past.incidentId === id,
      );
    const become = (kind: ChannelRow["kind"]) =>
      opened.store.commit({ workspace, handled: [], channel: channelRow(channel, { kind }) });
    assert.equal(await learntFrom(), true);
    await become("private");
    assert.equal(await learntFrom(), false);
    await become("public");
    assert.equal(await learntFrom(), true);
  });
});

describe("seen before", () => {
  const symptom: Symptom = "queue";
  const beginOn = (service: string | null, clock: string, kind?: ChannelRow["kind"]) => {
    const id: IncidentId = `inc_${randomUUID()}`;
    const channel = `C${randomUUID().slice(0, 8)}`;
    const row = channelRow(channel, kind === undefined ? {} : { kind });
    const about = { kind: "new", id, channel, title: "slow", openedAt: at(clock) } as const;
    const closedAt = at(clock);
    return begin({ about, service, symptom, channel: row, closedAt }).then(() => id);
  };
  const seen = (incident: IncidentId, service: string | null) =>
    opened.store.endedLike(team, { viewer, incident, symptom, service });

  const numbersOf = async (ids: readonly IncidentId[]) =>
    Promise.all(ids.map(async (id) => (await opened.store.incident(team, id))?.number));

  test("are ended incidents of public channels with the same symptom or the same service", async () => {
    const now = await beginOn("checkout", "13:59");
    assert.deepEqual(await seen(now, "returns"), []);
    const otherService = await beginOn("cart", "13:00");
    const mine = await beginOn("returns", "09:00");
    await beginOn("returns", "13:30", "private");
    const otherSymptom = await begin({
      service: "returns",
      symptom: "errors",
      closedAt: at("14:00"),
    });
    await begin({ service: "returns", symptom });
    await begin({ service: "cart", symptom: "errors", closedAt: at("14:00") });
    await begin({ workspace: "T3", service: "returns", symptom, closedAt: at("14:00") });
    const found = await seen(now, "returns");
    assert.deepEqual(
      new Set(found.map(({ number }) => number)),
      new Set(await numbersOf([otherService, mine, otherSymptom.id])),
    );
    const [number] = await numbersOf([mine]);
    const first = found.find((each) => each.number === number);
    assert.deepEqual([first?.service, first?.symptom], ["returns", symptom]);
    assert.deepEqual(first?.openedAt, at("09:00"));
  });

  test("are described by the title, the alerts and the first reading, and by the latest word on the cause", async () => {
    const now = await beginOn("shipping", "13:59");
    const past = await beginOn("shipping", "09:30");
    const first = evidenceRead({
      findings: [{ text: "p99 of shipping 0.4 s → 4 s since 09:27", cites: ["metric:0"] }],
      logs: [{ service: "shipping", template: "pool exhausted", before: 0, after: 9, example: "" }],
    });
    const alert = {
      group: "g",
      title: "HighLatency",
      service: "shipping",
      firing: 1,
      link: null,
      past: null,
    };
    const facts = [first, { kind: "alert-fired", alert } as const, evidenceRead()];
    const entries = facts.map((fact) => ({ ...entry(), fact }));
    const causes = (["capacity", "deploy"] as const).map((cause) => {
      const id: CauseLabelId = `cau_${randomUUID()}`;
      return { id, incidentId: past, cause, actor: "U1", at: at("10:00"), recordedAt: at("10:00") };
    });
    const about = { kind: "existing", id: past, seq: 1 } as const;
    await opened.store.commit({ workspace: team, handled: [], about, entries, causes });
    const [number] = await numbersOf([past]);
    const found = (await seen(now, "shipping")).find((each) => each.number === number);
    assert.deepEqual(found?.said, ["slow", "HighLatency", "pool exhausted"]);
    assert.deepEqual(found?.findings, ["p99 of shipping 0.4 s → 4 s since 09:27"]);
    assert.equal(found?.cause, "deploy");
    assert.deepEqual([found?.flags, found?.fix], [[], null]);
  });

  test("are those whose channel is public now, whatever it was when they began", async () => {
    const now = await beginOn("search", "13:59");
    const past = await beginOn("search", "09:30");
    const numbers = async () =>
      (await seen(now, "search")).filter(({ service }) => service === "search").length;
    assert.equal(await numbers(), 1);
    const { channel: id = "" } = (await opened.store.incident(team, past)) ?? {};
    const turned = (kind: "public" | "private" | "external") =>
      opened.store.commit({ workspace: team, handled: [], channel: channelRow(id, { kind }) });
    await turned("private");
    assert.equal(await numbers(), 0);
    await turned("public");
    assert.equal(await numbers(), 1);
  });

  test("name the fix that a person said resolved it, as long as they stand by it", async () => {
    const now = await beginOn("stock", "13:59");
    const past = await beginOn("stock", "08:00");
    const fixedBy = async () =>
      (await seen(now, "stock")).find(({ service }) => service === "stock")?.fix;
    assert.equal(await fixedBy(), null);
    const about = await tried(past, [
      { label: "resolved", minutes: 4, recordedAt: at("08:10") },
      { label: "no_effect", actor: "U2", recordedAt: at("08:11") },
    ]);
    assert.deepEqual(await fixedBy(), {
      stepId: "roll-back-deploy",
      mechanism: "deploy",
      title: "Roll back checkout",
      minutes: 4,
    });
    const mindChanged = outcomeOf(about, { label: "no_effect", recordedAt: at("08:12") });
    await opened.store.commit({ workspace: team, handled: [], outcomes: [mindChanged] });
    assert.equal(await fixedBy(), null);
  });
});
