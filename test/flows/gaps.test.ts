import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { onMention } from "../../src/flows/answer-mention.ts";
import { onChannelSeen } from "../../src/flows/begin-incident.ts";
import { gatherEvidence } from "../../src/flows/gather-evidence.ts";
import type { Changes, Logs, Metrics } from "../../src/flows/ports.ts";
import {
  ana,
  begunWorld,
  catalog,
  changesOf,
  checkout,
  deployment,
  fakeWorld,
  incidentChannel,
  metricsOf,
  onset,
  slowCheckout,
  teamChannel,
  type FakeWorld,
} from "./fake-world.ts";

/** As long as five seconds are anywhere else; the sources are never heard of. */
const shortDeadline = () => AbortSignal.timeout(20);
const never = <T>() => new Promise<T>(() => undefined);

async function investigated(sources: Partial<FakeWorld["sources"]>): Promise<string> {
  const fake = fakeWorld();
  fake.sources = { ...fake.sources, ...sources };
  await onChannelSeen(fake.world, { job: fake.job(), channel: incidentChannel.id });
  Object.assign(fake.world, { deadline: shortDeadline });
  await fake.work();
  assert.ok(fake.store.suggestions.length > 0, "steps are offered whatever is missing");
  return fake.messages(incidentChannel.id)[0]?.body.text ?? "";
}

const sickMetrics = (series: Metrics["series"]): Metrics => ({ ...metricsOf([]), series });
const sickChanges = (recent: Changes["recent"]): Changes => ({ name: "GitHub", recent });

describe("a source that is not well becomes a stated gap, and the answer still comes", () => {
  test("where it never answers and does not heed the deadline", async () => {
    const text = await investigated({ metrics: [sickMetrics(never)] });
    assert.match(text, /Not read: Prometheus \(no answer in 5 s\)\./);
    assert.match(text, /3f2a91c/);
  });

  test("where it rejects, with its own words", async () => {
    const refuses = () => Promise.reject(new Error("HTTP 503"));
    const text = await investigated({ changes: [sickChanges(refuses)] });
    assert.match(text, /Not read: GitHub \(HTTP 503\)\./);
    assert.match(text, /p99 of checkout 0\.4 s → 4\.1 s/);
  });

  test("where it throws before it begins", async () => {
    const throws = () => {
      throw new Error("not JSON");
    };
    const text = await investigated({ metrics: [sickMetrics(throws)] });
    assert.match(text, /Not read: Prometheus \(not JSON\)\./);
  });

  test("where its numbers are nonsense", async () => {
    const [p99, ...rest] = slowCheckout;
    if (p99 === undefined) throw new Error("the shop has no latency");
    const odd = { ...p99, points: p99.points.map(([at]): [number, number] => [at, Number.NaN]) };
    const text = await investigated({ metrics: [metricsOf([odd, ...rest])], changes: [] });
    assert.doesNotMatch(text, /NaN/);
    assert.match(text, /Not read: Changes \(no source is configured\)\./);
  });

  test("where all are silent, and both are named", async () => {
    const text = await investigated({
      metrics: [sickMetrics(never)],
      changes: [sickChanges(() => Promise.reject(new Error("HTTP 502")))],
    });
    assert.match(text, /Not read: Prometheus \(no answer in 5 s\), GitHub \(HTTP 502\)\./);
  });

  test("where one source gives several kinds, once", async () => {
    const away = () => Promise.reject(new Error("HTTP 503"));
    const name = "Source (adapter)";
    const text = await investigated({
      metrics: [{ ...sickMetrics(away), name }],
      changes: [{ ...sickChanges(away), name }],
      logs: [{ name, key: "", lines: away }],
    });
    assert.match(text, /Not read: Source \(adapter\) \(HTTP 503\)\./);
    const leftOut = ["cart, from the source: HTTP 500"];
    const partly = await investigated({
      metrics: [{ ...metricsOf([]), series: async () => ({ items: slowCheckout, leftOut }) }],
      logs: [{ name, key: "", lines: async () => ({ items: [], leftOut, pages: new Map() }) }],
    });
    assert.match(partly, /Left out: cart, from the source: HTTP 500\./);
  });

  test("where two of a kind are there, the other is read", async () => {
    const eu = { ...sickMetrics(never), name: "Prometheus (eu)" };
    const text = await investigated({ metrics: [eu, metricsOf(slowCheckout)] });
    assert.match(text, /Not read: Prometheus \(eu\)/);
    assert.match(text, /p99 of checkout 0\.4 s → 4\.1 s/);
  });
});

