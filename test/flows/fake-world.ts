/** A world in memory for the flows: a store, a chat of a few channels, sources that a test chooses, and a clock that it moves. */

import type { Catalog, Service } from "../../src/catalog/catalog.ts";
import type { ChangeRecord, SourcedSeries } from "../../src/evidence/input.ts";
import type { ChannelRow, Effect, OutboxPayload, Place } from "../../src/flows/change.ts";
import type { ChannelTopic, ChatMessage, Opening, SharedFile } from "../../src/flows/chat.ts";
import type { Changes, Metrics, Sources, Window, World } from "../../src/flows/ports.ts";
import { onChannelSeen } from "../../src/flows/begin-incident.ts";
import { runJob } from "../../src/flows/run-job.ts";
import type { MessageBody } from "../../src/message/body.ts";
import { parsePlaybook } from "../../src/playbook/parse.ts";
import { someService } from "../edges/some-service.ts";
import { builtInFiles } from "../playbook/built-in.ts";
import { noHistory, pageOf, type FakeHistory } from "./fake-history.ts";
import { noExports } from "./fake-postmortems.ts";
import { uncounted } from "./fake-model-book.ts";
import { fakeStore, type FakeStore } from "./fake-store.ts";

export const ana = "UANA";
export const bo = "UBO";
export const bot = "UBOT";
export const incidentChannel: ChannelRow = {
  id: "CINC",
  name: "inc-7-checkout-latency",
  kind: "public",
  isArchived: false,
};
export const teamChannel: ChannelRow = {
  id: "CTEAM",
  name: "team-shop",
  kind: "public",
  isArchived: false,
};
/** Five minutes before the fake clock's beginning, on the metrics' grid. */
export const onset = Date.UTC(2026, 10, 23, 14, 2) / 1000;
const builtIn = parsePlaybook(builtInFiles).steps;

interface Sent {
  readonly key: string;
  readonly channel: string;
  readonly place: Place;
  readonly body: MessageBody;
}

export interface FakeWorld extends FakeHistory {
  world: World;
  /** Whether Slack lets us create channels. */
  mayCreate: boolean;
  readonly store: FakeStore;
  /** Who is in which channel; ana and bo are in both. */
  readonly members: Map<string, string[]>;
  readonly channels: Map<string, ChannelRow>;
  /** Of every channel. */
  readonly said: ChatMessage[];
  /** By Slack's id. */
  readonly files: Map<string, SharedFile>;
  sources: Omit<Sources, "now">;
  readonly tried: string[];
  /** What becomes of a form. */
  opening: Opening;
  /** Members that are programs. */
  bots: readonly string[];
  /** By their names. */
  readonly people: Map<string, string>;
  readonly topics: Map<string, ChannelTopic>;
  /** What went to the log. */
  readonly troubles: readonly string[];
  /** Whom Slack knows by name. */
  readonly names: Map<string, string>;
  /** Timestamps of messages that are gone. */
  readonly deleted: string[];
  /** The channel of somebody's direct messages; null: Slack opens none. */
  directMessage: (user: string) => string | null;
  /** How often one was to be opened. */
  opened: number;
  /** Labels of the outcomes that were counted. */
  readonly counted: string[];
  /** How many mentions were counted as answered. */
  readonly answers: () => number;
  /** What was answered in place. */
  readonly responses: readonly { readonly url: string; readonly body: MessageBody }[];
  readonly pass: (minutes: number) => void;
  /** Every job that is due, and those that they send; the id and kind of each, in order. */
  readonly work: () => Promise<string[]>;
  /** The newest text of each message of a channel, in the order of their first appearance. */
  readonly messages: (channel: string) => readonly Sent[];
  readonly ephemerals: (user: string) => readonly MessageBody[];
  /** A fresh id, as an event's job has. */
  readonly job: () => string;
}

