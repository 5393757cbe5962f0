/** Issues of one repository that are ours: found by their mark, created and changed. */

import { z } from "zod";
import type { Answered, Issue, Issues } from "../../flows/counterpart.ts";
import { failureWords, oneLine } from "../outgoing.ts";
import { callsTo, messageOf, statusOf, type Call } from "./calls.ts";
import { clientsOf, type ClientFor, type GitHubSettings } from "./client.ts";
import { refusalOf } from "./refusal.ts";

const perPage = 100;
/** So many issues and pull requests are looked through, newest first; for what is older GitHub's search is asked, which is some minutes behind. */
const pagesMax = 3;

const Found = z.object({
  number: z.number(),
  html_url: z.string(),
  title: z.string(),
  body: z.string().nullish(),
  state: z.string(),
  state_reason: z.string().nullish(),
  created_at: z.string(),
  pull_request: z.unknown().optional(),
});
type Found = z.infer<typeof Found>;

/** What GitHub refuses is a sentence with its mend. */
export function issuesOn(settings: GitHubSettings, repo: string): Issues {
  const clients = clientsOf(settings);
  const asking = async <T>(
    signal: AbortSignal,
    ask: (call: Call) => Promise<T>,
  ): Promise<Answered<T>> => {
    try {
      return { ok: true, value: await ask(callsTo(clients, repo, signal)) };
    } catch (error) {
      return { ok: false, said: refusalWords(error, repo), why: whyOf(error) };
    }
  };
  return {
    repo,
    find: (mark, since, signal) => asking(signal, (call) => find(call, { repo, mark, since })),
    changedSince: (since, signal) => asking(signal, (call) => changedSince(call, since)),
    create: (told, signal) =>
      asking(signal, async (call) => issueOf(await call("POST /issues", Found, told))),
    read: async (number, etag, signal) => {
      const issue = { repo, number, etag };
      const answered = await asking(signal, () => read(clients, issue, signal));
      if (answered.ok || answered.why !== "gone") return answered;
      // A repository that the token does not see any more has lost none of its issues.
      const seen = await asking(signal, (call) => call("GET ", z.unknown()));
      if (seen.ok) return answered;
      return { ...seen, why: seen.why === "gone" ? "refused" : seen.why };
    },
    change: (number, told, signal) =>
      asking(signal, async (call) =>
        issueOf(await call(`PATCH /issues/${number}`, Found, changeOf(told))),
      ),
  };
}

function changeOf({ state, ...text }: Partial<Issue>): Readonly<Record<string, string>> {
  if (state === undefined) return text;
  return state === "open" ? { ...text, state } : { ...text, state: "closed", state_reason: state };
}

/** An issue that is as it was costs nothing of GitHub's limit. */
async function read(
  clients: ClientFor,
  {
    repo,
    number,
    etag,
  }: { readonly repo: string; readonly number: string; readonly etag: string | null },
  signal: AbortSignal,
): Promise<{ readonly issue: Issue; readonly etag: string | null } | null> {
  const client = await clients(repo, signal);
  try {
    const { data, headers } = await client.request(`GET /repos/${repo}/issues/${number}`, {
      headers: etag === null ? {} : { "if-none-match": etag },
      request: { signal },
    });
    return { issue: issueOf(Found.parse(data)), etag: headers.etag ?? null };
  } catch (error) {
    if (statusOf(error) === 304) return null;
    throw error;
  }
}

interface Sought {
  readonly repo: string;
  readonly mark: string;
  readonly since: Date;
}

/** The list is exact at once and the search reaches further back: what was made just now is not made again, nor what was made long ago. */
async function find(call: Call, { repo, mark, since }: Sought): Promise<Issue | null> {
  const listed: Found[] = [];
  for (let page = 1; page <= pagesMax; page += 1) {
    // oxlint-disable-next-line no-await-in-loop -- whether there is another page is told by this one
    const found = await call("GET /issues", z.array(Found), {
      state: "all",
      sort: "created",
      direction: "desc",
      since: since.toISOString(),
      per_page: perPage,
      page,
    });
    listed.push(...found);
    const isAll = found.length < perPage || found.some((each) => new Date(each.created_at) < since);
    if (isAll) return oldest(listed, mark);
  }
  const { items } = await call("GET //search/issues", z.object({ items: z.array(Found) }), {
    q: `repo:${repo} is:issue in:body "${mark}"`,
    per_page: perPage,
  });
  return oldest([...listed, ...items], mark);
}

/** The least lately changed first, so that what is changed meanwhile comes to the last page. */
async function changedSince(call: Call, since: Date): Promise<Issue[] | null> {
  const listed: Found[] = [];
  for (let page = 1; page <= pagesMax; page += 1) {
    // oxlint-disable-next-line no-await-in-loop -- whether there is another page is told by this one
    const found = await call("GET /issues", z.array(Found), {
      state: "all",
      sort: "updated",
      direction: "asc",
      since: since.toISOString(),
      per_page: perPage,
      page,
    });
    listed.push(...found);
    if (found.length < perPage)
      return listed.filter((each) => each.pull_request === undefined).map(issueOf);
  }
  return null;
}

function oldest(all: readonly Found[], mark: string): Issue | null {
  const [first] = all
    .filter((each) => each.pull_request === undefined && (each.body ?? "").includes(mark))
    .toSorted((a, b) => a.number - b.number);
  return first === undefined ? null : issueOf(first);
}

function issueOf(found: Found): Issue {
  const { number, html_url: url, title, body, state, state_reason: reason } = found;
  const closed = reason === "not_planned" || reason === "duplicate" ? "not_planned" : "completed";
  return {
    number: String(number),
    url,
    title,
    body: body ?? "",
    state: state === "open" ? "open" : closed,
  };
}

/** Gone: deleted, or moved where we do not see it. That issues are switched off is answered with 410 as well. */
function whyOf(error: unknown): "gone" | "away" | "refused" {
  const status = statusOf(error);
  if (status === 404 || (status === 410 && !areOff(error))) return "gone";
  const isAway = status === null || status >= 500 || status === 429 || isLimit(error);
  return isAway ? "away" : "refused";
}

function isLimit(error: unknown): boolean {
  return /rate limit/i.test(messageOf(error));
}

function areOff(error: unknown): boolean {
  return /issues (has been|are) disabled/i.test(messageOf(error));
}

function refusalWords(error: unknown, repo: string): string {
  const status = statusOf(error);
  const message = messageOf(error);
  if (areOff(error)) {
    return `Issues are switched off in ${repo}. Switch them on in its settings, or set POSTMORTEM_REPO to another, and try again.`;
  }
  if (/archived/i.test(message)) {
    return `${repo} is archived and takes no issues. Unarchive it, or set POSTMORTEM_REPO to another.`;
  }
  if (status === 401) return "GitHub refused the token. Set GITHUB_TOKEN anew.";
  if (status === 404 || status === 410) {
    return `${repo} is not there, or the token may not see it or write to it. Check POSTMORTEM_REPO, and that the token may write Issues.`;
  }
  if (status === 403 && !isLimit(error)) {
    return `The token may not write issues in ${repo}. Give it Issues, read and write.`;
  }
  if (status === null) return `GitHub did not answer (${failureWords(error)}). Try again.`;
  if (status === 422) return `GitHub said: ${oneLine(message)}. Try again.`;
  return `GitHub said: ${refusalOf(error, repo).said}. Try again later.`;
}
