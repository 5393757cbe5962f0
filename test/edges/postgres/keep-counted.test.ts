import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import * as fc from "fast-check";
import type { Change, NewEntry } from "../../../src/flows/change.ts";
import { keepCounted, sweepCounted } from "../../../src/edges/postgres/keep-counted.ts";
import { exportedIncidents } from "../../../src/edges/postgres/read-export.ts";
import type { TimelineFact } from "../../../src/incident/timeline.ts";
import { credits, outcomeLabels, type IncidentId } from "../../../src/vocabulary.ts";
import { at, evidenceRead } from "../../incident/timeline.ts";
import { runs, seed } from "../../property-runs.ts";
import {
  beginning,
  channelRow,
  openStore,
  outcomeOf,
  suggestionOf,
  team,
  viewer,
  type Opened,
} from "./opened.ts";

/** What may happen to the incident `of`, which is one of three. */
interface Deed {
  readonly of: number;
  readonly minute: number;
  readonly actor: "U1" | "U2";
  readonly does:
    | { readonly what: "fact"; readonly fact: TimelineFact }
    | { readonly what: "close" | "reopen" }
    | { readonly what: "offer"; readonly list: number; readonly steps: readonly string[] }
    | {
        readonly what: "say";
        readonly nth: number;
        readonly label: (typeof outcomeLabels)[number];
        readonly confidence: number;
      }
    | { readonly what: "merge"; readonly into: number }
    /** Somebody asks for a digest: what is counted is kept. */
    | { readonly what: "ask" };
}

const steps = ["roll-back", "restart", "read-pool"];
const facts: readonly TimelineFact[] = [
  { kind: "severity-set", severity: 1 },
  { kind: "severity-set", severity: 4 },
  { kind: "status-set", status: "monitoring" },
  { kind: "status-set", status: "investigating" },
  evidenceRead({}, { backSince: at("14:30").getTime() / 1000 }),
  evidenceRead(),
  ...credits.map((credit): TimelineFact => ({ kind: "credited", credit, by: "U1" })),
  {
    kind: "alert-fired",
    alert: { group: "g", title: "t", service: null, firing: 1, link: null, past: null },
  },
];
const deeds = fc.array(
  fc.record<Deed>({
    of: fc.nat(2),
    minute: fc.integer({ min: -10, max: 59 }),
    actor: fc.constantFrom("U1", "U2"),
    does: fc.oneof(
      fc.record({ what: fc.constant("fact"), fact: fc.constantFrom(...facts) }),
      fc.record({ what: fc.constantFrom("close", "reopen") }),
      fc.record({
        what: fc.constant("offer"),
        list: fc.nat(3),
        steps: fc.shuffledSubarray(steps, { minLength: 1 }),
      }),
      fc.record({
        what: fc.constant("say"),
        nth: fc.nat(9),
        label: fc.constantFrom(...outcomeLabels),
        confidence: fc.constantFrom(0, 0.3, 1),
      }),
      fc.record({ what: fc.constant("merge"), into: fc.nat(2) }),
      fc.record({ what: fc.constant("ask") }),
    ),
  }),
  { minLength: 5, maxLength: 25, size: "max" },
);

