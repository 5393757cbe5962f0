import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { onChannelSeen } from "../../src/flows/begin-incident.ts";
import type { SharedFile } from "../../src/flows/chat.ts";
import { giveUp } from "../../src/flows/run-job.ts";
import { readLine } from "../../src/log-line.ts";
import { onFilesShared } from "../../src/flows/shared-files.ts";
import {
  ana,
  begunWorld,
  fakeWorld,
  incidentChannel,
  onset,
  teamChannel,
  type FakeWorld,
} from "./fake-world.ts";

const clock = (seconds: number): string => new Date((onset + seconds) * 1000).toISOString();
const errors = (count: number): string =>
  Array.from({ length: count }, (_, n) => `ERROR pool exhausted, waited ${n} ms`).join("\n");
const log = (text: string, name = "app.log", leftOut: readonly string[] = []): SharedFile => ({
  kind: "log",
  name,
  lines: text.split("\n").map(readLine),
  leftOut,
});

const ts = `${onset + 290}.000100`;

/** Shares files in the incident's thread, without a word unless some are given. */
async function share(fake: FakeWorld, files: readonly SharedFile[], text = ""): Promise<void> {
  const ids = files.map((file, index) => {
    fake.files.set(`F${index}`, file);
    return `F${index}`;
  });
  const place = { channel: incidentChannel.id, ts, threadTs: `${onset}.000001` };
  const job = fake.job();
  await onFilesShared(fake.world, { job, ...place, user: ana, text, files: ids });
}

const living = (fake: FakeWorld): string => fake.messages(incidentChannel.id)[0]?.body.text ?? "";
const answers = (fake: FakeWorld): string[] =>
  fake
    .messages(incidentChannel.id)
    .filter(({ key }) => key.startsWith("files:"))
    .map(({ body }) => body.text);

async function afterSharing(files: readonly SharedFile[], text = ""): Promise<FakeWorld> {
  const fake = await begunWorld();
  await share(fake, files, text);
  await fake.work();
  return fake;
}

describe("a log file that somebody shares", () => {
  test("is read at once, and its lines count as after the onset where they tell no time", async () => {
    const fake = await afterSharing([log(errors(5))]);
    assert.match(
      living(fake),
      /log line of checkout, 5× since 14:02.*"pool exhausted, waited &lt;n&gt; ms"/,
    );
    assert.deepEqual(answers(fake), []);
  });

  test("is told once, however often it is read, and no second list of steps is posted", async () => {
    const fake = await begunWorld();
    const before = fake.messages(incidentChannel.id).length;
    await share(fake, [log(errors(5))]);
    for (const _reading of [1, 2, 3]) {
      // oxlint-disable-next-line no-await-in-loop -- one reading after the other
      await fake.work();
      fake.pass(2);
    }
    assert.equal(living(fake).split("pool exhausted").length, 2);
    assert.equal(fake.messages(incidentChannel.id).length, before);
  });

  test("belongs to the service that its message or its name tells, else to the incident's", async () => {
    const file = log(errors(5), "payments_2026-11-23.log");
    assert.match(living(await afterSharing([file])), /log line of payments, 5×/);
    const said = await afterSharing([log(errors(5))], "from payments, since two");
    assert.match(living(said), /log line of payments, 5×/);
  });

  test("keeps its lines' own times: what came before the onset as well is not new", async () => {
    const usual = Array.from({ length: 60 }, (_, n) => `${clock(n * 60 - 3_300)} ERROR no route`);
    assert.doesNotMatch(living(await afterSharing([log(usual.join("\n"))])), /no route/);
  });

  test("loses no error among more lines than are kept, and what is left out is counted", async () => {
    const many = Array.from({ length: 9_000 }, (_, n) => `${clock(n / 3 - 2_800)} INFO GET / 200`);
    const rare = Array.from({ length: 12 }, (_, n) => `${clock(n * 10 + 5)} ERROR no route`);
    const fake = await afterSharing([
      log([...many, ...rare].join("\n"), "app.log", ["the rest of it"]),
    ]);
    assert.match(living(fake), /new log line of checkout, 12× .*"no route"/);
    assert.match(living(fake), /Left out: .*4,012 pasted or shared log lines: .*beyond 5,000/);
    assert.match(living(fake), /the rest of it/);
  });

  test("is read no more once it is deleted, and what it showed stays known", async () => {
    const fake = await afterSharing([log(errors(5))]);
    fake.files.clear();
    fake.pass(2);
    await fake.work();
    assert.match(living(fake), /pool exhausted/);
    assert.doesNotMatch(living(fake), /Not read/);
  });

  test("is a stated gap at a reading where Slack does not give it", async () => {
    const fake = await afterSharing([log(errors(5))]);
    Object.assign(fake.world.chat, { file: () => Promise.reject(new Error("HTTP 503")) });
    fake.pass(2);
    await fake.work();
    assert.match(living(fake), /Not read: the shared log files \(HTTP 503\)\./);
  });

  test("waits for the first reading where there was none yet", async () => {
    const fake = fakeWorld();
    await onChannelSeen(fake.world, { job: fake.job(), channel: incidentChannel.id });
    await share(fake, [log(errors(5))]);
    fake.store.jobs.reverse();
    const done = (await fake.work()).filter((kind) => kind !== "read-history");
    assert.deepEqual(done, ["read-files", "investigate"]);
    assert.match(living(fake), /log line of checkout, 5×/);
  });
});

