import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { sql } from "drizzle-orm";
import { backlogOf } from "../../../src/edges/postgres/backlog.ts";
import { flowQueue, intakeQueue, openBoss } from "../../../src/edges/postgres/queue.ts";
import { startWorkers, type QueuedJob } from "../../../src/edges/postgres/workers.ts";
import { sweep } from "../../../src/edges/postgres/store.ts";
import { until } from "../../until.ts";
import { beginning, openStore, posting, team, type Opened } from "./opened.ts";

let opened: Opened;
before(async () => {
  opened = await openStore();
});
after(() => opened[Symbol.asyncDispose]());

function withoutSince({ since: _since, ...job }: QueuedJob): Omit<QueuedJob, "since"> {
  return job;
}

/** Workers of a process of their own, and what they were given. */
async function working(handle: (job: QueuedJob) => Promise<void> = noTime) {
  const boss = await openBoss({ url: opened.url, migrates: false, onError: () => undefined });
  const [events, alerts, flows]: [QueuedJob[], QueuedJob[], QueuedJob[]] = [[], [], []];
  const failures: string[] = [];
  const into = (heard: QueuedJob[]) => (job: QueuedJob) => {
    heard.push(job);
    return handle(job);
  };
  const workers = await startWorkers(boss, {
    slackEvent: into(events),
    alerts: into(alerts),
    flowJob: into(flows),
    onFailure: (queue, job, error) => void failures.push(`${queue} ${job.tries} ${String(error)}`),
  });
  return {
    events,
    alerts,
    flows,
    failures,
    wake: () => workers.wake(),
    [Symbol.asyncDispose]: () => boss.stop({ graceful: false, close: true }),
  };
}

const noTime = (): Promise<void> => Promise.resolve();
const reading = () => ({ kind: "read-again", channel: "C2", incident: "inc_1" }) as const;

/** The states that these jobs are in, each once. */
const statesOf = async (ids: readonly string[]): Promise<string> => {
  const rows = await opened.sql<{ state: string }[]>`
    select distinct state::text from pgboss.job where id in ${opened.sql(ids)}`;
  return rows.map(({ state }) => state).join(" ");
};

const put = async (name: string): Promise<string> => {
  const id = randomUUID();
  await opened.boss.insert(intakeQueue, [{ id, data: { body: { name } } }]);
  return id;
};

