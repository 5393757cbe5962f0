import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runCommand } from "../../src/flows/answer-command.ts";
import { onMention } from "../../src/flows/answer-mention.ts";
import { declare } from "../../src/flows/begin-incident.ts";
import type { ChannelRow } from "../../src/flows/change.ts";
import { foldIncident } from "../../src/incident/fold.ts";
import { alerting, grave } from "./alerting.ts";
import {
  ana,
  begunWorld,
  bot,
  incidentChannel,
  teamChannel,
  type FakeWorld,
} from "./fake-world.ts";

const [here, there] = [incidentChannel.id, teamChannel.id];

function command(fake: FakeWorld, text: string, channel: string = here): Promise<void> {
  const event = { job: fake.job(), channel, user: ana, triggerId: null };
  return runCommand(fake.world, { ...event, command: "/hindsight", text });
}
/** INC-1 here and INC-2 in the team's channel, both read. */
async function twoIncidents(): Promise<FakeWorld> {
  const fake = await begunWorld();
  await declare(fake.world, {
    job: fake.job(),
    channel: there,
    user: ana,
    title: "checkout again",
  });
  await fake.work();
  return fake;
}
const stored = (fake: FakeWorld, number: number) =>
  fake.store.incidents().find((each) => each.number === number);
const incident = (fake: FakeWorld, number: number) =>
  foldIncident(stored(fake, number)?.entries ?? []);
const living = (fake: FakeWorld, channel: string) =>
  fake.messages(channel).find(({ key }) => key.startsWith("living:"))?.body.text ?? "";
const kinds = (fake: FakeWorld, number: number) =>
  stored(fake, number)?.entries.map(({ fact }) => fact.kind) ?? [];
const lastWord = (fake: FakeWorld) => fake.ephemerals(ana).at(-1)?.text ?? "";

