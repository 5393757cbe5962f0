import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseClick } from "../../src/message/actions.ts";
import { stepsMessage, type StepsView } from "../../src/message/steps-message.ts";
import {
  incident,
  links,
  offCpu,
  poolWaits,
  poolWaitsClaimed,
  rollBack,
  suggestion,
  suggestions,
} from "./incident.ts";
import { assertSlackTakes, buttonsOf, markdownOf } from "./slack.ts";

function steps(told: Partial<StepsView> = {}) {
  return stepsMessage({
    id: "inc_42",
    list: 1,
    suggestions,
    incident: incident(),
    isExpanded: false,
    hiddenByRule: 0,
    leftOutAsDone: 0,
    isLeftOutKnown: false,
    unread: [],
    fell: [],
    openClaims: [],
    backSince: null,
    ownsLifecycle: true,
    links,
    ...told,
  });
}

const runbook = {
  title: "checkout rollback",
  link: "https://hindsight.example/runbooks/checkout.md",
  quote: "Put the last version back",
  hasCommand: true,
  isClassKnown: true,
};

describe("a list of steps", () => {
  it("names the runbook that a step is from, with its link, its command and its undo", () => {
    const told = { ...rollBack, runbook };
    const { text } = steps({ suggestions: [told] });
    assert.match(text, /^How \(runbook "checkout rollback"\): `kubectl -n shop rollout undo/m);
    assert.match(text, /^Undo: `kubectl/m);
    const shown = JSON.stringify(steps({ suggestions: [told] }).blocks);
    assert.ok(
      shown.includes(
        String.raw`(runbook <https://hindsight.example/runbooks/checkout.md|\"checkout rollback\">)`,
      ),
      shown,
    );
  });

  it("says where a runbook names no undo, and where it names no command", () => {
    const how = { command: "kubectl delete pod <pod>", isFilled: false };
    const bare = { ...rollBack, how, runbook };
    assert.match(
      steps({ suggestions: [bare] }).text,
      /^How \(runbook "checkout rollback"; fill in [^)]+\): `kubectl[^\n]+\nUndo: none is written in the runbook\.$/m,
    );
    const prose = { ...runbook, hasCommand: false };
    assert.match(
      steps({ suggestions: [{ ...rollBack, runbook: prose }] }).text,
      /^The runbook "checkout rollback" says: Put the last version back\.\nHow: `kubectl/m,
    );
    const { how: _how, ...own } = { ...rollBack, stepId: "runbook:a/b", runbook: prose };
    assert.match(
      steps({ suggestions: [own] }).text,
      /^How: as the runbook "checkout rollback" has it, without a command\.$/m,
    );
    const words = { command: "As the runbook has it.", undo: "Turn it on again.", isFilled: true };
    assert.match(
      steps({ suggestions: [{ ...own, how: words }] }).text,
      /^How: as the runbook "checkout rollback" has it, without a command\.\nUndo: Turn it on again\.$/m,
    );
  });

  it("says of a runbook's command that nobody knows what it changes", () => {
    const odd = {
      ...rollBack,
      stepId: "runbook:a/b",
      record: { ...rollBack.record, stepId: "runbook:a/b", tried: 0 },
      runbook: { ...runbook, isClassKnown: false },
    };
    const { text } = steps({ suggestions: [odd] });
    assert.match(text, /About 6 min, what it changes is not known here$/m);
    assert.match(text, /^From the runbook, no record here yet\.$/m);
  });

  it("names the runbooks that could not be read", () => {
    const reason = "HTTP 404 at wiki.example.com; mend the link in the catalog";
    const unread = [{ source: "the runbook of checkout", reason }];
    assert.match(
      steps({ unread, hiddenByRule: 1 }).text,
      /^1 hidden by rule\. Not read: the runbook of checkout \(HTTP 404 at wiki\.example\.com; mend the link in the catalog\)\.$/m,
    );
  });

  it("reads well as text alone", () => {
    assert.equal(
      steps({ hiddenByRule: 1, leftOutAsDone: 2 }).text,
      [
        "Stop the bleeding",
        "1. Roll back checkout to 9c1d2e0. About 6 min, disruptive, can be undone",
        "Why: live 90 s before onset; touched orders/query.ts.",
        "How: `kubectl -n shop rollout undo deploy/checkout --to-revision=41`",
        "Undo: `kubectl -n shop rollout undo deploy/checkout --to-revision=42`",
        "Expect: p99 is below 0.5 s within 3 min. If not, it is not the deploy.",
        "Worked in 4 of 5 similar incidents, 2 on checkout, median 6 min.",
        "Find out",
        "2. Read pool waits on checkout → payments. About 3 min, read-only",
        "Expect: Waits above 0.1 s name the pool.",
        "Tells apart: query change or starved pool. Answered 7 of 9 times, led to the fix in 4.",
        "3. Another angle: profile off-CPU time of checkout. About 8 min, read-only",
        "Why: p99 of checkout up from 0.4 s to 4 s.",
        "Expect: Threads wait in one place.",
        "From the playbook, no record here yet.",
        "1 more.",
        "1 hidden by rule. 2 left out: the thread has done them.",
      ].join("\n"),
    );
  });

  it("has two headings where a check comes first and another angle last", () => {
    const ordered = [poolWaits, rollBack, offCpu].map((step, index) => ({
      ...step,
      position: index + 1,
    }));
    const { text } = steps({ suggestions: ordered });
    assert.deepEqual(text.match(/^(Find out|Stop the bleeding)$/gm), [
      "Find out",
      "Stop the bleeding",
    ]);
  });

  it("shows commands as code and links what it cites", () => {
    const body = steps();
    assertSlackTakes(body);
    const [heading, first] = markdownOf(body);
    assert.equal(heading, "*Stop the bleeding*");
    assert.ok(first?.startsWith("*1. Roll back checkout to 9c1d2e0.* About 6 min"));
    assert.ok(
      first?.includes("How: `kubectl -n shop rollout undo deploy/checkout --to-revision=41`"),
    );
    assert.ok(
      markdownOf(body).some((text) =>
        text.includes(
          "Why: <https://prometheus.example/g?metric:0|p99 of checkout up from 0.4 s to 4 s.>",
        ),
      ),
    );
  });

  it("offers to claim, a menu, and the rest", () => {
    assert.deepEqual(buttonsOf(steps()), [
      "I'm on it",
      "⋯",
      "I'm on it",
      "⋯",
      "I'm on it",
      "⋯",
      "more (1)",
      "Why this order?",
    ]);
    const all = steps({ isExpanded: true, hiddenByRule: 1 });
    assert.equal(buttonsOf(all).filter((label) => label === "I'm on it").length, 4);
    assert.deepEqual(buttonsOf(all).slice(-2), ["Which rule?", "Why this order?"]);
    assert.ok(markdownOf(all).some((text) => text.startsWith("*4. Restart cart.*")));
  });

  it("offers outcomes after a claim: a fix can have fixed it, a check answers or does not", () => {
    const claimedBoth = incident(poolWaitsClaimed, [
      "14:10",
      { kind: "claimed", suggestion: "sug_1", stepId: "roll-back-deploy", by: "UANA" },
    ]);
    const body = steps({ incident: claimedBoth, suggestions: [rollBack, poolWaits] });
    assertSlackTakes(body);
    assert.deepEqual(buttonsOf(body), [
      "Fixed it",
      "Helped",
      "No effect",
      "Made it worse",
      "⋯",
      "Answered",
      "No answer",
      "Made it worse",
      "⋯",
      "Why this order?",
    ]);
    assert.ok(body.text.includes("<@UBO> on it since 14:09."));
  });

  it("shows recorded votes, with the buttons to correct them", () => {
    const voted = incident(poolWaitsClaimed, [
      "14:14",
      {
        kind: "outcome",
        suggestion: "sug_2",
        stepId: "read-pool-waits",
        label: "helped",
        by: "UBO",
        note: "20 of 20 busy",
      },
    ]);
    const body = steps({ incident: voted, suggestions: [poolWaits] });
    assert.ok(body.text.includes("<@UBO>: answered 14:14 (20 of 20 busy)."), body.text);
    assert.ok(!body.text.includes("on it since"));
    assert.ok(buttonsOf(body).includes("No answer"));
  });

  it("shows a command with gaps as code, and says that they are to be filled in", () => {
    const how = { command: "kubectl -n <namespace> get pods", isFilled: false };
    const body = steps({ suggestions: [{ ...offCpu, how }] });
    const shown =
      "How (fill in what stands in &lt;…&gt; first): `kubectl -n &lt;namespace&gt; get pods`";
    assert.ok(markdownOf(body).some((text) => text.includes(shown)));
    assert.ok(body.text.includes(shown));
  });

  it("shows a sentence for a person as a sentence, not as code", () => {
    const how = { command: "Set the pool size to 40 and restart it.", isFilled: true };
    const body = steps({ suggestions: [{ ...offCpu, how }] });
    assert.ok(body.text.includes("How: Set the pool size to 40 and restart it."));
    assert.ok(![body.text, ...markdownOf(body)].some((text) => text.includes("`")));
  });

  it("says when no step fits", () => {
    const body = steps({ suggestions: [] });
    assertSlackTakes(body);
    assert.equal(body.text, "No step of the playbook fits what is known so far.");
    assert.deepEqual(buttonsOf(body), []);
  });

  it("has no buttons left for steps once the incident is resolved", () => {
    const resolved = incident(["14:21", { kind: "resolved", by: "UANA" }]);
    assert.deepEqual(buttonsOf(steps({ incident: resolved, suggestions: [rollBack] })), []);
  });

  it("stays within Slack's limits however long a list is", () => {
    const many = Array.from({ length: 40 }, (_each, index) =>
      suggestion({
        id: `sug_${index}`,
        stepId: `step-${index}`,
        position: index + 1,
        role: index % 2 === 0 ? "fix" : "check",
        title: "A long title ".repeat(40),
        expect: "A long expectation ".repeat(400),
      }),
    );
    assertSlackTakes(steps({ suggestions: many, isExpanded: true }));
  });

  it("carries in every button what was meant", () => {
    const body = steps({ incident: incident(poolWaitsClaimed), hiddenByRule: 1 });
    const clicks = body.blocks.flatMap(({ type, elements }) => {
      if (type !== "actions" || !Array.isArray(elements)) return [];
      return elements.flatMap((element) =>
        element.type === "overflow"
          ? element.options.map((option: { value: string }) => [element.action_id, option.value])
          : [[element.action_id, element.value]],
      );
    });
    assert.ok(clicks.length > 10);
    for (const [actionId, value] of clicks)
      assert.notEqual(parseClick(String(actionId), String(value)), null, `${actionId} ${value}`);
  });
});
