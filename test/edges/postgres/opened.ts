/** A fresh database with the store on it, and changes with what a test does not care about filled in. */

import { randomUUID } from "node:crypto";
import type { PgBoss } from "pg-boss";
import postgres from "postgres";
import { connect, type Connection, type Database } from "../../../src/edges/postgres/connect.ts";
import { openBoss } from "../../../src/edges/postgres/queue.ts";
import { rememberWorkspace, storeOn } from "../../../src/edges/postgres/store.ts";
import type { Change, ChannelRow, Effect, NewEntry } from "../../../src/flows/change.ts";
import type { Store } from "../../../src/flows/ports.ts";
import type { Outcome, Suggestion } from "../../../src/suggestion/suggestion.ts";
import type { IncidentId } from "../../../src/vocabulary.ts";
import { freshDatabase } from "../../database.ts";
import { at, declared } from "../../incident/timeline.ts";

export const team = "T1";
/** Another channel, which may be shown what public ones hold. */
export const viewer = { id: "C-READER", kind: "public" } as const;

export interface Opened extends AsyncDisposable {
  readonly url: string;
  readonly db: Database;
  /** What the program asks on. */
  readonly connection: Connection;
  /** What the test asks on. */
  readonly sql: postgres.Sql;
  readonly boss: PgBoss;
  readonly store: Store;
  /** How often something was committed. */
  readonly commits: () => number;
}

export async function openStore(workspaces: readonly string[] = [team]): Promise<Opened> {
  await using opening = new AsyncDisposableStack();
  const { url } = opening.use(await freshDatabase());
  const connection = opening.use(connect(url));
  const { db } = connection;
  const sql = postgres(url, { max: 4, onnotice: () => undefined });
  opening.defer(() => sql.end({ timeout: 1 }));
  const boss = await openBoss({ url, migrates: false, onError: () => undefined });
  opening.defer(() => boss.stop({ graceful: false, close: true }));
  for (const id of workspaces) await rememberWorkspace(db, { id, name: id, botUserId: "UBOT" });
  let commits = 0;
  const store = storeOn(db, boss, () => void (commits += 1));
  const stack = opening.move();
  return {
    url,
    db,
    connection,
    sql,
    boss,
    store,
    commits: () => commits,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

export function channelRow(id: string, rest: Partial<ChannelRow> = {}): ChannelRow {
  return { id, name: `inc-${id.toLowerCase()}`, kind: "public", isArchived: false, ...rest };
}

export function entry(title = "checkout is slow"): NewEntry {
  return { actor: "U1", source: "slack", at: at("14:05"), fact: declared(title) };
}

/** Opens an incident in a channel of its own kind. */
export function beginning(id: IncidentId, channel: string, rest: Partial<Change> = {}): Change {
  return {
    workspace: team,
    handled: [],
    channel: channelRow(channel),
    about: { kind: "new", id, channel, title: "checkout is slow", openedAt: at("14:05") },
    entries: [entry()],
    service: "checkout",
    symptom: "latency",
    ...rest,
  };
}

export function posting(key: string, text: string, rest: Partial<Effect> = {}): Effect {
  return {
    id: `box_${randomUUID()}`,
    channel: "C1",
    key,
    payload: {
      kind: "message",
      as: "answer",
      place: { in: "channel" },
      body: { text, blocks: [] },
    },
    ...rest,
  };
}

export function suggestionOf(incidentId: IncidentId, rest: Partial<Suggestion> = {}): Suggestion {
  const stepId = rest.stepId ?? "roll-back-deploy";
  const none = { tried: 0, worked: 0, triedHere: 0, workedHere: 0, ledToFix: 0 };
  return {
    id: `sug_${randomUUID()}`,
    incidentId,
    list: 1,
    position: 1,
    stepId,
    role: "fix",
    mechanism: "deploy",
    risk: "disruptive",
    title: "Roll back checkout",
    expect: "p99 falls within 5 min",
    isOtherAngle: false,
    p: 0.3,
    minutes: 6,
    score: 0.05,
    propensity: 1,
    policy: "greedy",
    seed: 2 ** 40,
    symptom: "latency",
    service: "checkout",
    flags: ["deploy"],
    record: { stepId, ...none, medianMinutes: null },
    foretold: null,
    greedy: null,
    considered: null,
    shownAt: at("14:06"),
    ...rest,
  };
}

let made = 0;
/** As the product's ids: what is made later sorts later, also within a millisecond. */
function inOrder(): string {
  made += 1;
  return `${String(made).padStart(8, "0")}-${randomUUID()}`;
}

export function outcomeOf(about: Suggestion, rest: Partial<Outcome> = {}): Outcome {
  return {
    id: `out_${inOrder()}`,
    suggestionId: about.id,
    incidentId: about.incidentId,
    stepId: about.stepId,
    label: "resolved",
    confidence: 1,
    source: "click",
    actor: "U1",
    minutes: 6,
    note: null,
    at: at("14:20"),
    recordedAt: at("14:20"),
    ...rest,
  };
}
