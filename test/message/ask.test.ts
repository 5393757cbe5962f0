import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseAsk, type Ask } from "../../src/message/ask.ts";
import { declareModal, parseDeclaration } from "../../src/message/declare-modal.ts";
import { checkView } from "../../src/local/block-kit.ts";

const asked: readonly (readonly [string, Ask])[] = [
  ["<@UBOT>", { kind: "help" }],
  ["<@UBOT> help", { kind: "help" }],
  ["<@UBOT|hindsight> what can you do?", { kind: "help" }],
  ["<@UBOT> catch me up", { kind: "catch-up" }],
  ["<@UBOT> where do we stand?", { kind: "catch-up" }],
  ["<@UBOT> what changed in payments?", { kind: "changes", about: "what changed in payments?" }],
  ["<@UBOT> any deploys?", { kind: "changes", about: "any deploys?" }],
  ["<@UBOT> what fixed it?", { kind: "catch-up" }],
  ["<@UBOT> thanks", { kind: "thanks" }],
  ["<@UBOT> Thank you so much, great work everyone!", { kind: "thanks" }],
  ["ok, that worked, thanks :tada: 👍🏽", { kind: "thanks" }],
  ["<@UBOT> thanks, but it is back", { kind: "look", about: "thanks, but it is back" }],
  ["<@UBOT> ok look again", { kind: "look", about: "ok look again" }],
  ["<@UBOT> great, it is slow again", { kind: "look", about: "great, it is slow again" }],
  [
    "<@UBOT> R&D: <https://grafana.example/d/1|latency> in <#C42|shop> & <https://x.example/>",
    { kind: "look", about: "R&D: latency in #shop & https://x.example/" },
  ],
  ["<@UBOT> look again", { kind: "look", about: "look again" }],
  ["<@UBOT>   checkout is\nslow", { kind: "look", about: "checkout is slow" }],
];

describe("what a mention asks for", () => {
  for (const [text, expected] of asked)
    it(`${JSON.stringify(text)} is ${expected.kind}`, () => {
      assert.deepEqual(parseAsk(text), expected);
    });
});

describe("the form that declares an incident", () => {
  it("is one that Slack takes, also with a very long title filled in", () => {
    for (const title of ["", "checkout is slow", "x".repeat(1_000)]) {
      const checked = checkView(JSON.parse(JSON.stringify(declareModal("C42", title))));
      assert.deepEqual("problems" in checked ? checked.problems : [], []);
    }
  });

  it("gives title and severity, SEV3 where none was chosen", () => {
    assert.deepEqual(parseDeclaration({ "declare:title": " checkout ", "declare:severity": "1" }), {
      ok: true,
      title: "checkout",
      severity: 1,
    });
    assert.deepEqual(parseDeclaration({ "declare:title": "checkout" }), {
      ok: true,
      title: "checkout",
      severity: 3,
    });
  });

  it("asks for a title where there is none", () => {
    assert.deepEqual(parseDeclaration({ "declare:title": "  ", "declare:severity": "1" }), {
      ok: false,
      errors: { "declare:title": "Say in a few words what is wrong." },
    });
  });
});
