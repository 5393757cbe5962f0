import assert from "node:assert/strict";
import { test } from "node:test";
import {
  parseFollowUpReply,
  parsePassReply,
  type Parsed,
  type ReadDeed,
  type WordedSentence,
  type WordedStep,
} from "../../src/model/reply.ts";

const finding: WordedSentence = {
  text: "p99 of checkout 0.4 s → 4.1 s since 14:02",
  cites: ["metric:0"],
};
const step: WordedStep = {
  step: "roll-back-deploy",
  title: "Roll back checkout",
  service: "checkout",
  kind: "fix",
  why: "It went live 20 s before.",
  cites: ["change:3f2a91c"],
  expect: "p99 falls within two minutes",
  command: null,
};
const deed: ReadDeed = { message: "1732262400.000200", step: "restart-service", what: "tried" };
const whole = { findings: [finding], steps: [step], deeds: [deed] };

function read<Reply>(parsed: Parsed<Reply>) {
  assert.ok("reply" in parsed, JSON.stringify(parsed));
  return parsed;
}

function problem(text: string): string {
  const parsed = parsePassReply(text);
  assert.ok("problem" in parsed, JSON.stringify(parsed));
  return parsed.problem;
}

test("a reply is read alone, in a fence, behind thoughts and amid prose", () => {
  const json = JSON.stringify(whole, null, 2);
  for (const text of [
    json,
    `\`\`\`json\n${json}\n\`\`\``,
    `<think>{maybe "findings": } hm</think>\n${json}`,
    `Here is {what I found}:\n${json}\nI hope that it helps {a lot}.`,
  ]) {
    const { reply, fell } = read(parsePassReply(text));
    assert.equal(reply.findings[0]?.text, finding.text);
    assert.equal(reply.steps[0]?.step, "roll-back-deploy");
    assert.equal(reply.deeds[0]?.what, "tried");
    assert.deepEqual(fell, []);
  }
});

test("braces and quotes within strings do not end the object", () => {
  const text = 'the log says "}{" and \\" {"';
  const { reply } = read(
    parseFollowUpReply(JSON.stringify({ sentences: [{ text, cites: ["log:0"] }] })),
  );
  assert.equal(reply.sentences[0]?.text, text);
});

test("what cannot be read is told by what is wrong with it", () => {
  assert.equal(problem("   "), "is empty");
  assert.equal(
    problem("I cannot help with that."),
    "holds no JSON object with findings, steps, deeds",
  );
  assert.equal(problem(JSON.stringify(whole).slice(0, -9)), "ends before its JSON does");
  assert.equal(
    problem(`${JSON.stringify(whole)}${JSON.stringify(whole)}`),
    "holds more than one object",
  );
  assert.equal(
    problem(`{"findings": [${"x".repeat(100_000)}]}`),
    "is longer than 40000 characters",
  );
  assert.equal(problem('{"sentences": []}'), "holds no JSON object with findings, steps, deeds");
  assert.equal(problem("[1, 2]"), "holds no JSON object with findings, steps, deeds");
});

test("a text of nothing but braces is given up soon", () => {
  assert.equal(problem("{".repeat(39_000)), "ends before its JSON does");
  assert.equal(problem("{}".repeat(19_000)), "holds no JSON object with findings, steps, deeds");
});

test("a part that has another shape falls alone, with its text and what is wrong", () => {
  const { reply, fell } = read(
    parsePassReply(
      JSON.stringify({
        findings: [finding, { text: "long ".repeat(100), cites: [] }, { text: 7 }, null],
        steps: [step, { ...step, kind: "resolve", title: "Close it" }],
        deeds: [deed, { ...deed, what: "resolved" }, { ...deed, outcome: "resolved" }],
      }),
    ),
  );
  assert.equal(reply.findings.length, 1);
  assert.equal(reply.steps.length, 1);
  assert.equal(reply.deeds.length, 2);
  assert.deepEqual(
    reply.deeds.map(({ outcome }) => outcome ?? null),
    [null, null],
  );
  assert.deepEqual(
    fell.map(({ because }) => because),
    [
      "does not have the shape that was asked for (text)",
      "does not have the shape that was asked for (text)",
      "does not have the shape that was asked for",
      "does not have the shape that was asked for (kind)",
      "does not have the shape that was asked for (what)",
    ],
  );
  assert.equal(fell[3]?.text, "steps, 2");
});

test("lists are bounded, and what stands beyond falls; what is not asked for is dropped", () => {
  const { reply, fell } = read(
    parsePassReply(
      JSON.stringify({
        findings: Array.from({ length: 300 }, () => ({ ...finding, url: "https://x.example" })),
        resolved: true,
      }),
    ),
  );
  assert.equal(reply.findings.length, 6);
  assert.equal(fell.length, 20);
  assert.equal(fell[0]?.because, "is beyond the first 6");
  assert.deepEqual(Object.keys(reply.findings[0] ?? {}), ["text", "cites"]);
  assert.deepEqual(Object.keys(reply), ["findings", "steps", "deeds"]);
});

test("a list that is missing is empty, one that is none falls", () => {
  const { reply, fell } = read(parsePassReply('{"findings": null, "steps": "restart all"}'));
  assert.deepEqual(reply, { findings: [], steps: [], deeds: [] });
  assert.deepEqual(fell, [{ text: "steps", because: "is not a list" }]);
});

test("a name from the language's own objects is no key of a reply", () => {
  assert.equal(
    problem('{"__proto__": {"findings": []}}'),
    "holds no JSON object with findings, steps, deeds",
  );
});

test("a text is one line, whatever breaks the model put in", () => {
  const text = "p99 rose to 4.1 s\n\n*All done*";
  const parsed = parsePassReply(
    JSON.stringify({ ...whole, findings: [{ text, cites: ["metric:0"] }] }),
  );
  assert.ok("reply" in parsed);
  assert.equal(parsed.reply.findings[0]?.text, "p99 rose to 4.1 s *All done*");
});