test("a service on one server is not asked of another, but of every source that serves all", async () => {
  const onEu = { ...catalog, services: [{ ...checkout, metrics: { source: "eu", queries: [] } }] };
  const read = (key: string | null) =>
    investigated({ catalog: onEu, metrics: [{ ...metricsOf(slowCheckout), key }] });
  assert.doesNotMatch(await read("us"), /p99 of checkout/);
  assert.match(await read(null), /p99 of checkout 0\.4 s → 4\.1 s/);
});

describe("of several servers", () => {
  const named = (key: string, asked: string[]): Metrics => ({
    ...metricsOf(slowCheckout),
    name: key === "" ? "Prometheus" : `Prometheus (${key})`,
    key,
    series: async (services) => {
      asked.push(...services.map(({ name }) => `${name} on ${key || "the unnamed"}`));
      return { items: [], leftOut: [] };
    },
  });
  const read = async (source: string | undefined, keys: readonly string[]) => {
    const asked: string[] = [];
    const { catalog } = fakeWorld().sources;
    const measured = source === undefined ? {} : { metrics: { source, queries: [] } };
    const services = catalog.services.map((service) =>
      service.name === "checkout" ? { ...service, ...measured } : service,
    );
    const metrics = keys.map((key) => named(key, asked));
    const text = await investigated({ catalog: { ...catalog, services }, metrics });
    return { text, asked: asked.filter((one) => one.startsWith("checkout ")) };
  };

  test("the one that the catalog names is asked, in whatever case", async () => {
    assert.deepEqual((await read("EU", ["", "eu"])).asked, ["checkout on eu"]);
  });

  test("the unnamed one is asked where the catalog names none, else all are", async () => {
    assert.deepEqual((await read(undefined, ["", "eu"])).asked, ["checkout on the unnamed"]);
    const both = ["checkout on eu", "checkout on us"];
    assert.deepEqual((await read(undefined, ["eu", "us"])).asked, both);
  });

  test("a name that none of them has is a stated gap", async () => {
    const { text, asked } = await read("main", ["", "eu"]);
    assert.deepEqual(asked, []);
    assert.match(text, /Not read: metrics of checkout \(no server is called main\)/);
  });
});

describe("logs", () => {
  const logsOf = (lines: Logs["lines"]): Logs => ({ name: "Loki", key: "", lines });
  const page = "https://prometheus.example/loki/api/v1/query_range?query=checkout";
  const burst = logsOf(async () => ({
    items: Array.from({ length: 1_204 }, (_, n) => ({
      at: n === 0 ? onset - 3_000 : onset + n / 10,
      service: "checkout",
      level: n === 0 ? "info" : "error",
      text: n === 0 ? "listening" : `pool exhausted, waited ${n} ms`,
    })),
    leftOut: ["16,504 of 19,504 log lines of checkout"],
    pages: new Map([["checkout", page]]),
  }));

  test("that are new are told with their number, their time and the query behind them", async () => {
    const text = await investigated({ logs: [burst] });
    assert.match(
      text,
      /new log line of checkout, 1,203× since 14:02: "pool exhausted, waited &lt;n&gt; ms"/,
    );
    assert.match(text, /Left out: 16,504 of 19,504 log lines of checkout\./);
    const fake = fakeWorld();
    fake.sources = { ...fake.sources, logs: [burst] };
    await onChannelSeen(fake.world, { job: fake.job(), channel: incidentChannel.id });
    await fake.work();
    assert.ok(JSON.stringify(fake.messages(incidentChannel.id)[0]?.body.blocks).includes(page));
  });

  test("are kept up to 30,000 of all sources together, errors first, and the rest is counted", async () => {
    const usual = Array.from({ length: 39_980 }, (_, n) => ({
      at: onset - 3_000 + n / 12,
      service: "checkout",
      level: "info",
      text: "GET / answered 200",
    }));
    const errors = Array.from({ length: 20 }, (_, n) => ({
      at: onset + n,
      service: "checkout",
      level: "error",
      text: `pool exhausted, waited ${n} ms`,
    }));
    const half = (lines: typeof usual, name: string): Logs => ({
      ...logsOf(async () => ({ items: lines, leftOut: [], pages: new Map() })),
      name,
    });
    const logs = [
      half(usual.slice(0, 20_000), "a"),
      half([...usual.slice(20_000), ...errors], "b"),
    ];
    const fake = fakeWorld();
    const sources = { ...fake.sources, logs, now: fake.world.now() };
    const question = { sources, service: checkout, onset: new Date(onset * 1000), alert: {} };
    const { input, leftOut } = await gatherEvidence(fake.world, question);
    assert.equal(input.logs?.length, 30_000);
    assert.equal(input.logs?.filter(({ level }) => level === "error").length, 20);
    assert.deepEqual(leftOut, ["10,000 of 40,000 log lines: the limit is 30,000 a reading"]);
  });

  test("that cannot be read are a gap; where no server is configured there is nothing to say", async () => {
    const text = await investigated({ logs: [logsOf(never)] });
    assert.match(text, /Not read: Loki \(no answer in 5 s\)\./);
    assert.doesNotMatch(await investigated({}), /Not read/);
  });
});

