import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { postmortemShown, saveOnPage, type PageEdit } from "../../src/flows/edit-on-page.ts";
import { partsOf, titleOf } from "../../src/postmortem/parts.ts";
import { ana, begunWorld, bo, incidentChannel, type FakeWorld } from "./fake-world.ts";
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

describe("an edit", () => {
  test("alone lists the headings, with a name opens what stands under it in a form", async () => {
    const fake = await begunWorld();
    await postmortem(fake, "draft");
    assert.match(
      await postmortem(fake, "edit"),
      /^Which part of the postmortem of INC-1\?\n• INC-1/,
    );
    fake.opening = "open";
    assert.equal(await postmortem(fake, "edit lessons"), "");
    assert.equal(fake.opened, 1);
    assert.match(
      await postmortem(fake, "edit costs"),
      /^It has no heading "costs"\. There are: INC-1: checkout latency, Summary, /,
    );
    fake.opening = "refused";
    assert.match(await postmortem(fake, "edit lessons"), /^It is not certain that the form opened/);
  });

  test("is the next version; two of different headings come together", async () => {
    const fake = await begunWorld();
    await postmortem(fake, "draft");
    await save(fake, ana, { version: 1, heading: "Lessons", text: "Read the diff." });
    await save(fake, bo, { version: 1, heading: "What went well", text: "The rollback." });
    assert.deepEqual(versions(fake).slice(1), [
      [2, "edited", "draft", 1],
      [3, "edited", "draft", 1],
    ]);
    assert.match(
      newest(fake),
      /## What went well\n\nThe rollback\.\n\n## Lessons\n\nRead the diff\.\n/,
    );
    assert.doesNotMatch(inThread(fake)?.body.text ?? "", /Nobody has written yet/);
  });

  test("of a heading that another changed meanwhile is kept aside, and its author sees both texts", async () => {
    const fake = await begunWorld();
    await postmortem(fake, "draft");
    await save(fake, ana, { version: 1, heading: "Lessons", text: "Read the diff." });
    await save(fake, bo, { version: 1, heading: "Lessons", text: "Ship less." });
    assert.deepEqual(versions(fake).at(-1), [3, "set-aside", "draft", 1]);
    const told = fake.ephemerals(bo).at(-1)?.text ?? "";
    assert.match(
      told,
      /^<@UANA> changed "Lessons" of the postmortem of INC-1 before you saved \(version 2\)\./,
    );
    assert.match(told, /Theirs: Read the diff\.\nYours: Ship less\./);
    assert.match(await postmortem(fake, "show"), /^INC-1, version 2, draft\n/);
    fake.opening = "open";
    const index = partsOf(newest(fake)).findIndex((part) => titleOf(part) === "Lessons");
    await click(fake, bo, `${idOf(fake)} part 3 ${index}`);
    assert.equal(fake.opened, 1);
    await save(fake, bo, { version: 2, heading: "Lessons", text: "Read the diff. Ship less." });
    assert.deepEqual(versions(fake).at(-1), [4, "edited", "draft", 2]);
  });

  test("of what is published puts it back into review, and says so", async () => {
    const fake = await resolved(await begunWorld());
    await postmortem(fake, "draft");
    const lessons = (text: string) => save(fake, ana, { version: 1, heading: "Lessons", text });
    const told = () => fake.ephemerals(ana).at(-1)?.text;
    await lessons("Less.");
    assert.equal(told(), '"Lessons" of the postmortem of INC-1 is saved.');
    await postmortem(fake, "publish");
    await save(fake, ana, { version: 3, heading: "Lessons", text: "More." });
    assert.match(told() ?? "", / is saved\. It was published, and is in review again\.$/);
    assert.equal(versions(fake).at(-1)?.[2], "review");
  });

  test("that is committed at the same moment is decided again, and not lost", async () => {
    const fake = await begunWorld();
    await postmortem(fake, "draft");
    fake.store.beforeNextCommit = () =>
      save(fake, bo, { version: 1, heading: "What went well", text: "The rollback." });
    await save(fake, ana, { version: 1, heading: "Lessons", text: "Read the diff." });
    assert.match(newest(fake), /The rollback\.[^]*Read the diff\./);
  });

  test("stays when it is drafted anew", async () => {
    const fake = await begunWorld();
    await postmortem(fake, "draft");
    assert.match(await postmortem(fake, "draft"), /^Nothing new happened since/);
    await save(fake, ana, { version: 1, heading: "Lessons", text: "Read the diff." });
    await resolved(fake);
    assert.match(
      await postmortem(fake, "draft"),
      /drafted anew; what people wrote stayed as it was/,
    );
    assert.deepEqual(versions(fake).slice(2), [
      [3, "drafted", "draft", 2],
      [4, "edited", "draft", 2],
    ]);
    assert.match(newest(fake), /Ana Lima resolved the incident\.[^]*Read the diff\./);
    await save(fake, bo, { version: 4, heading: "What went well", text: "The rollback." });
    await postmortem(fake, "draft");
    assert.match(newest(fake), /The rollback\.[^]*Read the diff\./);
  });
});

describe("an edit on its page", () => {
  const onPage = (fake: FakeWorld, user: string, rest: Partial<PageEdit> = {}) => {
    const base = fake.store.postmortems.find((each) => each.version === 1)?.markdown ?? "";
    const index = partsOf(base).findIndex((part) => titleOf(part) === "Lessons");
    const edit = { job: fake.job(), user, incident: idOf(fake), version: 1, index, text: "Less." };
    return saveOnPage(fake.world, { ...edit, ...rest });
  };

  test("comes together with one in Slack, and of the same heading the later one is kept aside", async () => {
    const fake = await begunWorld();
    await postmortem(fake, "draft");
    await save(fake, ana, { version: 1, heading: "What went well", text: "The rollback." });
    assert.deepEqual(await onPage(fake, bo), {
      kind: "saved",
      title: "Lessons",
      wasPublished: false,
    });
    assert.match(newest(fake), /The rollback\.\n\n## Lessons\n\nLess\.\n/);
    assert.deepEqual(await onPage(fake, bo), { kind: "nothing", title: "Lessons" });
    const later = await onPage(fake, ana, { text: "More." });
    assert.equal(later.kind === "conflict" && later.conflict.kept.version, 4);
    assert.deepEqual(versions(fake).at(-1), [4, "set-aside", "draft", 1]);
    const shown = await postmortemShown(fake.world, idOf(fake), null);
    assert.deepEqual([shown?.version.version, shown?.author, shown?.last], [3, "Bo Okafor", 4]);
    const aside = await postmortemShown(fake.world, idOf(fake), 4);
    assert.match(aside?.version.markdown ?? "", /## Lessons\n\nMore\.\n/);
    assert.equal(await postmortemShown(fake.world, idOf(fake), 9), null);
  });

  test("is for members of the channel, of a part that there is, and without secrets", async () => {
    const fake = await begunWorld();
    await postmortem(fake, "draft");
    await onPage(fake, ana, { text: "The key was xoxb-1234567890-abcdefghijkl" });
    assert.doesNotMatch(newest(fake), /xoxb-1234567890/);
    fake.members.set(incidentChannel.id, [bo]);
    const refused = await onPage(fake, ana, { text: "x" });
    assert.match(
      refused.kind === "refused" ? refused.said : "",
      /^Only members of #inc-7-checkout-latency write/,
    );
    const none = await onPage(fake, bo, { index: 99 });
    assert.match(none.kind === "refused" ? none.said : "", /^There is no such part\./);
  });
});
