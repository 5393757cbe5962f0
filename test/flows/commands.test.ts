import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { answerAtOnce, runCommand } from "../../src/flows/answer-command.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { giveUp } from "../../src/flows/run-job.ts";
import { foldIncident } from "../../src/incident/fold.ts";
import { commands, usage } from "../../src/message/commands.ts";
import { helpMessage } from "../../src/message/help.ts";
import { assertSlackTakes } from "../message/slack.ts";
import {
  ana,
  begunWorld,
  bot,
  fakeWorld,
  incidentChannel,
  metricsOf,
  series,
  teamChannel,
  type FakeWorld,
} from "./fake-world.ts";

async function command(
  fake: FakeWorld,
  text: string,
  channel: string = incidentChannel.id,
): Promise<void> {
  const event = { job: fake.job(), channel, user: ana, triggerId: null };
  await runCommand(fake.world, { ...event, command: "/hindsight", text });
}
/** What ana reads of it, in the response or after the sources were read. */
async function answer(fake: FakeWorld, text: string, channel?: string): Promise<string> {
  const inResponse = answerAtOnce("/hindsight", text);
  if (inResponse !== null) return inResponse.text;
  await command(fake, text, channel);
  await fake.work();
  return fake.ephemerals(ana).at(-1)?.text ?? "";
}
const incident = (fake: FakeWorld) => foldIncident(fake.store.incidents()[0]?.entries ?? []);
const living = (fake: FakeWorld) => fake.messages(incidentChannel.id)[0]?.body.text ?? "";
const charts = (fake: FakeWorld) =>
  fake.store.effects.flatMap(({ key, payload }) =>
    payload.kind === "chart" && key.startsWith("graph:") ? [payload] : [],
  );

describe("every command of the table", () => {
  for (const each of commands)
    test(`${usage(each)} is in the help and says something sensible with an incident and without`, async () => {
      assert.ok(helpMessage().text.includes(`\`${usage(each)}\`: ${each.help}`));
      const outside = await answer(fakeWorld(), each.verb, teamChannel.id);
      const fake = await begunWorld();
      const { effects } = fake.store;
      const before = effects.length;
      const inside = await answer(fake, each.verb);
      assert.ok(inside !== "" || effects.length > before, "nothing was said inside");
      if (each.verb === "declare") return;
      assert.notEqual(outside, "", "nothing was said outside");
      if (each.needs !== "nothing") {
        assert.match(outside, /declare/, "how one is begun");
        assert.doesNotMatch(inside, /no open incident/i);
      }
      for (const body of fake.ephemerals(ana)) assertSlackTakes(body);
    });

  for (const each of commands.filter(({ needs }) => needs === "open"))
    test(`${each.verb} changes nothing for somebody outside the channel`, async () => {
      const fake = await begunWorld();
      fake.members.set(incidentChannel.id, [bot]);
      const { seq } = incident(fake);
      await command(fake, each.verb === "severity" ? "severity 1" : each.verb);
      assert.equal(incident(fake).seq, seq);
    });
});

describe("the status", () => {
  test("is set as people say it, and shown", async () => {
    const fake = await begunWorld();
    await command(fake, "status Identified");
    assert.match(living(fake), /^● SEV3 Identified/);
    assert.match(await answer(fake, "status fine"), /^"fine" is no status\. Say .*monitoring/);
    assert.equal(incident(fake).state, "open");
  });

  test("alone says how it stands", async () => {
    const fake = await begunWorld();
    assert.match(await answer(fake, "status"), /^INC-1, SEV3/);
  });
});

