/** Answers like GitHub for the shop's repository: one pull request went live just before the trouble began. */

import { onsetNow } from "./pretended-prometheus.ts";
import type { Answering } from "./slow-server.ts";

export const repository = "acme/shop";
const culprit = "3f2a91c".padEnd(40, "a");
const bystander = "9c1d2e0".padEnd(40, "b");
const page = `https://github.com/${repository}`;

export const answerAsGitHub: Answering = (path, asked) => {
  const below = path.replace(`/repos/${repository}`, "");
  const body = bodyOf(below, asked.get("path"));
  return body === null ? { status: 404, body: { message: "Not Found" } } : { status: 200, body };
};

function bodyOf(below: string, folder: string | null): unknown {
  const onset = onsetNow();
  const commits = [
    commit(culprit, onset - 400, "Read the cart's rows one by one", "checkout"),
    commit(bystander, onset - 7_200, "Show the cart's total in bold", "cart"),
  ];
  const [first, second] = commits;
  switch (below) {
    case "/commits":
      return commits.filter(({ files }) => (files[0]?.filename ?? "").startsWith(folder ?? ""));
    case `/commits/${culprit}`:
      return first;
    case `/commits/${bystander}`:
      return second;
    case "/pulls":
      return [pull(onset - 400)];
    case "/deployments":
      return [deployment(2, culprit, onset - 120), deployment(1, bystander, onset - 7_000)];
    case "/deployments/1/statuses":
      return [{ state: "success", created_at: iso(onset - 6_950) }];
    case "/deployments/2/statuses":
      return [{ state: "success", created_at: iso(onset - 60) }];
    case `/compare/${bystander}...${culprit}`:
      return { status: "ahead", commits: [{ sha: culprit }], files: first?.files ?? [] };
    case "/releases":
      return [];
    default:
      return null;
  }
}

function commit(sha: string, at: number, message: string, service: string) {
  const person = { name: "Ana", email: "ana@shop.example", date: iso(at) };
  const patch =
    "@@ -8,3 +8,5 @@\n-  return query(all)\n+  for (const row of rows) await query(row)";
  return {
    sha,
    html_url: `${page}/commit/${sha}`,
    commit: { author: person, committer: person, message },
    author: { login: "ana" },
    parents: [{ sha: "0".repeat(40) }],
    files: [{ filename: `services/${service}/cart.ts`, patch }],
  };
}

function pull(at: number) {
  return {
    number: 311,
    title: "Read the cart's rows one by one",
    html_url: `${page}/pull/311`,
    user: { login: "ana" },
    merged_at: iso(at),
    merge_commit_sha: culprit,
    head: { sha: "c".repeat(40) },
    base: { ref: "main", repo: { default_branch: "main" } },
  };
}

function deployment(id: number, sha: string, at: number) {
  const environment = "checkout-production";
  return { id, sha, ref: "main", environment, created_at: iso(at), creator: { login: "deployer" } };
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}
