/** GitHub's webhooks: what went live is a change, and an issue may be one of ours; commits and pull requests are read from its API when they are asked for. */

import { z } from "zod";
import type { ChangeEvent } from "../../evidence/change-event.ts";
import { firstFault, firstLink, time, told, type Parsed } from "./parsed.ts";

const Repository = z.object({ full_name: z.string().min(1).max(200) });
const Person = z.object({ login: told }).nullish();

const DeploymentStatus = z.object({
  repository: Repository,
  deployment: z.object({ id: z.number(), sha: told, environment: told, creator: Person }),
  deployment_status: z.object({ state: z.string(), created_at: time, log_url: told }),
});
const Release = z.object({
  action: z.string(),
  repository: Repository,
  release: z.object({
    id: z.number(),
    tag_name: told,
    html_url: told,
    draft: z.boolean().nullish(),
    published_at: time.nullish(),
    author: Person,
  }),
});

const IssueEvent = z.object({
  action: z.string().max(100),
  repository: Repository,
  issue: z.object({ number: z.int().positive(), updated_at: z.string().max(100) }),
});

/** `event`: the header X-GitHub-Event. `serviceOf`: the catalog's only service of a repository; null: it has several, or none. */
export function parseGitHub(
  payload: unknown,
  event: string,
  serviceOf: (repository: string) => string | null,
): Parsed {
  switch (event) {
    case "deployment_status":
      return deployed(payload, serviceOf);
    case "release":
      return released(payload, serviceOf);
    case "push":
      return pushed(payload);
    case "issues":
      return issueChanged(payload);
    default:
      return { ok: true };
  }
}

type ServiceOf = Parameters<typeof parseGitHub>[2];

/** Its commits are read from the API; that there are new ones is news for whoever reads a catalog there. */
function pushed(payload: unknown): Parsed {
  const read = z.object({ repository: Repository }).safeParse(payload);
  if (!read.success) return { ok: false, said: firstFault(read.error) };
  return { ok: true, pushed: read.data.repository.full_name };
}

const issueDeeds = ["closed", "reopened", "edited", "deleted", "transferred"];

/** How it stands is read from the API: deliveries come late and in any order. */
function issueChanged(payload: unknown): Parsed {
  const read = IssueEvent.safeParse(payload);
  if (!read.success) return { ok: false, said: firstFault(read.error) };
  const { action, issue, repository } = read.data;
  if (!issueDeeds.includes(action)) return { ok: true };
  const what = `${action} ${issue.updated_at}`;
  return { ok: true, issue: { repo: repository.full_name, number: String(issue.number), what } };
}

/** Live at its first success: a later one of the same deployment is the same row. */
function deployed(payload: unknown, serviceOf: ServiceOf): Parsed {
  const read = DeploymentStatus.safeParse(payload);
  if (!read.success) return { ok: false, said: firstFault(read.error) };
  const { deployment, deployment_status: status, repository } = read.data;
  if (status.state !== "success") return { ok: true };
  const event: ChangeEvent = {
    ...unknown,
    id: `deployment-${deployment.id}`,
    at: status.created_at,
    service: serviceOf(repository.full_name),
    environment: deployment.environment,
    ref: deployment.sha,
    link: firstLink(status.log_url),
    actor: deployment.creator?.login ?? null,
  };
  return { ok: true, events: [event] };
}

function released(payload: unknown, serviceOf: ServiceOf): Parsed {
  const read = Release.safeParse(payload);
  if (!read.success) return { ok: false, said: firstFault(read.error) };
  const { action, release, repository } = read.data;
  const { published_at: at } = release;
  if (action !== "published" || release.draft === true || !at) return { ok: true };
  const event: ChangeEvent = {
    ...unknown,
    id: `release-${release.id}`,
    at,
    service: serviceOf(repository.full_name),
    title: `Release ${release.tag_name ?? ""} of ${repository.full_name}`,
    ref: release.tag_name,
    link: firstLink(release.html_url),
    actor: release.author?.login ?? null,
  };
  return { ok: true, events: [event] };
}

const unknown = {
  source: "github",
  status: null,
  kind: "deploy",
  service: null,
  environment: null,
  title: null,
  before: null,
  after: null,
} as const;
