import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { livingMessage } from "../../src/message/living-message.ts";
import { at, evidenceRead } from "../incident/timeline.ts";
import {
  boardFor,
  diagnosis,
  incident,
  poolWaits,
  poolWaitsClaimed,
  restart,
  rollBack,
} from "./incident.ts";
import { view } from "./living-view.ts";
import type { SeenBefore } from "../../src/message/seen-before.ts";
import { assertSlackTakes, buttonsOf, markdownOf } from "./slack.ts";

function showsChart(url: string): boolean {
  const { blocks } = livingMessage(view({ chart: { url, alt: "p99 of checkout" } }));
  return blocks.some((block) => block.type === "image");
}

describe("the living message", () => {
  it("reads well as text alone", () => {
    const seenBefore: SeenBefore[] = [
      {
        name: "INC-31",
        agoMs: 22 * 86_400_000,
        isSameService: true,
        isSameSymptom: true,
        mentions: ["pool exhausted"],
        cause: "deploy",
        isSameCause: null,
        fixedBy: { title: "Roll back deploy", minutes: 6 },
      },
      {
        name: "INC-17",
        agoMs: 90 * 86_400_000,
        isSameService: false,
        isSameSymptom: true,
        mentions: [],
        cause: null,
        isSameCause: false,
        isSelfHealed: true,
        fixedBy: null,
      },
    ];
    assert.equal(
      livingMessage(view({ seenBefore })).text,
      [
        "● SEV2 Investigating: checkout p99 4.1 s (normal 0.4 s), still rising. Lead <@UANA>. INC-42, since 14:02",
        "Affects: only POST /pay, only version 3f2a91c. Read 14:25",
        "First: Roll back checkout to 9c1d2e0 (worked 4 of 5). Find out: Read pool waits on checkout → payments (<@UBO> on it)",
        "What is known",
        "• latency_p99 of checkout 0.4 s → 4 s since 14:02",
        "• #311 Join orders live 14:00:30, 90 s before onset",
        "Not read: Loki (no answer in 5 s). Also examined: cart, inventory, redis.",
        "Board",
        "○ Roll back checkout to 9c1d2e0",
        "◐ Read pool waits on checkout → payments, <@UBO> since 14:09",
        "○ Profile off-CPU time of checkout",
        "✕ Restart cart, no effect according to <@UANA> 14:15",
        'Seen before: INC-31 (3 weeks ago, same service and symptom, both mention "pool exhausted"), fixed by "Roll back deploy" in 6 min, cause: deploy. INC-17: same symptom, another cause (12 weeks ago, healed by itself).',
        "Times in UTC.",
      ].join("\n"),
    );
  });

  it("tells times in the reader's zone and links to the sources in its blocks", () => {
    const body = livingMessage(view());
    assertSlackTakes(body);
    const since = `<!date^${at("14:02").getTime() / 1000}^{time}|14:02>`;
    const live = `<!date^${at("14:00:30").getTime() / 1000}^{time_secs}|14:00:30>`;
    const [head, facts] = markdownOf(body);
    assert.ok(head?.startsWith("*● SEV2 Investigating*: checkout p99 4.1 s"));
    assert.ok(head?.includes(`INC-42, since ${since}`));
    assert.equal(
      facts,
      [
        "*What is known*",
        `• <https://prometheus.example/g?metric:0|latency_p99 of checkout 0.4 s → 4 s> since ${since}`,
        `• #311 Join orders live ${live}, 90 s before onset`,
      ].join("\n"),
    );
  });

  it("links the words to the first source, and each further one by its number", () => {
    const text = "none of 2 changes fits better than no change at all";
    const cites = ["metric:0", "metric:0", "change:x", "metric:1"] as const;
    const of = incident(["14:26", evidenceRead({ ...diagnosis, findings: [{ text, cites }] })]);
    const [, facts] = markdownOf(livingMessage(view({ incident: of })));
    const url = "https://prometheus.example/g?metric:";
    assert.equal(facts, `*What is known*\n• <${url}0|${text}> <${url}1|[2]>`);
  });

  it("has its buttons, and those of a tool that runs the incident are hidden", () => {
    assert.deepEqual(buttonsOf(livingMessage(view())), [
      "Steps",
      "Take lead",
      "Set severity",
      "Mute",
      "Resolve",
      "Open page",
    ]);
    assert.deepEqual(buttonsOf(livingMessage(view({ ownsLifecycle: false }))), [
      "Steps",
      "Mute",
      "Open page",
    ]);
  });

  it("says who muted it and offers to resume", () => {
    const of = incident(["14:26", { kind: "muted", by: "UBO" }]);
    const body = livingMessage(view({ incident: of, board: boardFor(of) }));
    assert.ok(body.text.includes("Muted by <@UBO> 14:26: only answers are posted."));
    assert.ok(buttonsOf(body).includes("Resume"));
    assert.ok(!buttonsOf(body).includes("Mute"));
  });

  it("says what it does before the first reading", () => {
    const of = { ...incident(), evidence: null, previousEvidence: null };
    const { text } = livingMessage(view({ incident: of, board: [], suggestions: [] }));
    assert.equal(
      text,
      "● SEV2 Investigating: checkout is slow. Lead <@UANA>. INC-42, since 14:02\nReading metrics and changes.\nTimes in UTC.",
    );
  });

  it("says that it ended and how long it took, with no step to do", () => {
    const of = incident(["14:21", { kind: "resolved", by: "UANA" }]);
    const body = livingMessage(view({ incident: of, board: boardFor(of) }));
    assert.ok(body.text.startsWith("○ SEV2 Resolved after 19 min: checkout p99"));
    const unled = { ...of, lead: null };
    assert.doesNotMatch(livingMessage(view({ incident: unled })).text, /No lead yet/);
    assert.ok(!body.text.includes("First:"));
    assert.deepEqual(buttonsOf(body), ["Open page"]);
    const unpaged = view({ incident: of, links: { ...view().links, page: null } });
    assertSlackTakes(livingMessage(unpaged));
  });

  it("names the next step once the first is out", () => {
    const of = incident([
      "14:18",
      {
        kind: "outcome",
        suggestion: "sug_1",
        stepId: "roll-back-deploy",
        label: "no_effect",
        by: "UBO",
        note: null,
      },
    ]);
    const { text } = livingMessage(view({ incident: of, board: boardFor(of) }));
    assert.ok(
      text.includes(
        "First: Read pool waits on checkout → payments (answered 7 of 9). Stop the bleeding: Restart cart\n",
      ),
      text,
    );
  });

  it("says when reading stopped", () => {
    const of = incident(["14:40", { kind: "reading-stopped", because: "archived" }]);
    const { text } = livingMessage(view({ incident: of }));
    assert.ok(text.includes("Read 14:25, stopped reading 14:40 (the channel is archived)\n"), text);
    const resolved = incident(["14:41", { kind: "resolved", by: "UANA" }]);
    assert.ok(
      livingMessage(view({ incident: resolved })).text.includes(
        "Read 14:25, stopped reading 14:41\n",
      ),
    );
  });

  it("tells two people who are on the same step", () => {
    const of = incident(poolWaitsClaimed, [
      "14:11",
      { kind: "claimed", suggestion: "sug_2", stepId: "read-pool-waits", by: "UANA" },
    ]);
    const { text } = livingMessage(view({ incident: of, board: boardFor(of) }));
    assert.ok(
      text.includes(
        "◐ Read pool waits on checkout → payments, <@UBO> since 14:09 and <@UANA> since 14:11: 2 on the same step",
      ),
    );
  });

  it("shows a chart of a known host only", () => {
    assert.equal(showsChart("https://hindsight.example/chart.png"), true);
    assert.equal(showsChart("https://elsewhere.example/chart.png"), false);
  });

  it("names only steps that are offered", () => {
    const { text } = livingMessage(view({ suggestions: [rollBack, poolWaits, restart] }));
    assert.ok(text.includes("First: Roll back checkout"));
  });
});
