import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { until } from "../../until.ts";
import { flakyNetwork } from "../postgres/flaky-network.ts";
import { openStore, type Opened } from "../postgres/opened.ts";
import { bearer, openHooking, post, secrets, signature, type Hooking } from "./hooking.ts";

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
  await opened.sql`delete from change_event`;
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
const over = { ...firing, status: "resolved", endsAt: "2026-11-22T09:20:00Z" };
const send = (
  body: string | object,
  source: "alertmanager" | "grafana" | "generic" = "alertmanager",
) => post(`${hooking.url}${source}`, body, bearer(secrets[source]));
const jobs = async () => {
  const rows = await opened.sql`select data -> 'delivery' as delivery from pgboss.job
    where name = 'alerts' order by created_on`;
  return rows.map((row) => row["delivery"]);
};

describe("Alertmanager's payload", () => {
  test("is in the queue by the time that its sender hears 202, with what its labels tell", async () => {
    assert.deepEqual(await send(payload), [202, '{"accepted":1}']);
    const [delivery, ...more] = await jobs();
    assert.deepEqual(more, []);
    assert.deepEqual(
      [delivery.source, delivery.group, delivery.leftOut],
      ["alertmanager", payload.groupKey, 0],
    );
    const [alert] = delivery.alerts;
    assert.deepEqual(
      [alert.fingerprint, alert.status, alert.endsAt, alert.severity, alert.title],
      ["5ef77f1f8a3ecf8d", "firing", null, 2, "HighLatency: p99 above 1 s"],
    );
    assert.equal(Math.floor(alert.startsAt), Date.UTC(2026, 10, 22, 9) / 1000);
    assert.equal(alert.runbook, "https://runbooks.example/latency");
  });

  test("is one job however often it is told; an end, and a second firing, are others", async () => {
    const again = { ...payload, alerts: [{ ...firing, endsAt: "2026-11-22T09:04:00Z" }] };
    await Promise.all([send(payload), send(payload), send(again)]);
    assert.equal((await jobs()).length, 1);
    await send({ ...payload, status: "resolved", alerts: [over] });
    await send({ ...payload, alerts: [{ ...firing, startsAt: "2026-11-22T10:00:00Z" }] });
    assert.equal((await jobs()).length, 3);
  });

  test("keeps the first 1,000 alerts and counts the rest, its sender's too", async () => {
    const alerts = Array.from({ length: 1_200 }, (_, at) => ({ ...firing, fingerprint: `f${at}` }));
    assert.deepEqual(await send({ ...payload, alerts, truncatedAlerts: 7 }), [
      202,
      '{"accepted":1000,"leftOut":207}',
    ]);
    const [delivery] = await jobs();
    assert.deepEqual([delivery.alerts.length, delivery.leftOut], [1_000, 207]);
  });

  test("with 500 labels, odd texts and none at all does no harm", async () => {
    const labels = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`l${at}`, "x"]));
    const odd = { alertname: `<!channel> \u0000 \uD800 ${"long ".repeat(2_000)}`, odd: 3 };
    const alerts = [
      { ...firing, labels, fingerprint: "many" },
      { ...firing, labels: odd, annotations: null, fingerprint: "odd" },
      { ...firing, labels: null, fingerprint: "none" },
      { ...firing, generatorURL: "javascript:alert(1)", fingerprint: "link" },
    ];
    assert.equal((await send({ ...payload, alerts }))[0], 202);
    const [{ alerts: kept }] = await jobs();
    assert.equal(Object.keys(kept[0].labels).length, 64);
    assert.ok(kept[1].title.length <= 200);
    assert.deepEqual(kept[2].labels, {});
    assert.equal(kept[3].link, null);
  });

  const faults: readonly (readonly [string, string | object, RegExp])[] = [
    ["no JSON", "{", /^the body: is not JSON$/],
    ["no alerts", { ...payload, alerts: undefined }, /^alerts: /],
    ["alerts that are none", { ...payload, alerts: "many" }, /^alerts: /],
    [
      "a start that is no time, by its index",
      { ...payload, alerts: [firing, { ...firing, startsAt: "now" }] },
      /^alerts\[1\]\.startsAt: /,
    ],
    [
      "a state that nobody knows",
      { ...payload, alerts: [{ ...firing, status: "party" }] },
      /^alerts\[0\]\.status: /,
    ],
  ];
  for (const [what, body, said] of faults) {
    test(`is turned away whole with ${what}`, async () => {
      const [status, answer] = await send(body);
      assert.equal(status, 400);
      assert.match(answer, said);
      assert.deepEqual(await jobs(), []);
    });
  }

  test("is turned away with a wrong token, and above 25 MB", async () => {
    assert.equal((await post(`${hooking.url}alertmanager`, payload, bearer("no")))[0], 401);
    const long = { ...payload, padding: "x".repeat(25_000_000) };
    assert.equal((await send(long))[0], 413);
    assert.deepEqual(await jobs(), []);
  });

  test("is answered 503 while the database is away, and is one job once it is back", async () => {
    await using network = await flakyNetwork(opened.url);
    await using shaky = await openHooking(network.url);
    const there = () =>
      post(`${shaky.url}alertmanager`, payload, bearer(secrets.alertmanager)).then(
        ([code]) => code,
      );
    network.goSilent();
    assert.equal(await there(), 503);
    await network.mend();
    await until("it is taken", async () => (await there()) === 202, 30_000);
    assert.equal((await jobs()).length, 1);
  });
});

