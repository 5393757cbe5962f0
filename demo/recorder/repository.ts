/** The shop's git repository: real commits over the files of demo/shop. */

import { execFile } from "node:child_process";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Change, Edit } from "./edit.ts";
import { edits, type EditName } from "./edits.ts";
import { beginnings, type Author } from "./history.ts";

const run = promisify(execFile);
const shopFolder = join(import.meta.dirname, "../shop");
const outputBytesMax = 20_000_000;
const dayMs = 86_400_000;

export interface Repository {
  readonly folder: string;
  readonly git: (...args: readonly string[]) => Promise<string>;
  /** Applies the edit and commits it, now; gives the commit's hash. */
  commit(name: EditName): Promise<string>;
  /** Reverts a commit, now; gives the new commit's hash. */
  revert(hash: string, author: Author): Promise<string>;
}

/** A repository with two weeks of history before `now`, in a new folder. */
export async function createRepository(folder: string, now: Date): Promise<Repository> {
  const git = gitIn(folder);
  await mkdir(folder, { recursive: true });
  await git("init", "-q", "-b", "main");
  for (const { paths, author, daysAgo, message } of beginnings) {
    for (const path of paths) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await cp(join(shopFolder, path), join(folder, path), { recursive: true });
    }
    await record(folder, { author, message }, new Date(now.getTime() - daysAgo * dayMs));
  }
  const twoDaysAgo = new Date(now.getTime() - 2.1 * dayMs);
  await commitEdit(folder, edits["refuse-empty-reservation"], twoDaysAgo);
  return {
    folder,
    git,
    commit: (name) => commitEdit(folder, edits[name], new Date()),
    revert: async (hash, author) => {
      await git("revert", "--no-commit", hash);
      const subject = await git("log", "-1", "--format=%s", hash);
      return record(folder, { author, message: `Revert "${subject}"` }, new Date());
    },
  };
}

async function commitEdit(folder: string, change: Change, at: Date): Promise<string> {
  for (const edit of change.edits) await apply(folder, edit);
  return record(folder, change, at);
}

async function apply(folder: string, edit: Edit): Promise<void> {
  const path = join(folder, edit.file);
  const text = await readFile(path, "utf8");
  if (text.split(edit.from).length !== 2)
    throw new Error(`${edit.file}: not exactly one place reads: ${edit.from}`);
  await writeFile(
    path,
    text.replace(edit.from, () => edit.to),
  );
}

/** Commits all that changed; gives the hash. */
async function record(
  folder: string,
  { author, message }: Pick<Change, "author" | "message">,
  at: Date,
): Promise<string> {
  const git = gitIn(folder, {
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_AUTHOR_DATE: at.toISOString(),
    GIT_COMMITTER_NAME: author.name,
    GIT_COMMITTER_EMAIL: author.email,
    GIT_COMMITTER_DATE: at.toISOString(),
  });
  await git("add", "-A");
  await git("commit", "-q", "-m", message);
  return git("rev-parse", "HEAD");
}

function gitIn(folder: string, environment: Record<string, string> = {}): Repository["git"] {
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    ...environment,
  };
  return async (...args) => {
    const options = { env, maxBuffer: outputBytesMax };
    const { stdout } = await run("git", ["-C", folder, ...args], options);
    return stdout.trimEnd();
  };
}
