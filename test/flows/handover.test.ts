import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { resolve, setFact } from "../../src/flows/change-incident.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { onChannelSeen } from "../../src/flows/begin-incident.ts";
import { onJoined } from "../../src/flows/welcome.ts";
import { actionIds } from "../../src/message/actions.ts";
import type { UserId } from "../../src/vocabulary.ts";
import {
  ana,
  begunWorld,
  bo,
  fakeWorld,
  incidentChannel,
  teamChannel,
  type FakeWorld,
} from "./fake-world.ts";

const id = (fake: FakeWorld) => fake.store.incidents()[0]?.id ?? "inc_none";
const deed = (fake: FakeWorld, user: UserId) => {
  return { job: fake.job(), channel: incidentChannel.id, user, incident: id(fake) };
};
const lead = (fake: FakeWorld, who: UserId | null) =>
  setFact(fake.world, deed(fake, ana), { kind: "lead-set", lead: who });
const notes = (fake: FakeWorld) =>
  fake.messages(incidentChannel.id).filter(({ key }) => key.includes(":handover:"));

describe("a change of lead", () => {
  test("posts what is known, what is in hand and what comes next in the incident's thread", async () => {
    const fake = await begunWorld();
    await lead(fake, bo);
    assert.deepEqual(notes(fake), [], "nothing was led before");
    const [step] = fake.store.suggestions;
    const { id: channel } = incidentChannel;
    const click = { job: fake.job(), channel, user: bo, actionId: actionIds.claim };
    await handleClick(fake.world, { ...click, value: step?.id ?? "" });
    await lead(fake, ana);
    const [note, ...more] = notes(fake);
    assert.deepEqual(more, []);
    assert.equal(note?.place.in, "thread");
    const text = note?.body.text ?? "";
    assert.match(text, new RegExp(`^<@${ana}> leads now, after <@${bo}>\\.\nINC-1, SEV3`));
    assert.match(text, new RegExp(`In hand: <@${bo}> on `));
    assert.match(text, /• p99 of checkout 0\.4 s → 4\.1 s/);
    assert.match(text, /\nNext: .+\.\n/);
  });

  test("to the same person or to nobody posts nothing", async () => {
    const fake = await begunWorld();
    for (const who of [bo, bo, null, ana]) await lead(fake, who);
    assert.deepEqual(notes(fake), []);
  });

  test("of a muted incident is told to the new lead alone", async () => {
    const fake = await begunWorld();
    await lead(fake, bo);
    await setFact(fake.world, deed(fake, bo), { kind: "muted", by: bo });
    await lead(fake, ana);
    assert.deepEqual(notes(fake), []);
    assert.match(fake.ephemerals(ana)[0]?.text ?? "", /leads now, after/);
  });
});

describe("whoever joins the channel", () => {
  const join = (fake: FakeWorld, channel = incidentChannel.id, job = fake.job()) =>
    onJoined(fake.world, { job, channel, user: "UCHIDI" });

  test("of an open incident reads alone, in at most eight lines, how it stands; once a join", async () => {
    const fake = await begunWorld();
    const job = fake.job();
    for (let n = 0; n < 2; n += 1) await join(fake, incidentChannel.id, job);
    const [told, ...more] = fake.ephemerals("UCHIDI");
    assert.deepEqual(more, []);
    assert.match(told?.text ?? "", /^INC-1, SEV3, \d+ min\. checkout p99 4\.\d s/);
    assert.ok((told?.text ?? "").split("\n").length <= 8);
  });

  test("as a guest makes it external at once, and what was told there of other incidents is taken out", async () => {
    const fake = fakeWorld();
    const past = {
      number: 31,
      openedAt: new Date(0),
      service: "checkout",
      symptom: "latency",
      flags: [],
      said: ["slow"],
      findings: [],
      cause: null,
      fix: null,
    } as const;
    fake.store.endedLike = async (_workspace, { viewer }) =>
      viewer.kind === "external" ? [] : [past];
    await onChannelSeen(fake.world, { job: fake.job(), channel: incidentChannel.id });
    await fake.work();
    const living = () => fake.messages(incidentChannel.id)[0]?.body.text ?? "";
    assert.match(living(), /Seen before: INC-31/);
    fake.channels.set(incidentChannel.id, { ...incidentChannel, kind: "external" });
    await join(fake);
    assert.equal(fake.store.channels.get(incidentChannel.id)?.kind, "external");
    assert.doesNotMatch(living(), /Seen before/);
  });

  test("of one that is over, or of another channel, reads nothing", async () => {
    const fake = await begunWorld();
    await join(fake, teamChannel.id);
    await resolve(fake.world, deed(fake, ana));
    await join(fake);
    await join(fakeWorld());
    assert.deepEqual(fake.ephemerals("UCHIDI"), []);
  });
});
