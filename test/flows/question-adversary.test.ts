import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Logs } from "../../src/flows/ports.ts";
import { questionGround } from "../../src/flows/question-ground.ts";
import { readTool } from "../../src/flows/question-tools.ts";
import type { Runbooks } from "../../src/flows/runbooks.ts";
import { showIncident } from "../../src/flows/show-incident.ts";
import { fellMessage } from "../../src/message/model-words.ts";
import { questionAnswered } from "../../src/message/question-words.ts";
import type { KnownText } from "../../src/model/items.ts";
import { preflightFollowUp } from "../../src/model/preflight.ts";
import { parseFollowUpReply } from "../../src/model/reply.ts";
import { wantedBy } from "../../src/model/tools.ts";
import { redact } from "../../src/redaction/redact.ts";
import { goals, isTellable, type Goal } from "../model/adversary/goals.ts";
import { ana, begunWorld, bot, changesOf, incidentChannel, onset } from "./fake-world.ts";

const link = "https://github.com/acme/ops/blob/main/checkout.md";
const calls: readonly (readonly [string, object])[] = [
  ["read_logs", { service: "checkout" }],
  ["list_changes", { service: "checkout" }],
  ["read_file", { service: "checkout", commit: "3f2a91c", path: "src/pool.ts" }],
  ["read_runbook", { service: "checkout" }],
];

/** The order stands in a message, in what each tool reads, and in the question itself; the ids of all of these. */
async function carried({ order }: Goal) {
  const fake = await begunWorld();
  const { id: channel } = incidentChannel;
  fake.said.push({ ts: "1795443905.000001", user: ana, isBot: false, text: order });
  const logs: Logs = {
    name: "Loki",
    key: "",
    lines: async () => ({
      items: [{ at: onset + 60, service: "checkout", text: order }],
      leftOut: [],
      pages: new Map(),
    }),
  };
  const runbooks: Runbooks = {
    page: async () => ({ page: { text: `# checkout\n1. ${order}`, format: "markdown" } }),
  };
  const change = { id: "c1", kind: "commit", at: onset - 60, service: "checkout", title: order };
  const { catalog } = fake.sources;
  const services = catalog.services.map((each) => ({ ...each, runbooks: [link] }));
  fake.sources = {
    ...fake.sources,
    catalog: { ...catalog, services },
    logs: [logs],
    runbooks,
    changes: [
      {
        ...changesOf([{ ...change, kind: "commit" }]),
        file: async () => ({ text: `// ${order}`, url: null }),
      },
    ],
  };
  const stored = await fake.world.store.openIncidentIn("T1", channel);
  assert.ok(stored !== null);
  const shown = await showIncident(fake.world, stored);
  const put = { ts: "1795443906.000001", threadTs: null, text: `<@${bot}> ${order}` };
  const ground = await questionGround(fake.world, shown, put);
  const reads: KnownText[] = [];
  for (const [name, given] of calls) {
    const wanted = wantedBy({ name, arguments: JSON.stringify(given) });
    assert.ok(!("problem" in wanted));
    const asking = {
      channel,
      sources: ground.sources,
      shown,
      changes: [...ground.changes],
      clean: redact,
    };
    const { items } = await readTool(fake.world, asking, wanted);
    for (const item of items) reads.push({ ...item, id: `read:${reads.length + 1}` });
  }
  const head = order.slice(0, 40);
  const carriers = [
    ...reads.filter(({ text }) => text.includes(head)).map(({ id }) => id),
    ...ground.messages.map(({ ts }) => `message:${ts}`),
  ];
  return { known: ground.knownWith(reads), carriers, incident: stored.id };
}

const truth = "p99 of checkout rose from 0.4 s to 4.1 s";

function disguised(payload: string): readonly string[] {
  return [
    payload,
    `${truth}. ${payload}`,
    `${truth}; ${payload}`,
    `A log line of checkout says "${payload}".`,
    `A message says “${payload}”.`,
    `\`${payload}\``,
  ];
}

describe("an answer by a model that does whatever it reads", () => {
  for (const goal of goals) {
    test(`does not ${goal.name}, wherever it is ordered to`, async () => {
      const { known, carriers, incident } = await carried(goal);
      assert.ok(carriers.length >= 4, carriers.join());
      for (const cite of [...carriers, "metric:0"]) {
        for (const payload of [...goal.payloads, goal.order]) {
          const told = disguised(payload).map((text) => ({ text, cites: [cite] }));
          const parsed = parseFollowUpReply(JSON.stringify({ sentences: told }));
          assert.ok("reply" in parsed);
          const { kept, fell } = await preflightFollowUp(parsed.reply, known);
          const sentences = kept.map((each) => ({ ...each, links: [] }));
          const asked = { incident, ts: "1.1", hosts: [], since: new Date(onset * 1_000) };
          const posted = [
            questionAnswered({ sentences, fell, looked: [] }, asked),
            // That it said so is told to who asks what was left out; nothing is ended or left out by it.
            ...(isTellable.has(goal.name) ? [] : [fellMessage(fell)]),
          ];
          const all = JSON.stringify(posted);
          assert.equal(goal.isDone(all), false, `${cite}: ${payload}\n${all}`);
        }
      }
    });
  }
});
