import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { onChannelSeen } from "../../src/flows/begin-incident.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { hearMessage } from "../../src/flows/hear-message.ts";
import type { Runbooks } from "../../src/flows/runbooks.ts";
import { runJob } from "../../src/flows/run-job.ts";
import { actionIds } from "../../src/message/actions.ts";
import type { AskedPage } from "../../src/runbook/page.ts";
import type { Suggestion } from "../../src/suggestion/suggestion.ts";
import { alerting, alertsChannel, grave } from "./alerting.ts";
import {
  ana,
  catalog,
  checkout,
  fakeWorld,
  incidentChannel,
  type FakeWorld,
} from "./fake-world.ts";

const { id: channel } = incidentChannel;
const link = "https://github.com/acme/ops/blob/main/checkout.md";
const page = `# checkout rollback
## When latency is high
1. Put the last version back
   \`\`\`sh
   kubectl -n shop rollout undo deploy/checkout --to-revision=41
   \`\`\`
   Undo: \`kubectl -n shop rollout undo deploy/checkout --to-revision=42\`
2. Flush the price cache: \`redis-cli -h prices flushdb async\`
3. Look at the cache: \`redis-cli -h prices info stats\`
`;

interface Reader {
  readonly asked: AskedPage[];
  readonly runbooks: Runbooks;
}

function reader(pages: Readonly<Record<string, string>>): Reader {
  const asked: AskedPage[] = [];
  const read = async (of: AskedPage) => {
    asked.push(of);
    const text = pages[of.link];
    if (text === undefined)
      throw new Error("HTTP 404 at wiki.example; mend the link in the catalog");
    return { page: { text, format: "markdown" as const } };
  };
  return { asked, runbooks: { page: read } };
}

/** The incident of checkout, whose runbooks the catalog links, read once. */
async function begun(links: readonly string[], { runbooks }: Reader): Promise<FakeWorld> {
  const fake = fakeWorld();
  const services = catalog.services.map((each) =>
    each.name === checkout.name ? { ...each, runbooks: links } : each,
  );
  fake.sources = { ...fake.sources, catalog: { ...catalog, services }, runbooks };
  await onChannelSeen(fake.world, { job: fake.job(), channel });
  await fake.work();
  return fake;
}

const lists = (fake: FakeWorld) =>
  fake.messages(channel).filter(({ key }) => key.startsWith("steps:"));
const listed = (fake: FakeWorld) => lists(fake).at(-1)?.body.text ?? "";
function offered(fake: FakeWorld, pattern: RegExp): Suggestion {
  const found = fake.store.suggestions.find(({ stepId }) => pattern.test(stepId));
  assert.ok(found, fake.store.suggestions.map(({ stepId }) => stepId).join());
  return found;
}
const investigate = async (fake: FakeWorld) => {
  const incident = fake.store.incidents()[0]?.id ?? "inc_";
  await runJob(fake.world, fake.job(), { kind: "investigate", channel, incident, asked: null });
};

