import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { flowQueue } from "../../../src/edges/postgres/queue.ts";
import { keepSchedules, type Scheduled } from "../../../src/edges/postgres/schedules.ts";
import { openStore, type Opened } from "./opened.ts";

describe("schedules", () => {
  let opened: Opened;
  before(async () => void (opened = await openStore()));
  after(() => opened[Symbol.asyncDispose]());

  const weekly = (key: string, rest: Partial<Scheduled> = {}): Scheduled => ({
    key,
    cron: "0 9 * * 1",
    zone: "Europe/Berlin",
    job: { kind: "send-digest", team: key },
    ...rest,
  });
  const rows = async () =>
    opened.sql<{ key: string; cron: string; timezone: string; at: Date; job: unknown }[]>`
      select key, cron, timezone, updated_on as at, data -> 'job' as job from pgboss.schedule
      where name = ${flowQueue} order by key`;
  const kept = async () =>
    (await rows()).map(({ key, cron, timezone }) => `${key}: ${cron} ${timezone}`);

  test("that are wanted are there, and no others", async () => {
    await keepSchedules(opened.boss, [weekly("a"), weekly("b", { zone: "UTC" })]);
    assert.deepEqual(await kept(), ["a: 0 9 * * 1 Europe/Berlin", "b: 0 9 * * 1 UTC"]);
    assert.deepEqual((await rows())[0]?.job, { kind: "send-digest", team: "a" });
    await keepSchedules(opened.boss, [weekly("b", { zone: "UTC" }), weekly("c")]);
    assert.deepEqual(await kept(), ["b: 0 9 * * 1 UTC", "c: 0 9 * * 1 Europe/Berlin"]);
  });

  test("are the same from two workers at once", async () => {
    const wanted = [weekly("b"), weekly("d")];
    await Promise.all([keepSchedules(opened.boss, wanted), keepSchedules(opened.boss, wanted)]);
    assert.deepEqual(await kept(), ["b: 0 9 * * 1 Europe/Berlin", "d: 0 9 * * 1 Europe/Berlin"]);
  });

  test("stay untouched where nothing changed, and are written again where the hour or the zone did", async () => {
    const before = await rows();
    await keepSchedules(opened.boss, [weekly("b"), weekly("d", { cron: "30 8 * * 1" })]);
    const [b, d] = await rows();
    assert.deepEqual(b, before[0]);
    assert.equal(d?.cron, "30 8 * * 1");
    assert.ok(d.at > (before[1]?.at ?? d.at));
  });

  test("that make no sense are refused by name, and those beside them are kept", async () => {
    const wrong = weekly("e", { cron: "0 99 * * 1" });
    await assert.rejects(keepSchedules(opened.boss, [weekly("b"), wrong]), /0 99 \* \* 1/);
    assert.ok((await kept()).includes("b: 0 9 * * 1 Europe/Berlin"));
  });
});
