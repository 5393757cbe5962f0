import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ChangeRecord } from "../../src/evidence/input.ts";
import { undoingOf } from "../../src/evidence/undone.ts";

const bad: ChangeRecord = {
  id: "deploy-2",
  kind: "deploy",
  at: 1_000,
  service: "checkout",
  environment: "production",
  title: "Deploy 3f2a91c",
  before: "9c1d2e0aa",
  after: "3f2a91c",
};
const back: ChangeRecord = {
  ...bad,
  id: "deploy-3",
  at: 2_000,
  before: "3f2a91c",
  after: "9c1d2e0",
};
const flag: ChangeRecord = {
  id: "flag-1",
  kind: "flag",
  at: 1_000,
  service: "checkout",
  title: "new-retry-policy off → on",
  subject: "new-retry-policy",
  before: "off",
  after: "on",
};
const flipped: ChangeRecord = { ...flag, id: "flag-2", at: 2_000, before: "on", after: "off" };
const window = { since: 1_200, now: 3_000 };

describe("a change that takes a suspect back", () => {
  test("is a deploy of the version that the suspect replaced", () => {
    assert.equal(undoingOf(bad, [back, bad], window), back);
  });

  test("is a deploy of a version that ran before, where the suspect does not tell what it replaced", () => {
    const { before: _before, ...untold } = bad;
    const first = { ...bad, id: "deploy-1", at: 500, before: "1234567", after: "9c1d2e0aa" };
    assert.equal(undoingOf(untold, [back, untold, first], window), back);
    assert.equal(undoingOf(untold, [back, untold], window), undefined);
  });

  test("is a flag that was flipped back, and a setting whose change was reverted", () => {
    assert.equal(undoingOf(flag, [flag, flipped], window), flipped);
    const setting = { ...flag, kind: "config", title: "Shrink the pool" } as const;
    const { subject: _subject, ...reverted } = { ...setting, at: 2_000 };
    const revert = { ...reverted, id: "c", title: 'Revert "Shrink the pool"' };
    assert.equal(undoingOf(setting, [setting, revert], window), revert);
  });

  /** [what it is, the suspect, the change] */
  const others: readonly (readonly [string, ChangeRecord, ChangeRecord])[] = [
    ["a deploy of something newer", bad, { ...back, after: "7777777" }],
    ["the suspect once more", bad, { ...back, after: "3f2a91c" }],
    ["a rollout that failed", bad, { ...back, live: false }],
    ["a deploy from before the trouble", bad, { ...back, at: 1_100 }],
    ["a deploy that is dated later than now", bad, { ...back, at: 3_001 }],
    ["a deploy of another service", bad, { ...back, service: "cart" }],
    ["a deploy to another environment", bad, { ...back, environment: "staging" }],
    ["another flag", flag, { ...flipped, subject: "summer-banner" }],
    ["the flag turned on again", flag, { ...flipped, before: "off", after: "on" }],
    ["a revert of something else", flag, { ...flipped, subject: "x", title: 'Revert "y"' }],
  ];
  for (const [what, suspect, change] of others)
    test(`is not ${what}`, () => {
      assert.equal(undoingOf(suspect, [suspect, change], window), undefined);
    });
});
