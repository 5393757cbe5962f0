/** Made-up ledgers: incidents with their times, merges, lists of steps and what was said of them. */

import * as fc from "fast-check";
import type postgres from "postgres";
import type { ChannelRow } from "../src/flows/change.ts";
import { credits, outcomeLabels, type Credit, type OutcomeLabel } from "../src/vocabulary.ts";
import { plantAftermath } from "./digest-aftermath.ts";

export const workspace = "T1";
/** The user that the bot is there. */
const bot = "UBOT";
/** The last moment of the period that ledgers are about. */
const endsAt = Date.UTC(2026, 10, 23);
const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;

const stepsOffered = ["roll-back", "restart", "read-pool", "read-locks"] as const;
const roleOf = (step: string) => (step.startsWith("read") ? "check" : "fix");

interface Vote {
  readonly list: number;
  readonly place: number;
  readonly actor: string;
  readonly label: OutcomeLabel;
  readonly confidence: number;
  readonly minute: number;
}

/** Minutes are from the declaration; null: it did not come to it. */
interface Lived {
  readonly daysBefore: number;
  readonly kind: ChannelRow["kind"];
  readonly service: string | null;
  readonly symptom: string | null;
  readonly severities: readonly number[];
  /** As one that the bot began by itself once stood: declared by it, in Slack. */
  readonly isBegunByBot: boolean;
  readonly alertAt: number | null;
  readonly acknowledgedAt: number | null;
  readonly watchedAt: number | null;
  readonly backAt: number | null;
  readonly closedAt: number | null;
  readonly credit: Credit | null;
  /** Into that of the number, modulo those before it; taken up again after all but the last, where it stays merged. */
  readonly merges: readonly number[];
  readonly staysMerged: boolean;
  readonly lists: readonly (readonly string[])[];
  /** The first of them are steps that people named and no list had offered. */
  readonly isFirstUnlisted: boolean;
  readonly votes: readonly Vote[];
}
export type Ledger = readonly Lived[];

const minute = fc.integer({ min: 0, max: 300 });
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { freq: 3 });

const lived = fc.record<Lived>({
  daysBefore: fc.oneof(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 95 })),
  kind: fc.constantFrom("public", "public", "public", "public", "private", "external"),
  service: maybe(fc.constantFrom("cart", "checkout")),
  symptom: maybe(fc.constantFrom("latency", "errors")),
  severities: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
  isBegunByBot: fc.boolean(),
  alertAt: maybe(fc.integer({ min: -90, max: 30 })),
  acknowledgedAt: maybe(minute),
  watchedAt: maybe(minute),
  backAt: maybe(minute),
  closedAt: maybe(minute),
  credit: maybe(fc.constantFrom(...credits)),
  merges: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.nat(9), { minLength: 1, maxLength: 2 }) },
  ),
  staysMerged: fc.boolean(),
  lists: fc.array(fc.shuffledSubarray([...stepsOffered], { minLength: 1 }), {
    maxLength: 3,
    size: "max",
  }),
  isFirstUnlisted: fc.boolean(),
  votes: fc.array(
    fc.record<Vote>({
      list: fc.nat(2),
      place: fc.nat(3),
      actor: fc.constantFrom("U1", "U2"),
      label: fc.constantFrom("resolved", ...outcomeLabels),
      confidence: fc.constantFrom(0, 0.3, 0.6, 1),
      minute: fc.nat(4),
    }),
    { maxLength: 12, size: "max" },
  ),
});

export const ledgers: fc.Arbitrary<Ledger> = fc.oneof(
  fc.array(lived, { maxLength: 4 }),
  fc.array(lived, { minLength: 8, maxLength: 24 }),
);

interface Entry {
  readonly at: number;
  readonly source: "slack" | "bot" | "alert";
  /** Absent: a person's where it is from Slack. */
  readonly actor?: string;
  readonly fact: Readonly<Record<string, postgres.JSONValue>> & { readonly kind: string };
}

/** Takes what was planted before away. `wordOf`: what every text of an incident holds. */
export async function plantLedger(
  sql: postgres.Sql,
  ledger: Ledger,
  wordOf: (number: number) => string = (number) => `number ${number}`,
): Promise<void> {
  // Quicker than to truncate, which makes new files.
  for (const table of [
    "counted_incident",
    "postmortem_version",
    "action_item",
    "model_call",
    "outcome",
    "suggestion",
    "timeline_entry",
    "incident",
    "channel",
  ])
    await sql`delete from ${sql(table)}`;
  if (ledger.length === 0) return;
  const rows = rowsOf(sql, ledger, wordOf);
  for (const table of ["channel", "incident", "timeline_entry", "suggestion", "outcome"] as const)
    if (rows[table].length > 0) await sql`insert into ${sql(table)} ${sql(rows[table])}`;
  await plantAftermath(sql, workspace);
}