describe("workers", () => {
  test("are given each event and each flow's job once, those that wait for later not before", async () => {
    await using worker = await working();
    const [now, later] = [randomUUID(), randomUUID()];
    const id = await put("event");
    const incident = `inc_${randomUUID()}` as const;
    const job = { kind: "read-again", channel: "C1", incident } as const;
    const startAfter = new Date(Date.now() + 3_600_000);
    const jobs = [
      { id: later, job, startAfter },
      { id: now, job },
    ];
    await opened.store.commit(beginning(incident, "C1", { jobs }));
    worker.wake();
    await until("both jobs", () => worker.events.length > 0 && worker.flows.length > 0);
    const first = { tries: 0, isLastTry: false };
    assert.deepEqual(worker.events.map(withoutSince), [
      { id, data: { body: { name: "event" } }, ...first },
    ]);
    assert.deepEqual(worker.flows.map(withoutSince), [
      { id: now, data: { workspace: team, job }, ...first },
    ]);
    assert.ok(worker.events.every(({ since }) => since <= new Date()));
    const stateOf = async (which: string) =>
      (await opened.sql`select state::text from pgboss.job where id = ${which}`)[0]?.["state"];
    await until("it is done", async () => (await stateOf(now)) === "completed");
    assert.equal(await stateOf(later), "created");
    assert.equal(worker.failures.length, 0);
  });

  test("try a job that failed again, and the others of its batch not", async () => {
    let isBroken = true;
    const bad = randomUUID();
    await using worker = await working((job) =>
      job.id === bad && isBroken ? Promise.reject(new Error("no luck")) : Promise.resolve(),
    );
    const good = randomUUID();
    const jobs = [bad, good].map((id) => ({ id, data: { body: {} } }));
    await opened.boss.insert(intakeQueue, jobs);
    worker.wake();
    await until("a failure", () => worker.failures.length > 0);
    isBroken = false;
    const triesOf = (id: string) => worker.events.filter((job) => job.id === id);
    await until("the second try", () => triesOf(bad).length === 2);
    assert.deepEqual(
      triesOf(bad).map(({ tries }) => tries),
      [0, 1],
    );
    assert.deepEqual(worker.failures, [`${intakeQueue} 0 Error: no luck`]);
    assert.equal(triesOf(good).length, 1);
  });

  test("say which try is the last, and keep what fails then among the dead", async () => {
    await using worker = await working(() => Promise.reject(new Error("no luck")));
    const id = randomUUID();
    const deadOf = async () =>
      (await backlogOf(opened.connection.sql)).find(({ queue }) => queue === "dead")?.waiting;
    await opened.boss.insert(intakeQueue, [{ id, data: { body: {} }, retryLimit: 1 }]);
    worker.wake();
    await until("it is dead", async () => (await deadOf()) === 1);
    const tries = worker.events.filter((job) => job.id === id);
    assert.deepEqual(
      tries.map(({ isLastTry }) => isLastTry),
      [false, true],
    );
    await opened.sql`delete from pgboss.job where name = 'dead'`;
  });

  test("try an event for a day and more, with pauses of a minute at most", async () => {
    const id = await put("event");
    const [row] = await opened.sql<{ tries: number; pause: number }[]>`
      delete from pgboss.job where id = ${id}
      returning retry_limit as tries, retry_delay_max as pause`;
    assert.ok(row !== undefined && row.pause <= 60 && row.tries * row.pause >= 24 * 3600);
  });

  test("settle what has ended while a slow one of the same batch goes on, and others go on too", async () => {
    const slow = randomUUID();
    const gate = Promise.withResolvers<void>();
    await using worker = await working((job) => (job.id === slow ? gate.promise : noTime()));
    const quick = Array.from({ length: 9 }, () => randomUUID());
    const jobs = [slow, ...quick].map((id) => ({ id, data: { body: {} } }));
    await opened.boss.insert(intakeQueue, jobs);
    worker.wake();
    await until("the quick ones are done", async () => (await statesOf(quick)) === "completed");
    assert.equal(await statesOf([slow]), "active");
    const later = await put("later");
    worker.wake();
    await until("a later one is done", async () => (await statesOf([later])) === "completed");
    gate.resolve();
    await until("the slow one is done", async () => (await statesOf([slow])) === "completed");
    assert.equal(worker.events.length, 11);
  });

  test("take the next job without a pause, also after all of them were busy at once", async () => {
    const [crew, rounds] = [8, 40];
    let held: (() => void)[] = [];
    await using worker = await working(
      () =>
        new Promise((resolve) => {
          held.push(resolve);
          if (held.length < crew) return;
          for (const release of held) release();
          held = [];
        }),
    );
    const jobs = Array.from({ length: crew * rounds }, () => ({
      id: randomUUID(),
      job: reading(),
    }));
    await opened.store.commit(beginning(`inc_${randomUUID()}`, "C2", { jobs }));
    worker.wake();
    // With a look each half second between the rounds this would take twenty.
    await until("all are done", () => worker.flows.length === crew * rounds);
  });

  test("give one job to two where the first shows no sign of life, and its effect is there once", async () => {
    const both = Promise.withResolvers<void>();
    const given: QueuedJob[] = [];
    const commits: string[] = [];
    const id = await put("taken twice");
    const handle = async (job: QueuedJob) => {
      if (job.id !== id) return;
      given.push(job);
      if (given.length === 2) both.resolve();
      await both.promise;
      const effects = [posting(`answer:${job.id}`, "once")];
      commits.push(await opened.store.commit({ workspace: team, handled: [job.id], effects }));
    };
    await using first = await working(handle);
    first.wake();
    await until("the first has it", () => given.length === 1);
    await using second = await working(handle);
    await opened.sql`
      update pgboss.job set heartbeat_on = heartbeat_on - interval '1 minute' where id = ${id}`;
    await until("both have handled it", () => commits.length === 2);
    assert.deepEqual(commits.toSorted(), ["committed", "repeat"]);
    const rows = await opened.sql`delete from outbox where key = ${`answer:${id}`} returning 1`;
    assert.equal(rows.length, 1);
    await until("it is settled once", async () => (await statesOf([id])) === "completed");
    assert.deepEqual([...first.failures, ...second.failures], []);
  });

  test("keep nothing of what a query was asked with beside a job that failed", async () => {
    const id = randomUUID();
    await using worker = await working(async (job) => {
      if (job.id === id) await opened.db.execute(sql`select ${"canary"}::int`);
    });
    await opened.boss.insert(intakeQueue, [{ id, data: { body: {} } }]);
    const output = await until("it has failed", async () => {
      const [row] = await opened.sql<{ output: { message: string } | null }[]>`
        select output from pgboss.job where id = ${id}`;
      return row?.output;
    });
    assert.match(output.message, /invalid input syntax/);
    assert.doesNotMatch(JSON.stringify(output), /canary/);
    assert.equal(worker.failures.length, 1);
  });

  test("take over the job of a process that died with it, soon after its last heartbeat", async () => {
    const id = await put("orphan");
    const [fetched] = await opened.boss.fetch(intakeQueue);
    assert.equal(fetched?.id, id);
    await using worker = await working();
    // The process that fetched it shows no sign of life any more; only the waiting is shortened.
    await opened.sql`
      update pgboss.job set heartbeat_on = heartbeat_on - interval '10 seconds',
        started_on = started_on - interval '10 seconds' where id = ${id}`;
    const taken = await until("it is taken over", () => worker.events.find((job) => job.id === id));
    assert.equal(taken.tries, 1);
  });
});

