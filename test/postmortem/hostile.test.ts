import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import type { SourcedSeries } from "../../src/evidence/input.ts";
import { draftOf } from "../../src/postmortem/draft.ts";
import type { PostmortemView } from "../../src/postmortem/view.ts";
import { checkoutP99, declared, evidenceRead, unix, type Told } from "../incident/timeline.ts";
import { runs, seed } from "../property-runs.ts";
import { unsourced } from "./sentences.ts";
import { fired, listed, markdown, outcome, poolWaits, restart, rollback, viewOf } from "./view.ts";

/** What an attacker may write into a title, a name, a note, an alert, a change or a log line. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 30 }),
      fc.constantFrom(
        "<img src=x onerror=alert(1)>",
        "</p><script>alert(1)</script>",
        "[click](javascript:alert(1))",
        "![](https://evil.example/pixel.png)",
        "[click](https://evil.example)",
        "<https://evil.example>",
        "https://evil.example/login",
        "www.evil.example",
        "\n\n# A heading\n\n",
        "\n- [x] done\n",
        "\n```\n",
        "`",
        "|",
        "@everyone @octocat",
        "{{summary}}",
        "<!-- ",
        "<!-- for people to write -->",
        "\u202e\u0000",
        "[ref]: https://evil.example",
        "word ".repeat(500),
        "x".repeat(100_000),
      ),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => parts.join(""));

function hostileView(text: string): PostmortemView {
  const links = { "metric:0": `https://prometheus.example/graph?q=${text.slice(0, 500)}` };
  const diagnosis = {
    metrics: [{ ...checkoutP99, service: text, name: text, labels: { [text]: text } }],
    scope: { everywhere: false, labels: { route: text, [text]: text }, share: 0.9 },
    findings: [{ text, cites: ["metric:0", "change:c1"] as const }],
    changes: [{ id: "c1", p: 0.9, because: [text] }],
  };
  const rest = { service: text, gaps: [{ source: text, reason: text }], links };
  const facts: readonly Told[] = [
    declared(text),
    evidenceRead(diagnosis, rest),
    listed,
    fired(text),
    outcome(restart, "wrong", text),
    { kind: "update-posted", by: "UANA", known: text, impact: text, nextAt: null },
    { kind: "observed", suggestion: "sug_1", change: "c1", words: text },
    { kind: "lead-set", lead: "UANA" },
  ];
  const sourced: SourcedSeries = {
    service: text,
    name: text,
    kind: "latency",
    labels: { [text]: text },
    points: [[unix("14:04"), 3]],
    source: { query: text },
  };
  return viewOf(facts, {
    name: "INC-42",
    suggestions: [rollback, restart, poolWaits].map((each) => ({ ...each, title: text })),
    people: new Map([["UANA", text]]),
    service: null,
    seenBefore: [
      {
        name: text,
        agoMs: 1,
        isSameService: true,
        isSameSymptom: true,
        mentions: [text],
        cause: null,
        isSameCause: null,
        fixedBy: { title: text, minutes: 2 },
      },
    ],
    input: {
      onset: unix("14:02"),
      changes: [{ id: "c1", kind: "deploy", at: unix("14:00"), title: text, url: text }],
      series: [sourced],
    },
  });
}
/** Lines outside of blocks of code. */
function proseOf(text: string): readonly string[] {
  let fence: string | null = null;
  return text.split("\n").filter((line) => {
    const ticks = /^(`{3,})/.exec(line)?.[1];
    if (fence === null && ticks !== undefined) fence = ticks;
    else if (fence !== null && line === fence) {
      fence = null;
      return false;
    }
    return fence === null;
  });
}

describe("whatever comes from outside", () => {
  test("becomes no markup, no foreign link, no heading and no mention, and the draft stays short", () => {
    const usual = proseOf(markdown(hostileView("x"))).filter((line) => /^#+ /.test(line)).length;
    fc.assert(
      fc.property(hostile, (text) => {
        const written = markdown(hostileView(text));
        assert.ok(written.length < 60_000, `${written.length} characters`);
        const prose = proseOf(written);
        assert.equal(prose.filter((line) => /^ {0,3}#+ /.test(line)).length, usual);
        for (const line of prose) {
          const own = line
            .replace("<!-- for people to write -->", "")
            .replaceAll(/(?<!\\)\]\(https:\/\/prometheus\.example\/[^()[\]]*\)/g, "");
          assert.doesNotMatch(own, /<|(?<!\\):\/\/|www\.|(?<!\\)`|@[a-z]|(?<!\\)\]\(/i);
        }
      }),
      { numRuns: runs(2_000), seed },
    );
  });

  test("leaves every sentence with its source", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        assert.deepEqual(unsourced(draftOf(hostileView(text))), []);
      }),
      { numRuns: runs(1_000), seed },
    );
  });
});

describe("every sentence", () => {
  const facts: readonly Told[] = [
    evidenceRead(),
    evidenceRead({ metrics: [] }),
    evidenceRead({}, { backSince: unix("14:18") }),
    evidenceRead({}, { service: null, gaps: [{ source: "Loki", reason: "HTTP 503" }] }),
    listed,
    fired("HighLatency"),
    { kind: "alert-cleared", group: "g" },
    { kind: "collecting" },
    { kind: "reading-failed" },
    { kind: "severity-set", severity: 1 },
    { kind: "status-set", status: "identified" },
    { kind: "lead-set", lead: null },
    { kind: "claimed", suggestion: "sug_1", stepId: "roll-back-deploy", by: "UBO" },
    outcome(rollback, "resolved", "a note"),
    outcome(restart, "not_for_us"),
    { kind: "withdrawn", what: "outcome", suggestion: "sug_1", by: "UBO" },
    { kind: "credited", credit: "by-itself", by: "UBO" },
    { kind: "pointed", fix: "sug_1", pointer: "deploy-line", check: null, by: "UBO" },
    { kind: "cause-labelled", cause: "deploy", by: "UANA" },
    { kind: "driven", suggestion: "sug_1", answer: "me", by: "UBO" },
    { kind: "still-on", by: "UBO" },
    {
      kind: "told",
      teller: "topic",
      isOwner: false,
      of: null,
      says: { severity: 1, lead: { name: "Ana" } },
    },
    { kind: "log-shared", file: "F1", service: null },
    { kind: "resolved", by: "UANA" },
    { kind: "reopened", by: "UANA" },
  ];

  test("carries its source or is marked, whatever happened in whichever order", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...facts), { maxLength: 12 }), (happened) => {
        const view = viewOf([declared(), ...happened]);
        assert.deepEqual(unsourced(draftOf(view)), []);
        for (const line of proseOf(markdown(view)).filter((each) => each.startsWith("- ")))
          assert.match(line, /\([^()]*(?:timeline|query|unverified|change|\[)[^)]*\)+$/, line);
      }),
      { numRuns: runs(4_000), seed },
    );
  });
});
