import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { Change } from "../../../src/flows/change.ts";
import { beginning, openStore, posting, team, type Opened } from "./opened.ts";

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
