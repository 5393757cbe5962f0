/** Puts one file into a repository by a pull request: a branch, the file on it, and the request; a second time changes the same. */

import { z } from "zod";
import type { Exported, PostmortemFile } from "../../flows/postmortem-ports.ts";
import { failureWords, oneLine } from "../outgoing.ts";
import { callsTo, messageOf, statusOf, type Call } from "./calls.ts";
import { clientsOf, type GitHubSettings } from "./client.ts";
import { refusalOf } from "./refusal.ts";

const Repository = z.object({ default_branch: z.string() });
const Ref = z.object({ object: z.object({ sha: z.string() }) });
const Content = z.object({ sha: z.string(), content: z.string().optional() });
const Pull = z.object({ number: z.number(), html_url: z.string() });
const Comparison = z.object({ files: z.array(z.object({ filename: z.string() })).optional() });

/** Where it goes; `branch` is of this file alone. */
interface Target {
  readonly repo: string;
  readonly branch: string;
  readonly file: PostmortemFile;
  readonly base: string;
}

/** What GitHub refuses is a sentence with its mend. */
export function pullRequestsOn(
  settings: GitHubSettings,
  repo: string,
): (file: PostmortemFile, signal: AbortSignal) => Promise<Exported> {
  const clients = clientsOf(settings);
  return async (file, signal) => {
    const call = callsTo(clients, repo, signal);
    const branch = `hindsight/${file.name.replace(/\.md$/, "")}`;
    try {
      const { default_branch: base } = await call("GET ", Repository);
      return await publish(call, { repo, branch, file, base });
    } catch (error) {
      return { ok: false, said: refusalWords(error, { repo, branch }) };
    }
  };
}

async function publish(call: Call, target: Target): Promise<Exported> {
  const { repo, branch, file, base } = target;
  const [owner = ""] = repo.split("/");
  const pulls = await call("GET /pulls", z.array(Pull), {
    head: `${owner}:${branch}`,
    state: "open",
  });
  const [open] = pulls;
  if (open === undefined) {
    const published = await contentOn(call, file.path, base);
    if (published !== null && textOf(published) === file.content) {
      return { ok: true, words: `${repo} holds it so already, in ${file.path}`, url: null };
    }
    const refused = await beginBranch(call, target);
    if (refused !== null) return { ok: false, said: refused };
  }
  await writeFile(call, target);
  const pull = open ?? (await openPull(call, target));
  const did = open === undefined ? "opened" : "brought up to date";
  return {
    ok: true,
    words: `pull request #${pull.number} of ${repo} is ${did}`,
    url: pull.html_url,
  };
}

/** A branch that holds anything but this file is somebody's, and stays as it is. */
async function beginBranch(
  call: Call,
  { repo, branch, file, base }: Target,
): Promise<string | null> {
  const { object } = await call(`GET /git/ref/heads/${encodeURI(base)}`, Ref);
  const ref = `refs/heads/${branch}`;
  try {
    await call("POST /git/refs", z.unknown(), { ref, sha: object.sha });
    return null;
  } catch (error) {
    if (statusOf(error) !== 422 || !/already exists/i.test(messageOf(error))) throw error;
  }
  const { files = [] } = await call(
    `GET /compare/${encodeURI(base)}...${encodeURI(branch)}`,
    Comparison,
  );
  if (files.some(({ filename }) => filename !== file.path)) {
    return `The branch ${branch} of ${repo} is there already and changes other files. Delete or rename it, and export again.`;
  }
  await call(`PATCH /git/refs/heads/${encodeURI(branch)}`, z.unknown(), {
    sha: object.sha,
    force: true,
  });
  return null;
}

async function writeFile(call: Call, { branch, file }: Target): Promise<void> {
  const before = await contentOn(call, file.path, branch);
  if (before !== null && textOf(before) === file.content) return;
  await call(`PUT /contents/${encodeURI(file.path)}`, z.unknown(), {
    message: file.title,
    content: Buffer.from(file.content, "utf8").toString("base64"),
    branch,
    ...(before === null ? {} : { sha: before.sha }),
  });
}

/** null: there is no such file. */
async function contentOn(
  call: Call,
  path: string,
  ref: string,
): Promise<z.infer<typeof Content> | null> {
  try {
    return await call(`GET /contents/${encodeURI(path)}`, Content, { ref });
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}

function textOf({ content = "" }: z.infer<typeof Content>): string {
  return Buffer.from(content, "base64").toString("utf8");
}

async function openPull(call: Call, { branch, base, file }: Target): Promise<z.infer<typeof Pull>> {
  const { title, about: body } = file;
  return call("POST /pulls", Pull, { title, head: branch, base, body });
}

function refusalWords(
  error: unknown,
  { repo, branch }: { readonly repo: string; readonly branch: string },
): string {
  const status = statusOf(error);
  const message = messageOf(error);
  if (/protected|rule violation|ruleset/i.test(message)) {
    return `A rule of ${repo} protects the branch ${branch}. Exempt hindsight/* from it, and export again.`;
  }
  if (/archived/i.test(message)) {
    return `${repo} is archived and takes no pull requests. Unarchive it, or set POSTMORTEM_REPO to another.`;
  }
  if (/repository is empty/i.test(message)) {
    return `${repo} is empty, so that there is nothing to branch from. Commit anything to it, and export again.`;
  }
  if (status === 401) return "GitHub refused the token. Set GITHUB_TOKEN anew.";
  if (status === 404) {
    return `${repo} is not there, or the token may not see it or write to it. Check POSTMORTEM_REPO, and that the token may write Contents and Pull requests.`;
  }
  if (status === 403 && !/rate limit/i.test(message)) {
    return `The token may not write to ${repo}. Give it Contents and Pull requests, read and write.`;
  }
  if (status === null) return `GitHub did not answer (${failureWords(error)}). Export again.`;
  if (status === 422 || status === 409) return `GitHub said: ${oneLine(message)}. Export again.`;
  return `GitHub said: ${refusalOf(error, repo).said}. Export again later.`;
}
