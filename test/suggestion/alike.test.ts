import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { nearestTo, type Description, type EndedIncident } from "../../src/suggestion/alike.ts";
import { at } from "../incident/timeline.ts";
import { runs, seed } from "../property-runs.ts";

const here: Description = {
  service: "checkout",
  symptom: "latency",
  flags: ["traffic"],
  said: ["checkout is slow", "Pool exhausted, waited <n> ms"],
  findings: ["p99 of checkout 0.4 s → 4.1 s since 14:02"],
};

function ended(number: number, told: Partial<EndedIncident> = {}): EndedIncident {
  return {
    number,
    openedAt: at("08:00"),
    service: "checkout",
    symptom: "latency",
    flags: ["traffic"],
    said: ["checkout is slow"],
    findings: [],
    cause: null,
    fix: null,
    ...told,
  };
}

const none: ReadonlySet<string> = new Set();
const numbers = (past: readonly EndedIncident[], failed = none) =>
  nearestTo(here, past, failed).map(({ ended: { number } }) => number);

describe("the incidents that are most like one", () => {
  test("are three: of the same symptom before another, of the same service before another, and with the same flags", () => {
    const past = [
      ended(1, { service: "cart" }),
      ended(2, { symptom: "errors", said: ["another text"] }),
      ended(3, { flags: ["deploy"] }),
      ended(4),
      ended(5, { service: "cart", flags: [] }),
    ];
    assert.deepEqual(numbers(past), [4, 1, 3]);
    assert.deepEqual(numbers(past.toReversed()), [4, 1, 3]);
  });

  test("are those that say the same, whatever is newer", () => {
    const past = [
      ended(1, { said: ["checkout is slow", "certificate has expired"], openedAt: at("12:00") }),
      ended(2, {
        said: ["slow checkouts", "pool exhausted, waited <n> ms"],
        openedAt: at("07:00"),
      }),
      ended(3, { said: ["disk is full on checkout"], openedAt: at("11:00") }),
    ];
    assert.equal(numbers(past)[0], 2);
  });

  test("are of another symptom only where service and words are nearly the same", () => {
    const same = ended(1, { symptom: "errors", said: here.said, findings: here.findings });
    assert.deepEqual(numbers([same]), [1]);
    assert.deepEqual(numbers([{ ...same, service: "cart", said: ["no heap left"] }]), []);
    assert.deepEqual(numbers([ended(2, { service: "cart", said: ["no heap left"] })]), [2]);
  });

  test("are less so where what mended them has failed here", () => {
    const fix = {
      stepId: "restart-service",
      mechanism: "runtime",
      title: "Restart checkout",
      minutes: 2,
    } as const;
    const past = [ended(1, { fix, openedAt: at("12:00") }), ended(2, { fix: null })];
    assert.deepEqual(numbers(past), [1, 2]);
    assert.deepEqual(numbers(past, new Set(["restart-service"])), [2, 1]);
  });

  test("are told with what both mention, as the past one wrote it, without numbers, names and what most say", () => {
    const alike = ended(1, { said: ["checkout is slow", "ERROR Pool exhausted, waited 812 ms"] });
    const others = [2, 3, 4].map((number) => ended(number, { said: ["checkout is slow today"] }));
    const [first] = nearestTo(here, [alike, ...others], none);
    assert.equal(first?.ended.number, 1);
    assert.deepEqual(first?.mentions, ["Pool exhausted"]);
    const [plain] = nearestTo(here, others, none);
    assert.deepEqual(plain?.mentions, []);
  });

  test("are the same three in whatever order they are read", () => {
    const word = fc.constantFrom("pool exhausted", "slow", "timeout of payments", "disk full", "");
    const any = fc.record({
      service: fc.constantFrom("checkout", "cart", null),
      symptom: fc.constantFrom("latency", "errors", null),
      said: fc.array(word, { maxLength: 3 }),
      minute: fc.nat({ max: 59 }),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 8 }), (drafts) => {
        const past = drafts.map(({ minute, ...draft }, number) =>
          ended(number, {
            ...draft,
            openedAt: new Date(at("08:00").getTime() + minute * 60_000 + number),
          }),
        );
        const found = numbers(past);
        assert.deepEqual(found, numbers(past.toReversed()));
        assert.ok(found.length <= 3);
      }),
      { numRuns: runs(300), seed },
    );
  });
});
