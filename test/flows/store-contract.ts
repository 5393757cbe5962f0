/** What every store promises, held against the one in memory and the one on PostgreSQL alike. */

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { newGroup, type AlertGroup } from "../../src/alert/group.ts";
import type { Store } from "../../src/flows/ports.ts";
import { rankPolicy } from "../../src/suggestion/rank.ts";
import type { Suggestion } from "../../src/suggestion/suggestion.ts";
import type { IncidentId, SuggestionId } from "../../src/vocabulary.ts";
import {
  beginning,
  channelRow,
  entry,
  outcomeOf,
  suggestionOf,
  team,
  viewer,
} from "../edges/postgres/opened.ts";
import { evidenceRead } from "../incident/timeline.ts";

export interface OpenStore extends AsyncDisposable {
  readonly store: Store;
}

export function storeContract(name: string, open: () => Promise<OpenStore>): void {
  describe(`a store ${name}`, () => {
    let opened: OpenStore;
    before(async () => {
      opened = await open();
    });
    after(() => opened[Symbol.asyncDispose]());
    const fresh = () => {
      const id = randomUUID();
      return { id: `inc_${id}` as const, channel: `C${id}` };
    };
    const begun = async (rest: Parameters<typeof beginning>[2] = {}) => {
      const { id, channel } = fresh();
      assert.equal(await opened.store.commit(beginning(id, channel, rest)), "committed");
      return { id, channel };
    };
    const going = (id: IncidentId, seq: number) => ({
      workspace: team,
      handled: [],
      about: { kind: "existing", id, seq } as const,
    });

    test("handles a job once: a second commit under any of its ids is a repeat and writes nothing", async () => {
      const { store } = opened;
      const [job, turn] = [randomUUID(), randomUUID()];
      const { id } = await begun({ handled: [job, turn] });
      const other = fresh();
      const again = beginning(other.id, other.channel, { handled: [randomUUID(), turn] });
      assert.equal(await store.commit(again), "repeat");
      assert.equal(await store.incident(team, other.id), null);
      assert.equal(await store.wasHandled(team, [job]), true);
      assert.equal(await store.wasHandled(team, [randomUUID(), turn]), true);
      assert.equal(await store.wasHandled(team, [randomUUID()]), false);
      assert.equal((await store.incident(team, id))?.seq, 1);
    });

    test("keeps the rules that were given, each workspace its own, until they are revoked", async () => {
      const { store } = opened;
      const [id, job] = [`rul_${randomUUID()}` as const, randomUUID()];
      const given = { id, forbid: ["risk:disruptive"], because: "why", by: "UANA" };
      const change = { workspace: team, handled: [job], rules: { given, at: new Date() } };
      assert.equal(await store.commit(change), "committed");
      assert.equal(await store.commit(change), "repeat");
      const until = { ...given, id: `rul_${randomUUID()}` as const, until: "2026-12-31" };
      await store.commit({ ...change, handled: [], rules: { given: until, at: new Date() } });
      assert.deepEqual(await store.rules(team), [given, until]);
      const revoked = { revoked: id, by: "UBO", at: new Date() };
      await store.commit({ workspace: team, handled: [], rules: revoked });
      assert.deepEqual(await store.rules(team), [until]);
    });

    test("keeps one open incident a channel; after its end another may begin", async () => {
      const { store } = opened;
      const { id, channel } = await begun();
      const second = fresh();
      assert.equal(await store.commit(beginning(second.id, channel)), "stale");
      assert.equal((await store.openIncidentIn(team, channel))?.id, id);
      const end = { ...going(id, 1), entries: [entry()], closedAt: new Date() };
      assert.equal(await store.commit(end), "committed");
      assert.equal(await store.openIncidentIn(team, channel), null);
      assert.equal((await store.latestIncidentIn(team, channel))?.id, id);
      assert.equal(await store.commit(beginning(second.id, channel)), "committed");
      assert.equal((await store.openIncidentIn(team, channel))?.id, second.id);
      assert.equal((await store.latestIncidentIn(team, channel))?.id, second.id);
      assert.equal(await store.latestIncidentIn(team, fresh().channel), null);
    });

    test("numbers the entries without a gap, and refuses a decision on an older state, claims included", async () => {
      const { store } = opened;
      const { id } = await begun();
      const job = randomUUID();
      const more = { ...going(id, 1), entries: [entry("two"), entry("three")] };
      assert.equal(await store.commit(more), "committed");
      const late = { ...going(id, 1), handled: [job], entries: [entry("late")] };
      assert.equal(await store.commit(late), "stale");
      assert.equal(await store.wasHandled(team, [job]), false, "it may be decided again");
      const stored = await store.incident(team, id);
      assert.deepEqual([stored?.seq, stored?.entries.map(({ seq }) => seq)], [3, [1, 2, 3]]);
    });

    test("finds open incidents that were read, with their services, for whoever reads them again", async () => {
      const { store } = opened;
      const { id, channel } = fresh();
      const title = "checkout is slow";
      const about = { kind: "new", id, channel, title, openedAt: new Date() } as const;
      const { symptom: _unknown, ...beginningUnread } = beginning(id, channel, { about });
      assert.equal(await store.commit(beginningUnread), "committed");
      const isFound = async () => (await store.readIncidents(team)).some((each) => each.id === id);
      const fact = evidenceRead();
      const entries = [{ ...entry(), fact }];
      assert.equal(await isFound(), false, "not read yet");
      await store.commit({ ...going(id, 1), entries, service: "cart", symptom: "latency" });
      assert.deepEqual(
        (await store.readIncidents(team)).find((each) => each.id === id),
        { id, channel, service: "cart" },
      );
      await store.commit({ ...going(id, 2), entries: [entry()], closedAt: new Date() });
      assert.equal(await isFound(), false, "over");
    });

    test("counts incidents one after another", async () => {
      const first = await opened.store.incident(team, (await begun()).id);
      const second = await opened.store.incident(team, (await begun()).id);
      assert.equal(second?.number, (first?.number ?? 0) + 1);
    });

    test("gives back what was offered, and what became of it, with the situation", async () => {
      const { store } = opened;
      const { id } = await begun();
      const offered = suggestionOf(id, {
        position: 3,
        foretold: { said: [-1.5, 0.25, 0], odds: 4 },
        greedy: { stepId: "restart-service", p: 0.4 },
        considered: [{ stepId: "roll-back-deploy", odds: 4, mayLead: true }],
      });
      const outcome = outcomeOf(offered);
      const change = { ...going(id, 1), entries: [entry()] };
      await store.commit({ ...change, suggestions: [offered], outcomes: [outcome] });
      assert.deepEqual(await store.suggestionsOf(team, id), [offered]);
      assert.deepEqual(await store.suggestion(team, offered.id), offered);
      assert.equal(await store.suggestion(team, `sug_${randomUUID()}`), null);
      assert.deepEqual(
        (await store.outcomesOf(team, id)).map((each) => each.id),
        [outcome.id],
      );
      const past = (await store.pastOutcomes(team, viewer, null)).find(
        (each) => each.id === outcome.id,
      );
      assert.deepEqual(
        [past?.role, past?.symptom, past?.service, past?.label],
        ["fix", "latency", "checkout", "resolved"],
      );
    });

    test("tells what was said of a step before, where the same way of ranking said it", async () => {
      const { store } = opened;
      const foretold = { said: [-1.5, 0.25, 0], odds: 4 } as const;
      const told = async (rest: Partial<Suggestion>) => {
        const { id } = await begun();
        const offered = suggestionOf(id, { foretold, ...rest });
        const change = { ...going(id, 1), entries: [entry()], suggestions: [offered] };
        await store.commit({ ...change, outcomes: [outcomeOf(offered)] });
        const past = await store.pastOutcomes(team, viewer, null);
        return past.find(({ suggestionId }) => suggestionId === offered.id)?.foretold;
      };
      assert.deepEqual(await told({ policy: rankPolicy }), foretold);
      assert.equal(await told({ policy: "greedy" }), null);
      assert.equal(await told({ policy: rankPolicy, foretold: null }), null);
    });

    test("teaches from other incidents only, and from public channels only", async () => {
      const { store } = opened;
      const learnt = async (kind: "public" | "private") => {
        const { id, channel } = fresh();
        const row = { channel: channelRow(channel, { kind }) };
        await store.commit(beginning(id, channel, row));
        const offered = suggestionOf(id);
        const outcome = outcomeOf(offered);
        const change = { ...going(id, 1), entries: [entry()] };
        await store.commit({ ...change, suggestions: [offered], outcomes: [outcome] });
        const ids = async (except: IncidentId | null) =>
          (await store.pastOutcomes(team, viewer, except)).map((each) => each.id);
        return {
          all: (await ids(null)).includes(outcome.id),
          others: (await ids(id)).includes(outcome.id),
        };
      };
      assert.deepEqual(await learnt("public"), { all: true, others: false });
      assert.deepEqual(await learnt("private"), { all: false, others: false });
    });

    test("tells of a check that it led to the fix, by the latest word", async () => {
      const { store } = opened;
      const { id } = await begun();
      const fix = suggestionOf(id);
      const check = suggestionOf(id, { stepId: "read-pool-waits", role: "check", position: 2 });
      await store.commit({
        ...going(id, 1),
        entries: [entry()],
        suggestions: [fix, check],
        outcomes: [outcomeOf(fix), outcomeOf(check, { label: "helped" })],
      });
      const pointing = async (seq: number, checkId: SuggestionId | null) => {
        const at = new Date(Date.UTC(2026, 10, 23) + seq * 1000);
        const link = { fixId: fix.id, checkId, actor: "U1", at, recordedAt: at, incidentId: id };
        const pointer = checkId === null ? "skip" : "check";
        const links = [{ id: `led_${randomUUID()}`, pointer, ...link } as const];
        await store.commit({ ...going(id, seq), entries: [entry()], links });
        const past = await store.pastOutcomes(team, viewer, null);
        return [fix, check].map(
          (of) => past.find(({ suggestionId }) => suggestionId === of.id)?.hasLedToFix,
        );
      };
      assert.deepEqual(await pointing(2, check.id), [false, true]);
      assert.deepEqual(await pointing(3, null), [false, false]);
    });

    describe("of alerts", () => {
      const group = (rest: Partial<AlertGroup> = {}): AlertGroup => ({
        ...newGroup(randomUUID(), "alertmanager"),
        ...rest,
      });
      const now = new Date();
      const at = now.getTime() / 1000;
      const desk = (...ids: readonly string[]) => opened.store.alertDesk(team, ids, now);
      const write = async (...groups: readonly AlertGroup[]) => {
        const { seq } = await desk();
        const change = { workspace: team, handled: [], alerts: { seq, groups } };
        assert.equal(await opened.store.commit(change), "committed");
      };

      test("keeps a group as it was last written, and refuses a decision that others overtook", async () => {
        const one = group({ place: { kind: "thread" } });
        const { seq } = await desk();
        await write(one);
        await write({ ...one, place: { kind: "nowhere" } });
        assert.deepEqual((await desk(one.id)).groups, [{ ...one, place: { kind: "nowhere" } }]);
        const late = { workspace: team, handled: ["late"], alerts: { seq, groups: [one] } };
        assert.equal(await opened.store.commit(late), "stale");
        assert.equal(await opened.store.wasHandled(team, ["late"]), false);
      });

      test("writes none of a group where the incident moved on, nor the other way", async () => {
        const { id } = await begun();
        const { seq } = await desk();
        const one = group();
        const change = { workspace: team, handled: [], entries: [entry()] };
        const alerts = { seq, groups: [one] };
        const about = (of: number) => ({ kind: "existing", id, seq: of }) as const;
        assert.equal(await opened.store.commit({ ...change, alerts, about: about(7) }), "stale");
        assert.deepEqual((await desk(one.id)).groups, []);
        const behind = { ...change, alerts: { ...alerts, seq: seq - 1 }, about: about(1) };
        assert.equal(await opened.store.commit(behind), "stale");
        assert.equal((await opened.store.incident(team, id))?.seq, 1);
      });

      test("finds those that wait for a channel, the channels opened of late, and the newest messages", async () => {
        const name = `inc-${randomUUID()}`;
        const waiting = group({ place: { kind: "opening", name }, openedAt: at - 60 });
        const old = group({ place: { kind: "opening", name: "inc-old" }, openedAt: at - 3_700 });
        const occurrences = [{ at: at - 30, incident: null, past: null }];
        const told = group({ place: { kind: "thread" }, occurrences });
        await write(waiting, old, told);
        const { seq, groups } = await opened.store.groupsOpening(team, name);
        assert.deepEqual([seq, groups], [(await desk()).seq, [waiting]]);
        const { openings, threads } = await desk();
        assert.deepEqual(
          openings.filter(({ into }) => into.kind === "opening").map(({ into }) => into),
          [{ kind: "opening", name }],
        );
        assert.equal(threads.find(({ group: id }) => id === told.id) !== undefined, true);
      });

      test("finds open incidents of public channels, with their services", async () => {
        const openedAt = new Date(now.getTime() - 60_000);
        const made = async (kind: "public" | "private") => {
          const { id, channel } = fresh();
          const row = { channel: channelRow(channel, { kind }) };
          const title = "checkout is slow";
          const about = { kind: "new", id, channel, title, openedAt } as const;
          const entries = [{ ...entry(), at: openedAt }];
          await opened.store.commit(beginning(id, channel, { ...row, about, entries }));
          return id;
        };
        const [seen, hidden] = [await made("public"), await made("private")];
        const { open } = await desk();
        const found = open.find(({ id }) => id === seen);
        assert.deepEqual(
          [found?.service, found?.openedAt],
          ["checkout", openedAt.getTime() / 1000],
        );
        assert.equal(
          open.some(({ id }) => id === hidden),
          false,
        );
        const end = { ...going(seen, 1), entries: [entry()], closedAt: now };
        await opened.store.commit(end);
        assert.equal(
          (await desk()).open.some(({ id }) => id === seen),
          false,
        );
      });
    });

    test("knows a channel by what was last said of it", async () => {
      const { store } = opened;
      const { channel } = await begun();
      const renamed = channelRow(channel, { name: "inc-renamed", isArchived: true });
      await store.commit({ workspace: team, handled: [], channel: renamed });
      assert.partialDeepStrictEqual(await store.channel(team, channel), renamed);
      assert.equal(await store.channel(team, "C-nowhere"), null);
    });
  });
}
