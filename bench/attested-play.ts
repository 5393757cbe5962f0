/** One recorded incident after another in the local workspace of the whole product, with people by script in it. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { readConfig } from "../src/config.ts";
import { atMost } from "../src/edges/at-most.ts";
import type { Bundle } from "../src/edges/recorded/bundle.ts";
import type { Local } from "../src/program/local.ts";
import { openLog } from "../src/program/log.ts";
import { serve } from "../src/program/serve.ts";
import { openBenchDatabase } from "./bed.ts";
import { sentenceFor, type Deeds, type Responder } from "./attested-responders.ts";

const atOnce = 6;
/** The plays run at ten times their speed; readings are not waited for, but made as soon as a script waits. */
const speed = 10;
const lookEveryMs = 500;
const readEveryMs = 4_000;
const patienceMs = 240_000;
const settleMs = 20_000;
const people = ["U00000000ANA", "U000000000BO", "U000000CHIDI"] as const;

/** In the order in which they are given; rejects with the first failure once all have ended. */
export async function playAll(cases: readonly Case[]): Promise<Came[]> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.adopt(await mkdtemp(join(tmpdir(), "hindsight-attested-")), (path) =>
    rm(path, { recursive: true, force: true }),
  );
  const { url } = stack.use(await openBenchDatabase());
  const settings = { PORT: "0", DATABASE_URL: url, HINDSIGHT_DATA: folder, LOG_LEVEL: "silent" };
  const reading = readConfig(settings);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const serving = stack.use(await serve(reading.config, "all", openLog("silent", false)));
  const sql = stack.adopt(postgres(url, { max: 4 }), (client) => client.end());
  await serving.ready;
  const local = serving.local();
  if (local === null) throw new Error("the local workspace did not open");
  const gate = atMost(atOnce);
  const played = await Promise.allSettled(
    cases.map((one) => gate(() => playCase({ local, sql }, one))),
  );
  return played.map((each) => {
    if (each.status === "rejected") throw each.reason;
    return each.value;
  });
}

interface Bed {
  readonly local: Local;
  readonly sql: postgres.Sql;
}

export interface Case {
  readonly bundle: Bundle;
  readonly responder: Responder;
  readonly round: number;
}

export interface Came extends Case {
  /** Somebody's word says what ended it: a step, or that it was none of those. */
  readonly isAttested: boolean;
  readonly isStepNamed: boolean;
  readonly clicks: number;
}

async function playCase(bed: Bed, one: Case): Promise<Came> {
  const { bundle, responder, round } = one;
  const channel = await bed.local.play(bundle.id, speed);
  const user = people[round % people.length] ?? people[0];
  const { deeds, clicks } = deedsIn(bed, { channel, user, bundle });
  await eventually(async () => (await offered(bed, channel)).length > 0, patienceMs);
  await responder.play(deeds, sentenceFor(bundle, round % 2 === 1));
  const known = async () => (await wordsIn(bed, channel)).length > 0;
  await eventually(known, settleMs);
  const words = await wordsIn(bed, channel);
  const isStepNamed = words.includes("resolved");
  return { ...one, isAttested: words.length > 0, isStepNamed, clicks: clicks() };
}

interface Place {
  readonly channel: string;
  readonly user: string;
  readonly bundle: Bundle;
}

function deedsIn(bed: Bed, place: Place): { readonly deeds: Deeds; readonly clicks: () => number } {
  const { local } = bed;
  const { channel, user, bundle } = place;
  let clicks = 0;
  const press = async (fits: (value: string, text: string) => boolean) => {
    const button = await buttonThat(local, channel, fits);
    if (button === null) return false;
    clicks += 1;
    await local.workspace.click({ channel, user, ...button });
    return true;
  };
  const mending = async () => {
    const steps = await offered(bed, channel);
    return steps.filter(({ step }) => bundle.truth.mendingSteps.includes(step));
  };
  const deeds: Deeds = {
    claim: async () => {
      const ids = (await mending()).map(({ id }) => id);
      return ids.length > 0 && press((value) => ids.includes(value));
    },
    mend: async () => {
      for (const step of bundle.truth.mendingSteps) local.player.tried(channel, step);
    },
    untilBack: async () => void (await eventually(() => isBack(bed, channel), patienceMs)),
    answer: async () => {
      const ids = (await mending()).map(({ id }) => `${id} resolved`);
      return (
        (await press((value) => ids.includes(value))) ||
        press((value, text) => text === "Something else" && value.endsWith("something-else"))
      );
    },
    resolve: async () => {
      clicks += 1;
      await local.workspace.command({ user, channel, command: "/hindsight", text: "resolve" });
    },
    say: async (text) => void local.workspace.say({ channel, user, text }),
  };
  return { deeds, clicks: () => clicks };
}

