import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { canvasesOn } from "../../../src/edges/slack/canvas.ts";
import { listenLocalWorkspace, type LocalWorkspace } from "../../../src/local/workspace.ts";
import {
  clientOf,
  openReceivingApp,
  secrets,
  type ReceivingApp,
} from "../../local/receiving-app.ts";

describe("a canvas", () => {
  let app: ReceivingApp;
  let slack: LocalWorkspace;
  before(async () => {
    app = await openReceivingApp();
    slack = await listenLocalWorkspace({ ...secrets, eventsUrl: app.url });
  });
  after(async () => {
    await slack.close();
    await app[Symbol.asyncDispose]();
  });

  const channel = () => slack.channels().find(({ name }) => name === "general")?.id ?? "";
  const give = (
    markdown: string,
    { title = "Postmortem of INC-1", known = null as string | null } = {},
  ) => canvasesOn(clientOf(slack))({ channel: channel(), title, markdown, known });
  const textAt = async (url: string | null) => (await fetch(url ?? "")).text();
  const canvases = async () =>
    (await clientOf(slack).files.list({ channel: channel() })).files ?? [];

  test("is made once: by its id and by its title the same one is written anew, without secrets and comments", async () => {
    const made = await give("# One\n<!-- begin -->\nIt took xoxb-1234567890-abcdefghijkl");
    assert.ok(made.kind === "given" && made.isNew);
    assert.match(await textAt(made.url), /^# One\nIt took (?!xoxb-1234567890)/);
    const again = await give("# Two ![](@U1)", { known: made.id });
    assert.deepEqual(again, { ...made, isNew: false });
    assert.equal(await textAt(made.url), String.raw`# Two !\[](@U1)`);
    assert.deepEqual(await give("# Three"), { ...made, isNew: false }, "the record was lost");
    assert.equal((await canvases()).length, 1);
  });

  test("that somebody deleted is made anew", async () => {
    const made = await give("# One", { title: "Postmortem of INC-2", known: "F0" });
    assert.ok(made.kind === "given" && made.isNew);
  });

  for (const [method, error] of [
    ["canvases.create", "missing_scope"],
    ["canvases.create", "not_allowed_token_type"],
    ["canvases.create", "canvas_disabled_user_team"],
    ["canvases.create", "free_team_canvas_tab_already_exists"],
  ] as const)
    test(`that Slack refuses with ${error} is a refusal`, async () => {
      slack.faults.add({ method, kind: "refused", error });
      assert.deepEqual(await give("# One", { title: error }), {
        kind: "refused",
        reason: error,
        detail: null,
      });
    });

  test("is tried again later where Slack only is away, and then it is not there twice", async () => {
    slack.faults.add({ method: "canvases.create", kind: "answer-lost" });
    await assert.rejects(give("# One", { title: "Postmortem of INC-3" }));
    const found = await give("# One", { title: "Postmortem of INC-3" });
    assert.ok(found.kind === "given" && !found.isNew);
  });
});
