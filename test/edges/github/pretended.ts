/** A pretended GitHub: payloads in the shapes of its REST API's documentation, answered by path. */

import { json, type Behave } from "../odd-server.ts";

const onset = new Date("2026-11-20T14:00:00Z");
export const window = {
  from: new Date("2026-11-20T13:00:00Z"),
  onset,
  to: new Date("2026-11-20T14:15:00Z"),
};

/** GitHub's time text, so many minutes before the onset. */
export function before(minutes: number): string {
  return new Date(onset.getTime() - minutes * 60_000).toISOString().replace(".000Z", "Z");
}

export function seconds(minutes: number): number {
  return onset.getTime() / 1000 - minutes * 60;
}

/** A whole hash from its beginning. */
export function sha(start: string): string {
  return start.padEnd(40, "0");
}

interface CommitFacts {
  readonly sha: string;
  readonly minutes: number;
  readonly message: string;
  readonly parents?: readonly string[];
}

export function commit({ sha: start, minutes, message, parents = ["0"] }: CommitFacts) {
  const person = { name: "Ana", email: "ana@shop.example", date: before(minutes) };
  return {
    sha: sha(start),
    node_id: "C_1",
    html_url: `https://github.com/acme/shop/commit/${sha(start)}`,
    commit: { author: person, committer: person, message, comment_count: 0 },
    author: { login: "ana", id: 1, type: "User" },
    committer: { login: "web-flow", id: 2, type: "User" },
    parents: parents.map((parent) => ({ sha: sha(parent), url: "" })),
  };
}

export function withFiles(listed: ReturnType<typeof commit>, ...names: string[]) {
  const files = names.map((filename) => ({
    filename,
    status: "modified",
    additions: 1,
    deletions: 1,
    patch: "@@ -1 +1 @@\n-one\n+two",
  }));
  return { ...listed, stats: { additions: 1, deletions: 1, total: 2 }, files };
}

export function pull(facts: {
  number: number;
  title: string;
  minutes: number;
  sha: string;
  head: string;
}) {
  return {
    number: facts.number,
    title: facts.title,
    state: "closed",
    html_url: `https://github.com/acme/shop/pull/${facts.number}`,
    user: { login: "bo" },
    merged_at: before(facts.minutes),
    merge_commit_sha: sha(facts.sha),
    head: { ref: "topic", sha: sha(facts.head) },
    base: { ref: "main", sha: sha("0"), repo: { full_name: "acme/shop", default_branch: "main" } },
  };
}

export function deployment(facts: {
  id: number;
  sha: string;
  minutes: number;
  environment?: string;
}) {
  return {
    id: facts.id,
    sha: sha(facts.sha),
    ref: "main",
    task: "deploy",
    payload: {},
    environment: facts.environment ?? "production",
    description: null,
    creator: { login: "deployer[bot]" },
    created_at: before(facts.minutes),
    updated_at: before(facts.minutes),
  };
}

export function status(state: string, minutes: number) {
  return { id: 1, state, created_at: before(minutes), log_url: "https://ci.example/run/1" };
}

export function comparison(
  kind: string,
  commits: readonly string[],
  files: readonly string[] = [],
) {
  return {
    status: kind,
    html_url: "https://github.com/acme/shop/compare/a...b",
    commits: commits.map((start) => ({ sha: sha(start) })),
    files: files.map((filename) => ({ filename, patch: "@@" })),
  };
}

/** Answers by path below /repos/acme/shop; lists that are not given are empty, all else is not found. */
export function pretended(bodies: Readonly<Record<string, unknown>>): Behave {
  const lists = ["/commits", "/pulls", "/deployments", "/releases"];
  const filters = ["path", "environment"] as const;
  return ({ path, parameters }, response) => {
    const below = path.replace("/repos/acme/shop", "");
    const asked = filters.flatMap((name) => parameters.getAll(name).map((of) => `${name}=${of}`));
    const body = bodies[[below, ...asked].join("?")] ?? bodies[below];
    // A page that is full has a next one.
    const isFull = Array.isArray(body) && body.length === Number(parameters.get("per_page"));
    if (isFull) response.setHeader("link", `<https://api.github.com/x?page=2>; rel="next"`);
    if (body !== undefined) json(response, body);
    else if (lists.includes(below) || below.endsWith("/statuses")) json(response, []);
    else json(response, { message: "Not Found", status: "404" }, 404);
  };
}
