import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { partsOf, titleOf } from "../../src/postmortem/parts.ts";
import { ana, begunWorld, bo } from "./fake-world.ts";
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
