/** A real Prometheus that scrapes the checkout and knows its last hour, with a real rule, and a real Alertmanager that tells a webhook. */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  scratchRepository,
  type ScratchRepository,
} from "../../test/edges/git/scratch-repository.ts";
import { scrapingPrometheus } from "../../test/edges/prometheus/real-prometheus.ts";
import { startAlertmanager } from "../../test/edges/hooks/real-alertmanager.ts";
import { startCheckout, type Checkout } from "./checkout.ts";

const job = "checkout";
const historyS = 3_600;
const historyEveryS = 5;

export interface Stage extends AsyncDisposable {
  readonly checkout: Checkout;
  readonly prometheusUrl: string;
  /** The checkout and its repository, for CATALOG. */
  readonly catalog: string;
  /** As the pipeline does at its end: what runs since shortly before the trouble. */
  tellDeploy(hooksUrl: string, token: string): Promise<void>;
}

/** The checkout is slow since a minute ago, for a trouble that has only just begun has no evidence yet. */
export async function openStage(webhook: {
  readonly url: string;
  readonly token: string;
}): Promise<Stage> {
  await using stack = new AsyncDisposableStack();
  const now = Math.floor(Date.now() / 1000);
  const brokenAt = now - 75;
  const deployedAt = brokenAt - 20;
  const repository = stack.use(await scratchRepository());
  const commit = await commitsOf(repository, deployedAt);
  const catalog = join(repository.folder, "catalog.json");
  await writeFile(catalog, catalogText);
  const checkout = stack.use(await startCheckout(brokenAt));
  const alertmanager = stack.use(await startAlertmanager(webhook.url, webhook.token));
  const prometheus = stack.use(
    await scrapingPrometheus(checkout.url, job, {
      history: checkout.history(job, { from: now - historyS, to: now, everyS: historyEveryS }),
      rules: [highLatency],
      alertmanager: alertmanager.url,
    }),
  );
  const opened = stack.move();
  return {
    checkout,
    prometheusUrl: prometheus.url,
    catalog,
    tellDeploy: (hooksUrl, token) => tellDeploy(hooksUrl, token, { at: deployedAt, commit }),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

/** JSON is YAML. */
const catalogText = JSON.stringify({
  services: [
    { name: "checkout", environments: ["production"], repo: "file:.", paths: ["checkout/**"] },
  ],
});

/** Gives the one that was deployed. */
async function commitsOf(repository: ScratchRepository, deployedAt: number): Promise<string> {
  const at = (minutesBefore: number) => new Date((deployedAt - minutesBefore * 60) * 1000);
  const files = (body: string) => ({
    "checkout/pay.ts": `export const pay = (cart) => ${body};\n`,
  });
  await repository.commit("Take the payment", at(3 * 1_440), files("charge(prices.ofAll(cart))"));
  const each = "charge(cart.items.map((item) => prices.of(item)))";
  return repository.commit("Ask for the price of each item", at(4), files(each));
}

async function tellDeploy(
  hooksUrl: string,
  token: string,
  deployed: { readonly at: number; readonly commit: string },
): Promise<void> {
  const deploy = {
    id: `checkout-${deployed.at}`,
    kind: "deploy",
    at: new Date(deployed.at * 1000).toISOString(),
    service: "checkout",
    environment: "production",
    ref: deployed.commit,
  };
  const headers = { authorization: `Bearer ${token}` };
  const request = { method: "POST", headers, body: JSON.stringify(deploy) };
  const answer = await fetch(`${hooksUrl}/generic`, request);
  if (!answer.ok) throw new Error(await answer.text());
}

const highLatency = {
  alert: "HighLatency",
  expr: `histogram_quantile(0.99, sum by (service, le) (rate(http_request_duration_seconds_bucket[10s]))) > 1`,
  for: "2s",
  labels: { severity: "critical" },
  annotations: { summary: "p99 above 1 s" },
};
