import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { openBed, type Bed } from "../../bench/bed.ts";
import { freshDatabase } from "../database.ts";
import { deadUrl, json, silent, startOddServer, type Behave } from "../edges/odd-server.ts";
import { isPrometheusInstalled, startPrometheus } from "../edges/prometheus/real-prometheus.ts";
import { onset as recordedOnset, shopMetrics } from "../edges/prometheus/shop-metrics.ts";
import { scratchRepository } from "../edges/git/scratch-repository.ts";
import { ana, patienceMs, startRunning } from "./running.ts";

const isInstalled = await isPrometheusInstalled();
const skip = isInstalled ? false : "prometheus and promtool are not installed";

test(
  "a real Prometheus and a real repository: the shifted series and the suspect commit are found",
  { skip },
  async () => {
    const onset = new Date(Math.floor(Date.now() / 15_000) * 15_000 - 15 * 60_000);
    await using repository = await scratchRepository();
    const before = (minutes: number) => new Date(onset.getTime() - minutes * 60_000);
    await repository.commit("Show the cart in bold", before(150), {
      "services/cart/page.ts": "export const weight = 700;\n",
    });
    await repository.commit("Read payments row by row", before(3), {
      "services/checkout/payments.ts": "for (const row of rows) await client.call(row);\n",
    });
    await using prometheus = await startPrometheus(shiftedTo(onset));
    const catalog = join(repository.folder, "catalog.yaml");
    await writeFile(
      catalog,
      ["checkout", "cart"].reduce(
        (text, name) =>
          `${text}  - { name: ${name}, repo: "file:.", paths: ["services/${name}/**"], environments: [production] }\n`,
        "services:\n",
      ),
    );
    await using running = await startRunning({ PROMETHEUS_URL: prometheus.url, CATALOG: catalog });
    const slack = running.serving.local()?.workspace;
    if (slack === undefined) throw new Error("the local workspace did not open");
    const { id } = slack.createChannel({ name: "inc-1-checkout-latency", by: ana });
    const living = await slack.waitFor(
      () => slack.messages(id).find(({ text }) => text.includes("What is known")),
      patienceMs,
    );
    assert.match(living.text, /checkout.* p99 .*\(normal /);
    assert.match(living.text, /payments/, "the slow callee is named");
    assert.match(living.text, /Read payments row by row/);
    assert.doesNotMatch(living.text, /Show the cart in bold|Not read/);
    const [link = ""] = /http[^|>]+graph[^|>]+/.exec(JSON.stringify(living.blocks)) ?? [];
    assert.ok(link.startsWith(prometheus.url), "the query behind it can be opened");
  },
);

/** The recorded hour, so that its trouble began then. */
function shiftedTo(onset: Date): string {
  const shift = (onset.getTime() - recordedOnset.getTime()) / 1000;
  return shopMetrics().replaceAll(/ (\d{10})$/gm, (_, at: string) => ` ${Number(at) + shift}`);
}

const page: Behave = (_asked, response) => {
  response.writeHead(200, { "content-type": "text/html" });
  response.end("<html>Sign in</html>");
};
const nonsense: Behave = (_asked, response) => json(response, { hello: ["world"] });
const away: Behave = (_asked, response) => json(response, { message: "overloaded" }, 503);
const illnesses = { silent, page, nonsense, away };

/** The first message of a fresh incident. */
async function firstAnswer(bed: Bed, settings: Readonly<Record<string, string>>) {
  await using running = await startRunning({ HOST: "127.0.0.1", ...bed.settings, ...settings });
  const { slack } = bed;
  slack.sendEventsTo(`${running.serving.url}/slack/events`);
  await running.serving.ready;
  const { id } = slack.createChannel({ name: `inc-${Date.now()}-checkout-latency`, by: ana });
  const { text } = await slack.waitFor(
    () => slack.messages(id).find(({ user, subtype }) => user === slack.botUserId && !subtype),
    patienceMs,
  );
  return text;
}

describe(
  "a source that is not well: the answer comes and says what is missing",
  {
    concurrency: 3,
  },
  () => {
    const cases = [
      { name: "Prometheus", variable: "PROMETHEUS_URL", other: /PR #311/ },
      { name: "GitHub", variable: "GITHUB_API_URL", other: /p99 of checkout/ },
    ] as const;
    for (const { name, variable, other } of cases) {
      for (const [illness, behave] of Object.entries(illnesses)) {
        test(`${name}: ${illness}`, async () => {
          await using database = await freshDatabase();
          await using bed = await openBed({ databaseUrl: database.url, sourceDelayMs: 0 });
          await using odd = await startOddServer(behave);
          const text = await firstAnswer(bed, { [variable]: odd.url });
          assert.match(text, new RegExp(`Not read: ${name} \\(.+\\)`));
          assert.match(text, other, "what the other source gives is told");
          assert.match(text, /First: /);
        });
      }
    }

    test("both, and nobody listens", async () => {
      await using database = await freshDatabase();
      await using bed = await openBed({ databaseUrl: database.url, sourceDelayMs: 0 });
      const url = await deadUrl();
      const dead = { PROMETHEUS_URL: url, GITHUB_API_URL: url };
      const text = await firstAnswer(bed, dead);
      assert.match(text, /Not read: Prometheus \(.+\), GitHub \(.+\)/);
      assert.match(text, /First: /);
    });

    test("Prometheus is silent and no catalog says which services there are", async () => {
      await using database = await freshDatabase();
      await using bed = await openBed({ databaseUrl: database.url, sourceDelayMs: 0 });
      await using odd = await startOddServer(silent);
      const text = await firstAnswer(bed, { PROMETHEUS_URL: odd.url, CATALOG: "" });
      const unread = "Prometheus (no answer in 2 s), GitHub (no service is known to read)";
      assert.ok(text.includes(`Not read: ${unread}`), text);
      assert.match(text, /First: /);
    });
  },
);
