import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { digestOf, type About, type ActionsOfKind } from "../../src/digest/digest.ts";
import type { IncidentFacts, PeriodFacts, StepFacts } from "../../src/digest/facts.ts";
import { statisticsOf } from "../../src/digest/statistics.ts";
import { digestMessage, noSuchTeam } from "../../src/message/digest.ts";
import { statisticsMessage } from "../../src/message/statistics.ts";
import { incidentFacts, stepFacts, weeks } from "../digest/facts.ts";
import { buttonsOf } from "./slack.ts";

const fix = { stepId: "s", title: "Renew the certificate", place: null, minutes: 41 };

/** What is open in all, and of checkout's latency. */
function left(
  of: Pick<ActionsOfKind, "open" | "overdueDays">,
  kind: Partial<ActionsOfKind> = {},
): About["actions"] {
  const kinds = [{ service: "checkout", symptom: "latency", ...of, ...kind }] as const;
  return { open: 4, overdue: 1, kinds };
}

function linesOf(
  incidents: readonly IncidentFacts[],
  steps: readonly StepFacts[] = [],
  about: { readonly team?: string; readonly actions?: About["actions"] } = {},
): readonly string[] {
  const { team = null, actions = null } = about;
  const digest = digestOf({ incidents, steps, told: [], model: null }, { team, weeks, actions });
  return digestMessage(digest, { page: null, hosts: [] }).text.split("\n");
}

