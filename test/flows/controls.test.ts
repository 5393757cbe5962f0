import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runCommand } from "../../src/flows/answer-command.ts";
import { onChannelChanged } from "../../src/flows/follow-channel.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { foldIncident } from "../../src/incident/fold.ts";
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

function command(fake: FakeWorld, text: string, channel = incidentChannel.id): Promise<void> {
  const event = { job: fake.job(), channel, user: ana, triggerId: null };
  return runCommand(fake.world, { ...event, command: "/hindsight", text });
}
function click(fake: FakeWorld, user: string, actionId: string, value: string): Promise<void> {
  const { id: channel } = incidentChannel;
  return handleClick(fake.world, { job: fake.job(), channel, user, actionId, value });
}
const incident = (fake: FakeWorld) => foldIncident(fake.store.incidents()[0]?.entries ?? []);
const incidentId = (fake: FakeWorld) => fake.store.incidents()[0]?.id ?? "";
const living = (fake: FakeWorld) => fake.messages(incidentChannel.id)[0]?.body.text ?? "";
const endQuestions = (fake: FakeWorld) =>
  fake.messages(incidentChannel.id).filter(({ key }) => key.endsWith(":end"));

describe("people run the incident", () => {
  test("the severity is set by command or menu, and shown", async () => {
    const fake = await begunWorld();
    await command(fake, "severity 1");
    assert.match(living(fake), /^● SEV1 /);
    await click(fake, bo, actionIds.severity, `${incidentId(fake)} 2`);
    assert.match(living(fake), /^● SEV2 /);
    await command(fake, "severity dire");
    assert.match(fake.ephemerals(ana).at(-1)?.text ?? "", /^"dire" is no severity/);
    await command(fake, "severity");
    assert.equal(fake.ephemerals(ana).at(-1)?.text, "Which severity?");
    assert.equal(incident(fake).severity, 2);
  });

  test("a command that changed something says so to whoever gave it, the second time too", async () => {
    const fake = await begunWorld();
    const said = [
      ["severity 2", "INC-1 is SEV2."],
      ["severity 2", "INC-1 is SEV2."],
      ["lead me", `<@${ana}> leads INC-1.`],
      ["lead none", "INC-1 has no lead."],
      ["status monitoring", "INC-1 is monitoring."],
      ["mute", 'Muted: only answers are posted here. "@hindsight resume" undoes it.'],
      ["resume", "Updates are posted again."],
      ["steps", "INC-1 is read now; the next steps come in its thread."],
    ] as const;
    for (const [text, words] of said) {
      await command(fake, text);
      assert.equal(fake.ephemerals(ana).at(-1)?.text, words, text);
    }
    assert.equal(fake.ephemerals(ana).length, said.length);
  });

  test("the lead is taken by a click, handed on and laid down by command", async () => {
    const fake = await begunWorld();
    await click(fake, bo, actionIds.lead, incidentId(fake));
    assert.match(living(fake), new RegExp(`Lead <@${bo}>`));
    await command(fake, "lead <@UCHIDI|chidi>");
    assert.equal(incident(fake).lead, "UCHIDI");
    await command(fake, "lead none");
    assert.match(living(fake), /No lead yet/);
    await command(fake, "lead the moon");
    assert.match(fake.ephemerals(ana).at(-1)?.text ?? "", /^"the moon" is nobody who can lead/);
    await command(fake, `lead <@${bot}>`);
    assert.match(fake.ephemerals(ana).at(-1)?.text ?? "", /^"@hindsight" is nobody who can lead/);
    assert.equal(incident(fake).lead, null);
  });

  test("a click edits the messages that read otherwise after it, and no others", async () => {
    const fake = await begunWorld();
    for (let n = 0; n < 3; n += 1) {
      await command(fake, "steps");
      await fake.work();
    }
    const kindsEdited = async (deed: () => Promise<void>) => {
      const before = fake.store.effects.length;
      await deed();
      const keys = fake.store.effects.slice(before).map(({ key }) => key.split(":")[0]);
      return keys.filter((key) => key === "living" || key === "steps");
    };
    const id = incidentId(fake);
    const lead = await kindsEdited(() => click(fake, bo, actionIds.lead, id));
    assert.deepEqual(lead, ["living"]);
    const again = await kindsEdited(() => click(fake, bo, actionIds.lead, id));
    assert.deepEqual(again, [], "nothing reads otherwise");
    const offered = fake.store.suggestions.findLast(({ position }) => position === 1);
    const claim = await kindsEdited(() => click(fake, bo, actionIds.claim, offered?.id ?? ""));
    const withStep = fake.store.suggestions.filter((each) => each.stepId === offered?.stepId);
    assert.deepEqual(claim, ["living", ...withStep.map(() => "steps")]);
    const end = await kindsEdited(() => click(fake, bo, actionIds.resolve, id));
    assert.equal(end.length, 1 + 4, "a resolved incident's lists have no buttons");
  });

  test("it is muted and resumed by anyone, and the living message says by whom", async () => {
    const fake = await begunWorld();
    await click(fake, bo, actionIds.mute, incidentId(fake));
    assert.match(living(fake), new RegExp(`Muted by <@${bo}>`));
    await command(fake, "resume");
    assert.doesNotMatch(living(fake), /Muted/);
  });

  test("a person outside the channel changes nothing", async () => {
    const fake = await begunWorld();
    fake.members.set(incidentChannel.id, [ana]);
    const { seq } = incident(fake);
    for (const id of [actionIds.lead, actionIds.mute, actionIds.resolve]) {
      await click(fake, bo, id, incidentId(fake));
    }
    assert.equal(incident(fake).seq, seq);
    assert.equal(fake.ephemerals(bo).length, 3);
  });
});

