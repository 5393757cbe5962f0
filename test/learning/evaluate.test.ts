import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { evaluate } from "../../src/learning/evaluate.ts";
import type { Incident, ThirdPlace, ToldWord } from "../../src/learning/facts.ts";

function incident(id: string, words: readonly Partial<ToldWord>[]): Incident {
  const told = words.map((word, turn): [string, ToldWord] => [
    `${turn}`,
    {
      step: "a",
      label: "resolved",
      by: "u",
      minutes: null,
      confidence: 1,
      at: null,
      said: null,
      turn,
      ...word,
    },
  ]);
  const opening = {
    incident: id,
    service: null,
    symptom: null,
    flags: [],
    text: "",
    severity: null,
    at: null,
  };
  return { opening, number: 0, words: new Map(told), ending: null };
}

const place: ThirdPlace = {
  step: "a",
  propensity: 0.8,
  p: 0.5,
  greedy: "a",
  greedyP: 0.5,
  words: 0,
};

describe("the third place, off-policy", () => {
  it("weighs what was shown by how seldom it would have been, and says when that is too little", () => {
    const shown = new Map([
      ["1", [place]],
      ["2", [{ ...place, propensity: 0.4 }]],
      ["3", [{ ...place, step: "b", propensity: 0.1 }]],
    ]);
    const incidents = [
      incident("1", [{}]),
      incident("2", [{ label: "no_effect" }]),
      incident("3", [{ step: "b" }]),
    ];
    const { snips, ess, n, verdict } = evaluate(incidents, shown);
    assert.ok(Math.abs((snips ?? 0) - 1.25 / 3.75) < 1e-9);
    assert.ok(Math.abs(ess - 3.75 ** 2 / (1.25 ** 2 + 2.5 ** 2)) < 1e-9);
    assert.deepEqual([n, verdict], [3, "too little data"]);
  });

  it("with enough lists there is no such verdict, and a perfect model leaves nothing to correct", () => {
    const ids = Array.from({ length: 40 }, (_, index) => `${index}`);
    const shown = new Map(ids.map((id) => [id, [{ ...place, p: 1, greedyP: 1 }]]));
    const told = evaluate(
      ids.map((id) => incident(id, [{}])),
      shown,
    );
    assert.deepEqual(told, { snips: 1, sndr: 1, ess: 40, n: 40 });
  });

  it("a word counts for the list that stood when it came, and only `resolved` and `helped` earn", () => {
    const shown = new Map([["1", [place, { ...place, words: 1 }]]]);
    const of = (...words: readonly Partial<ToldWord>[]) =>
      evaluate([incident("1", words)], shown).snips;
    assert.equal(of({}), 0.5);
    assert.equal(of({ step: "x" }, { label: "helped" }), 0.5);
    assert.equal(of({ label: "ruled_out" }), 0);
    assert.equal(of({ confidence: 0 }), 0);
  });

  it("nothing shown is no number", () => {
    assert.deepEqual(evaluate([], new Map()), {
      snips: null,
      sndr: null,
      ess: 0,
      n: 0,
      verdict: "too little data",
    });
  });
});
