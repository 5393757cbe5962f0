import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { onChannelSeen, onInvited } from "../../src/flows/begin-incident.ts";
import { runJob } from "../../src/flows/run-job.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { runs, seed } from "../property-runs.ts";
import { fired, resolved } from "../alert/some-alert.ts";
import { alerting, alertsChannel, grave, type Alerting } from "./alerting.ts";
import { ana, teamChannel } from "./fake-world.ts";

const click = ({ fake }: Alerting, actionId: string, value: string, channel: string) =>
  handleClick(fake.world, { job: fake.job(), user: ana, actionId, value, channel });
const groupId = ({ fake }: Alerting) => fake.store.groups()[0]?.id ?? "";

describe("an alert that may open a channel", () => {
  test("opens one with its incident, which is read, and is told of where alerts are answered", async () => {
    const { fake, fire, incident, made, texts } = alerting(2);
    await fire("g", { ...grave, title: "HighLatency: p99 above 1 s" });
    assert.deepEqual(await fake.work(), ["open-channel", "investigate"]);
    const [channel, ...more] = made();
    assert.deepEqual(more, []);
    assert.match(channel?.name ?? "", /^inc-20261123-1407-checkout-highlatency-[a-z0-9-]{1,4}$/);
    const { title, severity, alerts, evidence } = incident();
    assert.deepEqual(
      [title, severity, alerts.length, evidence?.service],
      ["HighLatency: p99 above 1 s", 2, 1, "checkout"],
    );
    assert.deepEqual(texts(alertsChannel.id).length, 1);
    assert.ok(texts(alertsChannel.id)[0]?.includes(`Incident: <#${channel?.id}>`));
  });

  test("that somebody declares takes them there, and by itself nobody", async () => {
    const invited = ({ fake }: Alerting) =>
      fake.store.effects.flatMap(({ channel, payload }) =>
        payload.kind === "invite" ? [[channel, payload.user]] : [],
      );
    const byClick = alerting();
    await byClick.fire("g", grave);
    await byClick.fake.work();
    await click(byClick, "alert:declare", groupId(byClick), alertsChannel.id);
    await byClick.fake.work();
    assert.deepEqual(invited(byClick), [[byClick.made()[0]?.id, ana]]);
    const byItself = alerting(2);
    await byItself.fire("g", grave);
    await byItself.fake.work();
    assert.equal(byItself.made().length, 1);
    assert.deepEqual(invited(byItself), []);
  });

  test("tells the service's team by a link, and mentions nobody", async () => {
    const { fake, fire, made, texts } = alerting(2);
    const { catalog } = fake.sources;
    const services = catalog.services.map((each) => ({ ...each, owner: "shop" }));
    const teams = [{ name: "shop", channel: "#team-shop", oncall: "<!channel>" }];
    fake.sources = { ...fake.sources, catalog: { services, teams } };
    await fire("g", { ...grave, title: "HighLatency" });
    await fake.work();
    assert.deepEqual(texts(teamChannel.id), [
      `An alert opened an incident: HighLatency on checkout, in <#${made()[0]?.id}>. On call: &lt;!channel&gt;.`,
    ]);
  });

  test("begins no second incident when Slack tells of the channel that is made, and that the bot is in it", async () => {
    const { fake, fire, incident, made } = alerting(2);
    await fire("g", { ...grave, title: "HighLatency" });
    const place = fake.store.groups()[0]?.place;
    const name = place?.kind === "opening" ? place.name : "";
    const channel = await fake.world.chat.createChannel(name);
    const event = { channel: channel?.id ?? "" };
    await onChannelSeen(fake.world, { ...event, job: fake.job() });
    await onInvited(fake.world, { ...event, job: fake.job(), by: null });
    assert.deepEqual(fake.store.incidents(), []);
    await fake.work();
    assert.deepEqual([fake.store.incidents().length, made().length], [1, 1]);
    assert.equal(incident().title, "HighLatency");
  });

  test("opens it later, when a graver alert of its group comes, and its message leads there", async () => {
    const { fake, fire, made, texts } = alerting(2);
    await fire("g", { ...grave, severity: 3 });
    await fake.work();
    assert.deepEqual(made(), []);
    await fire("g", { ...grave, fingerprint: "f2" });
    await fake.work();
    assert.equal(made().length, 1);
    const told = fake.messages(alertsChannel.id).filter(({ place }) => place.in === "channel");
    assert.equal(told.length, 1);
    assert.ok(told[0]?.body.text.includes(`Incident: <#${made()[0]?.id}>`));
    assert.ok(
      !texts(made()[0]?.id ?? "")
        .join()
        .includes("time in 7 days"),
    );
  });

  test("is answered in a thread where Slack lets no channel be made, and says so", async () => {
    const { fake, fire, texts } = alerting(2);
    fake.mayCreate = false;
    await fire("g", grave);
    assert.deepEqual(await fake.work(), ["open-channel", "answer-alert"]);
    assert.match(texts(alertsChannel.id)[0] ?? "", /Slack lets no channel be opened for it/);
    assert.deepEqual(fake.store.incidents(), []);
  });

  test("of 10,000 in 200 groups within a minute opens one, in which they are collected", async () => {
    const { fake, tell, incident, made, nowS } = alerting(4);
    for (let group = 0; group < 200; group += 1) {
      const alerts = Array.from({ length: 50 }, (_, at) =>
        fired(nowS() - at, {
          fingerprint: `${group} ${at}`,
          severity: 2,
          title: `Alert ${group}`,
          labels: { service: `s${group}` },
        }),
      );
      await tell(`g${group}`, ...alerts);
      if (group % 40 === 0) await fake.work();
      fake.pass(0.25 / 60);
    }
    await fake.work();
    assert.equal(made().length, 1);
    assert.equal(fake.store.incidents().length, 1);
    assert.deepEqual([incident().title, incident().alerts.length], ["Many services", 200]);
    const said = fake.store.effects.filter(({ payload }) => payload.kind === "message");
    const roots = new Set(
      said.flatMap(({ channel, key, payload }) =>
        payload.kind === "message" && payload.place.in === "channel" ? [`${channel} ${key}`] : [],
      ),
    );
    assert.equal(roots.size, 2, "the incident's message, and that of the first group");
  });

  test("has alerts of a group that come one by one on its timeline as they double", async () => {
    const { fake, fire } = alerting(2);
    await fire("g", { ...grave, fingerprint: "0" });
    await fake.work();
    // oxlint-disable-next-line no-await-in-loop -- one by one is the point
    for (let n = 1; n < 33; n += 1) await fire("g", { ...grave, fingerprint: String(n) });
    const entries = fake.store.incidents()[0]?.entries ?? [];
    const told = entries.flatMap(({ fact }) =>
      fact.kind === "alert-fired" ? [fact.alert.firing] : [],
    );
    assert.deepEqual(told, [1, 2, 4, 8, 16, 32]);
  });

  test("takes in what comes while it is being opened, and is read once", async () => {
    const { fake, fire, incident, made } = alerting(2);
    await fire("g", grave);
    await fire("h", { ...grave, title: "QueueGrows", labels: { service: "search" } });
    const [opening, ...none] = fake.store.jobs.splice(0);
    assert.deepEqual(none, []);
    await runJob(fake.world, opening?.id ?? "", opening?.job ?? assert.fail());
    await fire("g", { ...grave, fingerprint: "f2" });
    assert.deepEqual(
      fake.store.jobs.map(({ job }) => job.kind),
      ["investigate"],
    );
    assert.deepEqual([made().length, incident().title], [1, "Many services"]);
    assert.deepEqual(
      incident().alerts.map(({ title, firing }) => [title, firing]),
      [
        ["HighLatency", 2],
        ["QueueGrows", 1],
      ],
    );
  });

  test("every two minutes opens three in an hour, and the newest takes the rest in", async () => {
    const { fake, fire, incident, made } = alerting(4);
    for (let minute = 0; minute < 58; minute += 2) {
      await fire(`g${minute}`, { severity: 2, labels: { service: `s${minute}` } });
      await fake.work();
      fake.pass(2);
    }
    assert.equal(made().length, 3);
    assert.deepEqual(
      [0, 1, 2].map((index) => incident(index).title === "Many services"),
      [false, false, true],
    );
    fake.pass(60);
    await fire("later", { severity: 2, labels: { service: "later" } });
    await fake.work();
    assert.equal(made().length, 4);
  });
});

