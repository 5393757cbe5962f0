import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { SectionName } from "../../src/postmortem/document.ts";
import { draftOf } from "../../src/postmortem/draft.ts";
import type { PostmortemView } from "../../src/postmortem/view.ts";
import { at, declared, evidenceRead, unix, type Told } from "../incident/timeline.ts";
import { someService } from "../edges/some-service.ts";
import { fired, listed, markdown, outcome, poolWaits, restart, rollback, viewOf } from "./view.ts";

/** The sentences of a section, one after the other. */
function section(view: PostmortemView, name: SectionName): string {
  const found = draftOf(view).sections.find((each) => each.name === name);
  return found?.kind === "told" ? found.sentences.map(({ text }) => text).join("\n") : "";
}

const worked: readonly Told[] = [
  ["14:05", declared()],
  ["14:06", evidenceRead({ findings: [{ text: "p99 of checkout rose", cites: ["metric:0"] }] })],
  ["14:06", listed],
  ["14:08", { kind: "lead-set", lead: "UANA" }],
  ["14:09", { kind: "claimed", suggestion: "sug_1", stepId: "roll-back-deploy", by: "UBO" }],
  ["14:20", evidenceRead({}, { backSince: unix("14:18") })],
  ["14:25", outcome(rollback, "resolved")],
  ["14:26", { kind: "resolved", by: "UANA" }],
];

