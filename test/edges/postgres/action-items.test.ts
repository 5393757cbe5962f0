import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import type { ActionItem } from "../../../src/postmortem/action-record.ts";
import type { IncidentId } from "../../../src/vocabulary.ts";
import { beginning, openStore, team, type Opened } from "./opened.ts";

let opened: Opened;
before(async () => {
  opened = await openStore([team, "T2"]);
});
after(() => opened[Symbol.asyncDispose]());

function item(incidentId: IncidentId, rest: Partial<ActionItem> = {}): ActionItem {
  const [by, at] = ["UANA", new Date("2026-11-23T14:00:00Z")];
  const told = { text: "Alert", owner: "UBO", due: "2026-12-01", link: null } as const;
  const kept = { priority: "P1", state: "open", revision: 1 } as const;
  return { id: `act_${randomUUID()}`, incidentId, ...told, ...kept, by, at, ...rest };
}

test("of an action item every revision is kept, one a number, and the newest is read", async () => {
  const id = `inc_${randomUUID()}` as const;
  assert.equal(await opened.store.commit(beginning(id, "C-ACT")), "committed");
  const add = (...actions: ActionItem[]) =>
    opened.store.commit({ workspace: team, handled: [], actions });
  const first = item(id);
  const done = { ...first, revision: 2, state: "done", due: null } as const;
  assert.equal(await add(first, item(id, { text: "Another" })), "committed");
  assert.equal(await add({ ...first, text: "Too late" }), "stale");
  assert.deepEqual(await opened.store.actionItem(team, first.id), first);
  assert.equal(await add(done), "committed");
  assert.deepEqual(await opened.store.actionItem(team, first.id), done);
  assert.deepEqual(
    (await opened.store.actionItems(team, id))
      .map(({ text, state }) => `${text} ${state}`)
      .toSorted(),
    ["Alert done", "Another open"],
  );
  const more = ["c", "a", "b"].map((text) => item(id, { id: `act_${text}-${id}`, text }));
  assert.equal(await add(...more), "committed");
  const texts = (await opened.store.actionItems(team, id)).map(({ text }) => text);
  assert.deepEqual(texts, ["Alert", "Another", "c", "a", "b"], "as they were first written");
  assert.deepEqual(await opened.store.actionItems("T2", id), []);
  assert.equal(await opened.store.actionItem("T2", first.id), null);
});