function rowsOf(sql: postgres.Sql, ledger: Ledger, wordOf: (number: number) => string) {
  const entries = timelinesOf(ledger, wordOf);
  const base = { workspace_id: workspace };
  const each = ledger.map((one, index) => ({ one, index, ...namesOf(index, wordOf(index + 1)) }));
  return {
    channel: each.map(({ one, channel, word }) => ({
      ...base,
      id: channel,
      name: `inc-${word}`,
      kind: one.kind,
    })),
    incident: each.map(({ one, index, id, channel, word }) => ({
      ...base,
      id,
      number: index + 1,
      channel_id: channel,
      title: `slow ${word}`,
      service: serviceOf(one, word),
      symptom: one.symptom,
      last_seq: entries[index]?.length ?? 0,
      opened_at: openedAt(one),
      closed_at: dateOf(one, isMerged(one, index) ? (one.closedAt ?? 5) : one.closedAt),
    })),
    timeline_entry: each.flatMap(({ index, id }) =>
      (entries[index] ?? []).map(({ at, source, actor, fact }, seq) => ({
        ...base,
        incident_id: id,
        seq: seq + 1,
        kind: fact.kind,
        actor: actor ?? (source === "slack" ? "U1" : "bot"),
        source,
        at: new Date(at),
        recorded_at: new Date(at),
        fact: sql.json(fact),
      })),
    ),
    suggestion: each.flatMap(({ one, index, id, word }) =>
      one.lists.flatMap((list, number) =>
        list.map((step, place) => ({
          ...base,
          id: suggestionId(index, number, place),
          incident_id: id,
          list: number + (one.isFirstUnlisted ? 0 : 1),
          position: place + 1,
          step_id: step,
          role: roleOf(step),
          p: (place + 1) / 8,
          minutes: 5,
          score: 0.1,
          propensity: 1,
          policy: "test",
          seed: 0,
          symptom: one.symptom ?? "other",
          service: serviceOf(one, word),
          flags: [] as string[],
          offered: sql.json({ title: `${step} ${word}` }),
          record: sql.json({}),
          shown_at: dateOf(one, number),
        })),
      ),
    ),
    outcome: each.flatMap(({ one, index, id, word }) =>
      one.votes.flatMap((vote, nth) => {
        const step = one.lists[vote.list]?.[vote.place];
        const at = dateOf(one, vote.minute);
        if (step === undefined) return [];
        return [
          {
            ...base,
            id: `out_${index}_${nth}`,
            suggestion_id: suggestionId(index, vote.list, vote.place),
            incident_id: id,
            step_id: step,
            label: vote.label,
            confidence: vote.confidence,
            source: "click",
            actor: vote.actor,
            minutes: 5,
            note: word,
            at,
            recorded_at: at,
          },
        ];
      }),
    ),
  };
}

/** What is worked on in private may be a secret by its name. */
function serviceOf({ service, kind }: Lived, word: string): string | null {
  return service === null || kind === "public" ? service : `${service} ${word}`;
}

function namesOf(index: number, word: string) {
  return { id: `inc_${index}`, channel: `C${index}`, word };
}

const suggestionId = (index: number, list: number, place: number) =>
  `sug_${index}_${list}_${place}`;
const openedAt = ({ daysBefore }: Lived) => new Date(endsAt - daysBefore * dayMs);

/** Which of those before it is meant; null: there is none. */
const targetOf = (merge: number, index: number) => (index === 0 ? null : merge % index);

function isMerged({ merges, staysMerged }: Lived, index: number): boolean {
  return staysMerged && merges.length > 0 && index > 0;
}

function dateOf(lived_: Lived, afterMinutes: number | null): Date | null {
  return afterMinutes === null
    ? null
    : new Date(openedAt(lived_).getTime() + afterMinutes * minuteMs);
}

/** Each incident's entries in their order. */
function timelinesOf(ledger: Ledger, wordOf: (number: number) => string): Entry[][] {
  const timelines = ledger.map((one, index) => ownEntries(one, wordOf(index + 1)));
  for (const [index, one] of ledger.entries()) {
    for (const [nth, merge] of one.merges.entries()) {
      const target = targetOf(merge, index);
      if (target === null) break;
      const at = openedAt(one).getTime();
      const named = (of: number) => ({ id: `inc_${of}`, name: `INC-${of + 1}`, channel: `C${of}` });
      timelines[index]?.push({
        at,
        source: "slack",
        fact: { kind: "merged", by: "U1", into: named(target) },
      });
      timelines[target]?.push({
        at,
        source: "slack",
        fact: { kind: "merged", by: "U1", from: named(index) },
      });
      if (nth === one.merges.length - 1 && one.staysMerged) break;
      timelines[index]?.push({
        at,
        source: "slack",
        fact:
          nth === 0
            ? { kind: "reopened", by: "U1" }
            : { kind: "status-set", status: "investigating", by: "U1" },
      });
      timelines[target]?.push({
        at,
        source: "bot",
        fact: { kind: "parted", from: `inc_${index}`, groups: [] },
      });
    }
  }
  return timelines;
}

function ownEntries(one: Lived, word: string): Entry[] {
  const opened = openedAt(one).getTime();
  const entry = (
    minutes: number | null,
    source: Entry["source"],
    fact: Entry["fact"],
  ): readonly Entry[] =>
    minutes === null ? [] : [{ at: opened + minutes * minuteMs, source, fact }];
  const [first = 3, ...later] = one.severities;
  const alert = { group: "g", title: word, service: null, firing: 1, link: null, past: null };
  return [
    ...entry(0, one.isBegunByBot ? "slack" : "bot", {
      kind: "declared",
      title: word,
      severity: first,
    }).map((each) => ({ ...each, actor: bot })),
    ...later.flatMap((severity) => entry(1, "bot", { kind: "severity-set", severity })),
    ...entry(one.alertAt, "alert", { kind: "alert-fired", alert }),
    ...entry(one.acknowledgedAt, "slack", { kind: "lead-set", lead: "U1" }),
    ...entry(one.watchedAt, "bot", { kind: "status-set", status: "monitoring" }),
    ...entry(one.backAt, "bot", {
      kind: "evidence-read",
      backSince: opened / 1000 + (one.backAt ?? 0) * 60,
    }),
    ...(one.credit === null
      ? []
      : entry(2, "bot", { kind: "credited", credit: one.credit, by: "U1" })),
  ];
}
