/** What every store promises, held against the one in memory and the one on PostgreSQL alike. */

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { Store } from "../../src/flows/ports.ts";
import type { IncidentId } from "../../src/vocabulary.ts";
import {
  beginning,
  channelRow,
  entry,
  outcomeOf,
  suggestionOf,
  team,
  viewer,
} from "../edges/postgres/opened.ts";

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

    test("counts incidents one after another", async () => {
      const first = await opened.store.incident(team, (await begun()).id);
      const second = await opened.store.incident(team, (await begun()).id);
      assert.equal(second?.number, (first?.number ?? 0) + 1);
    });

    test("gives back what was offered, and what became of it, with the situation", async () => {
      const { store } = opened;
      const { id } = await begun();
      const offered = suggestionOf(id);
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
