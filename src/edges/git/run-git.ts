/** Runs the `git` program in a folder, reading only: no shell, no prompts, no hooks, no network, bounded output. */

import { execFile } from "node:child_process";
import { dirname, resolve } from "node:path";
import { failureWords, oneLine } from "../outgoing.ts";

export interface GitEnvironment {
  readonly PATH?: string | undefined;
  /** Where the git configuration of the process's user lies, for instance its `safe.directory`. */
  readonly HOME?: string | undefined;
}

type GitAnswer =
  | { readonly ok: true; readonly out: string; readonly isCut: boolean }
  | { readonly ok: false; readonly said: string; readonly isEmpty: boolean };

interface GitQuestion {
  readonly folder: string;
  /** The subcommand and its arguments. */
  readonly args: readonly string[];
  /** More than this is cut off, and `isCut` says so. */
  readonly bytesMax: number;
  readonly signal: AbortSignal;
}

export type Git = (question: GitQuestion) => Promise<GitAnswer>;

const defaultPath = "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin";

/** What a clone's own configuration could make git run is switched off. */
const harmless = [
  "--no-optional-locks",
  "--no-pager",
  ...[
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.quotePath=false",
    "log.showSignature=false",
    "color.ui=false",
  ].flatMap((setting) => ["-c", setting]),
];

export function gitWith(environment: GitEnvironment): Git {
  return ({ folder, args, bytesMax, signal }) => {
    const { promise, resolve: answer } = Promise.withResolvers<GitAnswer>();
    const options = {
      env: environmentFor(folder, environment),
      encoding: "utf8",
      maxBuffer: bytesMax,
      signal,
      killSignal: "SIGKILL",
    } as const;
    execFile("git", [...harmless, "-C", folder, ...args], options, (error, out, complaint) => {
      answer(error === null ? { ok: true, out, isCut: false } : failed(error, out, complaint));
    });
    return promise;

    function failed(error: Error, out: string, complaint: string): GitAnswer {
      const code = "code" in error ? error.code : undefined;
      if (code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") return { ok: true, out, isCut: true };
      const isEmpty = /does not have any commits yet|bad revision 'HEAD'/.test(complaint);
      return { ok: false, said: complaintWords(folder, error, complaint), isEmpty };
    }
  };
}

function environmentFor(folder: string, given: GitEnvironment): Record<string, string> {
  return {
    PATH: given.PATH ?? defaultPath,
    ...(given.HOME === undefined ? {} : { HOME: given.HOME }),
    LC_ALL: "C.UTF-8",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_LAZY_FETCH: "1",
    GIT_ALLOW_PROTOCOL: "none",
    // The folder must be the repository itself: a folder inside another repository is not meant.
    GIT_CEILING_DIRECTORIES: dirname(resolve(folder)),
  };
}

function complaintWords(folder: string, error: Error, complaint: string): string {
  if (/not a git repository|cannot change to/.test(complaint)) {
    return `folder ${folder} is no git repository`;
  }
  if (/dubious ownership/.test(complaint)) {
    return `folder ${folder} belongs to another user, git refuses to read it (safe.directory)`;
  }
  if ("code" in error && error.code === "ENOENT") return "the git program is not installed";
  if (complaint.trim() === "") return failureWords(error);
  return oneLine(complaint.replace(/^fatal: /, ""));
}
