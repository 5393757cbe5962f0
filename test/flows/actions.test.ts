import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { digestAnswer } from "../../src/flows/digest-of-week.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { submitAction } from "../../src/flows/keep-actions.ts";
import { actionIds } from "../../src/message/actions.ts";
import {
  ana,
  begunWorld,
  bo,
  bot,
  incidentChannel,
  teamChannel,
  type FakeWorld,
} from "./fake-world.ts";
import {
  click as clickPostmortem,
  idOf,
  newest,
  postmortem,
  resolved,
  versions,
} from "./postmortem.ts";

const items = (fake: FakeWorld) => fake.store.actionItems("T1", idOf(fake));
const last = (fake: FakeWorld, user: string) => fake.ephemerals(user).at(-1)?.text ?? "";

async function click(fake: FakeWorld, user: string, words: string): Promise<string> {
  await handleClick(fake.world, {
    job: fake.job(),
    channel: incidentChannel.id,
    user,
    actionId: `${actionIds.action}:x`,
    value: `${idOf(fake)} ${words}`,
    triggerId: "trigger",
  });
  return last(fake, user);
}

async function save(
  fake: FakeWorld,
  values: Readonly<Record<string, string>>,
  { user = ana, about = "new" } = {},
): Promise<string> {
  await submitAction(fake.world, {
    job: fake.job(),
    user,
    about: `${idOf(fake)} ${about}`,
    values: Object.fromEntries(
      Object.entries(values).map(([id, value]) => [`action:${id}`, value]),
    ),
  });
  return last(fake, user);
}

