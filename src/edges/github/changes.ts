/** Changes from GitHub: commits and their pull requests, deployments, releases of the services' repositories. */

import { z } from "zod";
import type { Service } from "../../catalog/catalog.ts";
import type { ChangeKind, ChangeRecord } from "../../evidence/input.ts";
import { changesSince } from "../../flows/look-back.ts";
import type { Changes, Reading, Window } from "../../flows/ports.ts";
import { oneLine, withinSignal } from "../outgoing.ts";
import { clientOf, type Ask, type GitHubSettings } from "./client.ts";
import { commitsOf } from "./commits.ts";
import { deploymentsOf } from "./deployments.ts";
import { fileOn } from "./file.ts";
import { isWithin, known, partOf, type Part, type Repository, type Span } from "./repository.ts";
import { releaseSchema } from "./shapes.ts";

export interface CheckedChanges extends Changes {
  /** One line for `doctor`: what answers, or why nothing does. */
  check(signal: AbortSignal): Promise<{ ok: boolean; said: string }>;
  /** The same of the service's repository; null where it has none that this source would read. */
  checkRepository(
    service: Service,
    signal: AbortSignal,
  ): Promise<{ ok: boolean; said: string } | null>;
}

const reposMax = 10;
const releasesMax = 10;

/** Services whose `repo` is a folder (`file:`) or missing are left to other sources. */
export function changesOnGitHub(settings: GitHubSettings): CheckedChanges {
  const ask = clientOf(settings);
  return {
    name: "GitHub",
    recent: (services, window, signal) =>
      withinSignal(signal, recent({ ask, signal }, services, spanOf(window))),
    file: (of, signal) => withinSignal(signal, fileOn(ask, of, signal)),
    check: (signal) => withinSignal(signal, check(ask, "token" in settings, signal)),
    checkRepository: ({ repo }, signal) =>
      withinSignal(signal, checkRepository(ask, repo ?? "", signal)),
  };
}

function spanOf(window: Window): Span {
  return {
    from: Math.floor(changesSince(window).getTime() / 1000),
    to: Math.floor(window.to.getTime() / 1000),
  };
}

async function recent(
  asked: Pick<Repository, "ask" | "signal">,
  services: readonly Service[],
  span: Span,
): Promise<Reading<ChangeRecord>> {
  const repos = [...Map.groupBy(services, ({ repo }) => repo ?? "")].filter(([repo]) =>
    isOnGitHub(repo),
  );
  const parts = await Promise.all(
    repos
      .slice(0, reposMax)
      .map(([repo, own]) => readRepository({ ...asked, repo, services: own, span })),
  );
  const whole = partOf(parts);
  const [reason] = whole.failures;
  if (reason !== undefined && whole.items.length === 0 && parts.every(isLost))
    throw new Error(reason);
  const over = repos.length - reposMax;
  return {
    items: whole.items.toSorted((a, b) => b.at - a.at),
    leftOut: [
      ...(over > 0 ? [`${over} of ${repos.length} repositories: the limit is ${reposMax}`] : []),
      ...whole.leftOut,
      ...whole.failures,
    ],
    whole: new Map(
      parts.flatMap((part) =>
        part.isLost ? [] : part.of.map(({ name }) => [name, part.kinds] as const),
      ),
    ),
  };
}

function isOnGitHub(repo: string): boolean {
  return repo !== "" && !repo.startsWith("file:");
}

interface RepositoryPart extends Part {
  /** Not even one question about it was answered. */
  readonly isLost: boolean;
  readonly of: readonly Service[];
  /** Those that were read without a failure. */
  readonly kinds: readonly ChangeKind[];
}

function isLost(part: RepositoryPart): boolean {
  return part.isLost;
}

async function readRepository(repository: Repository): Promise<RepositoryPart> {
  const { repo, services: of } = repository;
  const odd = oddName(repo);
  if (odd !== null) return { ...partOf([]), failures: [odd], isLost: true, of, kinds: [] };
  const parts = await Promise.all([
    commitsOf(repository),
    deploymentsOf(repository),
    releasesOf(repository),
  ]);
  const lost = !parts.some(isWell);
  const [commits, ...deploys] = parts;
  const kinds: ChangeKind[] = [
    ...(isWell(commits) ? (["commit"] as const) : []),
    ...(deploys.every(isWell) ? (["deploy"] as const) : []),
  ];
  // Where all is lost for one reason, one line says so.
  const [reason] = parts[0].failures;
  const whole = partOf(parts);
  if (lost && reason !== undefined)
    return { ...whole, failures: [reason], isLost: true, of, kinds };
  const failures = whole.failures.map((failure) => named(repo, failure));
  return { ...whole, failures, isLost: false, of, kinds };
}

function isWell({ failures }: Part): boolean {
  return failures.length === 0;
}

function oddName(repo: string): string | null {
  const isName = /^[\w.-]+\/[\w.-]+$/.test(repo);
  return isName ? null : `${oneLine(repo)} is not the owner/name of a repository`;
}

function named(repo: string, failure: string): string {
  return failure.includes(repo) ? failure : `${repo}, ${failure}`;
}

/** A release is published, which does not say that it runs. */
async function releasesOf({ ask, repo, services, span, signal }: Repository): Promise<Part> {
  const parameters = { per_page: releasesMax };
  const schema = z.array(releaseSchema);
  const answer = await ask({ repo, path: "/releases", parameters, schema }, signal);
  if (!answer.ok) return { items: [], leftOut: [], failures: [`releases: ${answer.said}`] };
  const [only] = services.length === 1 ? services : [];
  const items = answer.value.flatMap((release): ChangeRecord[] => {
    const at = release.published_at;
    if (release.draft || at === null || !isWithin(span, at)) return [];
    const title = `Release ${oneLine(release.name || release.tag_name)}`;
    const more = { service: only?.name, author: release.author?.login, url: release.html_url };
    const id = `release-${release.id}`;
    return [{ id, kind: "deploy", at, live: "unknown", title, ...known(more) }];
  });
  return { items, leftOut: [], failures: [] };
}

const rateSchema = z.object({ rate: z.object({ limit: z.number(), remaining: z.number() }) });
const appSchema = z.object({ slug: z.string() });
const repositorySchema = z.object({ full_name: z.string() });

async function checkRepository(
  ask: Ask,
  repo: string,
  signal: AbortSignal,
): Promise<{ ok: boolean; said: string } | null> {
  if (!isOnGitHub(repo)) return null;
  const odd = oddName(repo);
  if (odd !== null) return { ok: false, said: odd };
  const answer = await ask({ repo, path: "", schema: repositorySchema }, signal);
  return answer.ok ? { ok: true, said: "GitHub shows it" } : { ok: false, said: answer.said };
}

async function check(
  ask: Ask,
  hasToken: boolean,
  signal: AbortSignal,
): Promise<{ ok: boolean; said: string }> {
  if (!hasToken) {
    const app = await ask({ repo: null, path: "/app", schema: appSchema }, signal);
    return app.ok
      ? { ok: true, said: `app ${oneLine(app.value.slug)}` }
      : { ok: false, said: app.said };
  }
  const answer = await ask({ repo: null, path: "/rate_limit", schema: rateSchema }, signal);
  if (!answer.ok) return { ok: false, said: answer.said };
  const { limit, remaining } = answer.value.rate;
  return { ok: true, said: `${remaining} of ${limit} requests left this hour` };
}