describe("a file that is not read is told of in one message, where it was shared", () => {
  test("with the reason: no text, not shown, no permission, no log, too many", async () => {
    const files: SharedFile[] = [
      { kind: "unreadable", name: "core.<dump>", because: "not-text" },
      { kind: "unreadable", name: "theirs.log", because: "not-shown" },
      { kind: "unreadable", because: "no-permission" },
      { kind: "unreadable", name: "notes.txt", because: "no-log" },
      log(errors(5)),
      log(errors(5), "sixth.log"),
    ];
    const fake = await afterSharing(files);
    assert.deepEqual(answers(fake), [
      [
        "core.‹dump› was not read: it is not text in UTF-8.",
        "theirs.log was not read: Slack does not let me see what is in it.",
        "The file was not read: the app lacks the permission files:read.",
        "notes.txt was not read as a log: too few of its lines begin with a time or a level.",
        "1 more of these files was not read: the limit is 5 a message.",
      ].join("\n"),
    ]);
    const [told] = fake.messages(incidentChannel.id).filter(({ key }) => key.startsWith("files:"));
    assert.deepEqual(told?.place, { in: "thread", of: { ts: `${onset}.000001` } });
    assert.match(living(fake), /log line of checkout, 5×/);
  });

  test("but not of pictures and of what was deleted", async () => {
    const fake = await afterSharing([{ kind: "none" }]);
    assert.deepEqual(answers(fake), []);
  });

  test("nor where no incident is open, and then it is not asked for", async () => {
    const fake = fakeWorld();
    Object.assign(fake.world.chat, { file: () => assert.fail("it was asked for") });
    const place = { channel: teamChannel.id, ts, threadTs: null, user: ana, text: "" };
    await onFilesShared(fake.world, { job: fake.job(), ...place, files: ["F0"] });
    assert.deepEqual(await fake.work(), []);
  });

  test("once, where the event comes twice", async () => {
    const fake = await begunWorld();
    const file: SharedFile = { kind: "unreadable", name: "a", because: "not-text" };
    await share(fake, [file]);
    await share(fake, [file]);
    await fake.work();
    assert.equal(answers(fake).length, 1);
  });

  test("and when Slack stays away, that it failed", async () => {
    const fake = await begunWorld();
    await share(fake, [log(errors(5))]);
    const [next] = fake.store.jobs.filter(({ job }) => job.kind === "read-files");
    assert.ok(next !== undefined);
    await giveUp(fake.world, next.id, next.job);
    const text = fake.messages(incidentChannel.id).at(-1)?.body.text ?? "";
    assert.match(text, /^Something went wrong here/);
  });
});