describe("the end of an incident", () => {
  test("asks once which step did it, with every fix that was in hand and nothing preselected", async () => {
    const fake = await begunWorld();
    const fixes = fake.store.suggestions.filter(({ role }) => role === "fix").slice(0, 2);
    for (const { id } of fixes) await click(fake, ana, actionIds.claim, id);
    await command(fake, "resolve");
    assert.equal(incident(fake).state, "resolved");
    assert.match(living(fake), /^○ SEV3 Resolved after/);
    const [question, ...more] = endQuestions(fake);
    assert.deepEqual(more, []);
    assert.match(question?.body.text ?? "", /^INC-1 resolved, .*Which step did it\?/);
    for (const { title } of fixes) {
      assert.ok(JSON.stringify(question?.body.blocks).includes(title.slice(0, 20)));
    }
    assert.deepEqual(fake.store.outcomes, [], "nobody is credited unasked");
  });

  test("is not asked about where somebody has said so already", async () => {
    const fake = await begunWorld();
    const { id } = fake.store.suggestions.find(({ role }) => role === "fix") ?? { id: "" };
    await click(fake, ana, `${actionIds.outcome}:resolved`, `${id} resolved`);
    await command(fake, "resolve");
    assert.deepEqual(endQuestions(fake), []);
  });

  test("comes once: a second resolve is refused and asks nothing more", async () => {
    const fake = await begunWorld();
    await command(fake, "resolve");
    const { length } = fake.store.effects;
    await click(fake, bo, actionIds.resolve, incidentId(fake));
    assert.match(fake.ephemerals(bo)[0]?.text ?? "", /^INC-1 is resolved; nothing was changed/);
    assert.equal(fake.store.effects.length, length + 1);
  });

  test("an answer to the question moves with a second thought", async () => {
    const fake = await begunWorld();
    await command(fake, "resolve");
    await click(fake, ana, `${actionIds.credit}:by-itself`, `${incidentId(fake)} by-itself`);
    await click(fake, ana, `${actionIds.credit}:cannot-tell`, `${incidentId(fake)} cannot-tell`);
    assert.deepEqual(incident(fake).credit, { credit: "cannot-tell", by: ana });
    assert.equal(endQuestions(fake).length, 1);
    assert.deepEqual(fake.store.outcomes, []);
  });

  test("stops the readings that were planned", async () => {
    const fake = await begunWorld();
    assert.equal(fake.store.jobs.length, 1);
    await command(fake, "resolve");
    const { seq } = incident(fake);
    fake.pass(3);
    assert.deepEqual(await fake.work(), ["read-again"]);
    assert.equal(incident(fake).seq, seq);
    const left = fake.store.jobs.map(({ job }) => job.kind);
    assert.deepEqual(left, ["ask-cause"], "no reading is left");
  });
});