describe("the backlog", () => {
  const waiting = async (queue: string) =>
    (await backlogOf(opened.connection.sql)).find((each) => each.queue === queue);

  test("names every queue and the outbox, with what could be done now and how long it has waited", async () => {
    assert.deepEqual(await waiting(intakeQueue), {
      queue: intakeQueue,
      waiting: 0,
      oldestSeconds: 0,
    });
    const id = await put("waits");
    await opened.sql`
      update pgboss.job set start_after = now() - interval '1 minute' where id = ${id}`;
    const { waiting: count, oldestSeconds = 0 } = (await waiting(intakeQueue)) ?? {};
    assert.equal(count, 1);
    assert.ok(oldestSeconds >= 60 && oldestSeconds < 90);
    assert.equal((await waiting(flowQueue))?.waiting, 0);
    assert.deepEqual(await waiting("outbox"), { queue: "outbox", waiting: 0, oldestSeconds: 0 });
  });
});

describe("sweeping", () => {
  test("forgets messages that are older than they are kept, and no others", async () => {
    const said = [40, 20].map((days) => {
      const ts = `${Math.floor(Date.now() / 1000) - days * 86_400}.000100`;
      const rest = { user: "UANA", isBot: false, threadTs: null, editedTs: null };
      return { ts, text: `${days} days ago`, ...rest };
    });
    const messages = { channel: "C-OLD", said };
    await opened.store.commit({ workspace: team, handled: [], messages });
    const texts = async () => {
      const of = { channel: "C-OLD", since: new Date(0) };
      return (await opened.store.messagesOf(team, of)).map(({ text }) => text);
    };
    await sweep(opened.db, { keepsMessagesDays: 30 });
    assert.deepEqual(await texts(), ["20 days ago"]);
    await sweep(opened.db, { keepsMessagesDays: 7 });
    assert.deepEqual(await texts(), []);
  });

  test("forgets claims that cannot come again, and no others", async () => {
    await opened.store.commit({ workspace: team, handled: ["old", "new"] });
    await opened.sql`update handled set at = now() - interval '9 days' where id = 'old'`;
    await sweep(opened.db, { keepsMessagesDays: 30 });
    assert.equal(await opened.store.wasHandled(team, ["old"]), false);
    assert.equal(await opened.store.wasHandled(team, ["new"]), true);
  });
});
