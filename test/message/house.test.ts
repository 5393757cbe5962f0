import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hiddenRules, severityChoice, sharedStep, turn } from "../../src/message/asides.ts";
import { catchUp } from "../../src/message/catch-up.ts";
import {
  commands,
  nearestCommand,
  parseCommand,
  parseSeverity,
  usage,
  usageHint,
} from "../../src/message/commands.ts";
import { helpMessage, introduction } from "../../src/message/help.ts";
import { refusal, refusalWords } from "../../src/message/refusals.ts";
import { clock, clockUtc, duration, minutesWords } from "../../src/message/time.ts";
import { at } from "../incident/timeline.ts";
import { boardFor, incident, links, poolWaitsClaimed, restartInVain } from "./incident.ts";
import { assertSlackTakes, buttonsOf } from "./slack.ts";

describe("the catch-up", () => {
  const providerOut = [
    "14:06",
    {
      kind: "outcome",
      suggestion: "sug_3",
      stepId: "profile-off-cpu",
      label: "ruled_out",
      by: "UANA",
      note: null,
    },
  ] as const;

  it("tells in at most eight lines what was tried, who has what, and who leads", () => {
    const of = incident(poolWaitsClaimed, restartInVain, providerOut);
    const body = catchUp({
      name: "INC-42",
      incident: of,
      board: boardFor(of),
      now: at("14:25"),
      nextUpdateAt: at("14:32"),
      links,
    });
    assert.equal(
      body.text,
      `INC-42, SEV2, 23 min. checkout p99 4.1 s (normal 0.4 s), still rising, only POST /pay, only version 3f2a91c.
Tried: Restart cart 14:15, no effect. Ruled out: Profile off-CPU time of checkout.
In hand: <@UBO> on Read pool waits on checkout → payments since 14:09. Nobody on: Roll back checkout to 9c1d2e0.
Lead <@UANA>. Next update due 14:32.
Times in UTC.`,
    );
    assert.ok(body.text.split("\n").length <= 8);
    assertSlackTakes(body);
  });
});

/** [typed, verb, argument] */
const plainly = [
  ['"look again"', "look-again", ""],
  ["“look again”", "look-again", ""],
  ["look again", "look-again", ""],
  ["Look-Again", "look-again", ""],
  ["sev2", "severity", "2"],
  ["SEV 2", "severity", "2"],
  ["sev-2", "severity", "2"],
  ["severity sev2", "severity", "sev2"],
  ["severity -2", "severity", "-2"],
  ["stats 30", "stats", "30"],
  ["stats -3", "stats", "-3"],
  ["set severity 2", "severity", "2"],
  ["take lead", "lead", ""],
  ["take the lead", "lead", ""],
  ["lead me", "lead", "me"],
  ["catch me up", "catch-up", ""],
  ["catch-up", "catch-up", ""],
  ["catch up", "catch-up", ""],
  ["summary", "status", ""],
  ["status identified", "status", "identified"],
  ["what changed in payments", "changes", "payments"],
  ["what changed", "changes", ""],
  ["plot p99 of checkout", "graph", "p99 of checkout"],
  ["next steps", "steps", ""],
  ["?", "help", ""],
  ['declare "checkout is slow"', "declare", "checkout is slow"],
] as const;

describe("commands", () => {
  it("are those of the help, each with its line", () => {
    const { text } = helpMessage();
    for (const command of commands)
      assert.ok(text.includes(`\`${usage(command)}\`: ${command.help}`));
    assertSlackTakes(helpMessage());
  });

  it("are parsed with what follows, nothing meaning help", () => {
    assert.deepEqual(parseCommand(""), { verb: "help", argument: "" });
    assert.deepEqual(parseCommand("  SEVERITY   2 "), { verb: "severity", argument: "2" });
    assert.deepEqual(parseCommand("declare checkout is slow"), {
      verb: "declare",
      argument: "checkout is slow",
    });
    assert.equal(parseCommand("explode now"), null);
    assert.equal(parseCommand("constructor"), null);
  });

  for (const [typed, verb, argument] of plainly)
    it(`understand ${typed} as ${verb}`, () => {
      assert.deepEqual(parseCommand(typed), { verb, argument });
    });

  it("take a severity as people write it, and nothing beyond the four", () => {
    for (const typed of ["2", "sev2", "SEV 2", "Sev-2", "severity 2"])
      assert.equal(parseSeverity(typed), 2, typed);
    for (const typed of ["", "5", "dire", "2nd", "sev"])
      assert.equal(parseSeverity(typed), undefined, typed);
  });

  it("keep a title as it was typed", () => {
    assert.deepEqual(parseCommand('declare "Steps vanish" in cart'), {
      verb: "declare",
      argument: '"Steps vanish" in cart',
    });
  });

  it("do not begin in the middle of a word", () => {
    for (const typed of ["leaders", "statuspage is red", "muted-channel", "looks bad"])
      assert.equal(parseCommand(typed), null, typed);
  });

  it("that are mistyped are told the nearest, and what is near none is not", () => {
    const near = (typed: string) => nearestCommand(typed)?.verb ?? null;
    assert.equal(near("resovle"), "resolve");
    assert.equal(near("hepl"), "help");
    assert.equal(near("severty 2"), "severity");
    assert.equal(near("look-agian"), "look-again");
    assert.equal(near("take leed"), "lead");
    assert.equal(near("frobnicate"), null);
    assert.equal(near("x".repeat(4_000)), null);
    assert.equal(
      refusalWords({ reason: "unknown-command", text: "severty 2" }),
      'There is no command "severty 2". The nearest is /hindsight severity 1 to 4. /hindsight help lists them.',
    );
  });

  it("fit the manifest's usage hint", () => {
    assert.ok(usageHint().startsWith("help | declare [title] | status"));
    assert.ok(usageHint().length <= 1000);
  });
});

