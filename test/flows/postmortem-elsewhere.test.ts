import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { CanvasGiven, CanvasTold } from "../../src/flows/counterpart.ts";
import { someIssue, withIssues } from "./fake-issues.ts";
import { ana, begunWorld, incidentChannel, type FakeWorld } from "./fake-world.ts";
import { idOf, postmortem, save } from "./postmortem.ts";

const issue = (number: number) => `issue #${number} of acme/pm`;

function withCanvas(fake: FakeWorld, canvas: (told: CanvasTold) => CanvasGiven): void {
  const chat = { ...fake.world.chat, canvas: async (told: CanvasTold) => canvas(told) };
  fake.world = { ...fake.world, chat };
}

describe("an export as an issue", () => {
  test("opens one and keeps it, and a second export brings the same one up to date", async () => {
    const fake = await begunWorld();
    const { kept } = withIssues(fake);
    await postmortem(fake, "draft");
    assert.equal(
      await postmortem(fake, "export issue"),
      `The postmortem of INC-1, version 1: ${issue(1)} is opened. https://github.com/acme/pm/issues/1`,
    );
    assert.equal(kept[0]?.title, "Postmortem of INC-1");
    assert.ok(kept[0]?.body.startsWith("# INC-1: checkout latency\n"));
    await save(fake, ana, { version: 1, heading: "Lessons", text: "Ask @bo, see #7." });
    assert.match(
      await postmortem(fake, "export issue"),
      new RegExp(`version 2: ${issue(1)} is brought`),
    );
    assert.equal(kept.length, 1);
    assert.ok(kept[0]?.body.includes("Ask @\u200Bbo, see #\u200B7."));
  });

  test("finds the one that is there where its record was lost, and opens another where it was deleted", async () => {
    const fake = await begunWorld();
    const { kept } = withIssues(fake);
    await postmortem(fake, "draft");
    kept.push({ ...someIssue, number: "4", body: `… Kept by Hindsight as ${idOf(fake)}.` });
    assert.match(await postmortem(fake, "export issue"), new RegExp(`${issue(4)} is brought`));
    assert.equal(kept.length, 1);
    kept.length = 0;
    assert.match(await postmortem(fake, "export issue"), new RegExp(`${issue(1)} is opened`));
  });

  test("of two at once opens one that stays open", async () => {
    const fake = await begunWorld();
    const { kept, changes } = withIssues(fake);
    await postmortem(fake, "draft");
    const issues = fake.world.exports.issues;
    assert.ok(issues);
    const create: typeof issues.create = (told, signal) => {
      kept.push({ ...someIssue, number: String(kept.length + 1), ...told });
      return issues.create(told, signal);
    };
    fake.world = {
      ...fake.world,
      exports: { ...fake.world.exports, issues: { ...issues, create } },
    };
    assert.match(await postmortem(fake, "export issue"), new RegExp(`${issue(1)} is brought`));
    assert.deepEqual(changes.at(-1), ["2", { state: "not_planned" }]);
  });

  test("that GitHub refuses is told with the mend, and the postmortem is kept", async () => {
    const fake = await begunWorld();
    await postmortem(fake, "draft");
    assert.match(await postmortem(fake, "export issue"), /^No repository is set for postmortems\./);
    const { issues } = withIssues(fake);
    const refused = {
      ok: false,
      said: "Issues are switched off. Mend it.",
      why: "refused",
    } as const;
    const all = { ...issues, find: async () => refused };
    fake.world = { ...fake.world, exports: { ...fake.world.exports, issues: all } };
    assert.equal(
      await postmortem(fake, "export issue"),
      "The postmortem of INC-1 was not exported: Issues are switched off. Mend it. It is kept here as it is.",
    );
  });
});

describe("an export as a canvas", () => {
  test("makes one in the incident's channel, which a second export replaces, also where that is private", async () => {
    const fake = await begunWorld();
    const told: CanvasTold[] = [];
    withCanvas(fake, (canvas) => {
      told.push(canvas);
      return {
        kind: "given",
        id: "F1",
        url: "https://acme.slack.com/docs/F1",
        isNew: canvas.known === null,
      };
    });
    const hidden = { ...incidentChannel, kind: "private" } as const;
    fake.store.channels.set(hidden.id, hidden);
    fake.channels.set(hidden.id, hidden);
    await postmortem(fake, "draft");
    assert.equal(
      await postmortem(fake, "export canvas"),
      "The postmortem of INC-1, version 1: its canvas is made. https://acme.slack.com/docs/F1",
    );
    assert.match(await postmortem(fake, "export canvas"), /its canvas is brought up to date\./);
    assert.deepEqual(
      told.map(({ channel, title, known }) => [channel, title, known]),
      [
        [incidentChannel.id, "Postmortem of INC-1", null],
        [incidentChannel.id, "Postmortem of INC-1", "F1"],
      ],
    );
  });

  test("becomes a file in the thread where Slack makes none, and says why", async () => {
    const fake = await begunWorld();
    await postmortem(fake, "draft");
    assert.equal(
      await postmortem(fake, "export canvas"),
      "Slack made no canvas, for the app may not write them: give it canvases:write by installing it again from slack-manifest.json. The postmortem of INC-1 goes into its thread as a file.",
    );
    assert.ok(fake.store.effects.some(({ payload }) => payload.kind === "file"));
    withCanvas(fake, () => ({
      kind: "refused",
      reason: "canvas_creation_failed",
      detail: "line 3: <b>",
    }));
    assert.equal(
      await postmortem(fake, "export canvas"),
      "Slack made no canvas (canvas_creation_failed, line 3: ‹b›). The file of version 1 is in the thread of INC-1 already.",
    );
  });
});
