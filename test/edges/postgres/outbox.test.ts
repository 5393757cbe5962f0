import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { outboxOn } from "../../../src/edges/postgres/outbox.ts";
import type { Effect } from "../../../src/flows/change.ts";
import type { Lease, Outbox, OutboxRow } from "../../../src/flows/outbox.ts";
import { openStore, posting, team, type Opened } from "./opened.ts";

let opened: Opened;
before(async () => {
  opened = await openStore([team, "T2"]);
});
after(() => opened[Symbol.asyncDispose]());

const newChannel = (): string => `C${randomUUID().slice(0, 8)}`;
const put = (...effects: Effect[]) =>
  opened.store.commit({ workspace: team, handled: [], effects });
const outboxOf = (workspace = team): Outbox => outboxOn(opened.connection.sql, workspace);

/** The lease of the one channel that is free. */
async function leaseOf(outbox: Outbox): Promise<Lease> {
  const [lease, ...others] = await outbox.lease(5, []);
  assert.ok(lease);
  assert.deepEqual(others, []);
  return lease;
}

const channelsOf = (leases: readonly Lease[]): string[] => leases.map(({ channel }) => channel);

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

async function sendAll(outbox: Outbox, lease: Lease): Promise<string[]> {
  const keys: string[] = [];
  for (;;) {
    const row = await outbox.first(lease.channel);
    if (row === null) return keys;
    assert.ok(await outbox.attempt(lease, row));
    await outbox.sent(row.id, `1.${keys.length}`);
    keys.push(row.key);
  }
}

describe("a channel's lease", () => {
  test("is one turn's until it is released", async () => {
    await alone();
    const outbox = outboxOf();
    const [first, second] = [newChannel(), newChannel()];
    await put(posting("a", "", { channel: first }), posting("b", "", { channel: second }));
    const [held] = await outbox.lease(1, []);
    assert.equal(held?.channel, first);
    assert.deepEqual(channelsOf(await outbox.lease(5, [])), [second]);
    assert.deepEqual(await outbox.lease(5, []), []);
    await outbox.release(held, 0);
    assert.deepEqual(channelsOf(await outbox.lease(5, [])), [first]);
  });

  test("goes to one of many that ask at once", async () => {
    await alone();
    const channels = Array.from({ length: 12 }, newChannel);
    await put(...channels.map((channel) => posting("a", "", { channel })));
    const outboxes = Array.from({ length: 6 }, () => outboxOf());
    const leases = (await Promise.all(outboxes.map((each) => each.lease(12, [])))).flat();
    assert.deepEqual(channelsOf(leases).toSorted(), channels.toSorted());
    assert.equal(new Set(leases.map(({ id }) => id)).size, channels.length);
  });

  test("that ran out goes to another turn, also of the same process, and the former one changes nothing more", async () => {
    await alone();
    const outbox = outboxOf();
    const channel = newChannel();
    await put(posting("a", "hello", { channel }));
    const former = await leaseOf(outbox);
    const row = await firstOf(outbox, channel);
    assert.deepEqual(await outbox.lease(5, []), []);
    await opened.sql`update outbox_lease set leased_until = leased_until - interval '15 seconds'`;
    const heir = await leaseOf(outbox);
    assert.equal(await outbox.attempt(former, row), null);
    assert.equal(await outbox.renew(former, row), false);
    await outbox.release(former, 60_000);
    assert.deepEqual(await outbox.attempt(heir, row), row.payload);
    await outbox.untried(former, row.id);
    await outbox.refused(former, row.id, "what the former one was told");
    assert.equal((await firstOf(outbox, channel)).attempts, 1);
    assert.equal(await outbox.renew(heir, row), true);
  });

  test("is not taken of a channel that this process drains already, however long ago it was leased", async () => {
    await alone();
    const outbox = outboxOf();
    const [busy, free] = [newChannel(), newChannel()];
    await put(posting("a", "", { channel: busy }), posting("b", "", { channel: free }));
    assert.deepEqual(channelsOf(await outbox.lease(5, [busy])), [free]);
    assert.deepEqual(channelsOf(await outbox.lease(5, [])), [busy]);
  });

  test("lasts from each request anew", async () => {
    await alone();
    const outbox = outboxOf();
    const channel = newChannel();
    await put(posting("a", "", { channel }));
    const leftSeconds = async () => {
      const [lease] = await opened.sql<{ left: number }[]>`
        select extract(epoch from leased_until - now())::float8 as left from outbox_lease`;
      return lease?.left ?? 0;
    };
    const lease = await leaseOf(outbox);
    const row = await firstOf(outbox, channel);
    for (const anew of [() => outbox.attempt(lease, row), () => outbox.renew(lease, row)]) {
      await opened.sql`update outbox_lease set leased_until = now() - interval '1 minute'`;
      assert.ok(await anew());
      assert.ok((await leftSeconds()) > 0);
    }
  });

  test("is of this workspace's channels alone", async () => {
    await alone();
    const channel = newChannel();
    await put(posting("a", "", { channel }));
    const theirs = outboxOf("T2");
    assert.deepEqual(await theirs.lease(5, []), []);
    assert.equal(await theirs.first(channel), null);
    assert.equal(await theirs.tsOf(channel, "a"), null);
  });
});

