import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { declare, onChannelSeen, onInvited } from "../../src/flows/begin-incident.ts";
import type { Chat, HistoryMessage } from "../../src/flows/chat.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { onMessageStands } from "../../src/flows/keep-messages.ts";
import { catchUpOnHistory } from "../../src/flows/read-history.ts";
import { runJob } from "../../src/flows/run-job.ts";
import { actionIds } from "../../src/message/actions.ts";
import {
  ana,
  begunWorld,
  bo,
  bot,
  fakeWorld,
  incidentChannel,
  teamChannel,
  type FakeWorld,
} from "./fake-world.ts";
import { kept, told } from "./kept-messages.ts";

const { id: channel } = incidentChannel;
const rolledBack = "I rolled back checkout, no change.";

function withHistory(...messages: readonly HistoryMessage[]): FakeWorld {
  const fake = fakeWorld();
  fake.history.set("", [...messages]);
  return fake;
}

async function begin(fake: FakeWorld): Promise<string[]> {
  await onChannelSeen(fake.world, { job: fake.job(), channel });
  return fake.work();
}

const readTo = async (fake: FakeWorld) =>
  (await fake.store.openChannels("T1", [channel]))[0]?.readTo ?? null;
const pagesOf = ({ world }: FakeWorld): Chat["history"] => {
  const { chat } = world;
  return chat.history.bind(chat);
};
const numbered = (count: number) =>
  Array.from({ length: count }, (_, n) => told(count - n, `message ${n}`));
const newestList = (fake: FakeWorld) => {
  const list = Math.max(...fake.store.suggestions.map((each) => each.list));
  return fake.store.suggestions.filter((each) => each.list === list).map(({ stepId }) => stepId);
};

