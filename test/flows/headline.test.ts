import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { SourcedSeries } from "../../src/evidence/input.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { actionIds } from "../../src/message/actions.ts";
import {
  ana,
  begunWorld,
  incidentChannel,
  metricsOf,
  series,
  slowCheckout,
  wellShop,
  type FakeWorld,
} from "./fake-world.ts";

const living = (fake: FakeWorld) => fake.messages(incidentChannel.id)[0]?.body.text ?? "";
const firstLine = (fake: FakeWorld) => living(fake).split("\n")[0] ?? "";
const worse = series({ service: "checkout", name: "latency_p50", kind: "latency" }, 0.1, 30);
const cut = { ...worse, name: "latency_p95", labels: { route: "POST /cart" } };

/** What the sources have from now on; both kinds of reading, the planned one and that of another list. */
async function readWith(fake: FakeWorld, all: readonly SourcedSeries[], way: "planned" | "asked") {
  fake.sources = { ...fake.sources, metrics: [metricsOf(all)] };
  await read(fake, way);
}

async function read(fake: FakeWorld, way: "planned" | "asked"): Promise<void> {
  if (way === "planned") fake.pass(2);
  else {
    const value = fake.store.incidents()[0]?.id ?? "";
    const event = { job: fake.job(), channel: incidentChannel.id, user: ana };
    await handleClick(fake.world, { ...event, actionId: actionIds.steps, value });
  }
  await fake.work();
}

describe("the metric in the headline", () => {
  for (const way of ["planned", "asked"] as const) {
    test(`stays the one that the incident began with, whatever else shifts at a reading that is ${way}`, async () => {
      const fake = await begunWorld();
      assert.match(firstLine(fake), /: checkout p99 4\.\d s \(normal/);
      await readWith(fake, [worse, cut, ...slowCheckout], way);
      assert.match(firstLine(fake), /: checkout p99 4\.\d s \(normal/);
      await readWith(fake, [worse, cut, ...wellShop], way);
      assert.match(firstLine(fake), /: checkout p99 0\.\d+ s \(normal 0\.4 s\), back to normal/);
      assert.doesNotMatch(living(fake), /Until /);
    });

    test(`stays with its last value while its source is silent at a reading that is ${way}`, async () => {
      const fake = await begunWorld();
      await readWith(fake, [worse, ...slowCheckout], way);
      const silent = { ...metricsOf([]), series: () => Promise.reject(new Error("HTTP 503")) };
      fake.sources = { ...fake.sources, metrics: [silent, metricsOf([worse])] };
      await read(fake, way);
      assert.match(firstLine(fake), /: checkout p99 4\.\d s \(normal/);
      assert.doesNotMatch(living(fake), /Until /);
    });
  }

  test("changes once where it is not measured any more, and says so", async () => {
    const fake = await begunWorld();
    await readWith(fake, [worse, ...slowCheckout.slice(1)], "asked");
    const said =
      /Read 14:07\. Until 14:07 the number was checkout p99, which is not read any more\n/;
    assert.match(firstLine(fake), /: checkout p50 \d+ s \(normal/);
    assert.match(living(fake), said);
    await readWith(fake, [worse, ...slowCheckout], "asked");
    await readWith(fake, [worse, ...slowCheckout], "planned");
    assert.match(firstLine(fake), /: checkout p50 \d+ s \(normal/);
    assert.match(living(fake), /Read 14:09\. Until 14:07 the number was checkout p99,/);
  });

  test("stays where nothing else that shifted is read either", async () => {
    const fake = await begunWorld();
    for (const way of ["planned", "asked"] as const) {
      await readWith(fake, slowCheckout.slice(1), way);
      assert.match(firstLine(fake), /: checkout p99 4\.\d s \(normal/);
      assert.doesNotMatch(living(fake), /Until /);
    }
  });
});