describe("refusals", () => {
  it("say what is missing and how to mend it", () => {
    assert.equal(
      refusalWords({ reason: "no-open-incident", elsewhere: ["inc-42-checkout"] }),
      "There is no open incident in this channel. Declare one with /hindsight declare, or run this in its channel: #inc-42-checkout.",
    );
    assert.equal(
      refusalWords({ reason: "no-open-incident", elsewhere: [] }),
      "There is no open incident in this channel. Declare one with /hindsight declare.",
    );
    assert.equal(
      refusalWords({ reason: "not-a-member", channelName: "inc-42-checkout" }),
      "Only members of #inc-42-checkout can record outcomes. Join the channel and click again; nothing was recorded.",
    );
    assert.equal(
      refusalWords({ reason: "unknown-command", text: "<!channel> & more" }),
      'There is no command "‹!channel› &amp; more". /hindsight help lists them.',
    );
  });

  it("are whole messages, calm ones", () => {
    const all = [
      { reason: "no-open-incident", elsewhere: [] },
      { reason: "not-a-member", channelName: "inc-42" },
      { reason: "already-open", name: "INC-42" },
      { reason: "unknown-command", text: "x" },
      { reason: "unknown-button" },
      { reason: "no-such-step" },
      { reason: "which-step" },
      { reason: "incident-resolved", name: "INC-42" },
      { reason: "bad-severity", text: "5" },
      { reason: "bad-lead", text: "nobody" },
      { reason: "bad-status", text: "fine" },
      { reason: "bad-merge", text: "the other" },
      { reason: "merge-itself", name: "INC-42" },
      { reason: "merge-private", name: "INC-42" },
      { reason: "merge-resolved", name: "INC-42" },
      { reason: "merged-before", name: "INC-42", into: "INC-43" },
      { reason: "no-such-incident", name: "INC-42" },
      { reason: "not-muted", name: "INC-42" },
      { reason: "nothing-to-reopen", open: null },
      { reason: "nothing-to-reopen", open: "INC-42" },
      { reason: "run-elsewhere", tool: "PagerDuty" },
      { reason: "not-invited" },
      { reason: "direct-message" },
      { reason: "form-unclear", verb: "declare" },
      { reason: "form-unclear", verb: "update" },
      { reason: "form-unclear", verb: "rules" },
      { reason: "failed" },
      { reason: "given-up", deed: "click" },
    ] as const;
    for (const each of all) {
      const body = refusal(each);
      assertSlackTakes(body);
      assert.match(body.text, /\.$/);
      assert.ok(!/!|sorry/i.test(body.text));
    }
  });
});

function sharedBy(...people: readonly string[]): string | undefined {
  return sharedStep({
    stepId: "read-pool-waits",
    suggestion: "sug_2",
    role: "check",
    title: "Read pool waits",
    state: { state: "claimed", owners: people.map((by) => ({ by, since: at("14:09") })) },
  })?.text;
}

describe("short answers", () => {
  it("ask for the severity with four buttons", () => {
    const body = severityChoice("inc_42");
    assert.deepEqual(buttonsOf(body), ["SEV1, the gravest", "SEV2", "SEV3", "SEV4"]);
    assertSlackTakes(body);
  });

  it("name the rule behind a hidden step", () => {
    const { text } = hiddenRules([
      {
        title: "Restart checkout",
        constraint: { because: "sessions live in memory", by: "@ana", until: "2027-01-31" },
      },
    ]);
    assert.equal(text, "Restart checkout: sessions live in memory, by @ana, until 2027-01-31.");
    assert.equal(hiddenRules([]).text, "No step is hidden by a rule now.");
  });

  it("tell two people who are on the same step, and are silent about one", () => {
    assert.equal(sharedBy("UBO", "UANA"), "<@UBO> and <@UANA> are both on: Read pool waits.");
    assert.equal(
      sharedBy("UBO", "UANA", "UCY"),
      "<@UBO>, <@UANA> and <@UCY> are all on: Read pool waits.",
    );
    assert.equal(sharedBy("UBO"), undefined);
  });

  it("tell a recovery and a relapse", () => {
    assert.equal(
      turn({ kind: "recovered", words: "checkout p99 0.4 s", since: at("14:21") }).text,
      "Recovered: checkout p99 0.4 s since 14:21.\nTimes in UTC.",
    );
  });

  it("introduce with what is read, kept and sent", () => {
    const about = { keepsMessagesDays: 1 };
    const { text } = introduction({ ...about, modelHost: null });
    assert.ok(text.includes("Texts of messages are kept 1 day, without secrets;"));
    assert.ok(text.includes("Nothing is sent to a language model."));
    assert.ok(
      introduction({ ...about, modelHost: "model.example" }).text.includes("at model.example."),
    );
  });
});

describe("times", () => {
  it("are the reader's in Slack, UTC without it", () => {
    assert.equal(clockUtc(at("14:02:59")), "14:02");
    assert.equal(clock(new Date(1732262400_000)), "<!date^1732262400^{time}|08:00>");
  });

  it("and durations are short", () => {
    assert.equal(duration(-5), "under a minute");
    assert.equal(duration(59_000), "under a minute");
    assert.equal(duration(60_000 * 1), "1 min");
    assert.equal(duration(60_000 * 23), "23 min");
    assert.equal(duration(60_000 * 60), "1 h");
    assert.equal(duration(60_000 * 125), "2 h 5 min");
    assert.equal(duration(60_000 * 60 * 72), "3 days");
    assert.equal(minutesWords(0.4), "under 1 min");
    assert.equal(minutesWords(6.4), "6 min");
  });
});
