import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ChangeRecord } from "../../src/evidence/input.ts";
import { readTool } from "../../src/flows/question-tools.ts";
import { showIncident } from "../../src/flows/show-incident.ts";
import type { Logs } from "../../src/flows/ports.ts";
import type { Runbooks } from "../../src/flows/runbooks.ts";
import { redact } from "../../src/redaction/redact.ts";
import { wantedBy } from "../../src/model/tools.ts";
import { begunWorld, changesOf, deployment, incidentChannel, onset } from "./fake-world.ts";
import type { FakeWorld } from "./fake-world.ts";

async function read(
  fake: FakeWorld,
  name: string,
  given: Readonly<Record<string, unknown>>,
  changes: ChangeRecord[] = [deployment],
) {
  const { world } = fake;
  const wanted = wantedBy({ name, arguments: JSON.stringify(given) });
  assert.ok(!("problem" in wanted), JSON.stringify(wanted));
  const stored = await world.store.openIncidentIn("T1", incidentChannel.id);
  assert.ok(stored !== null);
  const sources = await world.sourcesFor(incidentChannel.id);
  const shown = await showIncident(world, stored);
  const asking = { channel: incidentChannel.id, sources, shown, changes, clean: redact };
  const { looked, items } = await readTool(world, asking, wanted);
  return { looked, items, text: items.map(({ text }) => text).join("\n") };
}

const logs: Logs = {
  name: "Loki",
  key: "",
  lines: async () => ({
    items: [{ at: onset + 60, service: "checkout", level: "error", text: "pool exhausted" }],
    leftOut: [],
    pages: new Map([["checkout", "https://prometheus.example/logs"]]),
  }),
};