interface Button {
  readonly ts: string;
  readonly actionId: string;
  readonly value: string;
}

/** The newest one, once it is there. */
async function buttonThat(
  { workspace }: Local,
  channel: string,
  fits: (value: string, text: string) => boolean,
): Promise<Button | null> {
  const find = (): Button | null => {
    for (const { ts, blocks } of workspace.channel(channel).messages.toReversed()) {
      for (const each of elementsIn(blocks)) {
        const { action_id: actionId, value, text } = each;
        if (actionId !== undefined && value !== undefined && fits(value, text?.text ?? "")) {
          return { ts, actionId, value };
        }
      }
    }
    return null;
  };
  await eventually(async () => find() !== null, settleMs);
  return find();
}

interface Element {
  readonly action_id?: string;
  readonly value?: string;
  readonly text?: { readonly text?: string };
}

/** Buttons, wherever a message's blocks hold them. */
function elementsIn(value: unknown): Element[] {
  if (typeof value !== "object" || value === null) return [];
  const own: Element[] = Reflect.get(value, "type") === "button" ? [value] : [];
  return [...own, ...Object.values(value).flatMap(elementsIn)];
}

/** Of the newest list, in its order. */
async function offered({ sql }: Bed, channel: string): Promise<{ id: string; step: string }[]> {
  return sql<{ id: string; step: string }[]>`
    select s.id, s.step_id as step from suggestion s join incident i on i.id = s.incident_id
    where i.channel_id = ${channel} order by s.list desc, s.position`;
}

/** Reads again rather than wait for the next planned reading. */
async function isBack({ sql }: Bed, channel: string): Promise<boolean> {
  const rows = await sql`
    select 1 from timeline_entry t join incident i on i.id = t.incident_id
    where i.channel_id = ${channel} and t.kind = 'evidence-read' and t.fact ? 'backSince' limit 1`;
  if (rows.length > 0) return true;
  await sql`
    update pgboss.job set start_after = now()
    where state = 'created' and data -> 'job' ->> 'kind' = 'read-again'
      and data -> 'job' ->> 'channel' = ${channel} and start_after > now()
      and id = (
        select id from pgboss.job
        where state = 'created' and data -> 'job' ->> 'kind' = 'read-again'
          and data -> 'job' ->> 'channel' = ${channel}
        order by start_after limit 1)`;
  await pause(readEveryMs);
  return false;
}

/** Latest words on what ended it: "resolved" of a step, "something-else", "by-itself", "several"; not "can't tell". */
async function wordsIn({ sql }: Bed, channel: string): Promise<string[]> {
  const rows = await sql<{ word: string }[]>`
    select o.label as word from outcome o join incident i on i.id = o.incident_id
    where i.channel_id = ${channel} and o.label = 'resolved' and o.confidence >= 0.6
      and not exists (
        select 1 from outcome later where later.suggestion_id = o.suggestion_id
          and later.actor = o.actor and later.recorded_at > o.recorded_at)
    union all
    select t.fact ->> 'credit' from timeline_entry t join incident i on i.id = t.incident_id
    where i.channel_id = ${channel} and t.kind = 'credited' and t.fact ->> 'credit' <> 'cannot-tell'`;
  return rows.map(({ word }) => word);
}

async function eventually(isSo: () => Promise<boolean>, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) return false;
    await pause(lookEveryMs);
  }
  return true;
}
