import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { answerAtOnce } from "../../src/flows/answer-command.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { onMessageStands } from "../../src/flows/keep-messages.ts";
import { actionIds } from "../../src/message/actions.ts";
import type { Exported, GivenOut, PostmortemFile } from "../../src/flows/postmortem-ports.ts";
import {
  ana,
  begunWorld,
  bo,
  fakeWorld,
  incidentChannel,
  teamChannel,
  type FakeWorld,
} from "./fake-world.ts";
import { told } from "./kept-messages.ts";
import {
  click,
  idOf,
  inThread,
  newest,
  postmortem,
  resolved,
  save,
  versions,
} from "./postmortem.ts";

describe("/postmortem", () => {
  test("answers its help, and a verb that it does not know, in the response", () => {
    assert.match(
      answerAtOnce("/postmortem", "")?.text ?? "",
      /`\/postmortem draft \[INC-42\]`: writes/,
    );
    assert.equal(
      answerAtOnce("/postmortem", "pubish")?.text,
      'There is no command "pubish". The nearest is /postmortem publish [INC-42]. /postmortem help lists them.',
    );
    assert.equal(answerAtOnce("/postmortem", "draft"), null);
  });

  test("says so where the channel has had no incident, and where the one that is named may not be shown", async () => {
    const fake = fakeWorld();
    assert.equal(
      await postmortem(fake, "draft", { channel: teamChannel.id }),
      "This channel has had no incident. Name one: /postmortem draft INC-42.",
    );
    assert.match(
      await postmortem(fake, "show INC-7", { channel: teamChannel.id }),
      /^There is no INC-7 that may be shown here\./,
    );
    assert.match(
      await postmortem(fake, "show INC-7", { channel: "DOTHERS" }),
      /^Incidents of other channels are not shown here: .* Ask in a channel of your own/,
    );
  });

  test("draft writes the first version and says in the thread how it stands", async () => {
    const fake = await begunWorld();
    assert.match(
      await postmortem(fake, "draft"),
      /in its thread\. INC-1 is open still, and the draft/,
    );
    assert.deepEqual(versions(fake), [[1, "drafted", "draft", null]]);
    assert.match(newest(fake), /^# INC-1: checkout latency\n/);
    assert.match(
      inThread(fake)?.body.text ?? "",
      /^Postmortem of INC-1: draft, version 1 by <@UANA>, 14:07\.\nNobody has written yet: What went well, Lessons\./,
    );
  });

  test("draft takes for detection the alert that stands in the channel, unless it was deleted", async () => {
    const from = { user: "UALERTS", isBot: true, sender: "Alertmanager" } as const;
    const [early, alert, end] = [
      told(200, "[FIRING:1] DiskFull", from),
      told(4, "[FIRING:1] HighLatency (checkout)\np99 above 1 s", from),
      told(1, "[RESOLVED] HighLatency (checkout)", from),
    ];
    const fake = await begunWorld();
    for (const said of [early, alert, end])
      await onMessageStands(fake.world, { ...said, channel: incidentChannel.id });
    await postmortem(fake, "draft");
    const link = `https://acme.slack.com/archives/${incidentChannel.id}/${alert.ts}`;
    assert.ok(newest(fake).includes(`: 1 min, at 14:03. ([read in the channel](${link}))`));
    assert.match(newest(fake), /^- 14:03 Alertmanager posted in the channel: “.*HighLatency/m);
    assert.doesNotMatch(newest(fake), /no alert reached|none reached it|DiskFull/);
    fake.deleted.push(alert.ts);
    await postmortem(fake, "draft");
    assert.match(newest(fake), /From the onset to the first alert: not known, no alert reached/);
  });

  test("draft tells no words of a message that was deleted, however many others there are", async () => {
    const fake = await begunWorld();
    const [stored] = fake.store.incidents();
    assert.ok(stored);
    const told = { actor: bo, source: "slack", at: fake.world.now() } as const;
    const shared = { kind: "log-shared", file: "F1", service: null } as const;
    const known = { kind: "update-posted", by: bo, known: "Our keys leaked", impact: "" } as const;
    await fake.store.commit({
      workspace: fake.world.workspace,
      handled: [],
      about: { kind: "existing", id: stored.id, seq: stored.seq },
      entries: [
        ...Array.from({ length: 80 }, (_, nth) => ({
          ...told,
          messageTs: `${nth}.0`,
          fact: shared,
        })),
        { ...told, messageTs: "99.0", fact: { ...known, nextAt: null } },
      ],
    });
    const { chat } = fake.world;
    const permalink = () => Promise.reject(new Error("Slack is silent"));
    Object.assign(fake.world, { chat: { ...chat, permalink } });
    await postmortem(fake, "draft");
    assert.match(newest(fake), /told those outside: \(not quoted: Slack did not say whether the/);
    assert.doesNotMatch(newest(fake), /keys leaked/);
    Object.assign(fake.world, { chat });
    fake.deleted.push("99.0");
    await postmortem(fake, "draft");
    assert.match(newest(fake), /told those outside: \(the message was deleted\)/);
    assert.doesNotMatch(newest(fake), /keys leaked/);
  });

  test("show reads it to whoever asks, also elsewhere by its name", async () => {
    const fake = await begunWorld();
    assert.match(
      await postmortem(fake, "show"),
      /^INC-1 has no postmortem yet\. \/postmortem draft/,
    );
    await postmortem(fake, "draft");
    // A channel that has had no incident: only Slack knows of it.
    const shown = await postmortem(fake, "show inc-1", { user: bo, channel: teamChannel.id });
    assert.match(shown, /^INC-1, version 1, draft\n\*INC-1: checkout latency\*/);
    const blocks = JSON.stringify(fake.ephemerals(bo).at(-1)?.blocks);
    assert.match(blocks, /<https:\/\/acme\.slack\.com\/archives\/[^|]+\|message>/);
  });

  test("takes no other incident for the one that is named", async () => {
    const fake = await resolved(await begunWorld());
    await postmortem(fake, "draft");
    for (const verb of ["draft", "show", "publish", "actions"]) {
      assert.match(await postmortem(fake, `${verb} 42`), /^There is no INC-42 that may be shown/);
      assert.equal(
        await postmortem(fake, `${verb} the last one`),
        `"the last one" is no incident; nothing was done. Name one as INC-42, or say /postmortem ${verb} alone in its channel.`,
      );
    }
    assert.deepEqual(versions(fake), [[1, "drafted", "draft", null]]);
    assert.match(await postmortem(fake, "show #1"), /^INC-1, version 1/);
  });

  test("of a private channel's incident nothing is shown elsewhere, nor that there is one", async () => {
    const fake = await begunWorld();
    await postmortem(fake, "draft");
    const hidden = { ...incidentChannel, kind: "private" } as const;
    fake.store.channels.set(hidden.id, hidden);
    fake.channels.set(hidden.id, hidden);
    fake.store.channels.set(teamChannel.id, teamChannel);
    const there = await postmortem(fake, "show INC-1", { channel: teamChannel.id });
    const never = await postmortem(fake, "show INC-9", { channel: teamChannel.id });
    assert.equal(there, never.replace("INC-9", "INC-1"));
    assert.match(await postmortem(fake, "show"), /version 1/, "in its own channel");
    assert.match(await postmortem(fake, "export github"), /^No repository is set/);
    fake.world = { ...fake.world, exports: { ...fake.world.exports, hook: async () => done } };
    assert.match(
      await postmortem(fake, "export hook"),
      /^INC-1 belongs to a channel that is not public/,
    );
  });

  test("is for members of the incident's channel to write", async () => {
    const fake = await begunWorld();
    fake.members.set(incidentChannel.id, [bo]);
    assert.match(await postmortem(fake, "draft"), /^Only members of #inc-7-checkout-latency/);
    assert.deepEqual(versions(fake), []);
  });
});

describe("publishing", () => {
  test("waits for the end of the incident, and names what nobody has written", async () => {
    const fake = await begunWorld();
    await postmortem(fake, "draft");
    assert.match(await postmortem(fake, "publish"), /^INC-1 is open still; its postmortem can be/);
    await resolved(fake);
    await click(fake, bo, `${idOf(fake)} review`);
    assert.equal(
      await postmortem(fake, "publish"),
      "The postmortem of INC-1 is published (version 3). Nobody has written yet: What went well, Lessons.",
    );
    assert.deepEqual(
      fake.store.postmortems.map(({ state }) => state),
      ["draft", "review", "published"],
    );
    assert.equal(
      await postmortem(fake, "publish"),
      "The postmortem of INC-1 is published already.",
    );
  });

  test("is undone by another draft only where that reads otherwise, and the draft says so", async () => {
    const fake = await resolved(await begunWorld());
    await postmortem(fake, "draft");
    await postmortem(fake, "publish");
    // The bot asks and notes that it did: the timeline has grown, and nothing happened.
    await fake.work();
    assert.match(await postmortem(fake, "draft"), /^Nothing new happened since/);
    assert.equal(versions(fake).at(-1)?.[2], "published");
    await handleClick(fake.world, {
      job: fake.job(),
      channel: incidentChannel.id,
      user: ana,
      actionId: `${actionIds.cause}:kind`,
      value: `${idOf(fake)} deploy`,
    });
    assert.match(await postmortem(fake, "draft"), / It was published, and is in review again\./);
    assert.equal(versions(fake).at(-1)?.[2], "review");
  });

  test("asks for the cause once more, unless somebody has answered", async () => {
    const asked = (fake: FakeWorld) =>
      fake.messages(`D${ana}`).filter(({ key }) => key.startsWith("cause"));
    const fake = await resolved(await begunWorld());
    fake.pass(20 * 60);
    await fake.work();
    assert.equal(asked(fake).length, 1);
    await postmortem(fake, "draft");
    await postmortem(fake, "publish");
    assert.equal(asked(fake).length, 2);
    await save(fake, ana, { version: 2, heading: "Lessons", text: "x" });
    await postmortem(fake, "publish");
    assert.equal(asked(fake).length, 2, "once");
    const answered = await resolved(await begunWorld());
    await handleClick(answered.world, {
      job: answered.job(),
      channel: incidentChannel.id,
      user: ana,
      actionId: `${actionIds.cause}:kind`,
      value: `${idOf(answered)} deploy`,
    });
    await postmortem(answered, "draft");
    await postmortem(answered, "publish");
    assert.deepEqual(asked(answered), []);
  });
});

const done: Exported = { ok: true, words: "it is there", url: "https://github.com/acme/pm/pull/1" };

describe("an export", () => {
  test("as a file goes into the thread once a version", async () => {
    const fake = await begunWorld();
    await postmortem(fake, "draft");
    assert.match(await postmortem(fake, "export"), /goes into its thread as a file/);
    assert.match(await postmortem(fake, "export file"), /is in the thread of INC-1 already/);
    const files = fake.store.effects.flatMap(({ payload }) =>
      payload.kind === "file" ? [payload] : [],
    );
    assert.deepEqual(
      files.map(({ filename, text }) => [filename, text === newest(fake)]),
      [["2026-11-23-inc-1.md", true]],
    );
  });

  test("goes to the repository under a name of its own, and says what became of it", async () => {
    const fake = await begunWorld();
    await postmortem(fake, "draft");
    const given: PostmortemFile[] = [];
    const repository = async (file: PostmortemFile) => {
      given.push(file);
      return given.length === 1 ? done : ({ ok: false, said: "GitHub refused. Mend it." } as const);
    };
    fake.world = { ...fake.world, exports: { ...fake.world.exports, repository } };
    assert.equal(
      await postmortem(fake, "export github"),
      "The postmortem of INC-1, version 1: it is there. https://github.com/acme/pm/pull/1",
    );
    assert.equal(given[0]?.path, "postmortems/2026-11-23-inc-1.md");
    assert.equal(
      await postmortem(fake, "export pr"),
      "The postmortem of INC-1 was not exported: GitHub refused. Mend it. It is kept here as it is.",
    );
  });

  test("goes to the hook with its version", async () => {
    const fake = await begunWorld();
    await postmortem(fake, "draft");
    const given: GivenOut[] = [];
    const hook = async (what: GivenOut) => {
      given.push(what);
      return { ...done, url: null };
    };
    fake.world = { ...fake.world, exports: { ...fake.world.exports, hook } };
    await postmortem(fake, "export hook");
    assert.deepEqual(
      given.map(({ incident, version, state }) => [incident, version, state]),
      [["INC-1", 1, "draft"]],
    );
  });
});
