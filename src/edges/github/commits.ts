/** Commits of a repository that touch its services' paths, under the titles of the pull requests that brought them. */

import { z } from "zod";
import { fixedPart, onlyServiceOf, touches } from "../../catalog/service-paths.ts";
import { changeTitle, pullRequestTitle } from "../../evidence/change-title.ts";
import type { ChangeRecord } from "../../evidence/input.ts";
import type { Answer } from "./client.ts";
import { isWithin, known, type Part, type Repository } from "./repository.ts";
import {
  commitSchema,
  detailSchema,
  pullSchema,
  type CommitShape,
  type DetailShape,
  type FileShape,
  type PullShape,
} from "./shapes.ts";

const pageSize = 100;
const pullsMax = 50;
const foldersMax = 5;
const detailsMax = 20;
/** Of commits whose pull request is asked for one by one. */
const lookUpsMax = 10;
const patchLengthMax = 1_000_000;

/** Either end of a change may be known alone: a listed commit without a pull request, or a merge that the listing by path left away. */
interface Candidate {
  readonly id: string;
  readonly at: number;
  readonly commit?: CommitShape;
  readonly pull?: PullShape;
}

export async function commitsOf(repository: Repository): Promise<Part> {
  const { repo, span } = repository;
  const folders = foldersOf(repository);
  const [lists, pulls] = await Promise.all([
    Promise.all(folders.map((folder) => listed(repository, folder))),
    merged(repository),
  ]);
  const failures = [...lists, pulls].flatMap((answer) => (answer.ok ? [] : [answer.said]));
  const commits = lists.flatMap((answer) => (answer.ok ? answer.value : []));
  const candidates = candidatesOf(commits, pulls.ok ? pulls.value : [])
    .filter(({ at }) => isWithin(span, at))
    .toSorted((a, b) => b.at - a.at);
  const [details, brought] = await Promise.all([
    detailed(repository, candidates.slice(0, detailsMax)),
    broughtBy(repository, candidates),
  ]);
  const items = candidates.flatMap((candidate) => {
    const one = { ...candidate, brought: brought.get(candidate.id) };
    const record = recordOf(repository, one, details.byId.get(candidate.id));
    return record === null ? [] : [record];
  });
  const isLong = lists.some((answer) => answer.ok && answer.hasMore);
  const over = candidates.length - detailsMax;
  return {
    items,
    leftOut: [
      ...(isLong ? [`older commits of ${repo}: the limit is ${pageSize}`] : []),
      ...(over > 0
        ? [
            `patches of ${over} of ${candidates.length} commits of ${repo}: the limit is ${detailsMax}`,
          ]
        : []),
    ],
    failures: [...failures, ...details.failures],
  };
}

/** Folders to ask for one by one; [""] asks for the whole repository. */
function foldersOf({ services }: Repository): string[] {
  const folders = new Set(
    services.flatMap(({ paths }) => (paths.length === 0 ? [""] : paths.map(fixedPart))),
  );
  return folders.has("") || folders.size > foldersMax ? [""] : [...folders];
}

/** An empty repository answers 409: it has no commits. */
async function listed(
  { ask, repo, span, signal }: Repository,
  folder: string,
): Promise<Answer<CommitShape[]>> {
  const parameters = {
    since: new Date(span.from * 1000).toISOString(),
    until: new Date(span.to * 1000).toISOString(),
    per_page: pageSize,
    ...(folder === "" ? {} : { path: folder }),
  };
  const schema = z.array(commitSchema);
  const answer = await ask({ repo, path: "/commits", parameters, schema }, signal);
  const isEmpty = !answer.ok && answer.status === 409;
  return isEmpty ? { ok: true, value: [], hasMore: false } : answer;
}

function merged({ ask, repo, signal }: Repository): Promise<Answer<PullShape[]>> {
  const parameters = { state: "closed", sort: "updated", direction: "desc", per_page: pullsMax };
  return ask({ repo, path: "/pulls", parameters, schema: z.array(pullSchema) }, signal);
}

function candidatesOf(commits: readonly CommitShape[], closed: readonly PullShape[]): Candidate[] {
  const byId = new Map<string, Candidate>();
  for (const commit of commits) {
    byId.set(commit.sha, { id: commit.sha, at: commit.commit.committer.date, commit });
  }
  for (const pull of closed) {
    const { merge_commit_sha: id, merged_at: at } = pull;
    if (id !== null && at !== null && isOnDefault(pull)) {
      byId.set(id, { ...byId.get(id), id, at, pull });
    }
  }
  for (const pull of closed) dropBranch(byId, pull);
  return [...byId.values()];
}