describe("action items", () => {
  test("are listed for whoever may see the incident, with what its draft proposes", async () => {
    const fake = await begunWorld();
    assert.equal(await postmortem(fake, "actions"), "INC-1 has no action items on record yet.");
    await postmortem(fake, "draft");
    assert.match(
      await postmortem(fake, "actions"),
      /^INC-1 has no action items on record yet\.\nThe postmortem proposes:\n• Alert on /,
    );
    assert.match(JSON.stringify(fake.ephemerals(ana).at(-1)?.blocks), /Take over the \d proposed/);
    const hidden = { ...incidentChannel, kind: "private" } as const;
    fake.store.channels.set(hidden.id, hidden);
    fake.store.channels.set(teamChannel.id, teamChannel);
    assert.match(
      await postmortem(fake, "actions INC-1", { channel: teamChannel.id }),
      /^There is no INC-1 that may be shown here/,
    );
  });

  test("that are proposed are taken over by one click, once, and the postmortem tells them", async () => {
    const fake = await begunWorld();
    await postmortem(fake, "draft");
    const before = newest(fake);
    assert.match(await click(fake, bo, "take"), /^The \d proposed are on record; each waits/);
    const taken = await items(fake);
    assert.ok(
      taken.length > 1 && taken.every(({ owner, state }) => owner === null && state === "open"),
    );
    assert.deepEqual(versions(fake).at(-1), [2, "actions", "draft", 1]);
    assert.notEqual(newest(fake), before);
    assert.match(
      newest(fake),
      /- \[ \] Alert on .*\. P2\. Owner: nobody yet\. .* \(recorded by Bo Okafor, /,
    );
    assert.match(await click(fake, ana, "take"), /^Nothing is proposed that is not on record/);
    assert.equal((await items(fake)).length, taken.length);
    assert.match(await postmortem(fake, "draft"), /^Nothing new happened/);
    await resolved(fake);
    await postmortem(fake, "draft");
    assert.equal((newest(fake).match(/- \[ \] Alert on /g) ?? []).length, 1, "not proposed again");
  });

  test("are added and changed by a form, and what is odd about one is said", async () => {
    const fake = await begunWorld();
    fake.opening = "open";
    await click(fake, ana, "add");
    assert.equal(fake.opened, 1);
    assert.match(
      await save(fake, { text: "Alert on p99", due: "2026-11-20" }),
      /^It is saved\. Its due date, 2026-11-20, is past\. It has no owner yet, so nobody is reminded\.\nAction items of INC-1: 1 open \(1 overdue\), 0 closed\.\n• P2 Alert on p99\. Owner: nobody yet\. Due: 2026-11-20, overdue\./,
    );
    const [item] = await items(fake);
    const about = `${item?.id} 1`;
    const changed = { text: "Alert on p95", owner: bo, due: "2026-12-01", priority: "P1" };
    assert.match(
      await save(fake, changed, { about }),
      /^It is saved\.\nAction items of INC-1: 1 open, 0 closed\.\n• P1 Alert on p95\. Owner: <@UBO>\. Due: 2026-12-01\./,
    );
    assert.match(
      await save(fake, { text: "Alert on p90" }, { about, user: bo }),
      /^<@UANA> changed it while your form was open; nothing was saved\. .* You wrote: Alert on p90\n/,
    );
    assert.match(await save(fake, { text: "x", owner: bot }), /^<@UBOT> is a program; nothing was/);
    assert.match(
      await click(fake, bo, `done ${item?.id}`),
      /^It is done\.\nAction items of INC-1: 0 open, 1 closed\./,
    );
    assert.deepEqual(
      (await items(fake)).map(({ text, state, revision, by }) => [text, state, revision, by]),
      [["Alert on p95", "done", 3, bo]],
    );
  });

  test("that are closed after publishing leave the postmortem published", async () => {
    const fake = await resolved(await begunWorld());
    await postmortem(fake, "draft");
    await clickPostmortem(fake, ana, `${idOf(fake)} publish`);
    await save(fake, { text: "Alert on p99" });
    assert.deepEqual(versions(fake).at(-1), [3, "actions", "published", 2]);
    assert.match(newest(fake), /- \[ \] Alert on p99\. P2\./);
  });

  test("are for members of the incident's channel to change, and outside a public one for them to own", async () => {
    const fake = await begunWorld();
    const hidden = { ...incidentChannel, kind: "private" } as const;
    fake.store.channels.set(hidden.id, hidden);
    fake.channels.set(hidden.id, hidden);
    fake.members.set(incidentChannel.id, [bo, bot]);
    assert.match(await save(fake, { text: "Alert on p99" }), /^Only members of #inc-7/);
    assert.match(
      await save(fake, { text: "Alert on p99", owner: ana }, { user: bo }),
      /^<@UANA> is no member of the incident's channel, which is not public; nothing was saved\./,
    );
    assert.deepEqual(await items(fake), []);
  });

  test("of two people at once are both kept", async () => {
    const fake = await begunWorld();
    await postmortem(fake, "draft");
    fake.store.beforeNextCommit = async () =>
      void (await save(fake, { text: "Theirs" }, { user: bo }));
    await save(fake, { text: "Mine" });
    assert.deepEqual((await items(fake)).map(({ text }) => text).toSorted(), ["Mine", "Theirs"]);
    assert.match(newest(fake), /Theirs[^]*Mine|Mine[^]*Theirs/);
  });
});

describe("the digest", () => {
  test("counts the items that are open, and those of them that are overdue, without a name", async () => {
    const fake = await begunWorld();
    await save(fake, { text: "Alert on p99", owner: bo, due: "2026-11-22" });
    await save(fake, { text: "Write a runbook", due: "2026-11-23" });
    await save(fake, { text: "Ship less" });
    const done = (await items(fake)).find(({ text }) => text === "Ship less");
    await click(fake, ana, `done ${done?.id}`);
    const { text } = await digestAnswer(fake.world, teamChannel.id, "");
    assert.match(text, /\nOpen action items: 2 \(1 overdue\)\./);
    assert.doesNotMatch(text, /UBO/);
  });
});

const lead = (fake: FakeWorld) => ({
  job: fake.job(),
  channel: incidentChannel.id,
  user: ana,
  actionId: actionIds.lead,
  value: idOf(fake),
});

describe("the owner of an item", () => {
  const reminders = (fake: FakeWorld) =>
    fake.messages(`D${bo}`).map(({ body }) => (body.text ?? "").split("\n")[0]);
  const hours = (n: number) => n * 60;

  test("is reminded on the working day before it is due and on the working morning after, once each", async () => {
    const fake = await begunWorld();
    // Now is Monday the 23rd, 14:07; Monday the 30th comes after a weekend.
    await save(fake, { text: "Alert on p99", owner: ana, due: "2026-11-30" });
    const [item] = await items(fake);
    await save(
      fake,
      { text: "Alert on p99", owner: bo, due: "2026-11-30" },
      { about: `${item?.id} 1` },
    );
    fake.pass(hours(90));
    await fake.work();
    assert.deepEqual(reminders(fake), [], "Friday, 08:07");
    fake.pass(hours(1));
    await fake.work();
    const before = "Your action item of INC-1 is due on 2026-11-30: Alert on p99";
    assert.deepEqual(reminders(fake), [before], "Friday, 09:07");
    fake.pass(hours(95));
    await fake.work();
    assert.deepEqual(reminders(fake), [before], "Tuesday, 08:07");
    fake.pass(hours(1));
    await fake.work();
    const after = "Your action item of INC-1 was due on 2026-11-30 and is open still: Alert on p99";
    assert.deepEqual(reminders(fake), [before, after]);
    fake.pass(hours(240));
    await fake.work();
    assert.equal(reminders(fake).length, 2);
    assert.deepEqual(fake.messages(`D${ana}`), [], "nobody else");
  });

  test("hears nothing of one that was closed or put off, nor of a channel that they may not see any more", async () => {
    const fake = await begunWorld();
    for (const text of ["Closed", "Put off", "Kept"])
      await save(fake, { text, owner: bo, due: "2026-11-30" });
    const id = async (wanted: string) =>
      (await items(fake)).find(({ text }) => text === wanted)?.id;
    await click(fake, ana, `done ${await id("Closed")}`);
    const later = { text: "Put off", owner: bo, due: "2027-01-31" };
    await save(fake, later, { about: `${await id("Put off")} 1` });
    const hidden = { ...incidentChannel, kind: "private" } as const;
    fake.store.channels.set(hidden.id, hidden);
    fake.channels.set(hidden.id, hidden);
    fake.members.set(incidentChannel.id, [ana, bot]);
    fake.pass(hours(30 * 24));
    await fake.work();
    assert.deepEqual(reminders(fake), []);
  });

  const handedOn = (fake: FakeWorld, channel: string) =>
    fake
      .messages(channel)
      .filter(({ key }) => key.endsWith(":unreached"))
      .map(({ body }) => body.text);
  const said =
    'An action item of INC-1, "Alert on p99", is due on 2026-11-30, and its owner <@UBO> cannot be reached in Slack any more. "/postmortem actions INC-1" hands it on.';

  test("who has left Slack is replaced, once, by whoever led, and where nobody can be by a line in the channel", async () => {
    for (const [leads, gone, to] of [
      [true, [bo], `D${ana}`],
      [false, [bo], incidentChannel.id],
      [true, [bo, ana], incidentChannel.id],
    ] as const) {
      const fake = await begunWorld();
      if (leads) await handleClick(fake.world, lead(fake));
      await save(fake, { text: "Alert on p99", owner: bo, due: "2026-11-30" });
      for (const user of gone) fake.names.delete(user);
      fake.pass(hours(30 * 24));
      await fake.work();
      assert.deepEqual(reminders(fake), []);
      assert.deepEqual(handedOn(fake, to), [said]);
      assert.equal(handedOn(fake, `D${ana}`).length, to === `D${ana}` ? 1 : 0);
    }
  });

  test("who left the private channel is replaced as well, without a word to them", async () => {
    const fake = await begunWorld();
    await save(fake, { text: "Alert on p99", owner: bo, due: "2026-11-30" });
    const hidden = { ...incidentChannel, kind: "private" } as const;
    fake.store.channels.set(hidden.id, hidden);
    fake.channels.set(hidden.id, hidden);
    fake.members.set(incidentChannel.id, [ana, bot]);
    fake.pass(hours(30 * 24));
    await fake.work();
    assert.deepEqual(reminders(fake), []);
    assert.match(
      handedOn(fake, incidentChannel.id).join("\n"),
      /^An action item .* its owner <@UBO> is no member of the incident's channel any more\. "/,
    );
  });

  test("is marked in the list where no reminder reaches them, and is nobody that an item is given to", async () => {
    const fake = await begunWorld();
    await save(fake, { text: "Alert on p99", owner: bo, due: "2026-11-30" });
    assert.match(await postmortem(fake, "actions"), /Owner: <@UBO>\. Due: 2026-11-30\./);
    fake.names.delete(bo);
    assert.match(
      await postmortem(fake, "actions"),
      /Owner: <@UBO>, who cannot be reached in Slack any more \(Edit hands it on\)\. Due/,
    );
    assert.match(
      await save(fake, { text: "Write it down", owner: bo }),
      /^<@UBO> cannot be reached in Slack any more; nothing was saved\. Name somebody else/,
    );
  });
});
