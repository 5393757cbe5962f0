import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { whatChanged, type ChangedView } from "../../src/message/answers-changes.ts";
import { at, unix } from "../incident/timeline.ts";
import { links } from "./incident.ts";
import { assertSlackTakes, markdownOf } from "./slack.ts";

const utc = "\nTimes in UTC.";

function view(told: Partial<ChangedView> = {}): ChangedView {
  return {
    service: "payments",
    hours: 6,
    onset: at("14:02"),
    changes: [
      {
        id: "f1",
        kind: "flag",
        at: unix("13:58"),
        title: "new-retry-policy off → on",
        author: "Mallory",
      },
    ],
    environment: null,
    kinds: ["deploy", "commit", "flag", "config"],
    leftOut: [],
    sources: ["flag webhook", "GitHub deployments of acme/payments"],
    gaps: [],
    oncall: "@payments-oncall",
    links,
    ...told,
  };
}

function isLinked(url: string): boolean {
  const changes = [{ id: "d", kind: "deploy", at: unix("13:00"), title: "Deploy", url }] as const;
  return markdownOf(whatChanged(view({ changes }))).some((text) => text.includes("|Deploy>"));
}

describe("asked what changed", () => {
  it("answers by kind, with times, sources and who is on call", () => {
    assert.equal(
      whatChanged(view()).text,
      `payments, last 6 h: no deploy. No commit. 1 flag: new-retry-policy off → on, 13:58 (4 min before onset). No configuration change.
Sources: flag webhook, GitHub deployments of acme/payments. On call: @payments-oncall${utc}`,
    );
  });

  it("says merged of a commit that nobody knows to be live, and names no author", () => {
    const { text } = whatChanged(
      view({
        changes: [
          { id: "c1", kind: "commit", at: unix("13:58"), title: "Join orders", author: "Mallory" },
          { id: "c2", kind: "commit", at: unix("13:40"), title: "Fix typo", live: true },
        ],
      }),
    );
    assert.ok(
      text.includes("2 commits: Join orders, merged 13:58; Fix typo, 13:40 (22 min before onset)."),
      text,
    );
    assert.ok(!text.includes("Mallory"));
  });

  it("says of a release that nobody knows whether it runs", () => {
    const release = { id: "r", kind: "deploy", at: unix("13:40"), title: "Release v42" } as const;
    const { text } = whatChanged(view({ changes: [{ ...release, live: "unknown" }] }));
    assert.ok(text.includes("1 deploy: Release v42, 13:40, not known to run."), text);
  });

  it("says none only of the kinds that were read, and what was left out", () => {
    const kinds = ["commit"] as const;
    const { text } = whatChanged(
      view({ changes: [], kinds, sources: ["git"], leftOut: ["2 of 12 clones: the limit is 10"] }),
    );
    assert.equal(
      text,
      `payments, last 6 h: no commit.
Sources: git. Left out: 2 of 12 clones: the limit is 10. On call: @payments-oncall`,
    );
  });

  it("says of a service that no source was asked about that nothing was read", () => {
    const gaps = [{ source: "changes of payments", reason: "no repository in the catalog" }];
    const { text } = whatChanged(view({ changes: [], kinds: [], sources: [], gaps, oncall: null }));
    assert.equal(
      text,
      `payments, last 6 h: no kind of change could be read whole.
Not read: changes of payments (no repository in the catalog).`,
    );
  });

  it("says when a commit went live, by the deploy that brought it", () => {
    const { text } = whatChanged(
      view({
        changes: [
          { id: "c1", kind: "commit", at: unix("13:40"), title: "Join orders" },
          {
            id: "d1",
            kind: "deploy",
            at: unix("13:58"),
            service: "payments",
            title: "Deploy c1",
            deploys: ["c1"],
          },
        ],
      }),
    );
    assert.ok(
      text.includes("1 commit: Join orders, merged 13:40, live 13:58 (4 min before onset)."),
      text,
    );
  });

  it("counts what is too much to list", () => {
    const changes = Array.from({ length: 9 }, (_each, index) => ({
      id: `d${index}`,
      kind: "deploy" as const,
      at: unix("13:00") + index * 60,
      title: `Deploy ${index}`,
    }));
    const body = whatChanged(view({ changes, oncall: null }));
    assert.ok(body.text.includes("9 deploys: Deploy 8, 13:08 (54 min before onset)"));
    assert.ok(body.text.includes("; and 5 more."));
    assertSlackTakes(body);
  });

  it("links a change on a known host only", () => {
    assert.equal(isLinked("https://hindsight.example/d"), true);
    assert.equal(isLinked("https://evil.example/d"), false);
  });
});