/**
 * The commits of a merged branch are the merge's: they go, from the branch's last one back to where it left the main
 * line. Where the listing by path left the merge away that place is not known, and only the last one goes.
 */
function dropBranch(byId: Map<string, Candidate>, pull: PullShape): void {
  const { merge_commit_sha: id, head } = pull;
  if (id === null || id === head.sha || byId.get(id)?.pull !== pull) return;
  const [main] = byId.get(id)?.commit?.parents ?? [];
  const onMain = new Set(firstParents(byId, main?.sha));
  const branch = firstParents(byId, head.sha);
  const own = main ? branch.filter((sha) => !onMain.has(sha)) : [head.sha];
  for (const sha of own) byId.delete(sha);
}

/** This commit and those before it on its line, as far as they were listed. */
function firstParents(byId: ReadonlyMap<string, Candidate>, from: string | undefined): string[] {
  const line: string[] = [];
  let sha = from;
  while (sha !== undefined && line.length <= byId.size) {
    line.push(sha);
    sha = byId.get(sha)?.commit?.parents[0]?.sha;
  }
  return line;
}

async function detailed(
  { ask, repo, signal }: Repository,
  candidates: readonly Candidate[],
): Promise<{ byId: ReadonlyMap<string, DetailShape>; failures: readonly string[] }> {
  const answers = await Promise.all(
    candidates.map(({ id }) => ask({ repo, path: `/commits/${id}`, schema: detailSchema }, signal)),
  );
  const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.said]));
  return {
    byId: new Map(
      answers.flatMap((answer) => (answer.ok ? [[answer.value.sha, answer.value]] : [])),
    ),
    failures: refused.slice(0, 1).map((said) => `patches of ${refused.length} commits: ${said}`),
  };
}

/**
 * A rebase merge leaves several commits, of which the list of pull requests names the last alone: the others are asked
 * for. Without an answer a commit is known by its own title.
 */
async function broughtBy(
  { ask, repo, signal }: Repository,
  candidates: readonly Candidate[],
): Promise<ReadonlyMap<string, PullShape>> {
  const isMerging = candidates.some(({ pull }) => pull !== undefined);
  const nameless = candidates.filter(
    ({ pull, commit }) =>
      pull === undefined && !/#\d/.test(changeTitle(commit?.commit.message ?? "")),
  );
  const answers = await Promise.all(
    nameless.slice(0, isMerging ? lookUpsMax : 0).map(async ({ id }) => {
      const path = `/commits/${id}/pulls`;
      const answer = await ask({ repo, path, schema: z.array(pullSchema) }, signal);
      const pull = answer.ok ? answer.value.find(isOnDefault) : undefined;
      return pull === undefined ? [] : [[id, pull] as const];
    }),
  );
  return new Map(answers.flat());
}

function isOnDefault({ merged_at: at, base }: PullShape): boolean {
  return at !== null && base.ref === (base.repo?.default_branch ?? base.ref);
}

/** null where the change turns out to touch none of the services, or where that cannot be told. */
function recordOf(
  { services }: Repository,
  candidate: Candidate & { readonly brought: PullShape | undefined },
  detail: DetailShape | undefined,
): ChangeRecord | null {
  const { id, at, pull, brought } = candidate;
  const commit = detail ?? candidate.commit;
  if (commit === undefined) return null;
  const files = detail?.files.map(({ filename }) => filename);
  if (files && !services.some((service) => touches(service, files))) return null;
  const [only] = services.length === 1 ? services : [];
  return {
    id,
    kind: "commit",
    at,
    title: pull ? pullRequestTitle(pull.number, pull.title) : titleOf(commit, brought),
    ...known({
      service: only?.name ?? onlyServiceOf(services, files ?? []),
      author: pull?.user?.login ?? commit.author?.login ?? commit.commit.author?.name,
      files,
      diff: detail ? diffOf(detail.files) : undefined,
      url: pull?.html_url ?? brought?.html_url ?? commit.html_url,
    }),
  };
}

/** A commit that was brought with others keeps its own words, under the number of the pull request. */
function titleOf({ commit: { message } }: CommitShape, brought: PullShape | undefined): string {
  const own = changeTitle(message);
  return brought === undefined ? own : pullRequestTitle(brought.number, own);
}

function diffOf(files: readonly FileShape[]): string {
  const patches = files.flatMap(({ filename, patch }) =>
    patch === undefined ? [] : [`--- a/${filename}\n+++ b/${filename}\n${patch}\n`],
  );
  return patches.join("").slice(0, patchLengthMax);
}
