import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { claimsIn } from "../../src/suggestion/claim.ts";
import { claims, scoreClaims, services } from "./claims.ts";

describe("the labelled claims", () => {
  const { away, messages, missed, mistaken } = scoreClaims(claims);

  test("are 150 at least, claims and what is none of them", () => {
    assert.ok(messages >= 150, String(messages));
    assert.ok(claims.filter((each) => each.away.length === 0).length >= 60);
  });

  test("are missed in 5 % at most", () =>
    assert.ok(missed.length <= away * 0.05, missed.join("\n")));

  test("are heard where nobody made one in 2 % of the messages at most", () =>
    assert.ok(mistaken.length <= messages * 0.02, mistaken.join("\n")));
});

describe("a claim", () => {
  test("names each thing once, a service by its name in the catalog", () => {
    assert.deepEqual(claimsIn("not Payments. payments is fine.", ["Payments"]), [
      { kind: "service", service: "Payments" },
    ]);
  });

  test("is looked for within bounds, whatever the text", () => {
    const long = `${"not the db, ".repeat(5_000)}${"the ".repeat(5_000)}`;
    assert.deepEqual(claimsIn(long, services), [{ kind: "thing", thing: "database" }]);
    const many = Array.from({ length: 40 }, (_, n) => `svc-${n}`);
    assert.equal(claimsIn(many.map((name) => `not ${name}.`).join(" "), many).length, 6);
  });
});