describe("a channel's rows", () => {
  test("come in the order in which they were written, however many changes wrote them", async () => {
    await alone();
    const outbox = outboxOf();
    const [channel, other] = [newChannel(), newChannel()];
    await put(posting("1", "", { channel }), posting("2", "", { channel }));
    await put(posting("elsewhere", "", { channel: other }));
    await put(posting("3", "", { channel }), posting("4", "", { channel }));
    const [first, second] = await outbox.lease(5, []);
    assert.ok(first && second);
    assert.deepEqual(channelsOf([first, second]), [channel, other]);
    assert.deepEqual(await sendAll(outbox, first), ["1", "2", "3", "4"]);
    assert.deepEqual(await sendAll(outbox, second), ["elsewhere"]);
    await outbox.release(first, 0);
    assert.deepEqual(await outbox.lease(5, []), []);
  });

  test("remember that they were tried, and so may have arrived", async () => {
    await alone();
    const outbox = outboxOf();
    const channel = newChannel();
    await put(posting("a", "hello", { channel }));
    const lease = await leaseOf(outbox);
    const row = await firstOf(outbox, channel);
    assert.deepEqual([row.triedAt, row.attempts], [null, 0]);
    assert.ok(Math.abs(Date.now() - row.createdAt.getTime()) < 60_000);
    await outbox.attempt(lease, row);
    const again = await firstOf(outbox, channel);
    assert.ok(again.triedAt && again.triedAt >= again.createdAt);
    assert.equal(again.attempts, 1);
  });

  test("are as new where the request certainly did nothing", async () => {
    await alone();
    const outbox = outboxOf();
    const channel = newChannel();
    await put(posting("a", "hello", { channel }));
    const lease = await leaseOf(outbox);
    const row = await firstOf(outbox, channel);
    await outbox.attempt(lease, row);
    await outbox.untried(lease, row.id);
    assert.deepEqual(await firstOf(outbox, channel), row);
  });

  test("are sent as they read last, and not at all once they are settled", async () => {
    await alone();
    const outbox = outboxOf();
    const channel = newChannel();
    await put(posting("a", "old", { channel }));
    const lease = await leaseOf(outbox);
    const row = await firstOf(outbox, channel);
    const newer = posting("a", "new", { channel });
    await put(newer);
    assert.deepEqual(await outbox.attempt(lease, row), newer.payload);
    await outbox.sent(row.id, "1.5");
    assert.equal(await outbox.attempt(lease, row), null);
    assert.equal(await outbox.renew(lease, row), false);
    assert.equal(await outbox.tsOf(channel, "a"), "1.5");
  });

  test("keep their first end: what was sent is not refused, what was refused not sent", async () => {
    await alone();
    const outbox = outboxOf();
    const channel = newChannel();
    const [sent, refused] = [posting("s", "", { channel }), posting("r", "", { channel })];
    await put(sent, refused);
    const lease = await leaseOf(outbox);
    await outbox.sent(sent.id, "1.1");
    await outbox.refused(lease, sent.id, "late");
    await outbox.sent(sent.id, "9.9");
    await outbox.refused(lease, refused.id, "is_archived");
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

/** So long that no stall of a test is taken for the end of a wait. */
const hourMs = 3_600_000;

describe("a channel that Slack holds back", () => {
  test("is nobody's until then, also over a restart, and others go on", async () => {
    await alone();
    const before = outboxOf();
    const [held, free] = [newChannel(), newChannel()];
    await put(posting("a", "", { channel: held }), posting("b", "", { channel: free }));
    const [lease] = await before.lease(1, []);
    assert.equal(lease?.channel, held);
    await before.release(lease, hourMs);
    const restarted = outboxOf();
    assert.deepEqual(channelsOf(await restarted.lease(5, [])), [free]);
    const dueMs = (await restarted.nextDueMs()) ?? 0;
    assert.ok(dueMs > hourMs / 2 && dueMs <= hourMs);
    await opened.sql`update outbox_lease set not_before = now() where channel_id = ${held}`;
    assert.equal(await restarted.nextDueMs(), null);
    assert.deepEqual(channelsOf(await restarted.lease(5, [])), [held]);
  });

  test("is not let go earlier by a later, shorter wait", async () => {
    await alone();
    const outbox = outboxOf();
    const channel = newChannel();
    await put(posting("a", "", { channel }));
    const lease = await leaseOf(outbox);
    await outbox.release(lease, hourMs);
    await opened.sql`update outbox_lease set holder = 'x', leased_until = now() + interval '9 s'`;
    await outbox.release({ channel, id: "x" }, 0);
    assert.deepEqual(await outbox.lease(1, []), []);
    assert.ok(((await outbox.nextDueMs()) ?? 0) > hourMs / 2);
  });

  test("with nothing to send is no reason to wake up", async () => {
    await alone();
    const outbox = outboxOf();
    const channel = newChannel();
    await put(posting("a", "", { channel }));
    const lease = await leaseOf(outbox);
    await sendAll(outbox, lease);
    await outbox.release(lease, hourMs);
    assert.equal(await outbox.nextDueMs(), null);
  });
});
