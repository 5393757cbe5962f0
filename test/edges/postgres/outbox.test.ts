import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { outboxOn } from "../../../src/edges/postgres/outbox.ts";
import type { Effect } from "../../../src/flows/change.ts";
import type { Outbox, OutboxRow } from "../../../src/flows/ports.ts";
import { openStore, posting, team, type Opened } from "./opened.ts";

let opened: Opened;
before(async () => {
  opened = await openStore([team, "T2"]);
});
after(() => opened[Symbol.asyncDispose]());

const newChannel = (): string => `C${randomUUID().slice(0, 8)}`;
const put = (...effects: Effect[]) =>
  opened.store.commit({ workspace: team, handled: [], effects });
const holder = (name: string = randomUUID(), workspace = team): Outbox =>
  outboxOn(opened.connection.sql, workspace, name);

/** Everything else is out of the way: what is leased next are this test's channels. */
async function alone(): Promise<void> {
  await opened.sql`delete from outbox`;
  await opened.sql`delete from outbox_lease`;
}

async function firstOf(outbox: Outbox, channel: string): Promise<OutboxRow> {
  const row = await outbox.first(channel);
  assert.ok(row);
  return row;
}

async function sendAll(outbox: Outbox, channel: string): Promise<string[]> {
  const keys: string[] = [];
  for (;;) {
    const row = await outbox.first(channel);
    if (row === null) return keys;
    assert.ok(await outbox.attempt(row));
    await outbox.sent(row.id, `1.${keys.length}`);
    keys.push(row.key);
  }
}

describe("a channel's lease", () => {
  test("is one holder's until it is released", async () => {
    await alone();
    const [one, other] = [holder(), holder()];
    const [first, second] = [newChannel(), newChannel()];
    await put(posting("a", "", { channel: first }), posting("b", "", { channel: second }));
    assert.deepEqual(await one.lease(1), [first]);
    assert.deepEqual(await other.lease(5), [second]);
    assert.deepEqual(await one.lease(5), []);
    await one.release(first, 0);
    assert.deepEqual(await other.lease(5), [first]);
  });

  test("goes to one of many that ask at once", async () => {
    await alone();
    const channels = Array.from({ length: 12 }, newChannel);
    await put(...channels.map((channel) => posting("a", "", { channel })));
    const holders = Array.from({ length: 6 }, () => holder());
    const leased = (await Promise.all(holders.map((each) => each.lease(12)))).flat();
    assert.deepEqual(leased.toSorted(), channels.toSorted());
  });

  test("of a holder that died goes to another, and the dead one sends nothing more", async () => {
    await alone();
    const [dead, heir] = [holder(), holder()];
    const channel = newChannel();
    await put(posting("a", "hello", { channel }));
    assert.deepEqual(await dead.lease(1), [channel]);
    const row = await firstOf(dead, channel);
    assert.deepEqual(await heir.lease(1), []);
    await opened.sql`update outbox_lease set leased_until = leased_until - interval '15 seconds'`;
    assert.deepEqual(await heir.lease(1), [channel]);
    assert.equal(await dead.attempt(row), null);
    assert.equal(await dead.renew(row), false);
    await dead.release(channel, 60_000);
    assert.deepEqual(await heir.attempt(row), row.payload);
    assert.equal(await heir.renew(row), true);
  });

  test("lasts from each request anew", async () => {
    await alone();
    const slow = holder();
    const channel = newChannel();
    await put(posting("a", "", { channel }));
    const leftSeconds = async () => {
      const [lease] = await opened.sql<{ left: number }[]>`
        select extract(epoch from leased_until - now())::float8 as left from outbox_lease`;
      return lease?.left ?? 0;
    };
    await slow.lease(1);
    const row = await firstOf(slow, channel);
    for (const anew of [() => slow.attempt(row), () => slow.renew(row)]) {
      await opened.sql`update outbox_lease set leased_until = now() + interval '1 second'`;
      assert.ok(await anew());
      assert.ok((await leftSeconds()) > 10);
    }
  });

  test("is of this workspace's channels alone", async () => {
    await alone();
    const channel = newChannel();
    await put(posting("a", "", { channel }));
    const theirs = holder("them", "T2");
    assert.deepEqual(await theirs.lease(5), []);
    assert.equal(await theirs.first(channel), null);
    assert.equal(await theirs.tsOf(channel, "a"), null);
  });
});