describe("the runbooks of a service", () => {
  test("give the list their steps: the playbook's own by the runbook's command, and others", async () => {
    const fake = await begun([link], reader({ [link]: page }));
    const text = listed(fake);
    assert.match(
      text,
      /Roll back [^]*How \(runbook "checkout rollback"\): `kubectl -n shop rollout undo deploy\/checkout --to-revision=41`\nUndo: `kubectl -n shop rollout undo deploy\/checkout --to-revision=42`/,
    );
    assert.equal(offered(fake, /^roll-back-deploy$/).runbook?.link, link);
    const own = offered(fake, /^runbook:checkout-rollback-\w{5}\/flush-the-price-cache$/);
    assert.deepEqual(own.how, { command: "redis-cli -h prices flushdb async", isFilled: true });
    assert.match(own.why?.text ?? "", /^p99 of checkout up/);
  });

  test("say how to undo a step that has no command", async () => {
    const words =
      "4. Turn off the price cache in the panel\n   Undo: turn it on again in {the} panel\n";
    const fake = await begun([link], reader({ [link]: page.replace(/2\. .*\n/, "") + words }));
    assert.deepEqual(offered(fake, /turn-off-the-price-cache/).how, {
      command: "As the runbook has it, without a command.",
      undo: "Turn it on again in {the} panel.",
      isFilled: true,
    });
  });

  test("give no step where they forbid it, and the list says that they do", async () => {
    const fake = await begun(
      [link],
      reader({
        [link]: `${page}4. Do not restart the primary: \`systemctl restart postgres\`\n`,
      }),
    );
    assert.doesNotMatch(JSON.stringify(fake.store.suggestions), /systemctl restart postgres/);
    assert.match(
      listed(fake),
      /Not read: all of the runbook of checkout \(1 step that it says not to do, or calls obsolete\)/,
    );
  });

  test("are read beside the sources once a list, and of no other service", async () => {
    const read = reader({ [link]: page });
    const fake = await begun([link], read);
    assert.deepEqual(read.asked, [{ link, from: "catalog" }]);
    await investigate(fake);
    assert.equal(read.asked.length, 2);
    const { services } = fake.sources.catalog;
    const moved = services.map((each) => ({
      ...each,
      runbooks: each.name === "payments" ? [link] : [],
    }));
    fake.sources = { ...fake.sources, catalog: { ...catalog, services: moved } };
    await investigate(fake);
    assert.equal(read.asked.length, 2);
    assert.doesNotMatch(listed(fake), /runbook/);
  });

  test("that cannot be read are named below the list, with the mend; so is one without steps", async () => {
    const gone = "https://wiki.example/gone";
    const empty = "https://wiki.example/empty";
    const fake = await begun([gone, empty, link], reader({ [link]: page, [empty]: "# Soon" }));
    assert.match(
      listed(fake),
      /^Not read: the runbook of checkout \(HTTP 404 at wiki\.example; mend the link in the catalog\), the runbook of checkout \(no step was found in it; [^)]+\)\.$/m,
    );
    assert.match(listed(fake), /How \(runbook "checkout rollback"\)/);
  });

  test("that never answer hold up nobody longer than their deadline", async () => {
    const hanging: Reader = {
      asked: [],
      runbooks: { page: () => new Promise(() => undefined) },
    };
    const fake = fakeWorld();
    fake.world = { ...fake.world, deadline: () => AbortSignal.timeout(1) };
    const services = [{ ...checkout, runbooks: [link] }];
    fake.sources = { ...fake.sources, catalog: { ...catalog, services }, ...hanging };
    await onChannelSeen(fake.world, { job: fake.job(), channel });
    await fake.work();
    assert.match(listed(fake), /the runbook of checkout \(no answer in 4 s\)/);
  });

  test("that nobody reaches now stand as they were, and the list says so", async () => {
    const old = { readAt: new Date("2026-11-23T13:50:00Z"), because: "HTTP 503 at wiki.example" };
    const markdown = { text: page, format: "markdown" } as const;
    const fake = await begun([link], {
      asked: [],
      runbooks: { page: async () => ({ page: markdown, old }) },
    });
    assert.match(
      listed(fake),
      /Not read: all of the runbook of checkout \(HTTP 503 at wiki\.example; it stands as it was 13:50 UTC\)/,
    );
    assert.match(listed(fake), /How \(runbook "checkout rollback"\)/);
  });
});

describe("the runbook of an alert", () => {
  test("is read as the alert's, and speaks for its steps", async () => {
    const { fake, fire, made } = alerting(2);
    const read = reader({
      [link]: "# Cold cache\n1. Warm the search index: `./tools/warm --all`\n",
    });
    fake.sources = { ...fake.sources, changes: [], runbooks: read.runbooks };
    await fire("g", { ...grave, title: "HighLatency", runbook: link });
    await fake.work();
    assert.deepEqual(read.asked, [{ link, from: "alert" }]);
    const own = offered(fake, /^runbook:cold-cache-\w{5}\/warm-the-search-index$/);
    assert.deepEqual(own.why, { text: 'the alert "HighLatency" names this runbook', cites: [] });
    const texts = fake.messages(made()[0]?.id ?? "").map(({ body }) => body.text);
    assert.match(texts.join("\n"), /How \(runbook "Cold cache"\): `\.\/tools\/warm --all`/);
  });
});