test("a group has one incident, whatever the order and the repeats of what is told", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([...Array(8).keys()], { minLength: 8, maxLength: 8 }),
      async (order) => {
        const { fake, tell, nowS, made, incident } = alerting(2);
        const [began, ended] = [nowS() - 600, nowS() - 300];
        const told = [
          fired(began, grave),
          resolved(began, ended, grave),
          fired(ended + 60, grave),
          fired(began, { ...grave, fingerprint: "f2" }),
        ];
        for (const index of order) {
          const alert = told[index % told.length];
          if (alert !== undefined) await tell("g", alert);
          await fake.work();
        }
        assert.equal(made().length, 1);
        assert.deepEqual(
          incident().alerts.map(({ firing, clearedAt }) => [firing, clearedAt]),
          [[2, null]],
        );
      },
    ),
    { numRuns: runs(200), seed },
  );
});

describe("Declare an incident, at the message of an alert", () => {
  test("opens a channel for it, and the alert's end is known there", async () => {
    const all = alerting();
    const { fake, fire, clear, incident, made, texts } = all;
    await fire("g", grave, 5);
    await fake.work();
    await click(all, "alert:declare", groupId(all), alertsChannel.id);
    assert.match(texts(alertsChannel.id)[0] ?? "", /A channel is being opened for it/);
    assert.deepEqual(await fake.work(), ["open-channel", "investigate"]);
    assert.equal(fake.store.incidents()[0]?.entries[0]?.actor, ana);
    assert.ok(texts(alertsChannel.id)[0]?.includes(`<#${made()[0]?.id}>`));
    await clear("g", 5, grave);
    assert.notEqual(incident().alerts[0]?.clearedAt, null);
    assert.match(texts(made()[0]?.id ?? "")[0] ?? "", /Alerts clear since 14:07/);
  });

  test("is done once: whoever clicks then is told that it was", async () => {
    const all = alerting();
    await all.fire("g", grave);
    await click(all, "alert:declare", groupId(all), alertsChannel.id);
    await click(all, "alert:declare", groupId(all), alertsChannel.id);
    assert.match(all.fake.ephemerals(ana)[0]?.text ?? "", /^That alert has an incident already/);
    await all.fake.work();
    assert.equal(all.made().length, 1);
  });
});