describe("a tool of a question", () => {
  test("reads a metric by what people call it, with the page of its query", async () => {
    const fake = await begunWorld();
    const { items, looked } = await read(fake, "read_metric", {
      service: "checkout",
      metric: "p99",
    });
    assert.match(items[0]?.text ?? "", /^p99 of checkout, .*: 0\.4 s before 14:02, 4\.1 s since/);
    assert.match(items[0]?.url ?? "", /^https:\/\/prometheus\.example\//);
    assert.equal(looked, "p99 of checkout");
  });

  test("names what there is where the metric or the service does not exist", async () => {
    const fake = await begunWorld();
    const metric = await read(fake, "read_metric", { service: "checkout", metric: "pool waits" });
    assert.match(metric.text, /^no such metric of checkout was read; there are .*checkout/);
    const service = await read(fake, "read_logs", { service: "shipping" });
    assert.match(service.text, /^no such service is known here; known are checkout, payments$/);
  });

  test("reads log lines by their words, and says where no logs can be read", async () => {
    const fake = await begunWorld();
    const asked = { service: "checkout", words: "pool" };
    assert.match((await read(fake, "read_logs", asked)).text, /no logs of checkout can be read/);
    fake.sources = { ...fake.sources, logs: [logs] };
    const { items } = await read(fake, "read_logs", asked);
    assert.match(items[1]?.text ?? "", /"pool exhausted"/);
    assert.equal(items[1]?.url, "https://prometheus.example/logs");
  });

  test("lists the changes of a service", async () => {
    const { text } = await read(await begunWorld(), "list_changes", { service: "checkout" });
    assert.match(
      text,
      /^changes of checkout in the last 6 h: 1\ndeploy "Deploy 3f2a91c to production" of checkout, live 14:00/,
    );
  });

  test("says of a source that fails what failed, and goes on", async () => {
    const fake = await begunWorld();
    const failing: Logs = { ...logs, lines: () => Promise.reject(new Error("HTTP 503")) };
    fake.sources = { ...fake.sources, logs: [failing, logs] };
    const { text } = await read(fake, "read_logs", { service: "checkout", words: "" });
    assert.match(text, /"pool exhausted"/);
    assert.match(text, /Loki could not be read for checkout: HTTP 503/);
  });

  test("reads a file of the service's repository where a source has it, and none where people from outside read", async () => {
    const fake = await begunWorld();
    const asked: string[] = [];
    const files = {
      ...changesOf([deployment]),
      file: async (of: { readonly path: string; readonly commit: string }) => {
        asked.push(`${of.path} ${of.commit}`);
        return of.path === "src/pool.ts" ? { text: "max: 2", url: "https://github.com/a" } : null;
      },
    };
    const wanted = { service: "checkout", commit: "3f2a91c", path: "src/pool.ts" };
    assert.match((await read(fake, "read_file", wanted)).text, /^checkout has no such file there$/);
    fake.sources = { ...fake.sources, changes: [files] };
    assert.match((await read(fake, "read_file", wanted)).text, /lines 1 to 1 of 1:\n1: max: 2$/);
    const none = await read(fake, "read_file", { ...wanted, path: "src/other.ts" });
    assert.match(none.text, /^checkout has no such file there$/);
    fake.store.channels.set(incidentChannel.id, { ...incidentChannel, kind: "external" });
    assert.match((await read(fake, "read_file", wanted)).text, /people from outside read/);
    assert.deepEqual(asked, ["src/pool.ts 3f2a91c", "src/other.ts 3f2a91c"]);
  });

  test("reads a file only at a commit that was gathered, by its whole hash, and only of the service's folders or changes", async () => {
    const fake = await begunWorld();
    const hash = "9c1d2e0".padEnd(40, "a");
    const commit = { id: hash, kind: "commit", at: onset - 600, service: "checkout" } as const;
    const touching = { ...commit, title: "Merge deadbee0", files: ["libs/pool.ts"] };
    const asked: string[] = [];
    const files = {
      ...changesOf([touching]),
      file: async (of: { readonly path: string; readonly commit: string }) => {
        asked.push(`${of.path} ${of.commit}`);
        return { text: "max: 2", url: null };
      },
    };
    const { catalog } = fake.sources;
    const services = catalog.services.map((each) => ({ ...each, paths: ["services/checkout"] }));
    fake.sources = { ...fake.sources, catalog: { ...catalog, services }, changes: [files] };
    const gathered: ChangeRecord[] = [];
    const at = (path: string, of: string) =>
      read(fake, "read_file", { service: "checkout", commit: of, path }, gathered);
    const own = "services/checkout/query.ts";
    const unknown = /^that commit is none of the changes that were read/;
    assert.match((await at(own, "9c1d2e0")).text, unknown);
    await read(fake, "list_changes", { service: "checkout" }, gathered);
    assert.match((await at(own, "9c1d2e0")).text, /1: max: 2$/);
    assert.match((await at("libs/pool.ts", "9c1d2e0")).text, /1: max: 2$/);
    assert.match((await at(own, "deadbee0")).text, unknown);
    assert.match(
      (await at("services/ledger/key.ts", "9c1d2e0")).text,
      /^that path is not of checkout/,
    );
    assert.deepEqual(asked, [`${own} ${hash}`, `libs/pool.ts ${hash}`]);
  });

  test("reads the steps of the service's runbooks, with their link, and says which could not be read", async () => {
    const fake = await begunWorld();
    const none = await read(fake, "read_runbook", { service: "checkout" });
    assert.equal(none.text, "no runbook of checkout is linked");
    const link = "https://github.com/acme/ops/blob/main/checkout.md";
    const lost = "https://github.com/acme/ops/blob/main/lost.md";
    const { catalog } = fake.sources;
    const services = catalog.services.map((each) => ({ ...each, runbooks: [link, lost] }));
    const page = {
      text: "# checkout\n1. Look at the cache: `redis-cli info`",
      format: "markdown" as const,
    };
    const runbooks: Runbooks = {
      page: async (of) => {
        if (of.link === lost) throw new Error("HTTP 404");
        return { page };
      },
    };
    fake.sources = { ...fake.sources, catalog: { ...catalog, services }, runbooks };
    const { items, text } = await read(fake, "read_runbook", { service: "checkout" });
    assert.match(items[0]?.text ?? "", /^the runbook says, to find out: "Look at the cache/);
    assert.equal(items[0]?.url, link);
    assert.match(text, /the runbook of checkout: HTTP 404$/);
  });

  test("tells no earlier incident where none may be shown", async () => {
    const { text } = await read(await begunWorld(), "past_incidents", { about: "pool" });
    assert.equal(text, "no earlier incident is like it");
  });
});
