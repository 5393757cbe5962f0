import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { platforms, runtimes } from "../../src/catalog/catalog.ts";
import { fillIn } from "../../src/playbook/fill.ts";
import { parsePlaybook } from "../../src/playbook/parse.ts";
import { isPlaceholder, namesIn, placeholders } from "../../src/playbook/placeholder.ts";
import { pastOfBase } from "../../src/suggestion/deed-verbs.ts";
import { deedsIn } from "../../src/suggestion/done.ts";
import { noDraw } from "../../src/suggestion/draw.ts";
import { proposeSteps } from "../../src/suggestion/propose.ts";
import { symptoms, type ContextFlag } from "../../src/vocabulary.ts";
import { checkoutP99 } from "../incident/timeline.ts";
import { liveDeploy, situation } from "../suggestion/situation.ts";
import { builtInFiles } from "./built-in.ts";

const { steps, errors } = parsePlaybook(builtInFiles);
const textsOf = (step: (typeof steps)[number]) =>
  step.ways.flatMap((way) => (way.undo === undefined ? [way.command] : [way.command, way.undo]));

test("every built-in step is read without a mistake", () => {
  assert.deepEqual(errors, []);
  assert.ok(steps.length >= 60, `${steps.length} steps`);
});

test("the steps that other parts speak of by name are there", () => {
  const named =
    "roll-back-deploy revert-configuration fail-over-dependency turn-off-flag restart-service scale-out-service raise-pool-size shed-load check-provider-status read-pool-waits compare-versions read-slow-queries profile-off-cpu profile-cpu trace-syscall-latency read-event-loop-lag compare-heap-and-resident read-allocator-statistics read-gc-pauses check-certificate-dates check-dns-latency read-retransmits check-clock-skew read-cgroup-throttling read-lock-waits read-queue-lag read-replica-lag check-disk-latency read-rollout-status read-oom-kills check-wasm-module-traps read-traffic-by-route read-diff-of-last-deploy".split(
      " ",
    );
  const ids = new Set(steps.map((step) => step.id));
  assert.deepEqual(
    named.filter((id) => !ids.has(id)),
    [],
  );
});

test("every placeholder of every command is one that can be filled", () => {
  for (const step of steps) {
    for (const text of textsOf(step)) {
      assert.deepEqual(
        namesIn(text).filter((name) => !isPlaceholder(name)),
        [],
        step.id,
      );
    }
  }
});

test("every placeholder is used by some step", () => {
  const used = new Set(
    steps.flatMap((step) => [step.title, step.question, ...textsOf(step)].flatMap(namesIn)),
  );
  assert.deepEqual(
    Object.keys(placeholders).filter((name) => !used.has(name)),
    [],
  );
});

test("every fix can be undone, and no check changes anything that needs undoing", () => {
  for (const step of steps) {
    for (const way of step.ways) {
      assert.equal(way.undo !== undefined, step.role === "fix", step.id);
    }
  }
});

test("a step that only reads says so", () => {
  for (const step of steps) {
    if (step.risk === "read-only") assert.equal(step.role, "check", step.id);
    assert.notEqual(step.risk, "irreversible", step.id);
  }
});

test("every command is something that a shell can read", () => {
  const texts = steps
    .flatMap(textsOf)
    .map((text) => text.replaceAll(/(?<![$%])\{[a-zA-Z]+\}/g, "7"));
  const reader = 'while IFS= read -r -d "" text; do bash -n <<< "$text" || echo "$text"; done';
  const { stdout, stderr } = spawnSync("bash", ["-c", reader], {
    input: `${texts.join("\0")}\0`,
    encoding: "utf8",
  });
  assert.equal(`${stdout}${stderr}`, "");
});

test("with every value known a step is filled wherever it can be done at all", () => {
  const values = Object.fromEntries(Object.keys(placeholders).map((name) => [name, "7"]));
  for (const step of steps) {
    let ways = 0;
    for (const runtime of runtimes) {
      for (const platform of platforms) {
        const { how, title } = fillIn(step, { runtime, platform, values });
        if (how === undefined) continue;
        ways += 1;
        assert.equal(how.isFilled, true, step.id);
        assert.deepEqual(namesIn(`${how.command} ${how.undo ?? ""} ${title}`), [], step.id);
      }
    }
    assert.ok(ways > 0, step.id);
  }
});

test("every symptom has at least three checks and two fixes that are likelier there than elsewhere or likely at all", () => {
  for (const symptom of symptoms) {
    const chance = (step: (typeof steps)[number]) => step.priors[symptom] ?? step.priors["*"] ?? 0;
    const likely = (role: string, least: number) =>
      steps.filter((step) => step.role === role && chance(step) >= least).length;
    assert.ok(likely("check", 0.2) >= 3, symptom);
    assert.ok(likely("fix", 0.08) >= 2, symptom);
  }
});

const matches = (id: string, text: string) =>
  steps
    .find((step) => step.id === id)
    ?.doneWords.some((pattern) => new RegExp(pattern, "iu").test(text));

test("words that mean that a step was done do not match the wish or the question", () => {
  assert.equal(matches("roll-back-deploy", "rolled back already"), true);
  assert.equal(matches("roll-back-deploy", "rolled checkout back at 14:18"), true);
  assert.equal(matches("roll-back-deploy", "should we roll back?"), false);
  assert.equal(matches("restart-service", "tried restarting, no luck"), true);
  assert.equal(matches("restart-service", "let us restart it"), false);
  assert.equal(matches("turn-off-flag", "I turned the new-retry flag off"), true);
  assert.equal(matches("scale-out-service", "scaled to 12"), true);
});

test("each step is heard where somebody tells it as done in the words of its title", () => {
  const deaf = steps.filter(({ id, plainTitle }) => {
    const [verb = "", ...rest] = plainTitle.toLowerCase().split(" ");
    const told = `${pastOfBase(verb) ?? `${verb}ed`} ${rest.join(" ")}`;
    return !deedsIn(told, steps).some(({ stepId }) => stepId === id);
  });
  assert.deepEqual(
    deaf.map(({ plainTitle }) => plainTitle),
    [],
  );
});

test("where more is asked of a service and no change is a clear suspect, scaling it out is the first fix", () => {
  const firstFix = (more: readonly ContextFlag[]) => {
    const seen = situation({
      ...liveDeploy,
      flags: ["deploy", "config", "flag", "dependency-error", ...more],
      diagnosis: {
        ...liveDeploy.diagnosis,
        metrics: [
          ...liveDeploy.diagnosis.metrics,
          { ...checkoutP99, name: "requests", kind: "requests" },
        ],
        changes: liveDeploy.diagnosis.changes.map((change) => ({ ...change, p: change.p / 3 })),
        noChange: 0.7,
      },
    });
    const known = { tallies: [], chances: new Map(), draw: noDraw, done: [] };
    const asked = { steps, situation: seen, ...known, suggestionsMax: 5 };
    return proposeSteps(asked).offered.find(({ role }) => role === "fix")?.stepId;
  };
  assert.equal(firstFix(["traffic"]), "scale-out-service");
  assert.notEqual(firstFix([]), "scale-out-service");
});
