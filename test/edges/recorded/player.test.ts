import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createPlayer, type Player } from "../../../src/edges/recorded/player.ts";
import type { Sources } from "../../../src/flows/ports.ts";
import { logsContract } from "../../flows/logs-contract.ts";
import { folderWith, sampleBundle } from "./sample-bundle.ts";

const channel = "C1";
const signal = new AbortController().signal;
const started = Date.parse("2026-03-04T12:00:00Z");
const bundleFolder = folderWith(sampleBundle);

function playing(speed: 1 | 10 = 1, stateFile?: string) {
  let nowMs = started;
  const now = () => new Date(nowMs);
  const options = { bundleFolder, now, ...(stateFile === undefined ? {} : { stateFile }) };
  const player = createPlayer(options);
  player.start("sample", { channel, speed });
  return { player, options, wait: (seconds: number) => (nowMs += seconds * 1000) };
}

function sourcesOf(player: Player): Sources {
  const sources = player.sourcesFor(channel);
  assert.ok(sources);
  return sources;
}

/** All that the play shows of checkout's latency, as [seconds since the start, value]. */
async function seen(player: Player): Promise<(readonly [number, number])[]> {
  const sources = sourcesOf(player);
  const reading = await sources.metrics[0]?.series(sources.catalog.services, wide(sources), signal);
  const points = reading?.items.find(({ name }) => name === "latency_p95")?.points ?? [];
  return points.map(([at, value]) => [at - started / 1000, value]);
}

async function changesSeen(player: Player) {
  const sources = sourcesOf(player);
  const checkout = sources.catalog.services.slice(0, 1);
  const reading = await sources.changes[0]?.recent(checkout, wide(sources), signal);
  return (reading?.items ?? []).map(({ id, at }) => [id, at - started / 1000]);
}

function wide({ now }: Sources) {
  const onset = new Date(started - 120_000);
  return { from: new Date(started - 3_600_000), onset, to: new Date(now.getTime() + 3_600_000) };
}

test("what a service writes is shown as its metrics are, and goes on while the trouble lasts", async () => {
  const { onset, mendedAt } = sampleBundle;
  const line = (at: number, service: string, text: string) => ({ at, service, text });
  const logs = [
    line(onset - 30, "checkout", "usual"),
    line(mendedAt - 10, "checkout", "pool exhausted"),
    line(onset - 20, "inventory", "another's"),
    line(mendedAt + 10, "checkout", "well again"),
  ];
  let nowMs = started;
  const bundles = folderWith({ ...sampleBundle, logs });
  const player = createPlayer({ bundleFolder: bundles, now: () => new Date(nowMs) });
  player.start("sample", { channel, speed: 1 });
  const texts = async () => {
    const sources = sourcesOf(player);
    const own = sources.catalog.services.slice(0, 1);
    const reading = await sources.logs[0]?.lines(own, wide(sources), signal);
    return reading?.items.map(({ text, at }) => `${at - started / 1000} ${text}`);
  };
  assert.deepEqual(await texts(), ["-150 usual"]);
  nowMs += 300_000;
  assert.deepEqual(await texts(), ["-150 usual", "170 pool exhausted", "290 pool exhausted"]);
});

test("the list tells what there is to play", () => {
  assert.deepEqual(playing().player.list(), [
    {
      id: "sample",
      title: "Checkout is slow",
      summary: "Payments take long.",
      symptom: "latency",
      durationMinutes: 8,
    },
  ]);
});

test("the trouble began two minutes before the start", async () => {
  const points = await seen(playing().player);
  const firstBad = points.find(([, value]) => value === 9);
  assert.ok(firstBad && firstBad[0] > -120 && firstBad[0] <= -110, String(firstBad));
  assert.equal(points.at(-1)?.[1], 9);
});

test("nothing after the play's present is shown, whatever window is asked for", async () => {
  const { player, wait } = playing();
  assert.ok((await seen(player)).every(([at]) => at <= 0));
  wait(35);
  const latest = (await seen(player)).at(-1)?.[0] ?? 0;
  assert.ok(latest > 25 && latest <= 35, String(latest));
});

test("at ten times the speed, a minute shows ten", async () => {
  const { player, wait } = playing(10);
  wait(12);
  assert.equal(sourcesOf(player).now.getTime(), started + 120_000);
  const latest = (await seen(player)).at(-1)?.[0] ?? 0;
  assert.ok(latest > 110 && latest <= 120, String(latest));
});

test("trouble that nobody mends goes on after its recording has run out", async () => {
  const { player, wait } = playing();
  wait(3000);
  const points = await seen(player);
  const trouble = points.filter(([at]) => at > -110);
  assert.ok(trouble.length > 300);
  assert.ok(trouble.every(([, value]) => value === 9));
  assert.equal(player.playing()[0]?.phase, "fault");
});

