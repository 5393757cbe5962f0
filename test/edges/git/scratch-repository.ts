/** A real git repository in a temporary folder, with commits at the times that a test gives. */

import { execFile, spawnSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Why tests of clones are skipped here; false where they run. */
export const skip =
  spawnSync("git", ["version"]).error === undefined ? false : "git is not installed";

export interface ScratchRepository extends AsyncDisposable {
  readonly folder: string;
  /** Runs git in the folder and gives its output. */
  git(...args: string[]): Promise<string>;
  /** Writes the files and commits them; gives the hash. */
  commit(message: string, at: Date, files: Readonly<Record<string, string>>): Promise<string>;
  /** So many commits of one small file, one a minute, the last of them at this time. */
  commitMany(count: number, last: Date): Promise<void>;
  /** Merges a branch of one commit, as GitHub's button does; gives the merge's hash. */
  mergeBranch(
    message: string,
    times: { committed: Date; merged: Date },
    files: Readonly<Record<string, string>>,
  ): Promise<string>;
}

export async function scratchFolder(): Promise<AsyncDisposable & { readonly folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), "hindsight-git-"));
  return {
    folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

export async function scratchRepository(): Promise<ScratchRepository> {
  const scratch = await scratchFolder();
  const { folder } = scratch;
  const gitAt = async (at: Date | null, args: readonly string[]) => {
    const date =
      at === null
        ? {}
        : { GIT_AUTHOR_DATE: at.toISOString(), GIT_COMMITTER_DATE: at.toISOString() };
    const { stdout } = await run("git", ["-C", folder, ...args], {
      env: { PATH: process.env["PATH"], HOME: folder, GIT_CONFIG_NOSYSTEM: "1", ...date },
    });
    return stdout.trim();
  };
  const commit: ScratchRepository["commit"] = async (message, at, files) => {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(join(folder, dirname(path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    await gitAt(at, ["add", "--all"]);
    await gitAt(at, ["commit", "--quiet", "--allow-empty", "--message", message]);
    return gitAt(null, ["rev-parse", "HEAD"]);
  };
  await gitAt(null, ["init", "--quiet", "--initial-branch=main"]);
  await gitAt(null, ["config", "user.name", "Ana"]);
  await gitAt(null, ["config", "user.email", "ana@shop.example"]);
  return {
    folder,
    git: (...args) => gitAt(null, args),
    commit,
    commitMany: async (count, last) => {
      const child = run("git", ["-C", folder, "fast-import", "--quiet"]);
      child.child.stdin?.end(manyCommits(count, last));
      await child;
      await gitAt(null, ["reset", "--quiet", "--hard"]);
    },
    mergeBranch: async (message, { committed, merged }, files) => {
      await gitAt(null, ["checkout", "--quiet", "-b", "topic"]);
      await commit("Work in progress", committed, files);
      await gitAt(null, ["checkout", "--quiet", "main"]);
      await gitAt(merged, ["merge", "--quiet", "--no-ff", "--message", message, "topic"]);
      await gitAt(null, ["branch", "--quiet", "--delete", "topic"]);
      return gitAt(null, ["rev-parse", "HEAD"]);
    },
    [Symbol.asyncDispose]: scratch[Symbol.asyncDispose],
  };
}

/** The stream that `git fast-import` reads. */
function manyCommits(count: number, last: Date): string {
  return Array.from({ length: count }, (_, index) => {
    const at = last.getTime() / 1000 - (count - 1 - index) * 60;
    const head = `commit refs/heads/main\ncommitter Ana <ana@shop.example> ${at} +0000\n`;
    return `${head}${data(`Commit ${index}`)}M 100644 inline a\n${data(String(index))}`;
  }).join("");
}

function data(text: string): string {
  return `data ${text.length}\n${text}\n`;
}

/** A folder with a program named git that never ends. */
export async function hungGit(folder: string): Promise<string> {
  const bin = join(folder, "bin");
  await mkdir(bin);
  await writeFile(join(bin, "git"), "#!/bin/sh\nexec sleep 60\n");
  await chmod(join(bin, "git"), 0o755);
  return `${bin}:/usr/bin:/bin`;
}
