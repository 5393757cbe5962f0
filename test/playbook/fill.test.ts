import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import * as fc from "fast-check";
import type { FillFacts } from "../../src/playbook/fill.ts";
import { fillIn } from "../../src/playbook/fill.ts";
import type { Step, Way } from "../../src/playbook/step.ts";
import { runs, seed } from "../property-runs.ts";

function stepWith(...ways: Way[]): Step {
  return {
    id: "roll-back-deploy",
    role: "fix",
    title: "Roll back {service} to {previousVersion}",
    plainTitle: "Roll back the last deploy",
    question: "Is it {service}?",
    mechanism: "deploy",
    ways,
    expect: { ifSo: "{service} is well.", ifNot: "If not, it is {dependency}." },
    minutes: 6,
    risk: "disruptive",
    priors: { "*": 0.1 },
    tellsApart: "{service} or {dependency}",
    boosts: [],
    doneWords: [],
  };
}

const facts = (values: FillFacts["values"]): FillFacts => ({
  runtime: "node",
  platform: "kubernetes",
  values,
});
const commandOf = (command: string, values: FillFacts["values"]) =>
  fillIn(stepWith({ command }), facts(values)).how;

test("what is known is filled in, everywhere in the step", () => {
  const step = stepWith({
    command: "kubectl -n {namespace} rollout undo deploy/{service}",
    undo: "kubectl -n {namespace} rollout undo deploy/{service}",
  });
  const values = {
    service: "checkout",
    namespace: "shop",
    previousVersion: "9c1d2e0",
    dependency: "redis",
  };
  assert.deepEqual(fillIn(step, facts(values)), {
    title: "Roll back checkout to 9c1d2e0",
    question: "Is it checkout?",
    how: {
      command: "kubectl -n shop rollout undo deploy/checkout",
      undo: "kubectl -n shop rollout undo deploy/checkout",
      isFilled: true,
    },
    expect: "checkout is well. If not, it is redis.",
    tellsApart: "checkout or redis",
  });
});

test("what is not known is a gap in the command, a plain word in prose, and the plain title", () => {
  const filled = fillIn(
    stepWith({ command: "fly status -a {service}", undo: "kubectl -n {namespace} get pods" }),
    facts({ service: "checkout" }),
  );
  assert.equal(filled.title, "Roll back the last deploy");
  assert.deepEqual(filled.how, {
    command: "fly status -a checkout",
    undo: "kubectl -n <namespace> get pods",
    isFilled: false,
  });
  assert.equal(filled.expect, "checkout is well. If not, it is the dependency.");
});

const braces = `awk '{ print $1 }' "\${HOME}" '%{http_code}' {.items} {"a":1} {print,x}`;

test("braces that belong to the shell and its tools stay as they are", () => {
  assert.deepEqual(commandOf(braces, { service: "x" }), { command: braces, isFilled: true });
});

const oddValues: readonly (readonly [why: string, value: string, command: string])[] = [
  ["a space", "my shop", "get 'my shop'"],
  ["a quote", "it's", "get 'it'\\''s'"],
  ["a command", "x; rm -rf /", "get 'x; rm -rf /'"],
  ["a substitution", "$(reboot)", "get '$(reboot)'"],
  ["nothing unusual", "shop/cart:v1.2_3@a", "get shop/cart:v1.2_3@a"],
  ["what passes for an option", "--all", "get <service>"],
  ["what breaks the line", "a\nreboot", "get <service>"],
  ["what turns the text around", "a\u202eb", "get <service>"],
  ["nothing at all", " ", "get <service>"],
  ["too much", "x".repeat(201), "get <service>"],
];

for (const [why, value, command] of oddValues) {
  test(`a value that holds ${why} becomes one word or a gap`, () => {
    assert.deepEqual(commandOf("get {service}", { service: value }), {
      command,
      isFilled: !command.includes("<"),
    });
  });
}

test("an unusual value is never put inside quotes, where it could end them", () => {
  for (const command of [`psql -c "drop {service}"`, `psql -c 'drop {service}'`]) {
    assert.equal(commandOf(command, { service: "x'; y" })?.isFilled, false);
    assert.equal(commandOf(command, { service: "x" })?.isFilled, true);
  }
});

test("an apostrophe in a comment opens no quotes", () => {
  const how = commandOf("# it's here\nget {service}", { service: "a b" });
  assert.equal(how?.command, "# it's here\nget 'a b'");
});

test("whatever a value holds, the shell reads it as that one word", () => {
  const value = fc.oneof(
    fc.string({ unit: "grapheme", minLength: 1 }),
    fc.string({
      unit: fc.constantFrom("'", '"', "\\", "$", "(", ")", "`", " ", "-", "#", "*", "~", "a"),
    }),
  );
  const texts = [
    "printf '%s|' x-{service} {service} \"{service}\" '{service}' end # {service}",
    "printf '%s|' x-{service} {service} end # it's {service}",
  ];
  fc.assert(
    fc.property(value, (service) => {
      const filled = texts.map((text) => commandOf(text, { service }));
      if (!filled.every((how) => how?.isFilled === true)) return;
      const script = filled.map((how) => how?.command).join("\n");
      const { stdout } = spawnSync("bash", ["-c", script], { encoding: "utf8" });
      const both = `${service}|${service}|`;
      assert.equal(stdout, `x-${both}${both}end|x-${both}end|`);
    }),
    { numRuns: runs(1000), seed },
  );
});

const ways: readonly Way[] = [
  { command: "for all" },
  { command: "for kubernetes", platforms: ["kubernetes"] },
  { command: "for node", runtimes: ["node"] },
  { command: "for node on fly", runtimes: ["node"], platforms: ["fly"] },
  { command: "for go", runtimes: ["go", "rust"] },
];

const choices: readonly (readonly [FillFacts["runtime"], FillFacts["platform"], string])[] = [
  ["node", "fly", "for node on fly"],
  ["node", "kubernetes", "for node"],
  ["jvm", "kubernetes", "for kubernetes"],
  ["rust", "kubernetes", "for go"],
  ["jvm", "vm", "for all"],
  ["other", "other", "for all"],
];

for (const [runtime, platform, command] of choices) {
  test(`${runtime} on ${platform} gets the way ${command}`, () => {
    const filled = fillIn(stepWith(...ways), { runtime, platform, values: {} });
    assert.equal(filled.how?.command, command);
  });
}

test("where no way fits there is none", () => {
  const step = stepWith({ command: "x", platforms: ["fly"] });
  assert.equal(fillIn(step, facts({})).how, undefined);
});