describe("commands", () => {
  test("after the end say that it is over, and how it is taken up again", async () => {
    const fake = await begunWorld();
    await command(fake, "resolve");
    for (const text of ["resolve", "mute", "steps", "update x"]) {
      await command(fake, text);
      const words = fake.ephemerals(ana).at(-1)?.text ?? "";
      assert.match(words, /^INC-1 is resolved; nothing was changed\. .*reopen/, text);
    }
  });

  test("that need an incident say so where there is none, and how to declare one", async () => {
    for (const text of ["resolve", "status", "steps", "severity 1", "lead me", "mute"]) {
      const fake = fakeWorld();
      await command(fake, text, teamChannel.id);
      const words = fake.ephemerals(ana)[0]?.text ?? "";
      assert.match(words, /^There is no open incident in this channel\. Declare one with/, text);
      assert.deepEqual(fake.store.incidents(), []);
    }
  });

  test("that need an incident name the channels of public ones that are open", async () => {
    const fake = await begunWorld();
    const said = async () => {
      await command(fake, "resolve", teamChannel.id);
      return fake.ephemerals(ana).at(-1)?.text ?? "";
    };
    assert.match(await said(), /, or run this in its channel: #inc-7-checkout-latency\.$/);
    fake.channels.set(incidentChannel.id, { ...incidentChannel, kind: "private" });
    await onChannelChanged(fake.world, { job: fake.job(), channel: incidentChannel.id });
    assert.match(await said(), /Declare one with \/hindsight declare\.$/);
  });

  test("status tells one person how it stands", async () => {
    const fake = await begunWorld();
    const { length } = fake.messages(incidentChannel.id);
    await command(fake, "status");
    assert.match(fake.ephemerals(ana)[0]?.text ?? "", /^INC-1, SEV3/);
    assert.equal(fake.messages(incidentChannel.id).length, length);
  });

  test("declare takes the channel's name where no title is given and no form can open", async () => {
    const fake = fakeWorld();
    await command(fake, "declare", teamChannel.id);
    assert.equal(incident(fake).title, "team shop");
  });
});

describe("an open incident is read again", () => {
  test("every two minutes at first, as an edit and without another list", async () => {
    const fake = await begunWorld();
    const { length } = fake.messages(incidentChannel.id);
    fake.pass(2);
    assert.deepEqual(await fake.work(), ["read-again"]);
    assert.match(living(fake), /Read 14:09/);
    assert.equal(fake.messages(incidentChannel.id).length, length);
    assert.equal(incident(fake).lists.length, 1);
    assert.equal(fake.store.jobs.length, 1);
  });

  test("once a job: a second run of an investigation or a reading changes nothing", async () => {
    const fake = fakeWorld();
    await command(fake, "declare", teamChannel.id);
    const investigation = fake.store.jobs.slice();
    await fake.work();
    const reading = fake.store.jobs.slice();
    fake.pass(2);
    await fake.work();
    const planned = fake.store.jobs.splice(0);
    const before = [incident(fake).seq, fake.store.effects.length];
    fake.store.jobs.push(...investigation, ...reading);
    assert.deepEqual(await fake.work(), ["investigate", "read-history", "read-again"]);
    assert.deepEqual([incident(fake).seq, fake.store.effects.length], before);
    assert.deepEqual([planned.length, fake.store.jobs.length], [1, 0]);
  });
});

test("two people who are on one step are told so in the thread", async () => {
  const fake = await begunWorld();
  const id = fake.store.suggestions[0]?.id ?? "";
  await click(fake, ana, actionIds.claim, id);
  const both = () =>
    fake.messages(incidentChannel.id).filter(({ body }) => body.text.includes("are both on:"));
  assert.equal(both().length, 0);
  await click(fake, bo, actionIds.claim, id);
  assert.match(both()[0]?.body.text ?? "", /^<@UANA> and <@UBO> are both on: /);
});
