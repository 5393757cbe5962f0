import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { beginning, entry, openStore, team, type Opened } from "./opened.ts";

let opened: Opened;
before(async () => {
  opened = await openStore();
});
after(() => opened[Symbol.asyncDispose]());

async function begun(): Promise<`inc_${string}`> {
  const id = `inc_${randomUUID()}` as const;
  await opened.store.commit(beginning(id, `C${id}`));
  return id;
}
const seqOf = async (id: `inc_${string}`) => (await opened.store.incident(team, id))?.seq;

test("a change of several incidents writes all of it, or nothing where one of them has moved on", async () => {
  const { store } = opened;
  const [one, other] = [await begun(), await begun()];
  const both = (seq: number) => ({
    workspace: team,
    handled: [],
    about: { kind: "existing", id: one, seq: 1 } as const,
    entries: [entry()],
    also: [{ id: other, seq, entries: [entry(), entry()] }],
  });
  assert.equal(await store.commit(both(2)), "stale");
  assert.deepEqual([await seqOf(one), await seqOf(other)], [1, 1]);
  assert.equal(await store.commit(both(1)), "committed");
  assert.deepEqual([await seqOf(one), await seqOf(other)], [2, 3]);
});

test("two changes of the same incidents, each the other way round, end with one of them", async () => {
  const { store } = opened;
  const [one, other] = [await begun(), await begun()];
  const change = (id: `inc_${string}`, also: `inc_${string}`) =>
    store.commit({
      workspace: team,
      handled: [],
      about: { kind: "existing", id, seq: 1 },
      entries: [entry()],
      also: [{ id: also, seq: 1, entries: [entry()] }],
    });
  const ends = await Promise.all([change(one, other), change(other, one)]);
  assert.deepEqual(ends.toSorted(), ["committed", "stale"]);
});

test("an incident is found by the number that people see", async () => {
  const { store } = opened;
  const id = await begun();
  const number = (await store.incident(team, id))?.number ?? 0;
  assert.equal((await store.incidentNumbered(team, number))?.id, id);
  assert.equal(await store.incidentNumbered(team, 999_999), null);
  assert.equal(await store.incidentNumbered("T-other", number), null);
});
