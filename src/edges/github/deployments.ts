/** Deployments of a repository: when one went live, and which commits it carried. */

import { z } from "zod";
import { onlyServiceOf } from "../../catalog/service-paths.ts";
import type { Service } from "../../catalog/catalog.ts";
import type { ChangeRecord } from "../../evidence/input.ts";
import { fitsEnvironment, normalEnvironment } from "../../evidence/liveness.ts";
import type { Answer } from "./client.ts";
import { environmentIn, serviceIn } from "./environment.ts";
import { isWithin, known, type Part, type Repository } from "./repository.ts";
import {
  compareSchema,
  deploymentSchema,
  statusSchema,
  type CompareShape,
  type DeploymentShape,
} from "./shapes.ts";

const listedMax = 100;
const readMax = 10;
/** Environments that are asked for by name. */
const namesMax = 3;
const statusesMax = 30;
/** A deployment may be created long before it is done; in seconds. */
const rolloutMaxS = 3_600;

interface Rollout {
  readonly deployment: DeploymentShape;
  /** Unix seconds of the first success; null where none is known. */
  readonly liveAt: number | null;
  /** Unix seconds when it began to be rolled out, as far as is known. */
  readonly begunAt: number;
  /** Whether it may run without a success: it is being rolled out, or nobody says. */
  readonly mayRun: boolean;
  readonly url: string | undefined;
  readonly failures: readonly string[];
}

export async function deploymentsOf(repository: Repository): Promise<Part> {
  const { repo, span } = repository;
  const list = await listed(repository, {});
  if (!list.ok) return { items: [], leftOut: [], failures: [`deployments: ${list.said}`] };
  const beyond = list.hasMore ? await beyondPreviews(repository, list.value) : [];
  const byId = new Map([...list.value, ...beyond].map((one) => [one.id, one]));
  const newest = [...byId.values()].toSorted((a, b) => b.created_at - a.created_at);
  const recent = newest.filter(
    ({ created_at: at }) => at >= span.from - rolloutMaxS && at <= span.to,
  );
  const kept = likeliestFirst(recent, repository.services).slice(0, readMax);
  const rollouts = new Map<number, Promise<Rollout>>();
  const rolloutOf = (one: DeploymentShape): Promise<Rollout> => {
    const rollout = rollouts.get(one.id) ?? readRollout(repository, one);
    rollouts.set(one.id, rollout);
    return rollout;
  };
  const items = await Promise.all(
    kept.map((one) => recordOf(repository, { one, older: olderThan(one, newest), rolloutOf })),
  );
  return {
    items: items.flatMap((item) => (item !== null && isWithin(span, item.at) ? [item] : [])),
    leftOut: leftOut(repo, recent.length, list.hasMore && recent.length === newest.length),
    failures: (await Promise.all(rollouts.values())).flatMap(({ failures }) => failures),
  };
}

function listed(
  { ask, repo, signal }: Repository,
  more: Readonly<Record<string, string>>,
): Promise<Answer<DeploymentShape[]>> {
  const parameters = { per_page: listedMax, ...more };
  const schema = z.array(deploymentSchema);
  return ask({ repo, path: "/deployments", parameters, schema }, signal);
}

/** Where previews fill the list, those to the environments that incidents are about are asked for by name. */
async function beyondPreviews(
  repository: Repository,
  seen: readonly DeploymentShape[],
): Promise<DeploymentShape[]> {
  const isWanted = wantedIn(repository.services);
  const named = [
    ...seen.map(({ environment }) => environment).filter(isWanted),
    ...wantedBy(repository.services),
  ];
  const asked = [...new Set(named)].slice(0, namesMax);
  const answers = await Promise.all(
    asked.map((environment) => listed(repository, { environment })),
  );
  return answers.flatMap((answer) => (answer.ok ? answer.value : []));
}

/** Previews may be many: the environment that incidents are about comes first, each the newest first. */
function likeliestFirst(
  newest: readonly DeploymentShape[],
  services: readonly Service[],
): DeploymentShape[] {
  const isWanted = wantedIn(services);
  const [likely, others] = [true, false].map((wanted) =>
    newest.filter(({ environment }) => isWanted(environment) === wanted),
  );
  return [...(likely ?? []), ...(others ?? [])];
}

function wantedIn(services: readonly Service[]): (text: string) => boolean {
  const names = wantedBy(services).map(normalEnvironment);
  return (text) => names.some((name) => fitsEnvironment(environmentIn(text, services), name));
}