describe("two incidents that are one", () => {
  test("the merged one ends, credits nobody, asks nothing, and says where it continues", async () => {
    const fake = await twoIncidents();
    await command(fake, "merge INC-2");
    assert.equal(incident(fake, 1).state, "resolved");
    assert.equal(stored(fake, 1)?.isOpen, false);
    assert.match(
      living(fake, here),
      /^○ SEV3 Merged into INC-2: .*\nIt continues in INC-2, <#CTEAM>\./,
    );
    assert.match(living(fake, there), /Merged here: INC-1, <#/);
    assert.ok(kinds(fake, 1).includes("merged") && kinds(fake, 2).includes("merged"));
    assert.deepEqual([incident(fake, 1).asked, incident(fake, 1).credit], [{}, null]);
    fake.pass(60 * 24);
    await fake.work();
    assert.ok(!fake.messages(here).some(({ key }) => /:(end|cause)$/.test(key)));
    assert.deepEqual(fake.store.causes, []);
  });

  test("a mention in plain words does it too, with a word in each thread", async () => {
    const fake = await twoIncidents();
    const mention = { channel: here, ts: "1763900000.000100", threadTs: null, user: ana };
    await onMention(fake.world, {
      ...mention,
      job: fake.job(),
      text: `<@${bot}> merge with INC-2`,
    });
    await fake.work();
    assert.equal(incident(fake, 1).mergedInto?.name, "INC-2");
    const asides = [here, there].map((channel) =>
      fake
        .messages(channel)
        .filter(({ key }) => key.includes(":merged:"))
        .map(({ body }) => body.text),
    );
    assert.match(
      asides[0]?.[0] ?? "",
      /^<@UANA> merged this incident into INC-2\. It continues in INC-2/,
    );
    assert.match(
      asides[1]?.[0] ?? "",
      /^<@UANA> merged INC-1, <#.*> into this incident; its alerts/,
    );
  });

  test("what cannot be merged is answered with a sentence, and changes nothing", async () => {
    const fake = await twoIncidents();
    const before = [stored(fake, 1)?.seq, stored(fake, 2)?.seq];
    const refused: readonly (readonly [string, RegExp])[] = [
      ["merge", /^Which incident\? Say \/hindsight merge and the number/],
      ["merge the other one", /^"the other one" is no incident/],
      [
        "merge INC-1",
        /^INC-1 is this incident\. Name the one in which it continues; nothing was changed/,
      ],
      ["merge inc 99", /^INC-99 is no incident that is known here; nothing was changed/],
    ];
    for (const [text, said] of refused) {
      await command(fake, text);
      assert.match(lastWord(fake), said);
    }
    assert.deepEqual([stored(fake, 1)?.seq, stored(fake, 2)?.seq], before);
    await command(fake, "resolve", there);
    await command(fake, "merge 2");
    assert.match(lastWord(fake), /^INC-2 is resolved, and takes nothing in/);
    await command(fake, "merge INC-1", there);
    assert.match(lastWord(fake), /^INC-2 is resolved; nothing was changed/);
  });

  test("nothing is merged twice or in a circle", async () => {
    const fake = await twoIncidents();
    await command(fake, "merge INC-2");
    await command(fake, "merge INC-2");
    assert.match(lastWord(fake), /^INC-1 was merged into INC-2 already; nothing was changed/);
    await command(fake, "merge INC-1", there);
    assert.match(lastWord(fake), /^INC-1 was merged into INC-2 already/);
    assert.equal(incident(fake, 2).state, "open");
  });

  test("an incident of a private channel is neither merged nor named elsewhere", async () => {
    const fake = await twoIncidents();
    const row = (channel: ChannelRow, kind: ChannelRow["kind"]) => {
      fake.channels.set(channel.id, { ...channel, kind });
      fake.store.channels.set(channel.id, { ...channel, kind });
    };
    row(teamChannel, "private");
    await command(fake, "merge INC-2");
    assert.match(lastWord(fake), /^INC-2 is no incident that is known here; nothing was changed/);
    await command(fake, "merge INC-1", there);
    assert.match(lastWord(fake), /^INC-2 is not in a public channel, so it is named in no other/);
    row(teamChannel, "external");
    await command(fake, "merge INC-2");
    assert.match(lastWord(fake), /^INC-2 is no incident that is known here/);
    assert.ok(!living(fake, here).includes("INC-2"));
  });

  test("only members of its channel merge it", async () => {
    const fake = await twoIncidents();
    fake.members.set(here, [bot]);
    await command(fake, "merge INC-2");
    assert.equal(incident(fake, 1).state, "open");
  });

  test("taken up again it stands alone, and the other names it no more", async () => {
    const fake = await twoIncidents();
    await command(fake, "merge INC-2");
    await command(fake, "reopen");
    assert.equal(stored(fake, 1)?.isOpen, true);
    assert.equal(incident(fake, 1).mergedInto, null);
    assert.match(living(fake, here), /^● SEV3 Investigating/);
    assert.doesNotMatch(living(fake, there), /Merged here/);
    await command(fake, "merge INC-2");
    assert.equal(incident(fake, 1).mergedInto?.name, "INC-2");
  });
});

describe("the alerts of a merged incident", () => {
  /** INC-1 was opened by an alert that fires; INC-2 was declared in the team's channel. */
  async function mergedAlert() {
    const all = alerting(2);
    const { fake, fire, made } = all;
    await fire("g", grave);
    await fake.work();
    await declare(fake.world, { job: fake.job(), channel: there, user: ana, title: "checkout" });
    await fake.work();
    const opened = made()[0]?.id ?? "";
    await command(fake, "merge INC-2", opened);
    const groups = (number: number) =>
      incident(fake, number).alerts.map(({ clearedAt }) =>
        clearedAt === null ? "fires" : "clear",
      );
    return { ...all, opened, groups };
  }

  test("belong to the other from then on, those to come with them, and its message says so", async () => {
    const { fake, clear, fire, groups, texts } = await mergedAlert();
    assert.deepEqual(groups(2), ["fires"]);
    assert.ok(texts("CALERTS").at(-1)?.includes("<#CTEAM>"));
    fake.pass(5);
    await clear("g", 5, grave);
    assert.deepEqual(groups(2), ["clear"]);
    fake.pass(1);
    await fire("g", grave);
    assert.deepEqual(groups(2), ["fires"]);
    assert.equal(fake.store.incidents().length, 2);
    assert.deepEqual(groups(1), ["fires"], "what was told before the merge stays as it was");
  });

  test("come back to it as they are by then where it is taken up again", async () => {
    const { fake, clear, groups, opened } = await mergedAlert();
    fake.pass(5);
    await clear("g", 5, grave);
    await command(fake, "reopen", opened);
    assert.deepEqual([groups(1), groups(2)], [["clear"], []]);
  });

  test("follow through a chain of merges, back too", async () => {
    const { fake, clear, groups, opened } = await mergedAlert();
    const third: ChannelRow = { id: "CTHIRD", name: "inc-3", kind: "public", isArchived: false };
    fake.channels.set(third.id, third);
    fake.members.set(third.id, [ana, bot]);
    await declare(fake.world, {
      job: fake.job(),
      channel: third.id,
      user: ana,
      title: "all of it",
    });
    await fake.work();
    await command(fake, "merge INC-3", there);
    fake.pass(5);
    await clear("g", 5, grave);
    assert.deepEqual(groups(3), ["clear"]);
    await command(fake, "reopen", opened);
    assert.deepEqual([groups(1), groups(2), groups(3)], [["clear"], [], []]);
  });
});