describe("the severity", () => {
  test("alone is asked for by four buttons, and set by one of them", async () => {
    const fake = await begunWorld();
    assert.equal(await answer(fake, "severity"), "Which severity?");
    const blocks = JSON.stringify(fake.ephemerals(ana).at(-1)?.blocks);
    const id = fake.store.incidents()[0]?.id ?? "";
    for (const each of [1, 2, 3, 4]) assert.ok(blocks.includes(`"value":"${id} ${each}"`));
    const click = { channel: incidentChannel.id, user: ana, actionId: "incident:severity:1" };
    await handleClick(fake.world, { job: fake.job(), ...click, value: `${id} 1` });
    assert.equal(incident(fake).severity, 1);
    assert.match(await answer(fake, "severity -2"), /^"-2" is no severity\. Say .*1, 2, 3 or 4/);
  });
});

describe("an incident that is over", () => {
  test("is taken up again, and read again", async () => {
    const fake = await begunWorld();
    await command(fake, "resolve");
    const lists = incident(fake).lists.length;
    await command(fake, "reopen");
    assert.match(living(fake), /^● SEV3 Investigating/);
    assert.deepEqual((await fake.work())[0], "investigate");
    assert.equal(incident(fake).lists.length, lists + 1);
    await command(fake, "severity 1");
    assert.equal(incident(fake).severity, 1, "it is the channel's open one again");
    assert.match(await answer(fake, "reopen"), /^INC-1 is open in this channel/);
  });

  test("changes no more until then, and whoever tries is told so", async () => {
    const fake = await begunWorld();
    await command(fake, "resolve");
    assert.match(await answer(fake, "status monitoring"), /\/hindsight reopen/);
    assert.equal(incident(fake).state, "resolved");
  });

  test("is not there to be taken up in a channel that had none", async () => {
    assert.match(await answer(fakeWorld(), "reopen", teamChannel.id), /^This channel has had no/);
  });
});

