import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { Change } from "../../../src/flows/change.ts";
import type { Viewer } from "../../../src/flows/ports.ts";
import type { PostmortemVersion } from "../../../src/postmortem/version.ts";
import { beginning, channelRow, openStore, posting, team, type Opened } from "./opened.ts";

let opened: Opened;
before(async () => {
  opened = await openStore([team, "T2"]);
});
after(() => opened[Symbol.asyncDispose]());

async function begin(rest: Partial<Change> = {}) {
  const id = `inc_${randomUUID()}` as const;
  const channel = `C${randomUUID().slice(0, 8)}`;
  assert.equal(await opened.store.commit(beginning(id, channel, rest)), "committed");
  return { id, channel };
}

describe("what a postmortem is drafted from", () => {
  test("is what a reading gathered, as long as it is kept", async () => {
    const [id, input] = [randomUUID(), { onset: 7, series: [], changes: [], logs: [] }];
    await begin({ snapshot: { id, readAt: new Date(), input } });
    assert.deepEqual(await opened.store.evidence(team, id), input);
    assert.equal(await opened.store.evidence("T2", id), null);
    assert.equal(await opened.store.evidence(team, randomUUID()), null);
  });

  test("links our messages about it, each where it was posted last", async () => {
    const { id, channel } = await begin();
    const living = `living:${id}`;
    await opened.store.commit({
      workspace: team,
      handled: [],
      effects: ["first", "again", "unsent"].map((text) =>
        posting(text === "unsent" ? `steps:${id}:1` : living, text, { channel }),
      ),
    });
    await opened.sql`update outbox set state = 'pending' where channel_id = ${channel}`;
    const rows = await opened.sql<{ id: string; key: string }[]>`
      select id, key from outbox where channel_id = ${channel} and key = ${living} order by seq`;
    for (const [index, row] of rows.entries()) {
      const ts = `1.${index}`;
      await opened.sql`update outbox set state = 'sent', message_ts = ${ts} where id = ${row.id}`;
    }
    const found = await opened.store.postedMessages(team, channel, id);
    assert.deepEqual([...found], [[living, `1.${rows.length - 1}`]]);
    assert.equal((await opened.store.postedMessages("T2", channel, id)).size, 0);
  });
});

describe("the versions of a postmortem", () => {
  const version = (incidentId: `inc_${string}`, rest: Partial<PostmortemVersion> = {}) => ({
    incidentId,
    version: 1,
    basedOn: null,
    kind: "drafted" as const,
    state: "draft" as const,
    markdown: "# One",
    author: "UANA",
    at: new Date("2026-11-23T15:00:00Z"),
    ...rest,
  });
  const add = (...postmortem: PostmortemVersion[]) =>
    opened.store.commit({ workspace: team, handled: [], postmortem });

  test("are added under a number once: whoever comes second decides again", async () => {
    const { id } = await begin();
    assert.equal(await add(version(id)), "committed");
    assert.equal(await add(version(id, { markdown: "# Another" })), "stale");
    const [two, three] = [version(id, { version: 2 }), version(id, { version: 3 })];
    const both = await Promise.all([
      add(two, three),
      add(version(id, { version: 2, author: "UBO" })),
    ]);
    assert.deepEqual(both.toSorted(), ["committed", "stale"]);
    assert.equal(
      (await opened.store.postmortemVersion(team, { incident: id, version: 1 }))?.markdown,
      "# One",
    );
    assert.equal(await opened.store.postmortemVersion("T2", { incident: id, version: 1 }), null);
  });

  test("read as the newest that was not set aside, beside the newest draft", async () => {
    const { id } = await begin();
    assert.equal(await opened.store.latestPostmortem(team, id), null);
    await add(
      version(id),
      version(id, { version: 2, kind: "edited", markdown: "# Two" }),
      version(id, { version: 3, kind: "set-aside", markdown: "# Three" }),
    );
    const latest = await opened.store.latestPostmortem(team, id);
    assert.deepEqual(
      [latest?.head.markdown, latest?.drafted.markdown, latest?.last],
      ["# Two", "# One", 3],
    );
    assert.equal(await opened.store.latestPostmortem("T2", id), null);
  });
});

describe("an incident that is named by its number", () => {
  test("is found where it may be shown, and nowhere else", async () => {
    for (const kind of ["public", "private", "external"] as const) {
      const { id, channel } = await begin();
      const row = channelRow(channel, { kind });
      await opened.store.commit({ workspace: team, handled: [], channel: row });
      const { number = 0 } = (await opened.store.incident(team, id)) ?? {};
      const seen = async (viewer: Viewer) =>
        (await opened.store.incidentShown(team, { number, viewer }))?.id === id;
      assert.equal(await seen(row), true, `${kind}: in its own channel`);
      assert.equal(await seen({ id: "C-OTHER", kind: "public" }), kind === "public");
      assert.equal(await seen({ id: "C-OTHER", kind: "private" }), kind === "public");
      assert.equal(await seen({ id: "C-OTHER", kind: "external" }), false);
    }
  });
});
