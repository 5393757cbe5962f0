/** Deployments of a repository: when one went live, and which commits it carried. */

import { z } from "zod";
import { onlyServiceOf } from "../../catalog/service-paths.ts";
import type { Service } from "../../catalog/catalog.ts";
import type { ChangeRecord } from "../../evidence/input.ts";
import { isWithin, known, type Part, type Repository } from "./repository.ts";
import {
  compareSchema,
  deploymentSchema,
  statusSchema,
  type CompareShape,
  type DeploymentShape,
} from "./shapes.ts";

const listedMax = 30;
const readMax = 10;
const statusesMax = 30;
/** A deployment may be created long before it is done; in seconds. */
const rolloutMaxS = 3_600;

interface Rollout {
  readonly deployment: DeploymentShape;
  /** Unix seconds of the first success; null where none is known. */
  readonly liveAt: number | null;
  readonly url: string | undefined;
  readonly failures: readonly string[];
}

export async function deploymentsOf(repository: Repository): Promise<Part> {
  const { ask, repo, span, signal } = repository;
  const list = await ask(
    {
      repo,
      path: "/deployments",
      parameters: { per_page: listedMax },
      schema: z.array(deploymentSchema),
    },
    signal,
  );
  if (!list.ok) return { items: [], leftOut: [], failures: [`deployments: ${list.said}`] };
  const newest = list.value.toSorted((a, b) => b.created_at - a.created_at);
  const recent = newest.filter(
    ({ created_at: at }) => at >= span.from - rolloutMaxS && at <= span.to,
  );
  const kept = recent.slice(0, readMax);
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

function leftOut(repo: string, recent: number, isLong: boolean): string[] {
  if (recent <= readMax && !isLong) return [];
  return [`older deployments of ${repo}: the limit is ${readMax}`];
}

/** The deployments to the same environment before this one, newest first. */
function olderThan(one: DeploymentShape, newest: readonly DeploymentShape[]): DeploymentShape[] {
  const after = newest.slice(newest.indexOf(one) + 1);
  return after.filter(({ environment }) => environment === one.environment);
}

/** Where its statuses cannot be read a deployment counts as not live, and the failure says so. */
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
  const failures = answer.ok ? [] : [`whether deployments went live: ${answer.said}`];
  return { deployment, liveAt, url: statuses.find(({ log_url: url }) => url)?.log_url, failures };
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
  const place = placeOf(services, one.environment);
  const [only] = services.length === 1 ? services : [];
  const files = compare?.files.map(({ filename }) => filename) ?? [];
  return {
    id: `deployment-${one.id}`,
    kind: "deploy",
    at: rollout.liveAt ?? one.created_at,
    environment: place.environment,
    live: rollout.liveAt !== null,
    title: titleOf(one, compare),
    ...known({
      service: only?.name ?? place.service ?? onlyServiceOf(services, files),
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

/** GitHub's environments are free text: "checkout-production" names the service and the environment of the catalog. */
function placeOf(
  services: readonly Service[],
  text: string,
): { service: string | undefined; environment: string } {
  const words = ` ${text.toLowerCase().replace(/[^a-z0-9]+/g, " ")} `;
  const names = (name: string) =>
    words.includes(` ${name.toLowerCase().replace(/[^a-z0-9]+/g, " ")} `);
  const environments = services.flatMap((service) => service.environments);
  return {
    service: services.find(({ name }) => names(name))?.name,
    environment: environments.find(names) ?? text,
  };
}