describe("a step that only a runbook knows", () => {
  const own = /\/flush-the-price-cache$/;

  test("has its record in the ledger as any other, and is not offered again", async () => {
    const fake = await begun([link], reader({ [link]: page }));
    const { id, stepId } = offered(fake, own);
    const actionId = `${actionIds.outcome}:no_effect`;
    const click = { job: fake.job(), channel, user: ana, actionId, value: `${id} no_effect` };
    await handleClick(fake.world, click);
    assert.deepEqual(
      fake.store.outcomes.map((row) => [row.stepId, row.label]),
      [[stepId, "no_effect"]],
    );
    await investigate(fake);
    const newest = fake.store.suggestions.filter(({ list }) => list > 1);
    assert.ok(newest.length > 0 && !newest.some((each) => each.stepId === stepId));
    assert.match(listed(fake), /1 left out: the thread has done it\./);
  });

  test("is done when somebody says so in the channel", async () => {
    const fake = await begun([link], reader({ [link]: page }));
    const { stepId } = offered(fake, own);
    const at = Math.floor(fake.world.now().getTime() / 1000);
    const text = "flushed the price cache, no luck";
    const heard = { job: fake.job(), channel, ts: `${at}.000001`, user: ana, text };
    await hearMessage(fake.world, heard);
    assert.deepEqual(
      fake.store.outcomes.map((row) => [row.stepId, row.label, row.source]),
      [[stepId, "no_effect", "phrase"]],
    );
  });

  test("is hidden where its service has any rule, for it changes something", async () => {
    const fake = await begun([link], reader({ [link]: page }));
    const constraints = [
      { forbid: [{ kind: "step", id: "scale-out-service" } as const], because: "sale week" },
    ];
    const { services } = fake.sources.catalog;
    const ruled = services.map((each) => ({ ...each, constraints }));
    fake.sources = { ...fake.sources, catalog: { ...catalog, services: ruled } };
    await investigate(fake);
    const newest = fake.store.suggestions.filter(({ list }) => list > 1);
    assert.ok(!newest.some(({ stepId }) => own.test(stepId)));
    assert.match(listed(fake), /\d hidden by rule\./);
    assert.match(
      listed(fake),
      /How \(runbook "checkout rollback"\): `kubectl/,
      "the playbook's is",
    );
  });
});

describe("an alert that is answered outside an incident", () => {
  const answered = async ({ fake, fire, texts }: ReturnType<typeof alerting>) => {
    await fire("g", { labels: { service: "checkout" }, runbook: link });
    await fake.work();
    return texts(alertsChannel.id).at(-1) ?? "";
  };

  test("quotes the runbook that it links, in its own order, below what was read", async () => {
    const read = reader({ [link]: page });
    const told = alerting();
    told.fake.sources = { ...told.fake.sources, runbooks: read.runbooks };
    assert.match(
      await answered(told),
      /^What is known about checkout:\n[^]*\nRunbook "checkout rollback" says:\n1\. Put the last version back: `kubectl -n shop rollout undo deploy\/checkout --to-revision=41`; undo: `kubectl -n shop rollout undo deploy\/checkout --to-revision=42`\n2\. Flush the price cache: `redis-cli -h prices flushdb async`\n3\. Look at the cache: `redis-cli -h prices info stats`/,
    );
    assert.deepEqual(read.asked, [{ link, from: "alert" }]);
    const blocks = JSON.stringify(told.fake.messages(alertsChannel.id).at(-1)?.body.blocks);
    assert.match(
      blocks,
      /Runbook <https:\/\/github\.com\/[^|]+checkout\.md\|\\"checkout rollback\\">/,
    );
  });

  test("quotes an undo in words, and nothing that the runbook forbids", async () => {
    const words =
      "# checkout\n- Turn off the banner in the panel\n  Undo: turn it on again\n- Never run `redis-cli flushall`\n";
    const told = alerting();
    told.fake.sources = { ...told.fake.sources, runbooks: reader({ [link]: words }).runbooks };
    const text = await answered(told);
    assert.match(text, /says:\n1\. Turn off the banner in the panel\. Undo: Turn it on again\./);
    assert.doesNotMatch(text, /flushall/);
  });

  test("quotes that of its service where it links none, and says what could not be read", async () => {
    const gone = "https://wiki.example/gone";
    const told = alerting();
    const services = catalog.services.map((each) => ({ ...each, runbooks: [link, gone] }));
    const { runbooks } = reader({ [link]: page });
    told.fake.sources = { ...told.fake.sources, catalog: { ...catalog, services }, runbooks };
    await told.fire("g", { labels: { service: "checkout" } });
    await told.fake.work();
    const text = told.texts(alertsChannel.id).at(-1) ?? "";
    assert.match(text, /^Runbook "checkout rollback" says:$/m);
    assert.match(text, /^Not read: the runbook of checkout \(HTTP 404 at wiki\.example;/m);
  });

  test("quotes no step that a rule forbids, and counts it", async () => {
    const told = alerting();
    const forbid = [{ kind: "command", words: ["redis-cli", "flushdb"] }] as const;
    const constraints = [{ forbid: [...forbid], because: "sale week" }];
    const services = catalog.services.map((each) => ({ ...each, constraints }));
    const { runbooks } = reader({ [link]: page });
    told.fake.sources = { ...told.fake.sources, catalog: { ...catalog, services }, runbooks };
    const text = await answered(told);
    assert.doesNotMatch(text, /flushdb/);
    assert.match(text, /info stats`\n1 step hidden by rule \(sale week\)\./);
  });
});
