import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { Counterpart, Mirror } from "../../../src/flows/counterpart.ts";
import { beginning, openStore, team, type Opened } from "./opened.ts";

let opened: Opened;
before(async () => {
  opened = await openStore([team, "T2"]);
});
after(() => opened[Symbol.asyncDispose]());

const keep = (...counterparts: readonly Counterpart[]) =>
  opened.store.commit({ workspace: team, handled: [], counterparts });
const mirror: Mirror = {
  title: "Alert",
  own: "Alert",
  state: "open",
  looks: 1,
  revision: 1,
  etag: null,
};
const issueOf = (of: Counterpart["of"], rest: Partial<Counterpart> = {}): Counterpart => ({
  of,
  kind: "issue",
  place: "acme/pm",
  ref: "1",
  url: "https://x",
  mirror: null,
  ...rest,
});

describe("where something of ours stands elsewhere", () => {
  test("is kept for its workspace, the newest of each kind, and found by what it is of and by where it is", async () => {
    const { store } = opened;
    const of = `inc_${randomUUID()}` as const;
    const issue = issueOf(of, { ref: randomUUID() });
    const canvas = issueOf(of, { kind: "canvas", place: "C1", ref: "F1", url: null });
    for (const each of [{ ...issue, ref: "7" }, issue, canvas]) await keep(each);
    const [kind, there] = ["issue", { place: "acme/pm", ref: issue.ref }] as const;
    assert.deepEqual(await store.counterparts(team, { kind, of: [of, "inc_2"] }), [issue]);
    assert.deepEqual(await store.counterparts(team, { kind, ...there }), [issue]);
    assert.deepEqual(await store.counterparts(team, { kind: "canvas", of: [of] }), [canvas]);
    assert.deepEqual(await store.counterparts(team, { kind, of: [] }), []);
    assert.deepEqual(await store.counterparts("T2", { kind, of: [of] }), []);
  });

  test("is refused as stale where a mirror was looked at meanwhile, with all that would come with it", async () => {
    const of = `act_${randomUUID()}` as const;
    const looked = (looks: number, title: string) =>
      issueOf(of, { mirror: { ...mirror, looks, title } });
    assert.equal(await keep(looked(1, "one")), "committed");
    assert.equal(await keep(looked(2, "two")), "committed");
    assert.equal(await keep(issueOf(`act_${randomUUID()}`), looked(2, "late")), "stale");
    const [kept] = await opened.store.counterparts(team, { kind: "issue", of: [of] });
    assert.equal(kept?.mirror?.title, "two");
    assert.equal(await keep(issueOf(of)), "committed", "it is mirrored no more");
  });

  test("is looked at in turn, also where its item was closed of late", async () => {
    const { store } = opened;
    const place = `acme/${randomUUID()}`;
    const id = `inc_${randomUUID()}` as const;
    await store.commit(beginning(id, `C${id}`));
    const at = new Date("2026-11-23T12:00:00Z");
    const item = async (state: "open" | "done", mirrored: Mirror | null = mirror) => {
      const of = `act_${randomUUID()}` as const;
      const rest = { text: "x", owner: null, due: null, priority: "P2", link: null } as const;
      const revised = { id: of, incidentId: id, revision: 1, by: "UANA", at, state, ...rest };
      await store.commit({ workspace: team, handled: [], actions: [revised] });
      await keep(issueOf(of, { place, mirror: mirrored }));
      return of;
    };
    const [first, closed] = [await item("open"), await item("done")];
    await item("open", null);
    const last = await item("open");
    const asked = { place, closedSince: at, atMost: 10 };
    const items = async (of = asked, workspace = team) =>
      (await store.mirroredItems(workspace, of)).map(({ item: each }) => each);
    assert.deepEqual(await items(), [first, closed, last]);
    const [{ number, readAt } = { number: "", readAt: at }] = await store.mirroredItems(
      team,
      asked,
    );
    assert.deepEqual([number, readAt > at], ["1", true]);
    await keep(issueOf(first, { place, mirror: { ...mirror, looks: 2 } }));
    assert.deepEqual(await items(), [closed, last, first]);
    assert.deepEqual(await items({ ...asked, atMost: 1 }), [closed]);
    const later = { ...asked, closedSince: new Date(at.getTime() + 1) };
    assert.deepEqual(await items(later), [last, first]);
    assert.deepEqual(await items(asked, "T2"), []);
  });
});