describe("a digest's words", () => {
  test("of a week and a quarter without incidents are few", () => {
    assert.deepEqual(linesOf([]), [
      "Week 47: no incident.",
      "My own record, 13 weeks",
      "No incident has ended in this time, so there is nothing to say of it.",
    ]);
  });

  test("of one incident give its minutes, and what is not known of its end", () => {
    assert.deepEqual(linesOf([incidentFacts()]), [
      "Week 47: 1 incident (1 SEV2). Minutes to mitigate 20.",
      "My own record, 13 weeks",
      "What ended it is known for 0 of 1 incident.",
      "0 steps offered, 0 tried. 0 checks run, 0 answered.",
    ]);
  });

  for (const [cost, helpful, words] of [
    [
      1.84,
      15,
      "The model cost 1.84 in the currency of its prices, 0.12 for each of 15 suggestions that helped.",
    ],
    [0.0042, 1, "The model cost 0.0042 in the currency of its prices, and one suggestion helped."],
    [12, 0, "The model cost 12.00 in the currency of its prices, and no suggestion helped."],
    [
      0,
      2,
      "The model cost 0 in the currency of its prices, 0 for each of 2 suggestions that helped.",
    ],
    [
      0.0001,
      9,
      "The model cost 0.0001 in the currency of its prices, less than 0.0001 for each of 9 suggestions that helped.",
    ],
  ] as const)
    test(`of a model that cost ${cost} say what ${helpful} suggestions that helped cost, in digest and statistics`, () => {
      const facts = { incidents: [incidentFacts()], steps: [], told: [], model: { cost, helpful } };
      const digest = digestOf(facts, { team: null, weeks, actions: null });
      const told = digestMessage(digest, { page: null, hosts: [] }).text.split("\n");
      assert.equal(told.at(-1), words);
      assert.ok(statisticsMessage(statisticsOf(facts), 30).text.includes(words));
    });

  test("of a record that was kept before the cost was counted are the others", () => {
    const digest = digestOf(
      { incidents: [incidentFacts()], steps: [], told: [], model: null },
      { team: null, weeks, actions: null },
    );
    const { model: _model, ...record } = digest.record;
    const told = digestMessage({ ...digest, record }, { page: null, hosts: [] }).text;
    assert.doesNotMatch(told, /model/);
  });

  test("of one that is still open say so, and no minutes", () => {
    const [first] = linesOf([incidentFacts({ mitigatedAt: null, resolvedAt: null })]);
    assert.equal(
      first,
      "Week 47: 1 incident (1 SEV2). Minutes to mitigate not known. 1 still open.",
    );
  });

  test("of a week with everything name repeats, the record, the worst miss, what rose and fell, and action items", () => {
    const lists = { late: 6, early: 7 };
    const steps = [
      stepFacts({
        stepId: "up",
        name: "Read pool waits",
        shown: 9,
        lists,
        place: { late: 1.4, early: 3.2 },
      }),
      stepFacts({
        stepId: "down",
        name: "Restart service",
        shown: 4,
        tried: 3,
        lists,
        place: { late: 4, early: 2 },
      }),
      stepFacts({ stepId: "check", role: "check", shown: 5, tried: 4, worked: 3 }),
      stepFacts({
        stepId: "s",
        name: fix.title,
        lists,
        place: { late: 2.1, early: 2.9 },
      }),
    ];
    const incidents = [
      incidentFacts({ number: 40, beganAt: new Date("2026-10-06T10:00:00Z"), ending: "by-itself" }),
      incidentFacts({ number: 41, severity: 3, ending: "step", fix: { ...fix, place: 2 } }),
      incidentFacts({
        number: 42,
        ending: "step",
        fix,
        firstOffered: "Restart cart",
        postmortem: "published",
      }),
    ];
    assert.deepEqual(
      linesOf(incidents, steps, { team: "payments", actions: left({ open: 1, overdueDays: 22 }) }),
      [
        "Week 47, payments: 2 incidents (1 SEV2, 1 SEV3). Minutes to mitigate 20.",
        "Again: checkout latency, third time in 13 weeks (INC-42); its action item is 3 weeks overdue.",
        "Postmortems of the week: INC-42 published.",
        "My own record, 13 weeks",
        "What ended it is known for 3 of 3 incidents, 1 of them by itself. What fixed it was in my first three in 1 of 2.",
        "19 steps offered, 7 tried. 4 checks run, 3 answered.",
        'Worst miss: INC-42, "Restart cart" stood first; it was "Renew the certificate", after 41 min. That one stands at place 2.1 in the lists of the last weeks, at 2.9 before.',
        "Rising: Read pool waits (place 3.2 to 1.4). Falling: Restart service (place 2.0 to 4.0). Too little data to say: 1 step.",
        "Open action items: 4 (1 overdue).",
      ],
    );
  });

  for (const [open, overdueDays, words] of [
    [1, null, "its action item is open"],
    [1, 1, "its action item is 1 day overdue"],
    [3, null, "3 of its action items are open"],
    [3, 13, "3 of its action items are open, one 13 days overdue"],
  ] as const)
    test(`of a repeat say what is left to do for it: ${words}`, () => {
      const twice = [incidentFacts({ number: 1 }), incidentFacts({ number: 2 })];
      const again = (actions: About["actions"]) =>
        linesOf(twice, [], actions === null ? {} : { actions })[1];
      assert.equal(
        again(left({ open, overdueDays })),
        `Again: checkout latency, second time in 13 weeks (INC-2); ${words}.`,
      );
      const others = left({ open, overdueDays }, { symptom: "errors" });
      assert.equal(again(others), again(null), "another kind's are not its own");
    });

  test("name the postmortems of the week, the published ones first, and link to their pages", () => {
    const pageOf = (incident: string) => `https://hindsight.example/postmortems/${incident}`;
    const digest = digestOf(
      {
        incidents: [
          incidentFacts({ number: 43, postmortem: "review" }),
          incidentFacts({ number: 42, postmortem: "published" }),
          incidentFacts({ number: 41, postmortem: "draft" }),
          incidentFacts({ number: 40 }),
        ],
        steps: [],
        told: [],
        model: null,
      },
      { team: null, weeks, actions: null },
    );
    const { text, blocks } = digestMessage(digest, {
      page: null,
      hosts: ["hindsight.example"],
      pageOf,
    });
    assert.match(text, /^Postmortems of the week: INC-42 published, INC-41, INC-43 in work\.$/m);
    assert.match(
      JSON.stringify(blocks),
      /<https:\/\/hindsight\.example\/postmortems\/inc_42\|INC-42>/,
    );
    const { postmortems: _none, ...earlier } = digest;
    assert.doesNotMatch(digestMessage(earlier, { page: null, hosts: [] }).text, /Postmortems/);
  });

  test("count on past the words for numbers: a twenty-first, a twenty-second, a thirteenth", () => {
    const times = (count: number) =>
      linesOf(Array.from({ length: count }, (_, index) => incidentFacts({ number: index + 1 })))[1];
    assert.equal(times(5), "Again: checkout latency, fifth time in 13 weeks (INC-5).");
    assert.equal(times(6), "Again: checkout latency, 6th time in 13 weeks (INC-6).");
    assert.equal(times(13), "Again: checkout latency, 13th time in 13 weeks (INC-13).");
    assert.equal(times(21), "Again: checkout latency, 21st time in 13 weeks (INC-21).");
    assert.equal(times(22), "Again: checkout latency, 22nd time in 13 weeks (INC-22).");
  });

  test("name a few repeats, those that came most often, and say how many more there are", () => {
    const incidents = Array.from({ length: 12 }, (_, service) =>
      Array.from({ length: service + 2 }, (_each, nth) =>
        incidentFacts({ service: `s${service}`, number: service * 20 + nth }),
      ),
    ).flat();
    const again = linesOf(incidents).filter(
      (line) => line.startsWith("Again") || line.startsWith("And"),
    );
    assert.equal(again.length, 6);
    assert.equal(again[0], "Again: s11 latency, 13th time in 13 weeks (INC-232).");
    assert.equal(again[5], "And 7 more came again.");
  });

  test("link to the page where there is one that may be linked to", () => {
    const digest = digestOf(
      { incidents: [], steps: [], told: [], model: null },
      { team: null, weeks, actions: null },
    );
    const page = "https://hindsight.example/digest/1";
    const buttons = (hosts: readonly string[]) => buttonsOf(digestMessage(digest, { page, hosts }));
    assert.deepEqual(buttons(["hindsight.example"]), ["Open digest"]);
    assert.deepEqual(buttons(["other.example"]), []);
  });

  test("name the teams that there are", () => {
    assert.equal(
      noSuchTeam("ops", ["payments", "search"]).text,
      'There is no team "ops". The catalog has payments, search; /hindsight digest alone is about all services.',
    );
  });
});