describe("a chat that cannot be read becomes a stated gap, and the answer still comes", () => {
  const asked = async (
    chat: Partial<FakeWorld["world"]["chat"]>,
    words: string,
  ): Promise<string[]> => {
    const fake = await begunWorld();
    Object.assign(fake.world.chat, chat);
    Object.assign(fake.world, { deadline: shortDeadline });
    const mention = { ts: "1795443900.000300", threadTs: null, user: ana, text: words };
    await onMention(fake.world, { job: fake.job(), channel: incidentChannel.id, ...mention });
    await fake.work();
    assert.equal(fake.messages(incidentChannel.id).length, 4, "the second list is offered");
    return fake.messages(incidentChannel.id).map(({ body }) => body.text);
  };
  const refuses = () => Promise.reject(new Error("Slack's rate limit"));

  test("where its messages are refused", async () => {
    const [living = ""] = await asked({ recentMessages: refuses }, "what now?");
    assert.match(living, /Not read: the channel's messages \(Slack's rate limit\), the thread's/);
    assert.match(living, /p99 of checkout 0\.4 s → 4\.1 s/);
  });

  test("where they never come", async () => {
    const [living = ""] = await asked({ recentMessages: never }, "what now?");
    assert.match(living, /Not read: the channel's messages \(no answer in 3 s\)/);
  });

  test("where only the thread's come, they count", async () => {
    const recentMessages = (_channel: string, thread: string | null) =>
      thread === null ? refuses() : Promise.resolve([]);
    const [living = ""] = await asked({ recentMessages }, "what now?");
    assert.match(living, /Not read: the channel's messages \(Slack's rate limit\)\./);
  });

  test("where it does not say what has become of the channel", async () => {
    const [living = ""] = await asked({ channel: never }, "what now?");
    assert.doesNotMatch(living, /Not read/);
  });

  test("where it does not say so outside an incident either", async () => {
    const fake = fakeWorld();
    Object.assign(fake.world.chat, { channel: refuses });
    const mention = {
      ts: "1795443900.000400",
      threadTs: null,
      user: ana,
      text: "checkout is slow",
    };
    await onMention(fake.world, { job: fake.job(), channel: teamChannel.id, ...mention });
    await fake.work();
    assert.match(fake.messages(teamChannel.id)[0]?.body.text ?? "", /p99 of checkout/);
  });
});

describe("outside an incident", () => {
  test("silence of all sources is said, with what to do", async () => {
    const fake = fakeWorld();
    const refuses = () => Promise.reject(new Error("HTTP 503"));
    fake.sources = {
      ...fake.sources,
      metrics: [sickMetrics(refuses)],
      changes: [sickChanges(refuses)],
    };
    const mention = {
      ts: "1795443900.000100",
      threadTs: null,
      user: ana,
      text: "checkout is slow",
    };
    await onMention(fake.world, { job: fake.job(), channel: teamChannel.id, ...mention });
    await fake.work();
    const text = fake.messages(teamChannel.id)[0]?.body.text ?? "";
    assert.match(text, /Prometheus could not be read \(HTTP 503\)\. GitHub could not be read/);
    assert.match(text, /Ask again with "@hindsight look again"/);
  });

  test("the same change from two sources is told once", async () => {
    const fake = fakeWorld();
    fake.sources = { ...fake.sources, changes: [changesOf([deployment]), changesOf([deployment])] };
    const words = "what changed in checkout?";
    const mention = { ts: "1795443900.000200", threadTs: null, user: ana, text: words };
    await onMention(fake.world, { job: fake.job(), channel: teamChannel.id, ...mention });
    await fake.work();
    const text = fake.messages(teamChannel.id)[0]?.body.text ?? "";
    assert.equal(text.split("Deploy 3f2a91c").length, 2);
  });
});
