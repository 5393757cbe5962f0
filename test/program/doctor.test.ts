import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import postgres from "postgres";
import type { Settings } from "../../bench/product.ts";
import { readConfig } from "../../src/config.ts";
import { listenLocalWorkspace } from "../../src/local/workspace.ts";
import { runDoctor } from "../../src/program/doctor.ts";
import { freshDatabase } from "../database.ts";
import { loki } from "../edges/loki/pretended.ts";
import { startOddServer } from "../edges/odd-server.ts";
import { discovery } from "../edges/prometheus/pretended.ts";
import { openStore, team } from "../edges/postgres/opened.ts";
import { startModelServer } from "../model-server.ts";

/** What it says, line by line, and its exit status. */
async function doctor(settings: Settings) {
  const reading = readConfig(settings);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const lines: string[] = [];
  const status = await runDoctor(reading.config, reading.notices, (line) =>
    lines.push(line.trim()),
  );
  return { status, line: (what: string) => lines.find((each) => each.includes(what)) ?? "" };
}

describe("doctor", () => {
  test("has a line for each hook whose secret is set, and none for others", async () => {
    await using database = await freshDatabase();
    const settings = { DATABASE_URL: database.url, HOOK_TOKEN_UNLEASH: "u" };
    const { status, line } = await doctor(settings);
    assert.match(
      line("/hooks/unleash"),
      /^ok {3}Hook \/hooks\/unleash: its secret is set; nothing has been told yet$/,
    );
    assert.equal(line("/hooks/generic"), "");
    assert.match(line("Alerts"), /^ok {3}Alerts: #alerts, in the local workspace$/);
    assert.equal(status, 0);
  });

  test("asks each Loki for its labels, and says why one gives none", async () => {
    await using database = await freshDatabase();
    await using well = await startOddServer(loki({ lines: {}, labels: { app: ["checkout"] } }));
    await using strict = await startOddServer((_asked, response) => {
      response.writeHead(401, { "content-type": "text/plain" }).end("no org id");
    });
    const servers = { LOKI_URL: well.url, LOKI_URL_EU: strict.url };
    const { status, line } = await doctor({ DATABASE_URL: database.url, ...servers });
    assert.match(line("Loki:"), /^ok {3}Loki: Loki 3\.1\.0, 1 label in the last hours$/);
    assert.match(line("Loki (eu)"), /^FAIL Loki \(eu\): HTTP 401, no org id \(see its settings\)$/);
    assert.equal(status, 1);
  });

  test("names each repository of the catalog that nothing reads, its services and the mend; so each runbook", async () => {
    await using database = await freshDatabase();
    await using wiki = await startOddServer((asked, response) => {
      response.writeHead(asked.path === "/shop" ? 200 : 404);
      response.end("# Shop\n1. Restart it\n2. Check the disk");
    });
    const folder = await mkdtemp(join(tmpdir(), "hindsight-doctor-"));
    try {
      const catalog = join(folder, "catalog.yaml");
      const services = [
        `  - name: shop\n    repo: file:../nowhere-at-all\n    runbooks: ["${wiki.url}/shop"]`,
        `  - name: cart\n    repo: acme/does-not-exist\n    runbooks: ["${wiki.url}/cart"]`,
        "  - name: till\n    repo: acme/does-not-exist",
      ];
      await writeFile(catalog, `services:\n${services.join("\n")}\n`);
      const sql = postgres(database.url, { max: 1 });
      await sql`insert into pgboss.job (name, data) values ('dead', '{}')`;
      await sql.end();
      const set = { DATABASE_URL: database.url, CATALOG: catalog, RUNBOOK_ORIGINS: wiki.url };
      const { status, line } = await doctor(set);
      assert.match(line("Runbook of shop"), /^ok {3}Runbook of shop: "Shop", 2 steps$/);
      assert.match(
        line("Runbook of cart"),
        /^FAIL Runbook of cart: HTTP 404 at 127\.0\.0\.1:\d+; mend the link in the catalog$/,
      );
      assert.match(
        line("nowhere-at-all"),
        /^FAIL Repository .*nowhere-at-all is no git repository \(see repo of shop in the catalog/,
      );
      assert.match(
        line("does-not-exist"),
        /^FAIL Repository .*: no source reads it \(see repo of cart, till in .*GITHUB_TOKEN\)$/,
      );
      assert.match(line("Database"), /; 1 job was given up in the last 14 days, see "gave up"/);
      assert.equal(status, 1);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test("says of a catalog that it forbids a step which nobody knows", async () => {
    await using database = await freshDatabase();
    const folder = await mkdtemp(join(tmpdir(), "hindsight-doctor-"));
    try {
      const catalog = join(folder, "catalog.yaml");
      const rule = "constraints: [{ forbid: [restart-servise], because: x }]";
      await writeFile(catalog, `services:\n  - name: cart\n    ${rule}\n`);
      const { status, line } = await doctor({ DATABASE_URL: database.url, CATALOG: catalog });
      assert.match(
        line("Catalog"),
        /^FAIL Catalog: 1 mistake: .+catalog\.yaml:3 .+"restart-servise"; did you mean "restart-service"/,
      );
      assert.equal(status, 1);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test("says of a catalog that it names a server of metrics which no setting has", async () => {
    await using database = await freshDatabase();
    await using server = await startOddServer(discovery(["good_total"]));
    const folder = await mkdtemp(join(tmpdir(), "hindsight-doctor-"));
    try {
      const catalog = join(folder, "catalog.yaml");
      const services = [
        "  - { name: cart, metrics: { source: EU } }",
        "  - { name: till, metrics: { source: main } }",
      ];
      await writeFile(catalog, `services:\n${services.join("\n")}\n`);
      const { status, line } = await doctor({
        DATABASE_URL: database.url,
        CATALOG: catalog,
        PROMETHEUS_URL_EU: server.url,
      });
      assert.match(line("Catalog"), /^FAIL Catalog: no server is called main \(see CATALOG\)$/);
      assert.match(line("Prometheus (eu), cart"), /^ok .*: 1 series$/);
      assert.equal(status, 1);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test("asks the model as incidents and as questions do, and counts both as calls", async () => {
    await using opened = await openStore();
    await using server = await startModelServer(({ tools }) =>
      tools === undefined
        ? '{"ready": true}'
        : { calls: [{ name: "read_metric", arguments: '{"service":"checkout","metric":"p99"}' }] },
    );
    const settings = { OPENAI_BASE_URL: server.url, OPENAI_MODEL: "small" };
    const { status, line } = await doctor({ DATABASE_URL: opened.url, ...settings });
    assert.match(line("Model:"), /^ok {3}Model: small at 127\.0\.0\.1:\d+ answers, in JSON$/);
    assert.equal(line("Tools"), "ok   Tools of the model: it calls them");
    assert.deepEqual([status, server.asked.length], [0, 2]);
    const now = { incident: null, at: new Date() };
    assert.equal((await opened.store.modelSpent(team, now)).today, 2 * 1_240);
    const poor = { ...settings, MODEL_TOKENS_MAX_DAY: "2500" };
    const spent = await doctor({ DATABASE_URL: opened.url, ...poor });
    assert.match(
      spent.line("Model:"),
      /^FAIL .*too few tokens are left of this day; MODEL_TOKENS_/,
    );
    assert.equal(server.asked.length, 2);
  });

  test("asks Slack for a socket with the app token, and names the mend where it is refused", async () => {
    await using database = await freshDatabase();
    const slack = await listenLocalWorkspace({
      eventsUrl: "http://127.0.0.1:9/",
      signingSecret: "unused",
      botToken: "xoxb-1",
      appToken: "xapp-right",
    });
    try {
      const settings = {
        DATABASE_URL: database.url,
        SLACK_BOT_TOKEN: "xoxb-1",
        SLACK_API_URL: slack.apiUrl,
      };
      const right = await doctor({ ...settings, SLACK_APP_TOKEN: "xapp-right" });
      assert.match(right.line("socket"), /^ok {3}Slack's socket: /);
      assert.match(
        right.line("Alerts"),
        /^ok {3}Alerts: answered nowhere but in incidents; ALERT_/,
      );
      assert.equal(right.status, 0);
      const wrong = await doctor({ ...settings, SLACK_APP_TOKEN: "xapp-wrong" });
      assert.match(
        wrong.line("socket"),
        /^FAIL Slack's socket: .*invalid_auth.*SLACK_APP_TOKEN .*connections:write/,
      );
      assert.equal(wrong.status, 1);
      const nowhere = await doctor({ ...settings, ALERT_CHANNEL: "#x", SLACK_SIGNING_SECRET: "s" });
      assert.match(nowhere.line("Alerts"), /^FAIL Alerts: #x is no channel that the bot can see/);
      slack.createChannel({ name: "x", by: "U00000000ANA" });
      const there = { ...settings, ALERT_CHANNEL: "#x", AUTO_DECLARE: "sev2" };
      const { line } = await doctor({ ...there, SLACK_SIGNING_SECRET: "s" });
      assert.match(line("Alerts"), /^ok {3}Alerts: #x; alerts of SEV2 or graver open a channel$/);
    } finally {
      await slack.close();
    }
  });
});