/** Where the catalog tells of no environment it is production that counts. */
function wantedBy(services: readonly Service[]): readonly string[] {
  const names = services.flatMap(({ environments: [first] }) => first ?? []);
  return names.length === 0 ? ["production"] : names;
}

function leftOut(repo: string, recent: number, isLong: boolean): string[] {
  if (recent <= readMax && !isLong) return [];
  return [
    `deployments of ${repo} that are older or to other environments: the limit is ${readMax}`,
  ];
}

/** The deployments to the same environment before this one, newest first. */
function olderThan(one: DeploymentShape, newest: readonly DeploymentShape[]): DeploymentShape[] {
  const after = newest.slice(newest.indexOf(one) + 1);
  return after.filter(({ environment }) => environment === one.environment);
}

/** Where its statuses cannot be read nobody knows whether it runs, and the failure says so. */
async function readRollout(
  { ask, repo, signal }: Repository,
  deployment: DeploymentShape,
): Promise<Rollout> {
  const path = `/deployments/${deployment.id}/statuses`;
  const parameters = { per_page: statusesMax };
  const answer = await ask({ repo, path, parameters, schema: z.array(statusSchema) }, signal);
  const statuses = answer.ok ? answer.value : [];
  const successes = statuses.filter(({ state }) => state === "success");
  const liveAt =
    successes.length === 0 ? null : Math.min(...successes.map((one) => one.created_at));
  const [newest] = statuses.toSorted((a, b) => b.created_at - a.created_at);
  const begun = statuses.filter(({ state }) => state === "in_progress");
  return {
    deployment,
    liveAt,
    begunAt: begun.at(-1)?.created_at ?? deployment.created_at,
    mayRun: newest === undefined || newest.state === "in_progress",
    url: statuses.find(({ log_url: url }) => url)?.log_url,
    failures: answer.ok ? [] : [`whether deployments went live: ${answer.said}`],
  };
}

async function recordOf(
  repository: Repository,
  source: {
    one: DeploymentShape;
    older: readonly DeploymentShape[];
    rolloutOf: (one: DeploymentShape) => Promise<Rollout>;
  },
): Promise<ChangeRecord | null> {
  const { services } = repository;
  const { one, older, rolloutOf } = source;
  const [rollout, base] = await Promise.all([rolloutOf(one), lastLive(older, rolloutOf)]);
  const compare = base === null ? null : await compared(repository, base.sha, one.sha);
  const [only] = services.length === 1 ? services : [];
  const files = compare?.files.map(({ filename }) => filename) ?? [];
  return {
    id: `deployment-${one.id}`,
    kind: "deploy",
    at: rollout.liveAt ?? rollout.begunAt,
    environment: environmentIn(one.environment, services),
    live: rollout.liveAt !== null || (rollout.mayRun && "unknown"),
    title: titleOf(one, compare),
    ...known({
      service:
        only?.name ?? serviceIn(one.environment, services)?.name ?? onlyServiceOf(services, files),
      author: one.creator?.login,
      deploys: compare === null ? [one.sha] : compare.commits.map(({ sha }) => sha),
      before: base?.sha,
      after: one.sha,
      url: rollout.url ?? compare?.html_url,
    }),
  };
}

/** The deployment whose version this one replaced: at most two are looked at, the second where the first never went live. */
async function lastLive(
  older: readonly DeploymentShape[],
  rolloutOf: (one: DeploymentShape) => Promise<Rollout>,
): Promise<DeploymentShape | null> {
  const rollouts = await Promise.all(older.slice(0, 2).map(rolloutOf));
  return rollouts.find(({ liveAt }) => liveAt !== null)?.deployment ?? null;
}

async function compared(
  { ask, repo, signal }: Repository,
  base: string,
  head: string,
): Promise<CompareShape | null> {
  const path = `/compare/${encodeURIComponent(base)}...${encodeURIComponent(head)}`;
  const answer = await ask({ repo, path, schema: compareSchema }, signal);
  return answer.ok ? answer.value : null;
}

function titleOf(one: DeploymentShape, compare: CompareShape | null): string {
  const sha = one.sha.slice(0, 7);
  if (compare?.status === "behind") return `Roll back ${one.environment} to ${sha}`;
  if (compare?.status === "identical") return `Deploy ${sha} to ${one.environment} again`;
  return `Deploy ${sha} to ${one.environment}`;
}