describe("a metric that is asked for by name", () => {
  test("is drawn in the incident's thread, and told to the asker", async () => {
    const fake = await begunWorld();
    const told = await answer(fake, "graph p99 of checkout");
    assert.match(told, /^p99 of checkout 4\.\d s at 14:0\d, normal 0\.4 s, shifted at 14:0\d\./);
    assert.match(told, /The chart is in the thread of INC-1\.$/);
    const [payload, ...more] = charts(fake);
    assert.deepEqual(more, []);
    assert.equal(payload?.title, "p99 of checkout");
    assert.match(payload?.under ?? "", /^living:/);
  });

  test("that did not shift is drawn all the same, over the last hour where no incident is open", async () => {
    const fake = await begunWorld();
    assert.match(await answer(fake, "graph cpu"), /^cpu of checkout .*: no shift\./);
    assert.equal(charts(fake).length, 1);
  });

  test("is told in words where there is no thread for it", async () => {
    const fake = fakeWorld();
    const told = await answer(fake, "graph checkout latency", teamChannel.id);
    assert.match(told, /^p99 of checkout 4\.\d s/);
    assert.match(told, /"@hindsight graph …"/);
    assert.deepEqual(charts(fake), []);
  });

  test("and is none gets the names that there are, the nearest first, of the service that was named", async () => {
    const fake = await begunWorld();
    const told = await answer(fake, "graph p98 of payments");
    assert.equal(told, 'No series here is called "p98 of payments". There are: p99 of payments.');
    assert.match(await answer(fake, "graph"), /^Which metric\? There are: .*p99 of checkout/);
    assert.deepEqual(charts(fake), []);
  });

  test("by a percentile alone is a latency, and no other metric of that percentile", async () => {
    const fake = await begunWorld();
    const lag = series({ service: "checkout", name: "event_loop_lag_p99", kind: "other" }, 0.012);
    fake.sources = { ...fake.sources, metrics: [metricsOf([lag])] };
    assert.match(await answer(fake, "graph p99 of checkout"), /^No series here is called "p99 of/);
    assert.match(await answer(fake, "graph event loop lag of checkout"), /^event loop lag p99/);
  });

  test("is not drawn where its source is away, which is said", async () => {
    const fake = await begunWorld();
    const silent = { ...metricsOf([]), series: () => Promise.reject(new Error("HTTP 503")) };
    fake.sources = { ...fake.sources, metrics: [silent] };
    const told = await answer(fake, "graph p99");
    assert.match(told, /No series was read\. Not read: Prometheus \(HTTP 503\)\./);
  });

  test("posts nothing for somebody outside the channel", async () => {
    const fake = await begunWorld();
    fake.members.set(incidentChannel.id, [bot]);
    await answer(fake, "graph p99");
    assert.deepEqual(charts(fake), []);
  });
});

test("the changes of a service that nobody knows are not told as those of another", async () => {
  const inside = await answer(await begunWorld(), "changes shiping");
  assert.match(inside, /^No service "shiping" is known here; this is about checkout\. .*services/);
  assert.match(inside, /\ncheckout, last 6 h/);
  const outside = await answer(fakeWorld(), "changes shiping", teamChannel.id);
  assert.match(outside, /^No service "shiping" is known here; this is about all services\./);
  assert.match(await answer(await begunWorld(), "changes"), /^checkout, last 6 h/);
});

test("the changes of the named service are told to the asker alone", async () => {
  const fake = fakeWorld();
  assert.match(await answer(fake, "changes checkout", teamChannel.id), /^checkout, last 6 h/);
  assert.deepEqual(fake.messages(teamChannel.id), []);
});

test("the services are those of the catalog, or what the metrics name, with the servers that were silent", async () => {
  const fake = fakeWorld();
  const written = await answer(fake, "services", teamChannel.id);
  assert.match(written, /^2 services in the catalog:\n• checkout, calls payments\n• payments$/);
  const gaps = [{ source: "Prometheus (eu)", reason: "HTTP 503" }];
  fake.sources = { ...fake.sources, found: { gaps, leftOut: [] } };
  const found = await answer(fake, "services", teamChannel.id);
  assert.match(found, /^2 services found in the metrics:/);
  assert.match(found, /Not read: Prometheus \(eu\) \(HTTP 503\)\.$/);
});

test("the three most similar incidents are named, or that there is none", async () => {
  const fake = await begunWorld();
  assert.match(await answer(fake, "similar"), /^No earlier incident .* INC-1/);
  fake.store.endedLike = async () =>
    [7, 8, 9].map((number) => ({
      number,
      openedAt: new Date(fake.world.now().getTime() - 3 * 7 * 86_400_000 - number),
      service: "checkout",
      symptom: "latency",
      flags: [],
      said: ["slow"],
      findings: [],
      cause: null,
      fix: null,
    }));
  const told = await answer(fake, "similar");
  assert.match(told, /^Most similar to INC-1:\n• INC-7 .*\n• INC-8 .*\n• INC-9 \(3 weeks ago/);
});

test("the board is shown to the asker alone", async () => {
  const fake = await begunWorld();
  const posted = fake.messages(incidentChannel.id).length;
  assert.match(await answer(fake, "board"), /^Board of INC-1\n○ /);
  assert.equal(fake.messages(incidentChannel.id).length, posted);
});

test("a command that nobody could answer ends in a sentence", async () => {
  const fake = fakeWorld();
  await command(fake, "graph p99 of checkout", teamChannel.id);
  const [ordered] = fake.store.jobs;
  assert.equal(ordered?.job.kind, "answer-command");
  if (ordered !== undefined) await giveUp(fake.world, ordered.id, ordered.job);
  assert.match(fake.ephemerals(ana)[0]?.text ?? "", /please try once more/);
});

test("a command whose job runs twice is answered once", async () => {
  const fake = fakeWorld();
  await command(fake, "graph p99 of checkout", teamChannel.id);
  const [ordered] = fake.store.jobs;
  await fake.work();
  if (ordered === undefined) throw new Error("the command sent no job");
  fake.store.jobs.push(ordered);
  await fake.work();
  assert.equal(fake.ephemerals(ana).length, 1);
});
