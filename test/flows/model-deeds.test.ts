import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { onMention } from "../../src/flows/answer-mention.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { hearModel } from "../../src/flows/hear-model.ts";
import { foldIncident } from "../../src/incident/fold.ts";
import type { ReadDeed } from "../../src/model/reply.ts";
import { neutral, programs } from "../model/adversary/neutral.ts";
import { begun, worldWithModel } from "./fake-model.ts";
import { ana, begunWorld, bo, bot, incidentChannel, type FakeWorld } from "./fake-world.ts";

const channel = incidentChannel.id;
let count = 0;
const unedited = { threadTs: null, editedTs: null };

/** A message of a person, which only the model reads as a deed. */
function say(fake: FakeWorld, text: string, user = bo, isBot = false): string {
  count += 1;
  const ts = `1795443905.${String(count).padStart(6, "0")}`;
  fake.said.push({ ts, user, isBot, text });
  return ts;
}

async function hear(fake: FakeWorld, deeds: readonly ReadDeed[]) {
  const [incident] = fake.store.incidents();
  assert.ok(incident !== undefined);
  const read = { incident: incident.id, deeds, messages: fake.said };
  return hearModel(fake.world, { ...read, job: fake.job() });
}

const deed = (ts: string, step: string, more: Partial<ReadDeed> = {}): ReadDeed => ({
  message: `message:${ts}`,
  step,
  what: "done",
  ...more,
});

async function listAgain(fake: FakeWorld): Promise<string> {
  count += 1;
  const ts = `1795443906.${String(count).padStart(6, "0")}`;
  const said = { channel, ts, threadTs: null, user: ana, text: `<@${bot}> look again` };
  await onMention(fake.world, { job: fake.job(), ...said });
  await fake.work();
  const lists = fake.messages(channel).filter(({ key }) => key.startsWith("steps:"));
  return lists.at(-1)?.body.text ?? "";
}

/** In order, but for the last: what another angle is, is drawn anew for each list. */
const stepsIn = (list: string): readonly string[] =>
  [...list.matchAll(/^\d+\. .*$/gm)].map(([line]) => line).slice(0, -1);

const incidentOf = (fake: FakeWorld) => foldIncident(fake.store.incidents()[0]?.entries ?? []);