describe("a channel's rows", () => {
  test("come in the order in which they were written, however many changes wrote them", async () => {
    await alone();
    const outbox = holder();
    const [channel, other] = [newChannel(), newChannel()];
    await put(posting("1", "", { channel }), posting("2", "", { channel }));
    await put(posting("elsewhere", "", { channel: other }));
    await put(posting("3", "", { channel }), posting("4", "", { channel }));
    assert.deepEqual(await outbox.lease(5), [channel, other]);
    assert.deepEqual(await sendAll(outbox, channel), ["1", "2", "3", "4"]);
    assert.deepEqual(await sendAll(outbox, other), ["elsewhere"]);
    await outbox.release(channel, 0);
    assert.deepEqual(await outbox.lease(5), []);
  });

  test("remember that they were tried, and so may have arrived", async () => {
    await alone();
    const outbox = holder();
    const channel = newChannel();
    await put(posting("a", "hello", { channel }));
    await outbox.lease(1);
    const row = await firstOf(outbox, channel);
    assert.deepEqual([row.triedAt, row.attempts], [null, 0]);
    assert.ok(Math.abs(Date.now() - row.createdAt.getTime()) < 60_000);
    await outbox.attempt(row);
    const again = await firstOf(outbox, channel);
    assert.ok(again.triedAt && again.triedAt >= again.createdAt);
    assert.equal(again.attempts, 1);
  });

  test("are as new where the request certainly did nothing", async () => {
    await alone();
    const outbox = holder();
    const channel = newChannel();
    await put(posting("a", "hello", { channel }));
    await outbox.lease(1);
    const row = await firstOf(outbox, channel);
    await outbox.attempt(row);
    await outbox.untried(row.id);
    assert.deepEqual(await firstOf(outbox, channel), row);
  });

  test("are sent as they read last, and not at all once they are settled", async () => {
    await alone();
    const outbox = holder();
    const channel = newChannel();
    await put(posting("a", "old", { channel }));
    await outbox.lease(1);
    const row = await firstOf(outbox, channel);
    const newer = posting("a", "new", { channel });
    await put(newer);
    assert.deepEqual(await outbox.attempt(row), newer.payload);
    await outbox.sent(row.id, "1.5");
    assert.equal(await outbox.attempt(row), null);
    assert.equal(await outbox.renew(row), false);
    assert.equal(await outbox.tsOf(channel, "a"), "1.5");
  });

  test("keep their first end: what was sent is not refused, what was refused not sent", async () => {
    await alone();
    const outbox = holder();
    const channel = newChannel();
    const [sent, refused] = [posting("s", "", { channel }), posting("r", "", { channel })];
    await put(sent, refused);
    await outbox.sent(sent.id, "1.1");
    await outbox.refused(sent.id, "late");
    await outbox.sent(sent.id, "9.9");
    await outbox.refused(refused.id, "is_archived");
    await outbox.sent(refused.id, "2.2");
    const rows = await opened.sql`
      select state, message_ts, refusal from outbox where channel_id = ${channel} order by seq`;
    assert.deepEqual(
      [...rows],
      [
        { state: "sent", message_ts: "1.1", refusal: null },
        { state: "refused", message_ts: null, refusal: "is_archived" },
      ],
    );
    assert.equal(await outbox.tsOf(channel, "r"), null);
  });
});

describe("a channel that Slack holds back", () => {
  test("is nobody's until then, also over a restart, and others go on", async () => {
    await alone();
    const before = holder();
    const [held, free] = [newChannel(), newChannel()];
    await put(posting("a", "", { channel: held }), posting("b", "", { channel: free }));
    assert.deepEqual(await before.lease(1), [held]);
    await before.release(held, 30_000);
    const restarted = holder();
    assert.deepEqual(await restarted.lease(5), [free]);
    const dueMs = (await restarted.nextDueMs()) ?? 0;
    assert.ok(dueMs > 25_000 && dueMs <= 30_000);
    await opened.sql`update outbox_lease set not_before = now() where channel_id = ${held}`;
    assert.equal(await restarted.nextDueMs(), null);
    assert.deepEqual(await restarted.lease(5), [held]);
  });

  test("is not let go earlier by a later, shorter wait", async () => {
    await alone();
    const outbox = holder();
    const channel = newChannel();
    await put(posting("a", "", { channel }));
    await outbox.lease(1);
    await outbox.release(channel, 30_000);
    await opened.sql`update outbox_lease set holder = 'x', leased_until = now() + interval '9 s'`;
    await holder("x").release(channel, 0);
    assert.deepEqual(await outbox.lease(1), []);
    assert.ok(((await outbox.nextDueMs()) ?? 0) > 25_000);
  });

  test("with nothing to send is no reason to wake up", async () => {
    await alone();
    const outbox = holder();
    const channel = newChannel();
    await put(posting("a", "", { channel }));
    await outbox.lease(1);
    await sendAll(outbox, channel);
    await outbox.release(channel, 30_000);
    assert.equal(await outbox.nextDueMs(), null);
  });
});
