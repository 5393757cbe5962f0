import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { SourcedSeries } from "../../src/evidence/input.ts";
import { onMention } from "../../src/flows/answer-mention.ts";
import { onChannelSeen } from "../../src/flows/begin-incident.ts";
import {
  ana,
  bot,
  fakeWorld,
  incidentChannel,
  metricsOf,
  series,
  slowCheckout,
  teamChannel,
} from "./fake-world.ts";

const ts = "1795443900.000001";

describe("a mention that suspects something", () => {
  const slowCalls = series(
    { service: "checkout", name: "calls_seconds_p99", kind: "latency", callee: "redis" },
    0.01,
    2,
  );
  async function suspect(words: string, isOpen: boolean, extra: readonly SourcedSeries[] = []) {
    const fake = fakeWorld();
    fake.sources = {
      ...fake.sources,
      metrics: [metricsOf([...slowCheckout, slowCalls, ...extra])],
    };
    if (isOpen) {
      await onChannelSeen(fake.world, { job: fake.job(), channel: incidentChannel.id });
      await fake.work();
    }
    const channel = isOpen ? incidentChannel.id : teamChannel.id;
    const said = { channel, ts, threadTs: null, user: ana, text: `<@${bot}> ${words}` };
    await onMention(fake.world, { job: fake.job(), ...said });
    await fake.work();
    return fake
      .messages(channel)
      .filter(({ place }) => place.in === "thread" && "ts" in place.of && place.of.ts === ts)
      .map(({ body }) => body);
  }

  /** What is read of it first; each of the words, and of the things. */
  const told = [
    ["is it payments?", /^About payments: 1 series read, none of them shifted\./],
    ["is it redis?", /^About redis: .*checkout → redis .* → 2 s since 14:0\d\./],
    ["could it be the cache?", /^About the cache: .*checkout → redis .* → 2 s since/],
    ["maybe the database", /^About the database: nothing was read of it\./],
    ["dns?", /^About the dns: nothing was read of it\./],
    ["is it the cpu?", /^About the cpu: 1 series read, none of them shifted\./],
  ] as const;
  for (const [words, line] of told)
    test(`gets a line about it above the list of steps: ${words}`, async () => {
      const [first, list, ...more] = await suspect(words, true);
      assert.match(first?.text ?? "", line);
      assert.match(list?.text ?? "", /Stop the bleeding|Find out/);
      assert.deepEqual(more, []);
    });

  test("gets it with its source, also where no incident is open", async () => {
    const [inIncident] = await suspect("is it redis?", true);
    assert.match(JSON.stringify(inIncident?.blocks), /<https:\/\/prometheus\.example/);
    const [outside, ...more] = await suspect("is it redis on checkout?", false);
    assert.match(
      outside?.text ?? "",
      /^About (redis|checkout): .*\n.*What is known about checkout/s,
    );
    assert.deepEqual(more, []);
  });

  test("and names nothing that is known is told so, and gets no other list", async () => {
    const [line, ...more] = await suspect("is it the weather?", true);
    assert.match(line?.text ?? "", /^"is it the weather\?" is not understood\. Ask for instance/);
    assert.deepEqual(more, []);
  });

  test("by the name of a product is answered by that name, from what names no other", async () => {
    const hits = series({ service: "checkout", name: "cache_hits", kind: "other" }, 9);
    const memcached = { ...hits, name: "memcached_items" };
    const extra = [hits, memcached];
    const [redis] = await suspect("is it redis?", true, extra);
    assert.match(redis?.text ?? "", /^About redis: /);
    const [valkey] = await suspect("is it valkey?", true, extra);
    assert.match(valkey?.text ?? "", /^About valkey: 1 series read, none of them shifted\./);
    const [postgres] = await suspect("is it postgres?", true, extra);
    assert.match(postgres?.text ?? "", /^About postgres: nothing was read of it\./);
  });
});
