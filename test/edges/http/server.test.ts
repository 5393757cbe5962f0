import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openMeter, type Backlog } from "../../../src/edges/http/meter.ts";
import { startHttp, type Listening, type Routes } from "../../../src/edges/http/server.ts";

const host = "127.0.0.1";
let backlog: () => Promise<readonly Backlog[]> = () => Promise.resolve([]);
const meter = openMeter(() => backlog());
const errors: unknown[] = [];
const plainRoutes: Routes = {
  slackEvents: (_request, response) => void response.writeHead(200).end("taken"),
  hooks: null,
  local: null,
  postmortems: null,
  page: (path) => Promise.resolve(path === "/page" ? { type: "text/html", body: "<p>" } : null),
  readiness: () => Promise.resolve({ isReady: true, said: "ready" }),
  meter,
  onError: (error) => void errors.push(error),
};

let http: Listening;
before(async () => {
  http = await startHttp({ host, port: 0 }, plainRoutes);
});
after(() => http[Symbol.asyncDispose]());

const ask = async (path: string, method = "GET", port = http.port): Promise<[number, string]> => {
  const response = await fetch(`http://${host}:${port}${path}`, { method, redirect: "manual" });
  return [response.status, (await response.text()).trim()];
};

/** What a server with some routes of its own answers. */
async function asked(routes: Partial<Routes>, path: string, method = "GET") {
  await using other = await startHttp({ host, port: 0 }, { ...plainRoutes, ...routes });
  return await ask(path, method, other.port);
}

describe("health", () => {
  test("the process is alive whatever the database does; HEAD is answered as GET", async () => {
    const readiness = () => Promise.resolve({ isReady: false, said: "no database" });
    assert.deepEqual(await asked({ readiness }, "/healthz"), [200, "alive"]);
    assert.deepEqual(await ask("/healthz", "HEAD"), [200, ""]);
    assert.deepEqual(await ask("/healthz?verbose=1"), [200, "alive"]);
  });

  test("ready is said in a word, not ready in a sentence with 503", async () => {
    assert.deepEqual(await ask("/readyz"), [200, "ready"]);
    const said = "The database does not answer; see DATABASE_URL.";
    const readiness = () => Promise.resolve({ isReady: false, said });
    assert.deepEqual(await asked({ readiness }, "/readyz"), [503, said]);
  });
});

describe("paths and methods", () => {
  test("what is not there is 404, what is not taken 405", async () => {
    assert.equal((await ask("/nowhere"))[0], 404);
    assert.equal((await ask("/local/"))[0], 404);
    assert.equal((await ask("/healthz", "POST"))[0], 405);
    assert.equal((await ask("/slack/events"))[0], 405);
    assert.deepEqual(await ask("/slack/events", "POST"), [200, "taken"]);
    assert.equal((await asked({ slackEvents: null }, "/slack/events", "POST"))[0], 404);
  });

  test("the root tells that it runs, or leads to the local workspace", async () => {
    assert.match((await ask("/"))[1], /running/);
    const local = {
      handle: (_request: unknown, response: { end(text: string): void }) => response.end("local"),
      upgrade: () => undefined,
    };
    assert.equal((await asked({ local }, "/"))[0], 302);
    assert.deepEqual(await asked({ local }, "/local/api/chat.postMessage", "POST"), [200, "local"]);
  });

  test("a handler that breaks is a 500 in a sentence, told to the log, and not to the caller", async () => {
    const slackEvents = () => Promise.reject(new Error("inner secret"));
    const [status, said] = await asked({ slackEvents }, "/slack/events", "POST");
    assert.equal(status, 500);
    assert.ok(!said.includes("inner secret"));
    assert.match(String(errors.at(-1)), /inner secret/);
  });

  test("a port that is taken is a sentence that names the mend", async () => {
    await assert.rejects(
      startHttp({ host, port: http.port }, plainRoutes),
      new RegExp(`Port ${http.port} is taken. Set PORT to another one`),
    );
  });

  test("an address that is not this machine's is a sentence too", async () => {
    await assert.rejects(
      startHttp({ host: "192.0.2.1", port: 0 }, plainRoutes),
      /Cannot listen on 192/,
    );
  });
});