test("a step that does not mend changes nothing", async () => {
  const { player, wait } = playing();
  wait(60);
  player.tried(channel, "restart-service");
  wait(60);
  assert.equal((await seen(player)).at(-1)?.[1], 9);
  assert.deepEqual(player.playing(), [{ channel, id: "sample", speed: 1, phase: "fault" }]);
});

test("the step that mends brings the recovery, from that moment", async () => {
  const { player, wait } = playing();
  wait(60);
  const before = await seen(player);
  player.tried(channel, "roll-back-deploy");
  wait(60);
  const points = await seen(player);
  assert.deepEqual(points.slice(0, before.length), before, "what was seen stays as it was");
  const firstGood = points.find(([at, value]) => at > -110 && value === 2);
  assert.ok(firstGood && firstGood[0] > 60 && firstGood[0] <= 80, String(firstGood));
  assert.ok(points.every(([at, value]) => at < 80 || value === 2));
  assert.equal(player.playing()[0]?.phase, "recovery");
});

test("what was mended stays so: a second try does not begin the recovery anew", async () => {
  const { player, wait } = playing();
  wait(60);
  player.tried(channel, "roll-back-deploy");
  wait(60);
  const once = await seen(player);
  player.tried(channel, "roll-back-deploy");
  assert.deepEqual(await seen(player), once);
  wait(5000);
  assert.equal((await seen(player)).at(-1)?.[1], 2);
});

test("changes move with the play, and the mend is shown once it was made", async () => {
  const { player, wait } = playing();
  const before = [
    ["culprit-deploy", -120],
    ["culprit", -180],
    ["shared", -210],
  ];
  wait(1000);
  assert.deepEqual(await changesSeen(player), before);
  player.tried(channel, "roll-back-deploy");
  wait(30);
  assert.deepEqual(await changesSeen(player), [["mend", 1000], ...before]);
});

test("named queries alone can be read again", async () => {
  const sources = sourcesOf(playing().player);
  const again = await sources.metrics[0]?.again(
    [
      {
        service: "checkout",
        name: "call_latency",
        callee: "inventory",
        kind: "latency",
        query: "",
      },
      { service: "checkout", name: "unheard-of", kind: "latency", query: "" },
    ],
    wide(sources),
    signal,
  );
  assert.deepEqual(
    again?.items.map(({ name, callee, source }) => [name, callee, source]),
    [["call_latency", "inventory", { query: "q2" }]],
  );
});

test("a read that was given up rejects", async () => {
  const sources = sourcesOf(playing().player);
  const read = sources.metrics[0]?.series([], wide(sources), AbortSignal.abort());
  await assert.rejects(read ?? Promise.resolve(), { name: "AbortError" });
});

test("the truth is nowhere in what the ports and the player show", async () => {
  const { player, wait } = playing();
  wait(60);
  player.tried(channel, "truth-step");
  wait(60);
  const sources = sourcesOf(player);
  const services = sources.catalog.services;
  const shown = JSON.stringify([
    player.list(),
    player.playing(),
    sources,
    await sources.metrics[0]?.series(services, wide(sources), signal),
    await sources.changes[0]?.recent(services, wide(sources), signal),
    player.alertText("sample"),
    player.channelName("sample"),
  ]);
  assert.equal(player.playing()[0]?.phase, "recovery");
  assert.doesNotMatch(shown, /truth|mendingSteps|"lock"/);
});

test("a play goes on after a restart, with what was tried", async () => {
  const stateFile = join(mkdtempSync(join(tmpdir(), "plays-")), "plays.json");
  const { player, options, wait } = playing(10, stateFile);
  wait(30);
  player.tried(channel, "roll-back-deploy");
  wait(30);
  const restarted = createPlayer(options);
  assert.deepEqual(restarted.playing(), player.playing());
  assert.deepEqual(await seen(restarted), await seen(player));
});

test("a channel that plays nothing has no sources, and trying there does nothing", () => {
  const { player } = playing();
  player.tried("C2", "roll-back-deploy");
  assert.equal(player.sourcesFor("C2"), null);
  assert.equal(player.playing().length, 1);
});

test("an incident that is not there cannot be started", () => {
  assert.throws(() => playing().player.start("nothing", { channel, speed: 1 }), /"nothing"/);
});

logsContract("a recorded incident", async () => {
  const { onset } = sampleBundle;
  const lines = [onset - 100, onset - 50, onset + 20].map((at) => ({
    at,
    service: "checkout",
    text: "POST /pay answered 200",
  }));
  const now = () => new Date(started);
  const player = createPlayer({ bundleFolder: folderWith({ ...sampleBundle, logs: lines }), now });
  player.start("sample", { channel, speed: 1 });
  const { catalog, logs } = sourcesOf(player);
  const [source] = logs;
  assert.ok(source);
  const window = { ...wide(sourcesOf(player)), to: new Date(started) };
  return { logs: source, services: catalog.services, window, silent: null, stop: async () => {} };
});
