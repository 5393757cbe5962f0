import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  closeIncident,
  declareStep,
  openIncident,
  recordOutcome,
} from "../../src/learning/learner.ts";
import { rank } from "../../src/learning/rank.ts";
import { chanceIn, idsIn, learnerWith, live, open, orderIn, say, step } from "./telling.ts";

describe("before anything is known", () => {
  it("fixes stand by the playbook's chance for the symptom, per minute", () => {
    const learner = learnerWith(
      step("slow", { prior: { "*": 0.3 }, minutes: 30 }),
      step("quick", { prior: { "*": 0.2 }, minutes: 5 }),
      step("for-memory", { prior: { "*": 0.01, memory: 0.9 } }),
    );
    open(learner, "1");
    assert.deepEqual(idsIn(learner, "1"), ["quick", "slow", "for-memory"]);
    open(learner, "2", { symptom: "memory" });
    assert.equal(idsIn(learner, "2")[0], "for-memory");
    assert.ok(Math.abs(chanceIn(learner, "slow") - 0.3) < 1e-9);
  });

  it("what may break more costs more, and what cannot be undone is never first", () => {
    const learner = learnerWith(
      step("drop-table", { risk: "irreversible", prior: { "*": 0.99 }, minutes: 1 }),
      step("a-restart", { risk: "disruptive" }),
      step("b-scale", { risk: "reversible" }),
    );
    open(learner, "1");
    assert.deepEqual(idsIn(learner, "1"), ["b-scale", "drop-table", "a-restart"]);
  });

  it("any word may be a symptom, also one that objects have by nature", () => {
    const learner = learnerWith(step("restart"));
    open(learner, "1", { symptom: "constructor", service: "__proto__", flags: ["toString"] });
    assert.ok(orderIn(learner, "1").every(({ p }) => p > 0 && p < 1));
  });
});