describe("the statistics' words", () => {
  const linesFor = (rest: Partial<PeriodFacts>) =>
    statisticsMessage(
      statisticsOf({ incidents: [], steps: [], told: [], model: null, ...rest }),
      30,
    ).text.split("\n");

  test("say so where there was nothing", () => {
    assert.deepEqual(linesFor({}), [
      "No incident began in the last 30 days that may be shown here.",
    ]);
  });

  test("give ranges, groups and the record", () => {
    const lines = linesFor({ incidents: [incidentFacts(), incidentFacts({ service: null })] });
    assert.deepEqual(lines.slice(0, 7), [
      "Last 30 days: 2 incidents, none was a repeat.",
      "Minutes to acknowledge 2. To mitigate 20. To resolve 25.",
      "By severity",
      "SEV2: 2 incidents, minutes to mitigate 20.",
      "By service",
      "Service not known: 1 incident, minutes to mitigate 20.",
      "checkout: 1 incident, minutes to mitigate 20.",
    ]);
    assert.equal(
      lines.at(-1),
      "How true my chances are: too little data, 0 of the 30 tried fixes that it takes.",
    );
  });

  test("count the postmortems, where there is one", () => {
    const states = ["published", "published", "draft", "review", null] as const;
    const incidents = states.map((postmortem, number) => incidentFacts({ number, postmortem }));
    assert.equal(linesFor({ incidents })[2], "Postmortems: 2 of 5 published, 2 in work.");
  });

  test("say of each chance how often it came true, from thirty tried fixes on", () => {
    const told = Array.from({ length: 40 }, (_, index) => ({
      p: index < 25 ? 0.12 : 0.97,
      hasWorked: index % 5 === 0,
    }));
    assert.equal(
      linesFor({ incidents: [incidentFacts()], told }).at(-1),
      "Chances of 40 tried fixes, and how many worked: at 10 to 20 % 5 of 25, at 90 to 100 % 3 of 15.",
    );
  });
});