describe("a draft", () => {
  test("says in the summary what happened, how bad it was, for how long, what fixed it and what is not known", () => {
    const text = section(viewOf(worked), "summary");
    assert.match(text, /^On 23 November 2026 p99 of checkout rose \(SEV2\)\. Ana Lima led\.$/m);
    assert.match(text, /^p99 of checkout went up to 4\.1 s at 14:25, from 0\.4 s before\.$/m);
    assert.match(text, /^It lasted 16 min, from 14:02 to 14:18, when the numbers were back/m);
    assert.match(text, /^“Roll back checkout to 9c1d2e0” fixed it, according to Bo Okafor\.$/m);
    assert.match(text, /^The cause is not established: nobody has named its kind\.$/m);
  });

  test("of an open incident says so, and how long it has lasted", () => {
    const text = section(viewOf([declared()], { now: at("14:30") }), "summary");
    assert.match(text, /^INC-42 is still open: this tells what was known at 14:30 UTC\.$/m);
    assert.match(text, /^It has lasted 25 min so far, since 14:05; the incident is open\.$/m);
  });

  test("names a cause only where a person did, as theirs", () => {
    const named: Told = { kind: "cause-labelled", cause: "human-error", by: "UANA" };
    assert.match(
      section(viewOf([...worked, named]), "factors"),
      /^Kind of cause: human error, according to Ana Lima\.$/m,
    );
    const untold: Told = { kind: "cause-labelled", cause: "unknown", by: "UANA" };
    assert.match(section(viewOf([...worked, untold]), "factors"), /^The cause is not established/m);
    for (const facts of [worked, [declared()]])
      assert.doesNotMatch(markdown(viewOf(facts)), /caused|root cause|because of/i);
  });

  test("tells what helped, what misled and what led nowhere, each in its own place", () => {
    const facts: readonly Told[] = [
      declared(),
      listed,
      outcome(rollback, "no_effect"),
      outcome(restart, "resolved"),
      outcome(poolWaits, "ruled_out"),
      { kind: "pointed", fix: "sug_2", pointer: "check", check: "sug_3", by: "UBO" },
    ];
    const view = viewOf(facts);
    assert.equal(
      section(view, "helped"),
      [
        "“Restart cart” fixed it, according to Bo Okafor. Hindsight had offered it at place 2.",
        "“Read pool waits” pointed to “Restart cart”, according to Bo Okafor.",
      ].join("\n"),
    );
    assert.equal(
      section(view, "misled"),
      [
        "“Roll back checkout to 9c1d2e0” had no effect, according to Bo Okafor. Hindsight had offered it at place 1.",
        "Hindsight offered “Roll back checkout to 9c1d2e0” first; “Restart cart”, which fixed it, stood at place 2.",
      ].join("\n"),
    );
    assert.match(section(view, "dead-ends"), /^“Read pool waits” was ruled out, according to/);
  });

  test("measures each stretch from the onset, as far as it is known", () => {
    const text = section(viewOf(worked), "detection");
    assert.match(text, /^From the onset to the first alert: not known, no alert reached/m);
    assert.match(text, /^From the onset to the incident being opened: 3 min, at 14:05\.$/m);
    assert.match(text, /^From the onset to the first step taken on: 7 min, at 14:09\.$/m);
    assert.match(text, /^From the onset to the recovery: 16 min, at 14:18\.$/m);
    assert.match(text, /^From the onset to the end: 24 min, at 14:26\.$/m);
  });

  test("takes for detection the alert that stands in the channel, and proposes none then", () => {
    const url = "https://acme.slack.com/archives/C1/p1";
    const read = { sender: "Alertmanager", title: "[FIRING:1] HighLatency", url };
    const view = viewOf(worked, { alertRead: { ...read, at: at("14:04") } });
    const from = `([read in the channel](${url}))`;
    const text = markdown(view);
    assert.match(section(view, "detection"), /^From the onset to the first alert that was read in/);
    assert.ok(
      text.includes(`the first alert that was read in the channel: 2 min, at 14:04. ${from}`),
    );
    assert.ok(
      text.includes(
        `- 14:04 Alertmanager posted in the channel: “\\[FIRING:1\\] HighLatency”. ${from}`,
      ),
      text,
    );
    assert.doesNotMatch(section(view, "actions"), /Alert on|Notice it/);
    const late = viewOf(worked, { alertRead: { ...read, at: at("14:20"), url: null } });
    assert.match(markdown(late), /Notice it earlier: the first alert fired 18 min after the onset/);
    assert.match(markdown(late), /18 min, at 14:20\. \(read in the channel\)/);
    const both = viewOf([...worked, ["14:06", fired("HighLatency")]], {
      alertRead: view.alertRead,
    });
    assert.match(section(both, "detection"), /^From the onset to the first alert: 4 min/);
  });

  test("names people in what they did, and nobody where it tells what took long or is to be done", () => {
    const view = viewOf(worked);
    assert.match(section(view, "timeline"), /14:09 Bo Okafor took on/);
    for (const name of ["detection", "actions"] as const)
      assert.doesNotMatch(section(view, name), /Ana|Bo Okafor/);
  });

  test("proposes to mend what was missing, and nothing that was there", () => {
    const text = section(viewOf(worked), "actions");
    assert.match(text, /^Alert on p99 of checkout, or have its alerts sent to Hindsight/m);
    assert.doesNotMatch(text, /runbook|Notice it earlier|came back|can be read/);
    const missing = viewOf(
      [
        ["14:40", declared()],
        ["14:41", evidenceRead({}, { gaps: [{ source: "Loki", reason: "no answer in 5 s" }] })],
      ],
      {
        service: someService("checkout"),
        input: {
          onset: unix("14:02"),
          changes: [{ id: "c1", kind: "commit", at: unix("13:50"), title: "x" }],
        },
        seenBefore: [
          {
            name: "INC-31",
            agoMs: 1,
            isSameService: true,
            isSameSymptom: true,
            mentions: [],
            cause: null,
            isSameCause: null,
            fixedBy: null,
          },
        ],
      },
    );
    const items = section(missing, "actions");
    assert.match(items, /^Notice it earlier: the incident was opened 38 min after the onset\./m);
    assert.match(items, /^Write a runbook for checkout and name it in the catalog/m);
    assert.match(items, /^Tell Hindsight of the deploys of checkout: commits were read, but/m);
    assert.match(items, /^See to it that Loki can be read in an incident: no answer in 5 s\./m);
    assert.match(items, /^Find out why it came back: INC-31 had the same service and symptom\./m);
    assert.doesNotMatch(
      section(viewOf([declared(), fired("HighLatency")]), "actions"),
      /^Alert on/m,
    );
  });

  test("does not tell what somebody deleted", () => {
    const facts: readonly Told[] = [declared(), listed, outcome(rollback, "wrong", "the secret")];
    assert.match(markdown(viewOf(facts)), /the secret/);
    const gone = markdown(viewOf(facts, { messages: new Map([[3, null]]) }));
    assert.doesNotMatch(gone, /the secret/);
    assert.match(gone, /made it worse: \(the message was deleted\)/);
    const asked = markdown(viewOf(facts, { unchecked: new Set([3]) }));
    assert.doesNotMatch(asked, /the secret/);
    assert.match(asked, /made it worse: \(not quoted: Slack did not say whether the message still/);
  });

  test("tells a person that nobody knows any more without a name", () => {
    const view = viewOf([declared(), { kind: "lead-set", lead: "UGONE" }], { people: new Map() });
    assert.match(section(view, "summary"), /Somebody who is not known any more led|somebody who/);
  });

  test("marks what was told to those outside as unverified", () => {
    const view = viewOf([
      declared(),
      { kind: "update-posted", by: "UANA", known: "slow", impact: "one in ten", nextAt: null },
    ]);
    assert.match(
      markdown(view),
      /^- Ana Lima told those outside: “one in ten” \(unverified, timeline 2\)$/m,
    );
  });

  test("tells times of an incident that went over midnight with their day", () => {
    const view = viewOf([
      ["23:58", declared()],
      ["23:59", { kind: "lead-set", lead: "UANA" }],
    ]);
    assert.match(section(view, "timeline"), /^23:58 Hindsight opened/m);
    const [first, ...rest] = view.entries;
    if (first === undefined) throw new Error("no entry");
    const later = rest.map((entry) => ({ ...entry, at: new Date("2026-11-24T00:10:00Z") }));
    const long = { ...view, entries: [first, ...later] };
    assert.match(
      section(long, "timeline"),
      /^24 November 00:10 Hindsight gave the lead to Ana Lima/m,
    );
  });
});

describe("the numbers of a draft", () => {
  test("say of the whole how long it lasted as the clocks beside it tell it", () => {
    const view = viewOf([
      ["14:05", declared()],
      ["14:06", evidenceRead({ onset: unix("14:02:50") })],
      ["14:20", evidenceRead({ onset: unix("14:02:50") }, { backSince: unix("14:18:10") })],
      ["14:26", { kind: "resolved", by: "UANA" }],
    ]);
    assert.match(section(view, "impact"), /^It lasted 16 min, from 14:02 to 14:18, when/m);
  });

  const series = (name: string, kind: "errors" | "requests" | "latency", unit: string) => {
    return (value: (minute: number) => number) => ({
      service: "checkout",
      name,
      kind,
      points: Array.from({ length: 40 }, (_, n): [number, number] => [
        unix("13:50") + n * 60,
        value(n - 12),
      ]),
      source: { query: `the query of ${name}`, unit },
    });
  };
  const view = viewOf(worked, {
    input: {
      onset: unix("14:02"),
      series: [
        series("latency_p99", "latency", "seconds")((n) => (n === 7 ? 5.5 : n < 0 ? 0.4 : 4)),
        series(
          "error_ratio",
          "errors",
          "ratio",
        )((n) => (n < 0 || n > 16 ? 0 : n === 9 ? 0.6 : 0.2)),
        series("requests_per_second", "requests", "requests/s")(() => 10),
      ],
    },
  });

  test("are the peak and the share of requests that failed, with their queries", () => {
    const text = section(view, "impact");
    assert.match(text, /^p99 of checkout went up to 5\.5 s at 14:09, from 0\.4 s before\.$/m);
    assert.match(
      text,
      /^22 % of the requests to checkout failed, about 2,146 of 9,600 requests; 60 % at the worst, at 14:11\.$/m,
    );
    assert.match(
      markdown(view),
      /\*\*Query 1\*\*: p99 of checkout\n\n```\nthe query of latency_p99/,
    );
  });

  test("say until when they were read, where that is not the whole of it", () => {
    const { input } = view;
    const short = input?.series?.map((each) => ({ ...each, points: each.points.slice(0, 18) }));
    const text = section(
      { ...view, input: { onset: unix("14:02"), series: short ?? [] } },
      "impact",
    );
    assert.match(
      text,
      /5\.5|4 s at 14:0\d, from 0\.4 s before, as far as it was read, until 14:07/,
    );
  });

  test("are said to be unknown where nothing was read", () => {
    const text = section(viewOf([declared()]), "impact");
    assert.match(text, /^How bad it was is not known: no metric was seen to move\.$/m);
    assert.match(text, /^What share of requests failed is not known/m);
    assert.match(text, /^Which part was hit is not known/m);
  });
});