describe("what is kept of incidents for digests", () => {
  let opened: Opened;
  before(async () => void (opened = await openStore()));
  after(() => opened[Symbol.asyncDispose]());

  const day = at("00:00");
  const factsNow = () =>
    opened.store.periodFacts(team, {
      viewer,
      from: new Date(day.getTime() - 86_400_000),
      to: new Date(day.getTime() + 86_400_000),
      lateFrom: at("14:20"),
      services: null,
    });
  const rows = () => opened.sql`select * from counted_incident order by incident_id, version`;
  const forget = () => opened.sql`delete from counted_incident`;

  async function committed(id: IncidentId, rest: Partial<Change>): Promise<void> {
    const { seq } = (await opened.store.incident(team, id)) ?? assert.fail(id);
    const about = { kind: "existing", id, seq } as const;
    const commit = await opened.store.commit({ workspace: team, handled: [], about, ...rest });
    assert.equal(commit, "committed");
  }

  async function happen(prefix: string, { of, minute, actor, does }: Deed, nth: number) {
    const id = `inc_${prefix}${of}` as const;
    const moment = new Date(at("14:05").getTime() + minute * 60_000);
    const told = (fact: TimelineFact): NewEntry => ({ actor, source: "slack", at: moment, fact });
    switch (does.what) {
      case "ask":
        return void (await factsNow());
      case "fact":
        return committed(id, { entries: [told(does.fact)] });
      case "close":
        return committed(id, {
          entries: [told({ kind: "resolved", by: actor })],
          closedAt: moment,
        });
      case "reopen":
        return committed(id, { entries: [told({ kind: "reopened", by: actor })], closedAt: null });
      case "offer": {
        const suggestions = does.steps.map((stepId, index) =>
          suggestionOf(id, {
            stepId,
            role: stepId.startsWith("read") ? "check" : "fix",
            list: does.list,
            position: nth * 10 + index,
            title: `${stepId} ${nth}`,
            shownAt: moment,
          }),
        );
        const ids = suggestions.map((each) => each.id);
        const fact = { kind: "suggested", list: does.list, suggestions: ids } as const;
        return committed(id, { entries: [told(fact)], suggestions });
      }
      case "say": {
        const offered = await opened.store.suggestionsOf(team, id);
        const about = offered[does.nth % Math.max(1, offered.length)];
        if (about === undefined) return;
        const { label, confidence } = does;
        const { stepId } = about;
        const said = { suggestion: about.id, stepId, label, by: actor, note: null };
        return committed(id, {
          entries: [told({ kind: "outcome", ...said })],
          outcomes: [outcomeOf(about, { label, confidence, actor })],
        });
      }
      case "merge": {
        const into = `inc_${prefix}${does.into}` as const;
        if (into === id) return;
        const name = "INC";
        await committed(id, {
          entries: [told({ kind: "merged", by: actor, into: { id: into, name, channel: "C1" } })],
        });
        return committed(into, {
          entries: [told({ kind: "merged", by: actor, from: { id, name, channel: "C1" } })],
        });
      }
    }
  }

  test("is what their timelines and ledgers say, whatever happens and whenever it is asked for", async () => {
    let world = 0;
    let said = 0;
    await fc.assert(
      fc.asyncProperty(deeds, async (happened) => {
        world += 1;
        for (const nth of [0, 1, 2]) {
          const id = `inc_w${world}_${nth}` as const;
          await opened.store.commit(beginning(id, `C-${world}-${nth}`));
        }
        for (const [nth, deed] of happened.entries()) await happen(`w${world}_`, deed, nth);
        const told = await factsNow();
        const kept = await rows();
        await forget();
        assert.deepEqual(await factsNow(), told);
        assert.deepEqual(await rows(), kept);
        said += told.told.length;
        await opened.sql`truncate incident, channel cascade`;
        await forget();
      }),
      { numRuns: runs(300), seed, endOnFailure: true },
    );
    assert.ok(said > 0, "something was said of steps");
  });

  test("is counted again by its own version alone, and rows of an earlier one are swept", async () => {
    await opened.store.commit(beginning("inc_v", "C-V"));
    await keepCounted(opened.db);
    await opened.sql`update counted_incident set version = 0, severity = 4`;
    assert.deepEqual(
      (await factsNow()).incidents.map(({ severity }) => severity),
      [2],
    );
    assert.equal((await rows()).length, 2);
    await sweepCounted(opened.db);
    assert.deepEqual(
      (await rows()).map(({ version }) => version),
      [1],
    );
  });

  test("is counted by however many at once", async () => {
    await forget();
    await Promise.all([1, 2, 3, 4].map(() => keepCounted(opened.db)));
    assert.equal((await rows()).length, 1);
  });

  test("is shown only while its channel is public", async () => {
    const numbers = async () => (await factsNow()).incidents.map(({ number }) => number);
    const shown = await numbers();
    assert.equal(shown.length, 1);
    await committed("inc_v", { channel: channelRow("C-V", { kind: "private" }) });
    assert.deepEqual(await numbers(), []);
    await committed("inc_v", { channel: channelRow("C-V") });
    assert.deepEqual(await numbers(), shown);
  });

  test("holds no acknowledgement where the bot declared it, also as it once wrote so", async () => {
    const [declared] = beginning("inc_b", "C-B").entries ?? [];
    assert.ok(declared);
    const entries = [{ ...declared, actor: "UBOT" }];
    await opened.store.commit(beginning("inc_b", "C-B", { entries }));
    const acknowledged = async () => {
      const { incidents } = await factsNow();
      const exported: (string | null)[] = [];
      for await (const each of exportedIncidents(opened.db, team))
        if (each.id === "inc_b") exported.push(each.acknowledgedAt);
      return [incidents.at(-1)?.acknowledgedAt?.toISOString() ?? null, ...exported];
    };
    assert.deepEqual(await acknowledged(), [null, null]);
    const fact = { kind: "lead-set", lead: "U1" } as const;
    await committed("inc_b", {
      entries: [{ actor: "U1", source: "slack", at: at("14:09"), fact }],
    });
    const then = at("14:09").toISOString();
    assert.deepEqual(await acknowledged(), [then, then]);
  });
});