export function fakeWorld(): FakeWorld {
  let nowMs = (onset + 300) * 1000;
  let ids = 0;
  const now = () => new Date(nowMs);
  const nextId = () => String((ids += 1)).padStart(8, "0");
  const store = fakeStore(now);
  const tried: string[] = [];
  const counted: string[] = [];
  let answers = 0;
  const responses: { url: string; body: MessageBody }[] = [];
  const said: ChatMessage[] = [];
  const troubles: string[] = [];
  const members = new Map([incidentChannel, teamChannel].map(({ id }) => [id, [ana, bo, bot]]));
  const channels = new Map([incidentChannel, teamChannel].map((row) => [row.id, row]));
  const world: World = {
    workspace: "T1",
    botUser: bot,
    store,
    model: null,
    schedules: null,
    steps: builtIn,
    incidentChannels: /^inc(ident)?-/u,
    keepsMessagesDays: 30,
    alerts: { channel: null, declares: null, quietMs: 30 * 60_000 },
    ownsLifecycle: true,
    trouble: (sentence) => void troubles.push(sentence),
    digest: { channel: null, zone: "UTC" },
    now,
    newId: nextId,
    idOf: (words) => `id of ${words}`,
    linkHosts: ["prometheus.example", "github.com"],
    evidencePage: () => null,
    postmortemPage: () => null,
    digestPage: (id) => `https://github.com/digest/${encodeURIComponent(id)}`,
    sample: null,
    exports: noExports,
    deadline: (ms) => AbortSignal.timeout(ms),
    stepTried: (_channel, stepId) => void tried.push(stepId),
    sourcesFor: async () => ({ ...fake.sources, now: now() }),
    chat: {
      channel: async (id) => channels.get(id) ?? null,
      channelNamed: async (name) =>
        [...channels.values()].find(
          (row) => row.id === name || row.name === name.replace(/^#/, ""),
        ) ?? null,
      createChannel: async (name) => {
        if (!fake.mayCreate) return null;
        const made = [...channels.values()].find((row) => row.name === name);
        const id = made?.id ?? `C${nextId()}`;
        channels.set(id, { id, name, kind: "public", isArchived: false });
        members.set(id, [bot, ana, bo]);
        return channels.get(id) ?? null;
      },
      isMember: async (channel, user) => members.get(channel)?.includes(user) === true,
      isPerson: async (user) => !fake.bots.includes(user),
      personNamed: async (name) => fake.people.get(name.toLowerCase()) ?? null,
      topic: async (channel) => fake.topics.get(channel) ?? null,
      hasLeft: async (user) => !fake.names.has(user) && !fake.bots.includes(user),
      personName: async (user) => fake.names.get(user) ?? null,
      permalink: async (channel, ts) =>
        fake.deleted.includes(ts) ? null : `https://acme.slack.com/archives/${channel}/${ts}`,
      canvas: async () => ({ kind: "refused", reason: "missing_scope", detail: null }),
      directMessage: async (user) => fake.directMessage(user),
      recentMessages: async () => said,
      history: async (_channel, span) => pageOf(fake, span),
      file: async (id) => fake.files.get(id) ?? { kind: "none" },
      openModal: async () => {
        fake.opened += 1;
        return fake.opening;
      },
      respond: async (url, body) => void responses.push({ url, body }),
    },
    meter: {
      ...uncounted,
      outcome: (label) => void counted.push(label),
      answered: () => void (answers += 1),
    },
  };
  const fake: FakeWorld = {
    world,
    mayCreate: true,
    store,
    members,
    channels,
    said,
    ...noHistory(),
    files: new Map(),
    sources: {
      catalog,
      metrics: [metricsOf(slowCheckout)],
      changes: [changesOf([deployment])],
      logs: [],
    },
    tried,
    opening: "refused",
    bots: [bot],
    people: new Map([["ana", ana]]),
    topics: new Map(),
    troubles,
    names: new Map([
      [ana, "Ana Lima"],
      [bo, "Bo Okafor"],
    ]),
    deleted: [],
    directMessage: (user) => `D${user}`,
    opened: 0,
    counted,
    answers: () => answers,
    responses,
    pass: (minutes) => void (nowMs += minutes * 60_000),
    work: () => work(fake),
    messages: (channel) => messagesOf(store.effects, channel),
    ephemerals: (user) =>
      store.effects.flatMap(({ payload }) =>
        payload.kind === "ephemeral" && payload.to === user ? [payload.body] : [],
      ),
    job: () => `job ${nextId()}`,
  };
  return fake;
}

async function work({ world, store }: FakeWorld): Promise<string[]> {
  const done: string[] = [];
  for (;;) {
    const due = store.jobs.findIndex(
      ({ startAfter }) => (startAfter ?? world.now()) <= world.now(),
    );
    const [next] = due < 0 ? [] : store.jobs.splice(due, 1);
    if (next === undefined) return done;
    await runJob(world, next.id, next.job);
    done.push(next.job.kind);
  }
}

/** The incident of `incidentChannel`, begun and read. */
export async function begunWorld(): Promise<FakeWorld> {
  const fake = fakeWorld();
  await onChannelSeen(fake.world, { job: fake.job(), channel: incidentChannel.id });
  await fake.work();
  return fake;
}

type MessagePayload = Extract<OutboxPayload, { kind: "message" }>;

function messagesOf(effects: readonly Effect[], channel: string): readonly Sent[] {
  const newest = new Map<string, Sent>();
  for (const { key, channel: of, payload } of effects) {
    if (of === channel && isMessage(payload)) {
      const place = newest.get(key)?.place ?? payload.place;
      newest.set(key, { key, channel, place, body: payload.body });
    }
  }
  return [...newest.values()];
}

function isMessage(payload: OutboxPayload): payload is MessagePayload {
  return payload.kind === "message";
}

export function metricsOf(series: readonly SourcedSeries[]): Metrics {
  const read = async ({ to }: Window, isWanted: (one: SourcedSeries) => boolean) => ({
    items: series.filter(isWanted).map((one) => ({
      ...one,
      points: one.points.filter(([at]) => at * 1000 <= to.getTime()),
    })),
    leftOut: [],
  });
  return {
    name: "Prometheus",
    key: "",
    series: (services, window) =>
      read(window, ({ service }) => services.some(({ name }) => name === service)),
    again: (queries, window) =>
      read(window, (one) => queries.some(({ name }) => name === one.name)),
  };
}

/** It reads commits and deploys of every service that has a repository. */
export function changesOf(items: readonly ChangeRecord[]): Changes {
  const kinds = ["commit", "deploy"] as const;
  return {
    name: "GitHub",
    recent: async (services) => ({
      items,
      leftOut: [],
      whole: new Map(
        services.flatMap(({ name, repo }) => (repo === undefined ? [] : [[name, kinds]])),
      ),
    }),
  };
}

/** An hour before and five minutes after the onset, every 15 s. */
export function series(
  told: Pick<SourcedSeries, "service" | "name" | "kind" | "callee">,
  before: number,
  after = before,
): SourcedSeries {
  const points = Array.from({ length: 261 }, (_, n): [number, number] => {
    const at = onset - 3_600 + n * 15;
    return [at, (at < onset ? before : after) * (1 + 0.02 * Math.sin(n * 12.9898))];
  });
  const url = `https://prometheus.example/graph?g0.expr=${told.service}_${told.name}`;
  const unit = told.kind === "latency" ? { unit: "seconds" } : {};
  return { ...told, points, source: { query: told.name, url, ...unit } };
}

export const wellShop: readonly SourcedSeries[] = [
  series({ service: "checkout", name: "latency_p99", kind: "latency" }, 0.4),
  series({ service: "checkout", name: "cpu", kind: "cpu" }, 0.3),
  series({ service: "payments", name: "latency_p99", kind: "latency" }, 0.1),
];
export const slowCheckout: readonly SourcedSeries[] = [
  series({ service: "checkout", name: "latency_p99", kind: "latency" }, 0.4, 4.1),
  ...wellShop.slice(1),
];
/** Slow checkout, normal again so many minutes after the fake clock's beginning, and so for half an hour. */
export function backAfter(minutes: number): readonly SourcedSeries[] {
  const mended = onset + 300 + minutes * 60;
  return slowCheckout.map((one) => {
    const later = Array.from({ length: 120 }, (_, n): [number, number] => {
      const at = onset + 300 + (n + 1) * 15;
      const isBad = at < mended && one.name === "latency_p99" && one.service === "checkout";
      return [at, (isBad ? 4.1 : (one.points[n]?.[1] ?? 0)) * (1 + 0.02 * Math.sin(n * 78.233))];
    });
    return { ...one, points: [...one.points, ...later] };
  });
}
export const deployment: ChangeRecord = {
  id: "deployment-1",
  kind: "deploy",
  at: onset - 90,
  service: "checkout",
  environment: "production",
  title: "Deploy 3f2a91c to production",
  files: ["services/checkout/query.ts"],
  diff: "+  for (const row of rows) await query(row)",
  url: "https://github.com/acme/shop/commit/3f2a91c",
};
export const checkout: Service = someService("checkout", {
  dependsOn: ["payments"],
  runtime: "node",
  platform: "kubernetes",
  repo: "acme/shop",
});
const payments = someService("payments", { repo: "acme/shop" });
export const catalog: Catalog = { teams: [], services: [checkout, payments] };