describe("what was said before the bot came", () => {
  test("is stored on joining, oldest first, up to the newest message", async () => {
    const fake = withHistory(told(20, "checkout is slow"), told(3, "still slow", { user: bo }));
    await begin(fake);
    assert.deepEqual(await kept(fake), ["checkout is slow", "still slow"]);
    assert.equal(await readTo(fake), told(3, "").ts);
  });

  test("is read a page a job, each committed with the job of the next", async () => {
    const fake = withHistory(...numbered(7));
    fake.historyPage = 3;
    const pages = (await begin(fake)).filter((kind) => kind === "read-history");
    assert.equal(pages.length, 3);
    assert.equal((await kept(fake)).length, 7);
  });

  test("is read on after a crash between two pages, and nothing twice", async () => {
    const fake = withHistory(...numbered(7));
    fake.historyPage = 3;
    await onChannelSeen(fake.world, { job: fake.job(), channel });
    const taken = () => {
      const place = fake.store.jobs.findIndex(({ job }) => job.kind === "read-history");
      const [next] = fake.store.jobs.splice(place, 1);
      if (next === undefined) throw new Error("no page is to be read");
      return next;
    };
    const first = taken();
    await runJob(fake.world, first.id, first.job);
    const second = taken();
    const history = pagesOf(fake);
    fake.world.chat.history = () => Promise.reject(new Error("the process ended here"));
    await assert.rejects(runJob(fake.world, second.id, second.job));
    assert.deepEqual([(await kept(fake)).length, await readTo(fake)], [3, null]);
    fake.world.chat.history = history;
    for (const { id, job } of [first, second]) await runJob(fake.world, id, job);
    await fake.work();
    assert.equal((await kept(fake)).length, 7);
    assert.equal(await readTo(fake), numbered(7)[6]?.ts);
  });

  test("is read no further back than a day, and no more than 500 messages of it", async () => {
    const old = withHistory(told(25 * 60, "of yesterday's deploy"), told(23 * 60, "of today"));
    await begin(old);
    assert.deepEqual(await kept(old), ["of today"]);
    const full = withHistory(...numbered(650));
    await begin(full);
    const texts = await kept(full);
    assert.deepEqual([texts.length, texts.at(-1)], [500, "message 649"]);
  });

  test("is read for two hours in a channel that is no incident's by name", async () => {
    const fake = withHistory(told(180, "about another thing"), told(60, "carts vanish"));
    const words = { title: "Carts vanish" };
    await declare(fake.world, { job: fake.job(), channel: teamChannel.id, user: ana, ...words });
    await fake.work();
    assert.deepEqual(await kept(fake, teamChannel.id), ["carts vanish"]);
  });

  test("is read with its threads, whose first message may be older", async () => {
    const root = told(30, "what do we know?", { lastReplyTs: told(2, "").ts });
    const fake = withHistory(root, told(28, "nothing yet"));
    fake.history.set(root.ts, [
      told(26, "errors in the log", { threadTs: root.ts }),
      told(2, rolledBack, { threadTs: root.ts }),
    ]);
    fake.historyPage = 1;
    await begin(fake);
    assert.deepEqual(await kept(fake), [
      "what do we know?",
      "nothing yet",
      "errors in the log",
      rolledBack,
    ]);
  });

  test("is stored without its secrets, and without what the bot said itself", async () => {
    const secret = "the token is ghp_16C7e42F292c6912E7710c838347Ae178B4a";
    const fake = withHistory(told(9, secret), told(8, "INC-1", { user: bot, isBot: true }));
    await begin(fake);
    assert.deepEqual(await kept(fake), ["the token is [secret:github-personal-token]"]);
  });

  test("is waited for until the bot is in the channel, and as long as Slack's rate asks", async () => {
    const fake = withHistory(told(9, "checkout is slow"));
    fake.historyAnswers.push(
      { kind: "unseen" },
      { kind: "unseen" },
      { kind: "later", afterMs: 60_000 },
    );
    await begin(fake);
    assert.deepEqual(await kept(fake), []);
    for (const seconds of [0.25, 0.5]) {
      fake.pass(seconds / 60);
      // oxlint-disable-next-line no-await-in-loop -- one wait after the other
      await fake.work();
    }
    assert.deepEqual(fake.historyAnswers, [], "asked again");
    fake.pass(0.9);
    await fake.work();
    assert.deepEqual(await kept(fake), [], "Slack asked for a minute");
    fake.pass(0.2);
    await fake.work();
    assert.deepEqual(await kept(fake), ["checkout is slow"]);
  });

  test("is given up in the end where Slack shows nothing, and the log says so", async () => {
    const fake = fakeWorld();
    fake.world.chat.history = async () => ({ kind: "unseen" });
    await begin(fake);
    for (let n = 0; n < 45; n += 1) {
      fake.pass(0.6);
      // oxlint-disable-next-line no-await-in-loop -- one wait after the other
      await fake.work();
    }
    assert.match(fake.troubles.join("\n"), /the history of CINC was not read/);
    assert.ok(!fake.store.jobs.some(({ job }) => job.kind === "read-history"));
  });
});

describe("what was said becomes context", () => {
  test("a deed is not proposed again, though the first list was there before the history", async () => {
    const without = await begunWorld();
    assert.ok(newestList(without).includes("roll-back-deploy"));
    const fake = withHistory(told(9, rolledBack));
    assert.ok((await begin(fake)).includes("investigate"));
    assert.ok(!newestList(fake).includes("roll-back-deploy"), newestList(fake).join());
  });

  test("a deed that was read before the list is left out of it, and no second list follows", async () => {
    const fake = withHistory(told(9, rolledBack));
    await onChannelSeen(fake.world, { job: fake.job(), channel });
    fake.store.jobs.reverse();
    assert.deepEqual(await fake.work(), ["read-history", "investigate", "weigh-history"]);
    assert.deepEqual([...new Set(fake.store.suggestions.map(({ list }) => list))], [1]);
    assert.ok(!newestList(fake).includes("roll-back-deploy"));
  });

  test("a service that was named there is read", async () => {
    const fake = withHistory(told(9, "checkout answers nothing"));
    fake.channels.set(channel, { ...incidentChannel, name: "inc-7" });
    await begin(fake);
    const incident = fake.store.incidents()[0];
    assert.equal(incident?.service, "checkout");
  });

  test("pasted log lines are evidence", async () => {
    const line = "ERROR pool exhausted";
    const lines = `\`\`\`\n${[1, 2, 3, 4, 5].map((n) => `${line}, waited ${n} ms`).join("\n")}\n\`\`\``;
    const fake = withHistory(told(1, lines));
    await begin(fake);
    fake.pass(1);
    await fake.work();
    assert.match(fake.messages(channel)[0]?.body.text ?? "", /pool exhausted/);
  });

  test("and is read by its own channel's incident alone", async () => {
    const fake = withHistory(told(9, rolledBack));
    fake.channels.set(channel, { ...incidentChannel, kind: "private" });
    await onInvited(fake.world, { job: fake.job(), channel, by: ana });
    await fake.work();
    fake.history.clear();
    const words = { title: "Checkout is slow" };
    await declare(fake.world, { job: fake.job(), channel: teamChannel.id, user: ana, ...words });
    await fake.work();
    const own = fake.store.incidents().find((each) => each.channel === teamChannel.id);
    const offered = fake.store.suggestions.filter(({ incidentId }) => incidentId === own?.id);
    assert.ok(offered.some(({ stepId }) => stepId === "roll-back-deploy"));
  });
});

