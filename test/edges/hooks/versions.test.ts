import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { openStore, type Opened } from "../postgres/opened.ts";
import { bearer, openHooking, post, secrets, type Hooking } from "./hooking.ts";

let opened: Opened;
let hooking: Hooking;
before(async () => {
  opened = await openStore();
  hooking = await openHooking(opened.url);
});
after(async () => {
  await hooking[Symbol.asyncDispose]();
  await opened[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await opened.sql`delete from pgboss.job where name = 'alerts'`;
});

/** As Alertmanager 0.25 posts it. */
const firing = {
  status: "firing",
  labels: { alertname: "HighLatency", service: "checkout", severity: "critical" },
  annotations: { summary: "p99 above 1 s", runbook_url: "https://runbooks.example/latency" },
  startsAt: "2026-11-22T09:00:00.123456789Z",
  endsAt: "0001-01-01T00:00:00Z",
  generatorURL: "http://prometheus.example/graph?g0.expr=x",
  fingerprint: "5ef77f1f8a3ecf8d",
};
const payload = {
  version: "4",
  groupKey: '{}:{alertname="HighLatency"}',
  truncatedAlerts: 0,
  status: "firing",
  receiver: "hindsight",
  groupLabels: { alertname: "HighLatency" },
  commonLabels: {},
  commonAnnotations: {},
  externalURL: "http://alertmanager.example",
  alerts: [firing],
};
const send = (body: string | object, source: "alertmanager" | "grafana" = "alertmanager") =>
  post(`${hooking.url}${source}`, body, bearer(secrets[source]));
const jobs = async () => {
  const rows = await opened.sql`select data -> 'delivery' as delivery from pgboss.job
    where name = 'alerts' order by created_on`;
  return rows.map((row) => row["delivery"]);
};

describe("a payload of alerts", () => {
  test("of an unknown version is taken as far as it is understood; the answer and the log say so, with the mend", async () => {
    const { groupKey: _key, ...bare } = { ...payload, version: "9", novel: { deep: [1] } };
    const alert = { status: "firing", startsAt: firing.startsAt };
    const [status, answer] = await send({ ...bare, alerts: [alert, firing] });
    const odd = 'its version is "9", and 4 is known here: look for a newer Hindsight';
    const note = `${odd}. What could be read was taken`;
    assert.deepEqual([status, JSON.parse(answer)], [202, { accepted: 2, note }]);
    assert.deepEqual(hooking.notes.splice(0), [`A payload at /hooks/alertmanager: ${note}.`]);
    const [delivery] = await jobs();
    assert.equal(delivery.group, "alertname=HighLatency");
    assert.equal(delivery.alerts[0].title, "An alert without a name");
    assert.notEqual(delivery.alerts[0].fingerprint, delivery.alerts[1].fingerprint);
    assert.deepEqual(await send({ ...bare, alerts: [{ ...firing, startsAt: 5 }] }), [
      400,
      `alerts[0].startsAt: is of another type; send a text (${odd})`,
    ]);
  });

  test("of the version that its sender writes, or of none that is told, is nothing to speak of", async () => {
    for (const version of ["4", 4, undefined])
      assert.deepEqual(await send({ ...payload, version }), [202, '{"accepted":1}']);
    assert.deepEqual(await send({ ...payload, version: "1" }, "grafana"), [202, '{"accepted":1}']);
    assert.deepEqual(hooking.notes, []);
  });
});
