import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import type { Constraint } from "../../src/catalog/catalog.ts";
import type { StepToAllow } from "../../src/catalog/constraints.ts";
import { forbids } from "../../src/catalog/constraints.ts";
import { parseCatalogObject } from "../../src/catalog/parse.ts";
import { mechanisms, risks, severities } from "../../src/vocabulary.ts";
import { runs, seed } from "../property-runs.ts";

const friday = new Date("2026-11-20T12:00:00Z");

function rules(...constraints: object[]): readonly Constraint[] {
  const { catalog, errors } = parseCatalogObject({
    services: [
      { name: "checkout", constraints: constraints.map((it) => ({ because: "carts", ...it })) },
    ],
  });
  assert.deepEqual(errors, []);
  return catalog.services[0]?.constraints ?? [];
}

const restart: StepToAllow = {
  id: "restart-service",
  risk: "disruptive",
  mechanism: "runtime",
  commands: ["kubectl -n shop rollout restart deploy/checkout"],
};

test("a service without rules forbids nothing", () => {
  assert.equal(forbids([], restart, friday, 1), null);
});

test("a forbidden step comes back with the rule that forbids it", () => {
  const [rule] = rules({ forbid: ["restart-service"], by: "@ana" });
  assert.equal(forbids(rule ? [rule] : [], restart, friday, 1), rule);
});

const allowed: readonly (readonly [why: string, rule: object])[] = [
  ["another step", { forbid: ["roll-back-deploy"] }],
  ["another risk", { forbid: ["risk:irreversible"] }],
  ["another mechanism", { forbid: ["mechanism:data"] }],
  ["another command of the program", { forbid: ["command:kubectl delete"] }],
  ["another program", { forbid: ["command:kube rollout"] }],
  ["words in another order", { forbid: ["command:kubectl restart rollout"] }],
  ["another severity", { forbid: ["restart-service"], severity: [3, 4] }],
  ["another time", { forbid: ["restart-service"], during: ["Sat,Sun 00:00-24:00"] }],
  ["a rule that has ended", { forbid: ["restart-service"], until: "2026-11-19" }],
];

for (const [why, rule] of allowed) {
  test(`a rule about ${why} lets a step pass`, () => {
    assert.equal(forbids(rules(rule), restart, friday, 1), null);
  });
}

test("a rule holds in any of its windows", () => {
  const two = rules({
    forbid: ["risk:disruptive"],
    during: ["Sat 00:00-24:00", "Fri 11:00-13:00"],
  });
  assert.notEqual(forbids(two, restart, friday, 1), null);
});

test("a rule holds to the end of its last day in its zone", () => {
  const last = rules({
    forbid: ["restart-service"],
    until: "2026-11-20",
    during: ["00:00-24:00 America/New_York"],
  });
  assert.notEqual(forbids(last, restart, new Date("2026-11-21T04:59:59Z"), 1), null);
  assert.equal(forbids(last, restart, new Date("2026-11-21T05:00:00Z"), 1), null);
});

test("while the severity is not known the rules of all severities hold", () => {
  assert.notEqual(
    forbids(rules({ forbid: ["restart-service"], severity: [4] }), restart, friday, null),
    null,
  );
});

test("a rule whose window or zone nobody can read holds always", () => {
  const [rule] = rules({ forbid: ["restart-service"] });
  const broken: Constraint[] = rule
    ? [{ ...rule, during: ["sometimes"], zone: "Nowhere/Land" }]
    : [];
  assert.notEqual(forbids(broken, restart, friday, 1), null);
});

const word = fc.stringMatching(/^[a-z][a-z0-9]{1,8}$/);
const plainStep = fc.record({
  id: fc.tuple(word, word).map((parts) => parts.join("-")),
  risk: fc.constantFrom(...risks),
  mechanism: fc.constantFrom(...mechanisms),
});

/** A command written in one of the many ways that a shell allows. */
const writtenCommand = fc
  .record({
    words: fc.array(word, { minLength: 1, maxLength: 3 }),
    between: fc.array(fc.constantFrom("-v", "--all", "-n", "'x y'", '"a;b"', "{}"), {
      maxLength: 3,
    }),
    prefix: fc.constantFrom(
      "",
      "sudo ",
      "A=1 ",
      "/usr/bin/",
      "true && ",
      "true; ",
      "x | xargs ",
      "cd /\n",
    ),
    wrap: fc.constantFrom(
      (text: string) => text,
      (text: string) => `sh -c "${text.replaceAll(/["\\$`]/g, "\\$&")}"`,
      (text: string) => `sh -c '${text.replaceAll("'", "'\\''")}'`,
      (text: string) => `echo $(${text})`,
      (text: string) => `kubectl exec pod -- ${text}`,
    ),
    shout: fc.boolean(),
  })
  .map(({ words, between, prefix, wrap, shout }) => {
    const [program = "", ...rest] = words;
    const text = wrap(`${prefix}${[program, ...between, ...rest].join(" ")} and more`);
    return { words, text: shout ? text.toUpperCase() : text };
  });

test("a step that a rule forbids by id, risk, mechanism or command never passes", () => {
  const kind = fc.constantFrom("id", "risk", "mechanism", "command");
  fc.assert(
    fc.property(
      plainStep,
      writtenCommand,
      kind,
      fc.constantFrom(...severities),
      (step, command, by, severity) => {
        const forbid = {
          id: step.id,
          risk: `risk:${step.risk}`,
          mechanism: `mechanism:${step.mechanism}`,
          command: `command:${command.words.join(" ")}`,
        }[by];
        const found = forbids(
          rules({ forbid: ["some-other-step"] }, { forbid: ["yet-another-step", forbid] }),
          { ...step, commands: ["echo first", command.text] },
          friday,
          severity,
        );
        assert.notEqual(found, null, `${forbid} let ${command.text} pass`);
      },
    ),
    { numRuns: Math.max(400, runs(8000)), seed },
  );
});
