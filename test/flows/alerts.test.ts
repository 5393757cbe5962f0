import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { emptyCatalog } from "../../src/catalog/catalog.ts";
import { declare } from "../../src/flows/begin-incident.ts";
import { handleAlerts } from "../../src/flows/handle-alerts.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { delivered, fired, resolved } from "../alert/some-alert.ts";
import { alerting, alertsChannel, grave } from "./alerting.ts";
import { ana, incidentChannel } from "./fake-world.ts";

describe("an alert, where none opens a channel", () => {
  test("is answered by one message, and in its thread by what was read", async () => {
    const { fake, fire } = alerting();
    await fire("g", { ...grave, title: "HighLatency" });
    assert.deepEqual(await fake.work(), ["answer-alert"]);
    const [alert, answer, ...more] = fake.messages(alertsChannel.id);
    assert.deepEqual(more, []);
    assert.match(alert?.body.text ?? "", /^● SEV2 HighLatency on checkout\. Firing since 14:07/);
    assert.deepEqual(answer?.place, { in: "thread", of: { key: alert?.key } });
    assert.match(answer?.body.text ?? "", /What is known about checkout:/);
    assert.deepEqual(fake.store.incidents(), []);
    assert.equal(fake.store.effects[0]?.payload.kind, "join");
  });

  test("whose service nothing can be read of says in its thread what to set up", async () => {
    const { fake, fire, texts } = alerting();
    const [hooks] = fake.sources.changes;
    const none = { catalog: emptyCatalog, metrics: [], logs: [] } as const;
    fake.sources = { ...none, changes: hooks === undefined ? [] : [{ ...hooks, name: "Hooks" }] };
    await fire("g", { ...grave, title: "HighLatency" });
    await fake.work();
    assert.match(
      texts(alertsChannel.id)[1] ?? "",
      /^Not set up to be read yet: metrics \(PROMETHEUS_URL\), services \(.*CATALOG\)\. docs/,
    );
  });

  test("is one message however often it is told, and is edited once it cleared", async () => {
    const { fake, fire, clear, texts } = alerting();
    await fire("g", grave, 5);
    await fire("g", grave, 5);
    await fire("g", { ...grave, fingerprint: "f2" }, 4);
    await fake.work();
    assert.match(texts(alertsChannel.id)[0] ?? "", /\(2 alerts\)/);
    await clear("g", 5, grave);
    await clear("g", 4, { ...grave, fingerprint: "f2" });
    assert.match(texts(alertsChannel.id)[0] ?? "", /^○ HighLatency on checkout\. Cleared 14:07/);
    assert.equal(texts(alertsChannel.id).length, 2);
    assert.deepEqual(await fake.work(), []);
  });

  test("that was resolved before its firing came says nothing", async () => {
    const { fake, tell, nowS } = alerting();
    await tell("g", resolved(nowS() - 60, nowS(), grave));
    await tell("g", fired(nowS() - 60, grave));
    assert.deepEqual(fake.messages(alertsChannel.id), []);
    assert.deepEqual(await fake.work(), []);
  });

  test("is handled once: the same job again changes nothing", async () => {
    const { fake, nowS, texts } = alerting();
    const delivery = delivered("g", fired(nowS(), grave));
    const told = { job: "same", toldAt: fake.world.now() };
    await handleAlerts(fake.world, { ...told, delivery });
    await handleAlerts(fake.world, { ...told, delivery: delivered("h", fired(nowS(), grave)) });
    assert.equal(texts(alertsChannel.id).length, 1);
  });

  test("is read for once while it flaps, and again when it is back later: then how often is said", async () => {
    const { fake, fire, clear, texts } = alerting();
    for (let time = 0; time < 4; time += 1) {
      await fire("g", grave);
      fake.pass(5);
      await clear("g", 5, grave);
      fake.pass(5);
    }
    assert.deepEqual(await fake.work(), ["answer-alert"]);
    fake.pass(60);
    await fire("g", grave);
    assert.deepEqual(await fake.work(), ["answer-alert"]);
    const roots = fake
      .messages(alertsChannel.id)
      .filter(({ place }) => place.in === "channel")
      .map(({ body }) => body.text);
    assert.equal(roots.length, 2);
    assert.match(roots[1] ?? "", /Second time in 7 days\./);
    assert.ok(!/time in 7 days/.test(texts(alertsChannel.id)[0] ?? ""));
  });

  test("is kept for incidents alone where nobody said where alerts are answered", async () => {
    const { fake, fire, incident } = alerting(null, false);
    await fire("g", grave);
    assert.deepEqual(fake.store.effects, []);
    await declare(fake.world, {
      job: fake.job(),
      channel: incidentChannel.id,
      user: ana,
      title: "checkout is slow",
    });
    await fake.work();
    await fire("g", { ...grave, fingerprint: "f2" });
    assert.equal(incident().alerts.length, 1, "its service has an incident by now");
  });

  test("more than five in ten minutes are told by the newest message", async () => {
    const { fake, fire } = alerting();
    for (let group = 0; group < 30; group += 1) {
      await fire(`g${group}`, { title: `Alert ${group}`, labels: { service: `s${group}` } });
    }
    const roots = fake
      .messages(alertsChannel.id)
      .filter(({ place }) => place.in === "channel")
      .map(({ body }) => body.text);
    assert.equal(roots.length, 5);
    const told = roots.find((text) => /Many at once: 25 more groups of alerts/.test(text));
    assert.match(told ?? "", /among them Alert 5 on s5; Alert 6 on s6/);
    assert.equal((await fake.work()).length, 5);
  });
});

describe("an incident takes an alert of its service or of a neighbour in", () => {
  const begun = async () => {
    const all = alerting();
    const { fake } = all;
    await declare(fake.world, {
      job: fake.job(),
      channel: incidentChannel.id,
      user: ana,
      title: "checkout is slow",
    });
    await fake.work();
    return all;
  };

  test("on its timeline and in its message, and is read again at once", async () => {
    const { fake, fire, incident } = await begun();
    const before = incident().evidence?.at;
    await fire("g", { title: "PaymentsSlow", labels: { service: "payments" } });
    assert.deepEqual(
      incident().alerts.map(({ title, service }) => [title, service]),
      [["PaymentsSlow", "payments"]],
    );
    assert.match(fake.messages(incidentChannel.id)[0]?.body.text ?? "", /PaymentsSlow on payments/);
    assert.deepEqual(fake.messages(alertsChannel.id), []);
    fake.pass(0.25);
    assert.deepEqual(await fake.work(), ["read-again"]);
    assert.notEqual(incident().evidence?.at, before);
  });

  test("within ten minutes of its beginning, and no stranger's", async () => {
    const { fake, fire, incident } = await begun();
    await fire("other", { labels: { service: "search" } });
    assert.deepEqual(incident().alerts, []);
    fake.pass(10);
    await fire("late", { labels: { service: "payments" } });
    assert.deepEqual(incident().alerts, []);
  });

  test("though somebody changed it in the same moment", async () => {
    const { fake, fire, incident } = await begun();
    const { id } = fake.store.incidents()[0] ?? { id: "" };
    fake.store.beforeNextCommit = () =>
      handleClick(fake.world, {
        job: fake.job(),
        channel: incidentChannel.id,
        user: ana,
        actionId: "incident:lead",
        value: id,
      });
    await fire("g", grave);
    assert.equal(incident().lead, ana);
    assert.equal(incident().alerts.length, 1);
  });
});
