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

/** By what they ask for; the rest of the table says what of. */
const labelled: Readonly<Partial<Record<Ask["kind"], readonly string[]>>> = {
  lead: [
    "who is lead?",
    "who's leading?",
    "who leads this",
    "who is the lead now?",
    "who is in charge?",
  ],
  board: ["board", "show me the board", "who is on what?", "what is everybody doing?"],
  similar: [
    "similar incidents?",
    "have we seen this before?",
    "has this happened before",
    "anything similar?",
  ],
  services: [
    "services",
    "list the services",
    "which services do you know?",
    "who is on call for payments?",
    "who's on-call?",
    "who owns redis?",
  ],
  reopen: ["reopen", "please reopen it", "re-open the incident"],
  mute: ["mute", "please mute", "be quiet", "mute it for now", "stop posting here, please"],
  resume: ["resume", "unmute", "ok, resume", "start posting again"],
  resolve: [
    "resolve it",
    "resolve",
    "close the incident",
    "mark it as resolved",
    "it is resolved",
    "can you resolve this please?",
  ],
  "take-lead": ["I'll take the lead", "i lead", "take the lead", "I’m taking lead", "make me lead"],
  "catch-up": [
    "status?",
    "what is going on?",
    "get me up to speed",
    "what happened?",
    "where are we?",
    "tl;dr",
    "summarize please",
  ],
  suspect: [
    "is it the database?",
    "is it redis?",
    "could it be DNS",
    "might it be caused by the queue?",
    "was it the cache?",
    "maybe the disk",
    "what about payments?",
    "dns?",
    "I think it's the database",
    "isn't it payments?",
  ],
  look: [
    "what now?",
    "is it down?",
    "is it still slow?",
    "is it fixed?",
    "checkout is slow",
    "mute payments alerts?",
    "the lead time is up",
    "status page is red",
    "status code 500 everywhere",
    "resolve dns fails in eu",
    "we resumed the consumer and it is worse",
    "boarding passes cannot be printed",
    "severity of the errors rises",
    "graphs are all flat",
    "we are monitoring payments closely",
    "the on call phone is dead",
    "an update broke it",
  ],
};

const drawn: readonly (readonly [string, string])[] = [
  ["graph p99 of checkout", "p99 of checkout"],
  ["could you graph the error rate please?", "error rate"],
  ["chart payments latency", "payments latency"],
  ["show me a chart of cpu", "cpu"],
  ["plot", ""],
];
const graded: readonly (readonly [string, number])[] = [
  ["sev2", 2],
  ["SEV-1!", 1],
  ["set severity to 3", 3],
  ["make it a sev 2", 2],
  ["severity is sev4", 4],
];

const settled: readonly (readonly [string, Ask])[] = [
  ["set status to monitoring", { kind: "status", status: "monitoring" }],
  ["status identified", { kind: "status", status: "identified" }],
  ["we're monitoring now.", { kind: "status", status: "monitoring" }],
  ["mark it as identified", { kind: "status", status: "identified" }],
  ["make <@UBO> lead", { kind: "give-lead", lead: "UBO" }],
  ["<@UBO|bo> leads now", { kind: "give-lead", lead: "UBO" }],
  ["hand over to <@UBO>", { kind: "give-lead", lead: "UBO" }],
  ["lead: <@UBO>", { kind: "give-lead", lead: "UBO" }],
  ["post an update: Rolling back.", { kind: "update", known: "Rolling back." }],
  ["update: fixed for\nhalf of all", { kind: "update", known: "fixed for half of all" }],
  ["<@UBO> leads the payments team", { kind: "look", about: "leads the payments team" }],
];

describe("plain words, without a model", () => {
  const all = Object.entries(labelled).flatMap(([kind, said]) =>
    said.map((words) => [words, kind] as const),
  );
  it("are at least sixty sentences", () => {
    assert.ok(all.length + drawn.length + graded.length + asked.length >= 60);
  });
  for (const [words, kind] of all)
    it(`"${words}" is ${kind}`, () => assert.equal(parseAsk(`<@UBOT> ${words}`).kind, kind));
  for (const [words, about] of drawn)
    it(`"${words}" draws "${about}"`, () =>
      assert.deepEqual(parseAsk(`<@UBOT> ${words}`), { kind: "graph", about }));
  for (const [words, expected] of settled)
    it(`"${words}" is ${expected.kind}`, () =>
      assert.deepEqual(parseAsk(`<@UBOT> ${words}`), expected));
  for (const [words, severity] of graded)
    it(`"${words}" is SEV${severity}`, () =>
      assert.deepEqual(parseAsk(`<@UBOT> ${words}`), { kind: "severity", severity }));
});

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