describe("what past incidents teach", () => {
  it("a step that keeps resolving a symptom rises, one that keeps failing falls", () => {
    const learner = learnerWith(step("a"), step("b"));
    for (let number = 0; number < 8; number += 1)
      live(learner, `i${number}`, { failed: ["a"], resolved: "b" });
    assert.ok(chanceIn(learner, "b") > 0.6);
    assert.ok(chanceIn(learner, "a") < 0.1);
    const [first] = orderIn(learner, [...learner.incidents.keys()].at(-1) ?? "");
    assert.deepEqual([first?.step, first?.tried, first?.resolved], ["b", 8, 8]);
  });

  it("another service and another symptom learn less of it", () => {
    const learner = learnerWith(step("a"), step("b"));
    for (let number = 0; number < 6; number += 1) live(learner, `i${number}`, { resolved: "a" });
    const here = chanceIn(learner, "a");
    const otherService = chanceIn(learner, "a", { service: "search" });
    const otherSymptom = chanceIn(learner, "a", { symptom: "errors", service: "search" });
    assert.ok(here > otherService && otherService > otherSymptom && otherSymptom > 0.2);
  });

  it("the playbook as a whole may be found too hopeful: steps that nobody tried fall too", () => {
    const learner = learnerWith(
      ...["a", "b", "c", "untried"].map((id) => step(id, { prior: { "*": 0.5 } })),
    );
    for (let number = 0; number < 10; number += 1)
      live(learner, `i${number}`, { failed: ["a", "b", "c"] });
    assert.ok(chanceIn(learner, "untried") < 0.35);
  });

  it("that tried steps work says nothing for what nobody tried", () => {
    const learner = learnerWith(step("a"), step("untried"));
    for (let number = 0; number < 20; number += 1) live(learner, `i${number}`, { resolved: "a" });
    assert.ok(chanceIn(learner, "untried") <= 0.2 + 1e-9);
  });

  it("a failure is evidence about the cause: what shares it falls too, and the other rises", () => {
    const learner = learnerWith(step("roll-back"), step("revert-flag"), step("add-nodes"));
    for (let number = 0; number < 12; number += 1) {
      live(learner, `d${number}`, {
        resolved: number % 2 === 0 ? "roll-back" : "revert-flag",
        ending: { cause: "deploy" },
      });
      live(learner, `t${number}`, {
        failed: ["roll-back"],
        resolved: "add-nodes",
        ending: { cause: "traffic" },
      });
    }
    const at = (id: string) => orderIn(learner, "now").find((item) => item.step === id)?.p ?? 0;
    open(learner, "now");
    const [revert, add] = [at("revert-flag"), at("add-nodes")];
    say(learner, "now", { step: "roll-back", label: "no_effect" });
    assert.ok(at("add-nodes") > add, "the other cause is likelier now");
    assert.ok(at("revert-flag") - revert < at("add-nodes") - add);
  });

  it("minutes are drawn from the playbook's to those that were recorded", () => {
    const learner = learnerWith(step("a", { minutes: 10 }));
    for (let number = 0; number < 12; number += 1) {
      open(learner, `i${number}`);
      say(learner, `i${number}`, { step: "a", label: "resolved", minutes: 40 });
      closeIncident(learner, `i${number}`, { resolvedBy: "a" });
    }
    open(learner, "now");
    const minutes = orderIn(learner, "now")[0]?.minutes ?? 0;
    assert.ok(minutes > 25 && minutes < 40, String(minutes));
  });

  it("words of a text point to the step that resolved what was told alike", () => {
    const learner = learnerWith(step("a"), step("b"));
    for (let number = 0; number < 10; number += 1) {
      live(learner, `a${number}`, {
        resolved: "a",
        facts: { text: `pool exhausted on replica ${number}` },
      });
      live(learner, `b${number}`, {
        resolved: "b",
        facts: { text: `certificate expired for host ${number}` },
      });
    }
    open(learner, "pool", { text: "pool exhausted again" });
    open(learner, "certificate", { text: "the certificate expired" });
    assert.equal(idsIn(learner, "pool")[0], "a");
    assert.equal(idsIn(learner, "certificate")[0], "b");
  });

  it("words around a step's name are learned for every step, also for one that was never tried", () => {
    const nodes = Array.from({ length: 8 }, (_, index) => `node-${"abcdefgh"[index]}`);
    const learner = learnerWith(...["shop", ...nodes].map((id) => step(id)));
    for (let number = 0; number < 40; number += 1) {
      const [guilty = "", other = ""] = [nodes[number % 8], nodes[(number * 3 + 1) % 8]];
      live(learner, `i${number}`, {
        resolved: guilty,
        facts: { text: `${guilty} killed; ${other === guilty ? "shop" : other} slow; shop slow` },
      });
    }
    const killed = chanceIn(learner, "shop", { text: "node-a slow; shop killed; node-c slow" });
    const slow = chanceIn(learner, "shop", { text: "node-a killed; shop slow; node-c slow" });
    assert.ok(killed > 1.3 * slow, `${killed} and ${slow}`);
  });
});

describe("within an incident", () => {
  it("what was tried is left out, whatever was said of it, and known failures have no vote afterwards", () => {
    const learner = learnerWith(step("a"), step("b"), step("c"), step("d"));
    open(learner, "1");
    say(learner, "1", { step: "a", label: "no_effect", confidence: 0 });
    say(learner, "1", { step: "b", label: "already_considered" });
    say(learner, "1", { step: "c", label: "not_for_us", confidence: 0 });
    assert.deepEqual(idsIn(learner, "1"), ["d"]);
    closeIncident(learner, "1", { cause: null, resolvedBy: null });
    open(learner, "2");
    const [first, ...rest] = orderIn(learner, "2");
    assert.ok(rest.every(({ p, tried }) => p === first?.p && tried === 0));
  });

  it("without a new word the same list comes again, though other incidents teach meanwhile", () => {
    const learner = learnerWith(step("a"), step("b"));
    open(learner, "1");
    const before = orderIn(learner, "1");
    for (let number = 0; number < 5; number += 1) live(learner, `i${number}`, { resolved: "b" });
    assert.deepEqual(orderIn(learner, "1"), before);
    say(learner, "1", { step: "a", label: "no_effect" });
    assert.ok((orderIn(learner, "1")[0]?.p ?? 0) > (before[1]?.p ?? 1));
  });

  it("the same person's word on a step moves and does not add", () => {
    const twice = learnerWith(step("a"));
    const once = learnerWith(step("a"));
    open(twice, "1");
    say(twice, "1", { step: "a", label: "no_effect" });
    say(twice, "1", { step: "a", label: "resolved" });
    open(once, "1");
    say(once, "1", { step: "a", label: "resolved" });
    assert.equal(chanceIn(twice, "a"), chanceIn(once, "a"));
  });
});

