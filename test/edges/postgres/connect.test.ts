import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { connect, limitTransaction } from "../../../src/edges/postgres/connect.ts";
import { storeOn } from "../../../src/edges/postgres/store.ts";
import { until } from "../../until.ts";
import { flakyNetwork } from "./flaky-network.ts";
import { beginning, openStore, team, type Opened } from "./opened.ts";

let opened: Opened;
before(async () => {
  opened = await openStore();
});
after(() => opened[Symbol.asyncDispose]());

const silenceMaxMs = 1_000;
/** More than the connections that there are, so that each of them is asked. */
const questions = Array.from({ length: 20 }, (_none, n) => n);

describe("a database that goes silent", () => {
  test("fails what waits for it, also in a transaction and for a free connection, and answers again as soon as it can", async () => {
    await using network = await flakyNetwork(opened.url);
    await using connection = connect(network.url, { silenceMaxMs });
    await Promise.all(questions.map(() => connection.sql`select 1`));
    network.goSilent();
    const asked = [
      ...questions.map(() => connection.sql`select 1`),
      connection.db.transaction((tx) => tx.execute(sql`select 1`)),
    ];
    for (const { status } of await Promise.allSettled(asked)) assert.equal(status, "rejected");
    await network.mend();
    const answers = () => Promise.all(questions.map(() => connection.sql`select 1`));
    await until("it answers again", () => answers().catch(() => null));
  });

  test("keeps nobody who wants to end", async () => {
    await using network = await flakyNetwork(opened.url);
    const connection = connect(network.url);
    await connection.sql`select 1`;
    network.goSilent();
    const asked = assert.rejects(connection.sql`select 1`);
    await turn();
    await connection[Symbol.asyncDispose]();
    await asked;
  });
});

describe("a connection that is lost within a transaction", () => {
  const half = (tx: { execute(query: ReturnType<typeof sql>): Promise<unknown> }) =>
    tx.execute(sql`update workspace set name = 'half' where id = ${team}`);

  test("takes the transaction with it and nothing else: the program and its other connections live on", async () => {
    await using network = await flakyNetwork(opened.url);
    await using connection = connect(network.url);
    const whileItWaits = connection.db.transaction(async (tx) => {
      await half(tx);
      await Promise.all([tx.execute(sql`select pg_sleep(5)`), network.cut()]);
    });
    await assert.rejects(whileItWaits);
    await network.mend();
    const betweenTwo = connection.db.transaction(async (tx) => {
      await half(tx);
      await network.cut();
      await half(tx);
    });
    await assert.rejects(betweenTwo);
    await network.mend();
    await until("it answers again", () => connection.sql`select 1`.catch(() => null));
    await Promise.all(questions.map(() => connection.sql`select 1`));
    const [row] = await connection.sql<{ name: string }>`select name from workspace`;
    assert.equal(row?.name, team);
  });

  test("leaves the store whole: the same change can be committed again", async () => {
    await using network = await flakyNetwork(opened.url);
    await using connection = connect(network.url, { silenceMaxMs });
    const store = storeOn(connection.db, opened.boss, () => undefined);
    const id = `inc_${randomUUID()}` as const;
    const change = beginning(id, "CLOST", { handled: [id] });
    await store.wasHandled(team, [id]);
    network.goSilent();
    await assert.rejects(store.commit(change));
    await network.mend();
    await until("it is committed", () => store.commit(change).catch(() => null));
    assert.equal(await store.commit(change), "repeat");
    assert.equal((await store.incident(team, id))?.seq, 1);
  });
});

test("a transaction's limits are the server's too, and end with it", async () => {
  const limits = sql`select current_setting('statement_timeout') as statement,
    current_setting('lock_timeout') as lock,
    current_setting('idle_in_transaction_session_timeout') as idle`;
  await using connection = connect(opened.url);
  const within = await connection.db.transaction(async (tx) => {
    await limitTransaction(tx);
    return (await tx.execute(limits)).rows;
  });
  assert.deepEqual(within, [{ statement: "10s", lock: "5s", idle: "10s" }]);
  const { rows } = await connection.db.execute(limits);
  assert.deepEqual(rows, [{ statement: "0", lock: "0", idle: "0" }]);
});

test("a change that waits for somebody's lock gives up", async () => {
  const id = `inc_${randomUUID()}` as const;
  await opened.store.commit(beginning(id, "CLOCK"));
  const { promise: letGo, resolve } = Promise.withResolvers<void>();
  const locked = Promise.withResolvers<void>();
  const holding = opened.sql.begin(async (tx) => {
    await tx`select 1 from incident where id = ${id} for update`;
    locked.resolve();
    await letGo;
  });
  await locked.promise;
  const change = { workspace: team, handled: [], about: { kind: "existing", id, seq: 1 } } as const;
  await assert.rejects(opened.store.commit(change), /for update/);
  resolve();
  await holding;
  assert.equal(await opened.store.commit(change), "committed");
});