describe("what the model reads in the thread", () => {
  test("keeps a deed from being offered again, in the ledger with a third of a person's word", async () => {
    const fake = await begunWorld();
    assert.match(await listAgain(fake), /Compare the running versions of checkout/);
    const ts = say(fake, "a look of mine at the versions running there: the same on all pods");
    assert.match(await listAgain(fake), /Compare the running versions of checkout/);
    assert.deepEqual(await hear(fake, [deed(ts, "step:compare-versions")]), []);
    const [outcome] = fake.store.outcomes;
    assert.deepEqual(
      [outcome?.stepId, outcome?.label, outcome?.source, outcome?.confidence, outcome?.actor],
      ["compare-versions", "already_considered", "model", 0.3, bo],
    );
    const living = fake.messages(channel).find(({ key }) => key.startsWith("living:"));
    assert.match(
      living?.body.text ?? "",
      /already done according to <@UBO> .*, as the model read it/,
    );
    const list = await listAgain(fake);
    assert.doesNotMatch(list, /Compare the running versions/);
  });

  test("is taken back by the person whose word it is said to be, and the step is offered again", async () => {
    const fake = await begunWorld();
    const ts = say(fake, "a look of mine at the versions running there: the same on all pods");
    await hear(fake, [deed(ts, "compare-versions")]);
    assert.doesNotMatch(await listAgain(fake), /Compare the running versions/);
    const [row] = fake.store.outcomes;
    const click = { channel, actionId: "step:outcome", value: `${row?.suggestionId} take-back` };
    await handleClick(fake.world, { ...click, job: fake.job(), user: bo });
    assert.match(await listAgain(fake), /Compare the running versions/);
    await hear(fake, [deed(ts, "compare-versions")]);
    assert.match(await listAgain(fake), /Compare the running versions/);
  });

  test("counts for a step that no list had offered too, as far as the next list goes", async () => {
    const fake = await begunWorld();
    const ts = say(fake, "the pool waits on checkout were looked at by me, all short");
    await hear(fake, [deed(ts, "read-pool-waits")]);
    assert.deepEqual(fake.store.outcomes, []);
    assert.deepEqual(
      incidentOf(fake).deedsRead.map(({ stepId, by }) => [stepId, by]),
      [["read-pool-waits", bo]],
    );
    assert.doesNotMatch(await listAgain(fake), /pool waits/i);
  });

  test("never ends anything, whatever the model makes of it", async () => {
    const fake = await begunWorld();
    const ts = say(fake, "my deploy roll back did the trick, I would think");
    await hear(fake, [deed(ts, "roll-back-deploy", { what: "fixed" })]);
    assert.deepEqual(
      fake.store.outcomes.map(({ label }) => label),
      ["helped"],
    );
    assert.equal(incidentOf(fake).state, "open");
  });

  test("marks only what is about it where it is a bare claim, and says so where the evidence points there", async () => {
    const fake = await begunWorld();
    const ts = say(fake, "I for one would cross the deploy from the list, rollout or not");
    await hear(fake, [deed(ts, "read-rollout-status", { what: "ruled-out" })]);
    assert.deepEqual(fake.store.outcomes, []);
    assert.deepEqual(
      incidentOf(fake).claimedAway.map(({ about }) => about),
      [{ kind: "thing", thing: "deploy" }],
    );
    assert.match(
      await listAgain(fake),
      /ruled the deploy out .*no check recorded.*"Deploy 3f2a91c/,
    );
  });

  test("is not taken of messages that are not there, of steps that do not exist, of strangers, of other things", async () => {
    const fake = await begunWorld();
    const mine = say(fake, "event loop lag had a look from me");
    const stranger = say(fake, "event loop lag had a look from me", "USTRANGER");
    const other = say(fake, "lunch was good");
    const fell = await hear(fake, [
      deed("1.1", "read-event-loop-lag"),
      deed(mine, "drop-all-tables"),
      deed(stranger, "read-event-loop-lag"),
      deed(other, "read-event-loop-lag"),
    ]);
    assert.deepEqual(
      fell.map(({ because }) => because.replace(/: .*/, "")),
      [
        "cites a message that is not in the thread",
        "names a step that does not exist",
        "was not said by a member of the channel",
        "is not what that message says",
      ],
    );
    assert.deepEqual([fake.store.outcomes, incidentOf(fake).deedsRead], [[], []]);
  });

  test("leaves every step in the list where nobody told of a deed, whatever it says that they did", async () => {
    const fake = await begunWorld();
    const before = await listAgain(fake);
    for (const { text } of neutral) say(fake, text);
    for (const { text } of programs) say(fake, text, "UPROGRAM", true);
    const [incident] = fake.store.incidents();
    const offered = [...new Set(fake.store.suggestions.map(({ stepId }) => stepId))];
    assert.ok(incident !== undefined && offered.length >= 3, offered.join());
    for (const what of ["done", "tried", "fixed", "ruled-out"] as const)
      for (const { ts } of fake.said)
        await hear(
          fake,
          offered.map((step) => deed(ts, step, { what })),
        );
    assert.deepEqual([fake.store.outcomes, incidentOf(fake).deedsRead], [[], []]);
    assert.deepEqual(stepsIn(await listAgain(fake)), stepsIn(before));
  });

  test("comes with each list that the model is told of, and with each answer to a question", async () => {
    const says = (text: string) => ({ kind: "reply", text, calls: [], tokens: null }) as const;
    for (const purpose of ["incident", "question"] as const) {
      const told: string[] = [];
      const fake = worldWithModel(({ purpose: of, messages }) => {
        if (of === purpose) told.push(messages.map(({ text }) => text).join("\n"));
        const deeds = [deed(ts, "compare-versions")];
        const reply = of === purpose ? { findings: [], sentences: [], deeds } : { findings: [] };
        return { ...says(JSON.stringify(reply)), tokens: { in: 100, out: 10 } };
      });
      const ts = say(fake, "a look of mine at the versions running there: the same on all pods");
      const messages = { channel, said: fake.said.map((each) => ({ ...each, ...unedited })) };
      await fake.store.commit({ workspace: "T1", handled: [], messages });
      await begun(fake);
      const mention = { channel, ts: "1795443907.000001", threadTs: null, user: ana };
      await onMention(fake.world, {
        job: fake.job(),
        ...mention,
        text: `<@${bot}> flibber the wug`,
      });
      await fake.work();
      assert.ok(told[0]?.includes(`message:${ts} | `), told[0]);
      assert.deepEqual(
        fake.store.outcomes.map(({ stepId, source }) => [stepId, source]),
        [["compare-versions", "model"]],
        purpose,
      );
    }
  });

  test("is taken once a message and a step, and never over the person's own word", async () => {
    const fake = await begunWorld();
    const ts = say(fake, "event loop lag had a look from me");
    await hear(fake, [deed(ts, "read-event-loop-lag")]);
    await hear(fake, [deed(ts, "read-event-loop-lag", { outcome: "helped" })]);
    assert.equal(fake.store.outcomes.length, 1);
    const again = say(fake, "event loop lag had another look from me");
    await hear(fake, [deed(again, "read-event-loop-lag", { outcome: "no-effect" })]);
    assert.equal(fake.store.outcomes.length, 1);
  });
});
