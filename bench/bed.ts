/** What a benchmark runs the product between: a Slack, sources that take their time, and a database that is not killed with it. */

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbeddedDatabase } from "../src/edges/postgres/embedded.ts";
import { migrate } from "../src/edges/postgres/migrate.ts";
import { listenLocalWorkspace } from "../src/local/workspace.ts";
import type { LocalWorkspace } from "../src/local/workspace.ts";
import { answerAsGitHub, repository } from "./pretended-github.ts";
import { startPretendedModel, type ModelBehaviour } from "./pretended-model.ts";
import { answerAsPrometheus, services } from "./pretended-prometheus.ts";
import { startSlowServer } from "./slow-server.ts";
import type { Settings } from "./product.ts";

const botToken = "xoxb-bench";
const signingSecret = "bench-signing-secret";

export interface Bed extends AsyncDisposable {
  readonly slack: LocalWorkspace;
  /** Everything that the product needs but its address. */
  readonly settings: Settings;
}

export interface BedOptions {
  /** The product's database; at the newest schema. */
  readonly databaseUrl: string;
  readonly sourceDelayMs: number;
  /** Absent: there is no model. */
  readonly model?: ModelBehaviour | undefined;
  /** Waits before Slack's second try and the following; Slack's own by default. */
  readonly retryDelaysMs?: readonly number[];
}

export async function openBed(options: BedOptions): Promise<Bed> {
  const { databaseUrl, sourceDelayMs, retryDelaysMs } = options;
  await using stack = new AsyncDisposableStack();
  const folder = stack.adopt(await mkdtemp(join(tmpdir(), "hindsight-bench-")), (path) =>
    rm(path, { recursive: true, force: true }),
  );
  const prometheus = stack.use(await startSlowServer(answerAsPrometheus, sourceDelayMs));
  const github = stack.use(await startSlowServer(answerAsGitHub, sourceDelayMs));
  const slack = stack.adopt(
    await listenLocalWorkspace({
      eventsUrl: "http://127.0.0.1:9/slack/events",
      signingSecret,
      botToken,
      ...(retryDelaysMs === undefined ? {} : { retryDelaysMs }),
    }),
    (workspace) => workspace.close(),
  );
  const catalog = join(folder, "catalog.yaml");
  await writeFile(catalog, catalogText());
  const settings = {
    DATABASE_URL: databaseUrl,
    SLACK_BOT_TOKEN: botToken,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: slack.apiUrl,
    PROMETHEUS_URL: prometheus.url,
    GITHUB_TOKEN: "bench",
    GITHUB_API_URL: github.url,
    CATALOG: catalog,
    LOG_LEVEL: "warn",
    ...(options.model === undefined
      ? {}
      : modelSettings(stack.use(await startPretendedModel(options.model, sourceDelayMs)))),
  };
  const opened = stack.move();
  return { slack, settings, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

function modelSettings({ url }: { readonly url: string }): Settings {
  return { OPENAI_BASE_URL: `${url}/v1`, OPENAI_MODEL: "pretended" };
}

/** A PostgreSQL of its own in a temporary folder, durable as in use, at the newest schema. */
export async function openBenchDatabase(): Promise<AsyncDisposable & { readonly url: string }> {
  const folder = await mkdtemp(join(tmpdir(), "hindsight-bench-data-"));
  const database = await openEmbeddedDatabase({ folder, log: () => undefined });
  await migrate(database.url);
  return {
    url: database.url,
    [Symbol.asyncDispose]: async () => {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** JSON is YAML too. */
function catalogText(): string {
  const [caller, ...callees] = services;
  return JSON.stringify({
    services: services.map((name) => ({
      name,
      environments: ["production"],
      repo: repository,
      paths: [`services/${name}/**`],
      ...(name === caller ? { dependsOn: callees } : {}),
      runtime: "node",
      platform: "kubernetes",
    })),
  });
}
