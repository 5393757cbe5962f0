import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { PgBoss } from "pg-boss";
import { groupCommit, jobIdOf } from "../../../src/edges/postgres/group-commit.ts";
import { enqueueNews } from "../../../src/edges/postgres/enqueue-news.ts";
import { alertQueue, intakeQueue, openBoss } from "../../../src/edges/postgres/queue.ts";
import { delivered, fired } from "../../alert/some-alert.ts";
import { until } from "../../until.ts";
import { flakyNetwork } from "./flaky-network.ts";
import { openStore, team, type Opened } from "./opened.ts";

let opened: Opened;
before(async () => {
  opened = await openStore();
});
after(() => opened[Symbol.asyncDispose]());

const event = (key: string, body: object = { key }) => ({ team, key, body });

async function jobOf(key: string): Promise<{ state: string; data: unknown } | undefined> {
  const [row] = await opened.sql<{ state: string; data: unknown }[]>`
    select state::text, data from pgboss.job where id = ${jobIdOf(team, "slack", key)}`;
  return row;
}

/** The same queue, with each insert counted and, where a test says so, held back. */
function watched(boss: PgBoss) {
  const batches: number[] = [];
  let gate = Promise.resolve();
  const insert: PgBoss["insert"] = async (queue, jobs, options) => {
    batches.push(jobs.length);
    await gate;
    return boss.insert(queue, jobs, options);
  };
  const hold = (): (() => void) => {
    const held = Promise.withResolvers<void>();
    gate = held.promise;
    return held.resolve;
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- group commit uses nothing but insert
  return { boss: { insert } as PgBoss, batches, hold };
}

describe("group commit", () => {
  test("what arrives while one insert is under way goes into the next, and wakes the workers once", async () => {
    const { boss, batches, hold } = watched(opened.boss);
    let woken = 0;
    const { put } = groupCommit(boss, () => void (woken += 1));
    const letGo = hold();
    const first = put(event("first"));
    const others = Array.from({ length: 40 }, (_none, n) => put(event(`other ${n}`)));
    assert.deepEqual(batches, [1]);
    letGo();
    await Promise.all([first, ...others]);
    assert.deepEqual(batches, [1, 40]);
    assert.equal(woken, 2);
    assert.deepEqual((await jobOf("other 39"))?.data, { body: { key: "other 39" } });
  });

  test("an event is in the queue by the time that its sender is told", async () => {
    const { put } = groupCommit(opened.boss, () => undefined);
    await put(event("told"));
    assert.equal((await jobOf("told"))?.state, "created");
  });

  test("an event twice in one batch is one job, and both senders are told", async () => {
    const { boss, batches, hold } = watched(opened.boss);
    const { put } = groupCommit(boss, () => undefined);
    const letGo = hold();
    const all = [put(event("before")), put(event("twice")), put(event("twice"))];
    letGo();
    await Promise.all(all);
    assert.deepEqual(batches, [1, 1]);
  });

  test("an event that comes again is the same job, also once it is done", async () => {
    const { put } = groupCommit(opened.boss, () => undefined);
    await put(event("again"));
    await put(event("again", { key: "forged" }));
    const id = jobIdOf(team, "slack", "again");
    assert.deepEqual((await jobOf("again"))?.data, { body: { key: "again" } });
    await opened.sql`delete from pgboss.job where name = ${intakeQueue} and id <> ${id}`;
    const fetched = await opened.boss.fetch(intakeQueue);
    assert.deepEqual(
      fetched.map((job) => job.id),
      [id],
    );
    await opened.boss.complete(intakeQueue, id);
    await put(event("again"));
    assert.equal((await jobOf("again"))?.state, "completed");
    assert.deepEqual(await opened.boss.fetch(intakeQueue), []);
  });

  test("the same key of another workspace is another job", () => {
    assert.notEqual(jobIdOf("T1", "slack", "Ev1"), jobIdOf("T2", "slack", "Ev1"));
    assert.notEqual(jobIdOf("T1", "slack", "Ev1"), jobIdOf("T1", "slac", "kEv1"));
  });

  test("a text that PostgreSQL cannot hold turns neither its own event away nor its neighbours", async () => {
    const { boss, batches, hold } = watched(opened.boss);
    const { put } = groupCommit(boss, () => undefined);
    const letGo = hold();
    const odd = { text: "a\u0000b", "half\ud83d": ["\udc00"] };
    const all = [put(event("ahead")), put(event("odd", odd)), put(event("neighbour"))];
    letGo();
    await Promise.all(all);
    assert.deepEqual(batches, [1, 2, 2]);
    const mended = { text: "a\ufffdb", "half\ufffd": ["\ufffd"] };
    assert.deepEqual((await jobOf("odd"))?.data, { body: mended });
    assert.ok(await jobOf("neighbour"));
  });
});

describe("what the hooks tell", () => {
  test("goes into the queue of alerts in the same way, and the same news is one job", async () => {
    const { boss, batches, hold } = watched(opened.boss);
    let woken = 0;
    const news = enqueueNews(boss, team, () => void (woken += 1));
    const told = (n: number) => news.alerts([delivered(`group ${n}`, fired(1_000 + n))]);
    const letGo = hold();
    const first = told(0);
    const others = [...Array.from({ length: 40 }, (_none, n) => told(n + 1)), told(40)];
    letGo();
    await Promise.all([first, ...others]);
    assert.deepEqual(batches, [1, 40]);
    assert.equal(woken, 2);
    const rows = await opened.sql`select 1 from pgboss.job where name = ${alertQueue}`;
    assert.equal(rows.length, 41);
  });

  test("is refused beyond a thousand that wait, not hoarded", async () => {
    const { boss, hold } = watched(opened.boss);
    const news = enqueueNews(boss, team, () => undefined);
    const letGo = hold();
    const all = Array.from({ length: 1_002 }, (_none, n) =>
      news.alerts([delivered(`waiting ${n}`, fired(5_000 + n))]),
    );
    await assert.rejects(all[1_001] ?? Promise.resolve(), /1000 rows wait already/);
    letGo();
    await Promise.allSettled(all);
  });
});

describe("with the database away", () => {
  test("gone: each event is refused, and taken when it comes again", async () => {
    await using network = await flakyNetwork(opened.url);
    await using boss = await bossOn(network.url);
    const { put } = groupCommit(boss.queue, () => undefined);
    await put(event("while all is well"));
    await network.cut();
    await assert.rejects(put(event("cut")), /the queue did not/);
    await network.mend();
    await until("the queue takes the event", () =>
      put(event("cut")).then(
        () => true,
        () => false,
      ),
    );
    assert.ok(await jobOf("cut"));
  });

  test("silent: each event is refused within a second, one dead insert holds up no other, and what was refused is not kept", async () => {
    await using network = await flakyNetwork(opened.url);
    await using boss = await bossOn(network.url);
    const { put } = groupCommit(boss.queue, () => undefined);
    await put(event("before the silence"));
    network.goSilent();
    const waiting = ["dead", "queued behind it"].map((key) => refusedInTime(put(event(key))));
    await Promise.all(waiting);
    await network.mend();
    await until("the queue takes the event", () =>
      put(event("dead")).then(
        () => true,
        () => false,
      ),
    );
    assert.ok(await jobOf("dead"));
    assert.equal(await jobOf("queued behind it"), undefined);
  });
});

/** By its own limit, which is below a second, whenever the machine came to it. */
function refusedInTime(putting: Promise<void>): Promise<void> {
  return assert.rejects(putting, (error: Error) =>
    [error, error.cause].some((each) => /did not answer in 900 ms/.test(String(each))),
  );
}

async function bossOn(url: string): Promise<AsyncDisposable & { queue: PgBoss }> {
  const options = { migrates: false, onError: () => undefined, queryTimeoutMs: 1_000 };
  const queue = await openBoss({ url, ...options });
  return {
    queue,
    [Symbol.asyncDispose]: () => queue.stop({ graceful: false, close: true }),
  };
}
