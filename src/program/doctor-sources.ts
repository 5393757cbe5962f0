/** What `doctor` says of the sources: each server, what it has of each service, and the mend where it has nothing. */

import type { Catalog } from "../catalog/catalog.ts";
import { isMeasuredOn, strayedSource } from "../catalog/measured-on.ts";
import type { Config } from "../config.ts";
import { counted } from "../evidence/format.ts";
import type { CheckedChanges } from "../edges/git/changes.ts";
import type { CheckedMetrics } from "../edges/prometheus/metrics.ts";
import type { AnySource } from "../edges/source-url/source.ts";
import { runbookFrom } from "../runbook/runbook.ts";
import { attempt, type Finding } from "./doctor-finding.ts";
import { runbooksFor } from "./runbooks.ts";
import { anySources, changesFor, changesSources, logsSources, metricsSources } from "./sources.ts";
import { gitEnvironment } from "./world.ts";

const checkTimeoutMs = 8_000;
const lookBackMs = 3_600_000;
/** More are not looked at one after the other. */
const runbooksMax = 50;

export async function* sourceFindings(config: Config, catalog: Catalog): AsyncGenerator<Finding> {
  const any = anySources(config);
  const metrics = metricsSources(config);
  const keys = metrics.map(({ key }) => key);
  if (metrics.length + any.length === 0) {
    yield {
      what: "Metrics",
      isWell: true,
      said: "none; PROMETHEUS_URL switches them on",
    };
  }
  for (const source of metrics) {
    yield await checked(source.name, (signal) => source.check(signal));
    yield* coverage(source, catalog, keys);
  }
  const changes = changesFor(changesSources(config, gitEnvironment), catalog);
  if (changes.length + any.length === 0) {
    const said = "none; GITHUB_TOKEN or a local repository in the catalog switches them on";
    yield { what: "Changes", isWell: true, said };
  }
  for (const source of changes) yield await checked(source.name, (signal) => source.check(signal));
  const logs = logsSources(config);
  if (logs.length + any.length === 0) {
    yield { what: "Logs", isWell: true, said: "none; LOKI_URL switches them on" };
  }
  for (const source of logs) yield await checked(source.name, (signal) => source.check(signal));
  for (const source of any) yield* answersOf(source, catalog);
  yield* repositories(changes, catalog);
  yield* runbooks(config, catalog);
}

/** Whether each runbook that the catalog links can be read, and how many steps it has. */
async function* runbooks(config: Config, catalog: Catalog): AsyncGenerator<Finding> {
  const reader = runbooksFor(config, () => catalog);
  const links = catalog.services.flatMap(({ name, runbooks: all }) =>
    all.map((link) => ({ name, link })),
  );
  for (const { name, link } of links.slice(0, runbooksMax)) {
    yield await attempt(`Runbook of ${name}`, "", async () => {
      const signal = AbortSignal.timeout(checkTimeoutMs);
      const { page } = await reader.page({ link, from: "catalog" }, signal);
      const read = runbookFrom(page, link);
      if (!read.ok) throw new Error(`${link}: ${read.said}`);
      const { title, steps, leftOut } = read.runbook;
      return [`"${title}", ${counted(steps.length, "step")}`, ...leftOut].join("; ");
    });
  }
}

/** What each adapter of SOURCE_URLS answers about each service. */
async function* answersOf(source: AnySource, { services }: Catalog): AsyncGenerator<Finding> {
  if (services.length === 0) {
    const said = "is asked about nothing: no service is known (name them in the catalog)";
    yield { what: source.name, isWell: false, said };
  }
  for (const service of services) {
    const mend = "see SOURCE_URLS, and docs/sources.md for what is asked and answered";
    yield await attempt(`${source.name}, ${service.name}`, mend, async () => {
      const { ok, said } = await source.check(service, lastHour());
      if (!ok) throw new Error(said);
      return `${said} in the last hour`;
    });
  }
}

function lastHour() {
  const now = Date.now();
  return { from: new Date(now - lookBackMs), onset: new Date(now), to: new Date(now) };
}

/** Whether each repository that the catalog names is read by any source. */
async function* repositories(
  changes: readonly CheckedChanges[],
  { services }: Catalog,
): AsyncGenerator<Finding> {
  for (const [repo, its] of Map.groupBy(services, (service) => service.repo)) {
    const [service] = its;
    if (repo === undefined || service === undefined) continue;
    const names = its.map(({ name }) => name).join(", ");
    const mend = `see repo of ${names} in the catalog, and GITHUB_TOKEN`;
    yield await attempt(`Repository ${repo}`, mend, async () => {
      const signal = AbortSignal.timeout(checkTimeoutMs);
      const tried = changes.map((source) => source.checkRepository(service, signal));
      const answers = (await Promise.all(tried)).filter((answer) => answer !== null);
      const answer = answers.find(({ ok }) => ok) ?? answers[0];
      if (answer === undefined) throw new Error("no source reads it");
      if (!answer.ok) throw new Error(answer.said);
      return `${answer.said}, for ${names}`;
    });
  }
}

/** Names of servers that `metrics.source` asks for and that no setting has. */
export function strayedSources({ services }: Catalog, { prometheis }: Config): string[] {
  const keys = prometheis.map(({ key }) => key);
  return [...new Set(services.flatMap((service) => strayedSource(service, keys) ?? []))];
}

/** How many series each service of the catalog has on this server. */
async function* coverage(
  source: CheckedMetrics,
  catalog: Catalog,
  keys: readonly string[],
): AsyncGenerator<Finding> {
  const window = lastHour();
  for (const service of catalog.services) {
    if (!isMeasuredOn(service, source.key, keys)) continue;
    yield await attempt(
      `${source.name}, ${service.name}`,
      "see its metrics in the catalog",
      async () => {
        const signal = AbortSignal.timeout(checkTimeoutMs);
        const { items, leftOut } = await source.series([service], window, signal);
        if (items.length === 0) throw new Error("no series");
        return [`${items.length} series`, ...leftOut].join("; ");
      },
    );
  }
}

function checked(
  what: string,
  check: (signal: AbortSignal) => Promise<{ readonly ok: boolean; readonly said: string }>,
): Promise<Finding> {
  return attempt(what, "see its settings", async () => {
    const { ok, said } = await check(AbortSignal.timeout(checkTimeoutMs));
    if (!ok) throw new Error(said);
    return said;
  });
}