describe("the same alert again", () => {
  test("has an incident of its own, though it is back within the minute that the channel is named by", async () => {
    const all = alerting();
    const { fake, fire, clear } = all;
    fake.world = { ...fake.world, alerts: { ...fake.world.alerts, quietMs: 1_000 } };
    const declared = async () => {
      await click(all, "alert:declare", groupId(all), alertsChannel.id);
      await fake.work();
      return fake.store.incidents().length;
    };
    await fire("g", grave, 1);
    assert.equal(await declared(), 1);
    await clear("g", 1, grave);
    const first = fake.store.incidents()[0];
    await click(all, "incident:resolve", first?.id ?? "", first?.channel ?? "");
    fake.pass(0.1);
    await fire("g", grave);
    assert.equal(await declared(), 2);
  });

  const resolvedOnce = async () => {
    const all = alerting(2);
    const { fake, fire, clear } = all;
    await fire("g", grave);
    await fake.work();
    fake.pass(20);
    await clear("g", 20, grave);
    const stored = fake.store.incidents()[0];
    const fix = fake.store.suggestions.find(({ role }) => role === "fix");
    const channel = stored?.channel ?? "";
    await click(all, "step:outcome", `${fix?.id} resolved`, channel);
    await click(all, "incident:resolve", stored?.id ?? "", channel);
    await fake.work();
    return { ...all, channel, fix };
  };

  test("soon after its incident was resolved is told under it, and not investigated", async () => {
    const { fake, fire, channel, texts, made } = await resolvedOnce();
    fake.pass(10);
    await fire("g", grave);
    assert.deepEqual(await fake.work(), []);
    assert.equal(made().length, 1);
    assert.ok(texts(channel).some((text) => /^Firing again since .*: HighLatency/.test(text)));
  });

  const isNamed = (text: string) => /INC-1|fixed by/.test(text);

  test("later says no name of an incident whose channel is private by now", async () => {
    const { fake, fire, made, texts, channel } = await resolvedOnce();
    const row = fake.store.channels.get(channel) ?? assert.fail();
    fake.store.channels.set(channel, { ...row, kind: "private" });
    fake.pass(40);
    await fire("g", grave);
    await fake.work();
    const said = [...texts(made()[1]?.id ?? ""), ...texts(alertsChannel.id).slice(1)];
    assert.match(said[0] ?? "", /Second time in 7 days\./);
    assert.deepEqual(said.filter(isNamed), []);
  });

  test("later says none where people of another organisation read of alerts", async () => {
    const { fake, fire, texts } = await resolvedOnce();
    fake.channels.set(alertsChannel.id, { ...alertsChannel, kind: "external" });
    fake.pass(40);
    await fire("g", grave);
    await fake.work();
    assert.deepEqual(texts(alertsChannel.id).filter(isNamed), []);
  });

  test("later opens another, which says how often, and what fixed it the last time", async () => {
    const { fake, fire, made, texts, fix } = await resolvedOnce();
    fake.pass(40);
    await fire("g", grave);
    await fake.work();
    assert.equal(made().length, 2);
    const living = texts(made()[1]?.id ?? "")[0] ?? "";
    assert.match(living, /Second time in 7 days\. Last: INC-1, fixed by "/);
    assert.ok(living.includes(fix?.title ?? "?"));
  });
});