describe("what comes late or twice", () => {
  it("a cause and a resolver that become known after the end count, and leave what was not said as it was", () => {
    const late = learnerWith(step("a"), step("b"));
    const once = learnerWith(step("a"), step("b"));
    open(late, "1");
    closeIncident(late, "1", { cause: null, resolvedBy: null });
    closeIncident(late, "1", { resolvedBy: "a" });
    closeIncident(late, "1", { cause: "deploy" });
    open(once, "1");
    closeIncident(once, "1", { cause: "deploy", resolvedBy: "a" });
    assert.equal(chanceIn(late, "a"), chanceIn(once, "a"));
  });

  it("a word after the end is counted, and who was named overrides who claimed", () => {
    const learner = learnerWith(step("a"), step("b"));
    live(learner, "1", { resolved: "a" });
    const before = chanceIn(learner, "b");
    say(learner, "1", { step: "b", label: "no_effect" });
    assert.ok(chanceIn(learner, "b") < before);
    closeIncident(learner, "1", { resolvedBy: "b" });
    assert.ok(chanceIn(learner, "b") > chanceIn(learner, "a"));
  });

  it("an incident opened again is open, with the words that it had", () => {
    const learner = learnerWith(step("a"), step("b"));
    live(learner, "1", { failed: ["a"], resolved: "b" });
    open(learner, "1", { symptom: "errors" });
    assert.equal(learner.incidents.get("1")?.ending, null);
    assert.deepEqual(idsIn(learner, "1"), []);
    assert.equal(learner.incidents.size, 1);
  });

  it("names that nobody declared or opened are refused, and change nothing", () => {
    const learner = learnerWith(step("a"));
    assert.deepEqual(rank(learner, "1"), { ok: false, field: "incident", why: "not opened" });
    open(learner, "1");
    const word = {
      step: "b",
      label: "resolved",
      by: "u",
      minutes: null,
      confidence: 1,
      at: null,
    } as const;
    assert.deepEqual(recordOutcome(learner, "1", word), {
      ok: false,
      field: "step",
      why: "not declared",
    });
    assert.deepEqual(recordOutcome(learner, "2", word), {
      ok: false,
      field: "incident",
      why: "not opened",
    });
    assert.deepEqual(closeIncident(learner, "1", { resolvedBy: "b" }), {
      ok: false,
      field: "resolvedBy",
      why: "not declared",
    });
    assert.equal(learner.incidents.get("1")?.ending, null);
  });

  it("a step that is declared again takes the place of what it was", () => {
    const learner = learnerWith(step("a", { prior: { "*": 0.9 } }), step("b"));
    open(learner, "1");
    assert.equal(idsIn(learner, "1")[0], "a");
    declareStep(learner, step("a", { prior: { "*": 0.01 } }));
    assert.equal(idsIn(learner, "1")[0], "b");
  });

  it("opened twice with other facts, the later facts hold", () => {
    const learner = learnerWith(step("a", { prior: { "*": 0.01, memory: 0.9 } }), step("b"));
    open(learner, "1");
    assert.equal(idsIn(learner, "1")[0], "b");
    openIncident(learner, {
      incident: "1",
      service: null,
      symptom: "memory",
      flags: [],
      text: "",
      severity: null,
      at: null,
    });
    assert.equal(idsIn(learner, "1")[0], "a");
  });
});
