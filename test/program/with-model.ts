/** The whole program with a model behind a real server, and evidence that a test makes up. */

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { json, startOddServer } from "../edges/odd-server.ts";
import { startModelServer, type AskedModel, type Said } from "../model-server.ts";
import { ana, patienceMs, startRunning } from "./running.ts";

interface Outside {
  /** What the one adapter answers: series, changes and logs of checkout. */
  readonly source: unknown;
  /** In the incident's channel, once it is there. */
  readonly said: readonly string[];
}

/** A program with one service, read from one adapter, and a model behind a real server. */
export async function startWithModel(
  say: (asked: AskedModel) => Said,
  { source: evidence, said }: Outside,
) {
  await using opening = new AsyncDisposableStack();
  const model = opening.use(await startModelServer(say));
  const source = opening.use(await startOddServer((_asked, response) => json(response, evidence)));
  const folder = opening.adopt(await mkdtemp(join(tmpdir(), "hindsight-model-")), (path) =>
    rm(path, { recursive: true, force: true }),
  );
  const CATALOG = join(folder, "catalog.yaml");
  await writeFile(CATALOG, "services:\n  - { name: checkout, environments: [production] }\n");
  const env = { SOURCE_URLS: source.url, OPENAI_BASE_URL: model.url, OPENAI_MODEL: "small" };
  const running = opening.use(await startRunning({ CATALOG, ...env }));
  const slack = running.serving.local()?.workspace;
  if (slack === undefined) throw new Error("the local workspace did not open");
  const { id } = slack.createChannel({ name: "inc-1-checkout-latency", by: ana });
  for (const text of said) slack.say({ channel: id, user: ana, text });
  const living = (words: RegExp) =>
    slack.waitFor(
      () =>
        slack.messages(id).find(({ text }) => text.includes("INC-1, since") && words.test(text)),
      patienceMs,
    );
  const opened = opening.move();
  return {
    url: running.serving.url,
    channel: id,
    slack,
    asked: model.asked,
    living,
    reply: (ts: string, words: string) =>
      slack.waitFor(
        () => slack.replies(id, ts).find(({ text }) => text.includes(words)),
        patienceMs,
      ),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