describe("/metrics", () => {
  const line = async (name: string) => {
    const [status, text] = await ask("/metrics");
    assert.equal(status, 200);
    return text.split("\n").filter((each) => each.startsWith(name));
  };

  test("counts and times what happened, as Prometheus reads it", async () => {
    meter.event("accepted", 0.003);
    meter.event("bad-signature", 0.001);
    meter.sourceRead("Prometheus", 5, false);
    for (const role of ["fix", "check", "fix"] as const) meter.suggested(role);
    meter.outcome("resolved");
    assert.deepEqual(await line("hindsight_events_total"), [
      'hindsight_events_total{outcome="accepted"} 1',
      'hindsight_events_total{outcome="bad-signature"} 1',
    ]);
    assert.deepEqual(await line("hindsight_acknowledgement_seconds_count"), [
      "hindsight_acknowledgement_seconds_count 2",
    ]);
    assert.deepEqual(await line("hindsight_suggestions_total"), [
      'hindsight_suggestions_total{role="fix"} 2',
      'hindsight_suggestions_total{role="check"} 1',
    ]);
    assert.deepEqual(await line("hindsight_outcomes_total"), [
      'hindsight_outcomes_total{label="resolved"} 1',
    ]);
    assert.deepEqual(await line("hindsight_source_errors_total"), [
      'hindsight_source_errors_total{source="Prometheus"} 1',
    ]);
  });

  test("tells of the model what it was asked for, how that ended and what it used", async () => {
    const ceilings = { tokensMaxIncident: 60_000, tokensMaxDay: 1_000_000, costMaxIncident: null };
    const none = { seconds: 0, tokens: { in: 0, out: 0 }, cost: null };
    meter.modelAsked("incident", "reply", { seconds: 2, tokens: { in: 900, out: 80 }, cost: 0.25 });
    meter.modelAsked("incident", "day-ceiling", none);
    meter.modelResting(true);
    meter.modelMay({ ...ceilings, costMaxDay: 20 });
    assert.deepEqual(await line("hindsight_model_calls_total"), [
      'hindsight_model_calls_total{purpose="incident",ended="reply"} 1',
      'hindsight_model_calls_total{purpose="incident",ended="day-ceiling"} 1',
    ]);
    assert.deepEqual(await line("hindsight_model_tokens_total"), [
      'hindsight_model_tokens_total{purpose="incident",direction="in"} 900',
      'hindsight_model_tokens_total{purpose="incident",direction="out"} 80',
    ]);
    assert.deepEqual(await line("hindsight_model_seconds_count"), [
      'hindsight_model_seconds_count{purpose="incident"} 1',
    ]);
    assert.deepEqual(await line("hindsight_model_cost_total"), ["hindsight_model_cost_total 0.25"]);
    assert.deepEqual(await line("hindsight_model_tokens_max"), [
      'hindsight_model_tokens_max{per="incident"} 60000',
      'hindsight_model_tokens_max{per="day"} 1000000',
    ]);
    assert.deepEqual(await line("hindsight_model_cost_max"), [
      'hindsight_model_cost_max{per="day"} 20',
    ]);
    assert.deepEqual(await line("hindsight_model_resting"), ["hindsight_model_resting 1"]);
  });

  test("tells the backlog as it is now, and leaves it out while the database does not tell", async () => {
    backlog = () => Promise.resolve([{ queue: "slack", waiting: 3, oldestSeconds: 1.5 }]);
    assert.deepEqual(await line("hindsight_queue_waiting"), [
      'hindsight_queue_waiting{queue="slack"} 3',
    ]);
    assert.deepEqual(await line("hindsight_queue_oldest_seconds"), [
      'hindsight_queue_oldest_seconds{queue="slack"} 1.5',
    ]);
    backlog = () => Promise.reject(new Error("away"));
    assert.deepEqual(await line("hindsight_queue_waiting"), []);
    backlog = () => Promise.resolve([]);
    assert.deepEqual(await line("hindsight_queue_oldest_seconds"), []);
  });
});