describe("after it was away", () => {
  async function begun(): Promise<FakeWorld> {
    const fake = withHistory(told(20, "checkout is slow"), told(3, "before it went"));
    await begin(fake);
    return fake;
  }

  test("the gap is read from where the history was read to", async () => {
    const fake = await begun();
    const asked: (string | null)[] = [];
    const history = pagesOf(fake);
    fake.world.chat.history = async (of, span) => {
      asked.push(span.before);
      return history(of, span);
    };
    fake.historyPage = 2;
    fake.history.get("")?.push(told(-4, "meanwhile"), told(-5, "and this"), told(-6, "and that"));
    fake.pass(10);
    await catchUpOnHistory(fake.world);
    await fake.work();
    assert.deepEqual((await kept(fake)).slice(2), ["meanwhile", "and this", "and that"]);
    assert.deepEqual(asked, [null, told(-5, "").ts], "no page beyond the one that reaches it");
    assert.equal(await readTo(fake), told(-6, "").ts);
  });

  test("what was heard live does not move it: the gap before is read all the same", async () => {
    const fake = await begun();
    fake.history.get("")?.push(told(-4, "missed"), told(-6, "heard"));
    fake.pass(10);
    await onMessageStands(fake.world, { channel, ...told(-6, "heard") });
    assert.equal(await readTo(fake), told(3, "").ts);
    await catchUpOnHistory(fake.world);
    await fake.work();
    assert.deepEqual((await kept(fake)).slice(2), ["missed", "heard"]);
  });

  test("new answers in an older thread are read too", async () => {
    const fake = await begun();
    const first = fake.history.get("")?.[0];
    fake.history.set("", [{ ...told(20, "checkout is slow"), lastReplyTs: told(-4, "").ts }]);
    fake.history.set(first?.ts ?? "", [
      told(-4, "answered meanwhile", { threadTs: first?.ts ?? null }),
    ]);
    fake.pass(10);
    await catchUpOnHistory(fake.world);
    await fake.work();
    assert.equal((await kept(fake)).at(-1), "answered meanwhile");
  });

  test("nothing is asked where no incident is open", async () => {
    const fake = await begun();
    const value = fake.store.incidents()[0]?.id ?? "";
    const event = { job: fake.job(), channel, user: ana };
    await handleClick(fake.world, { ...event, actionId: actionIds.resolve, value });
    fake.store.jobs.splice(0);
    await catchUpOnHistory(fake.world);
    assert.deepEqual(fake.store.jobs, []);
  });

  test("a bot that was taken out and is invited again reads what it missed", async () => {
    const fake = await begun();
    fake.history.get("")?.push(told(-4, "said without it"));
    fake.pass(6);
    await onInvited(fake.world, { job: fake.job(), channel, by: ana });
    await fake.work();
    assert.equal((await kept(fake)).at(-1), "said without it");
  });
});
