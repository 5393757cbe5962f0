import assert from "node:assert/strict";
import { test } from "node:test";
import { schedulesOnPagerDuty } from "../../../src/edges/pagerduty/on-call.ts";
import { deadUrl, json, startOddServer, type Behave } from "../odd-server.ts";

const second = AbortSignal.timeout(60_000);
const onCall = (summary: string, level: number) => ({
  escalation_level: level,
  user: { id: "P1", type: "user_reference", summary },
  schedule: { id: "PSHOP", summary: "Shop" },
  start: "2026-11-23T08:00:00Z",
  end: "2026-11-24T08:00:00Z",
});

async function asked(behave: Behave) {
  await using server = await startOddServer(behave);
  const schedules = schedulesOnPagerDuty({ token: "t0ken", apiUrl: server.url });
  const names = await schedules.onCall("PSHOP", second).catch((error: Error) => error.message);
  return { names, asked: server.asked };
}

test("a schedule tells who is on call first, each once", async () => {
  const oncalls = [onCall("Ana Lima", 1), onCall("Bo", 2), onCall("Ana Lima", 1)];
  const {
    names,
    asked: [question],
  } = await asked((_asked, response) => json(response, { oncalls }));
  assert.deepEqual(names, ["Ana Lima"]);
  assert.equal(question?.method, "GET");
  assert.equal(question.path, "/oncalls");
  assert.equal(question.parameters.get("schedule_ids[]"), "PSHOP");
  assert.equal(question.headers.authorization, "Token token=t0ken");
});

test("nobody on call is nobody", async () => {
  const { names } = await asked((_asked, response) => json(response, { oncalls: [] }));
  assert.deepEqual(names, []);
});

test("what PagerDuty refuses is said with the mend, and what is no answer as such", async () => {
  const said = async (body: object, status: number) =>
    (await asked((_asked, response) => json(response, body, status))).names;
  assert.equal(await said({}, 401), "HTTP 401, see PAGERDUTY_TOKEN");
  assert.equal(await said({}, 404), "no schedule PSHOP, see oncall in the catalog");
  assert.equal(await said({}, 500), "HTTP 500");
  assert.equal(await said({ hello: 1 }, 200), "not what PagerDuty answers");
  const schedules = schedulesOnPagerDuty({ token: "t", apiUrl: await deadUrl() });
  await assert.rejects(schedules.onCall("PSHOP", second), /^Error: connection refused$/);
});

test("an answer that sends elsewhere is not followed", async () => {
  const { names } = await asked((_asked, response) => {
    response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data" }).end();
  });
  assert.match(String(names), /not followed/);
});