test("Grafana's payload is read alike, with the panel as its link", async () => {
  const alert = {
    ...firing,
    panelURL: "https://grafana.example/d/1?viewPanel=2",
    values: { A: 1 },
  };
  const body = { ...payload, version: "1", orgId: 1, title: "[FIRING:1]", alerts: [alert] };
  assert.deepEqual(await send(body, "grafana"), [202, '{"accepted":1}']);
  const [delivery] = await jobs();
  assert.deepEqual(
    [delivery.source, delivery.alerts[0].link],
    ["grafana", "https://grafana.example/d/1?viewPanel=2"],
  );
});

describe("PagerDuty's webhook", () => {
  const event = (type: string, rest: object = {}) => ({
    event: {
      id: "01BZ",
      event_type: type,
      resource_type: "incident",
      occurred_at: "2026-11-22T09:05:00.000Z",
      data: {
        id: "PGR0VU2",
        type: "incident",
        title: "checkout is slow",
        html_url: "https://acme.pagerduty.com/incidents/PGR0VU2",
        created_at: "2026-11-22T09:00:00Z",
        service: { id: "PF9", summary: "Checkout" },
        priority: { summary: "P1" },
        urgency: "high",
        ...rest,
      },
    },
  });
  const signed = (body: object, ...signatures: readonly string[]) =>
    post(`${hooking.url}pagerduty`, body, { "x-pagerduty-signature": signatures.join(",") });
  const [old, fresh] = secrets.pagerduty;

  test("counts with the signature of either live secret, among others", async () => {
    const body = event("incident.triggered");
    const by = (secret: string) => `v1=${signature(secret, body)}`;
    assert.equal((await signed(body, by("gone"), by(old)))[0], 202);
    assert.equal((await signed(body, by(fresh)))[0], 202);
    const [delivery, ...more] = await jobs();
    assert.deepEqual(more, []);
    const [alert] = delivery.alerts;
    assert.deepEqual(
      [delivery.group, alert.status, alert.severity, alert.service, alert.title],
      ["PGR0VU2", "firing", 1, "Checkout", "checkout is slow"],
    );
  });

  test("is turned away with none of them, or without the version before it", async () => {
    const body = event("incident.triggered");
    for (const wrong of ["", `v1=${signature("no", body)}`, signature(old, body), "v1="]) {
      assert.equal((await signed(body, wrong))[0], 401);
    }
    assert.deepEqual(await jobs(), []);
  });

  test("tells of a beginning, an end and a new beginning; all else is accepted and starts no alert", async () => {
    const tell = (type: string) => {
      const body = event(type);
      return signed(body, `v1=${signature(old, body)}`);
    };
    assert.deepEqual(await tell("incident.acknowledged"), [202, '{"accepted":1}']);
    assert.deepEqual(await tell("incident.annotated"), [202, '{"accepted":0}']);
    assert.deepEqual(await tell("pagey.ping"), [202, '{"accepted":0}']);
    for (const type of ["triggered", "resolved", "reopened"]) await tell(`incident.${type}`);
    const told = (await jobs()).map(({ alerts: [alert] }) => [alert.status, alert.startsAt % 3600]);
    assert.deepEqual(told, [
      ["firing", 0],
      ["resolved", 0],
      ["firing", 300],
    ]);
  });
});

describe("an alert at the generic hook", () => {
  const alert = { id: "a1", kind: "alert", at: "2026-11-22T09:00:00Z", title: "disk full" };

  test("goes to the queue beside the changes of its payload, one job a group", async () => {
    const events = [
      { ...alert, severity: "sev1", service: "db", labels: { rack: "7" } },
      { ...alert, id: "a2", group: "disks" },
      { ...alert, id: "a3", group: "disks", status: "resolved", at: "2026-11-22T09:20:00Z" },
      { id: "d", kind: "deploy", at: alert.at },
    ];
    assert.deepEqual(await send(events, "generic"), [202, '{"accepted":4}']);
    const told = new Map((await jobs()).map(({ group, alerts }) => [group, alerts]));
    const states = (group: string) =>
      told.get(group)?.map(({ status }: { status: string }) => status);
    assert.deepEqual(
      [told.size, states("a1"), states("disks")],
      [2, ["firing"], ["firing", "resolved"]],
    );
    assert.equal((await opened.sql`select id from change_event`).length, 1);
  });
});
