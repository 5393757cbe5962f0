/** The commits of a clone in a span of time that touch given paths, newest first. */

import { changeTitle } from "../../evidence/change-title.ts";
import type { Git } from "./run-git.ts";

export interface Clone {
  readonly git: Git;
  readonly folder: string;
  readonly signal: AbortSignal;
}

export interface Commit {
  readonly id: string;
  /** Unix seconds of the commit, which for a merge is when it was merged. */
  readonly at: number;
  readonly title: string;
  readonly author: string;
  readonly files: readonly string[];
  /** The oldest commit of a shallow clone: all its files look new, so its difference says nothing. */
  readonly isCutOff: boolean;
}

export interface List {
  readonly commits: readonly Commit[];
  readonly leftOut: readonly string[];
}

const commitsMax = 100;
const listBytesMax = 5_000_000;

/** Without paths the whole repository; an empty repository gives an empty list. */
export async function listed(
  { git, folder, signal }: Clone,
  paths: readonly string[],
  span: { from: Date; to: Date },
): Promise<List | { failure: string }> {
  const ask = (args: readonly string[]) => git({ folder, args, bytesMax: listBytesMax, signal });
  const [shallow, log] = await Promise.all([
    ask(["rev-parse", "--is-shallow-repository"]),
    ask(["log", ...logArguments(span), "--end-of-options", "HEAD", "--", ...paths.map(pathspec)]),
  ]);
  if (!shallow.ok) return { failure: shallow.said };
  if (!log.ok) return log.isEmpty ? { commits: [], leftOut: [] } : { failure: log.said };
  const isShallow = shallow.out.trim() === "true";
  const all = parse(log.out, isShallow).filter(
    ({ at }) => at * 1000 >= span.from.getTime() && at * 1000 <= span.to.getTime(),
  );
  const cutOff = all.find(({ isCutOff }) => isCutOff);
  const isOver = all.length > commitsMax || log.isCut;
  return {
    commits: all.slice(0, commitsMax),
    leftOut: [
      ...(isOver ? [`older commits in ${folder}: the limit is ${commitsMax}`] : []),
      ...(cutOff ? [`what is older than ${clock(cutOff.at)}: ${folder} is a shallow clone`] : []),
    ],
  };
}

function logArguments(span: { from: Date; to: Date }): string[] {
  return [
    "--first-parent",
    "--diff-merges=first-parent",
    "--full-diff",
    "--no-renames",
    "--name-only",
    "-z",
    "--encoding=UTF-8",
    "--no-notes",
    `--max-count=${commitsMax + 1}`,
    `--since=${internal(Math.floor(span.from.getTime() / 1000))}`,
    `--until=${internal(Math.ceil(span.to.getTime() / 1000))}`,
    "--format=commit %H%x00%P%x00%ct%x00%an%x00%B%x00",
  ];
}

/** A time in git's own format, which no locale reads differently. */
function internal(unixSeconds: number): string {
  return `@${unixSeconds} +0000`;
}

function pathspec(path: string): string {
  return `:(top,glob)${path}`;
}

const header = /^\n?commit ([0-9a-f]{40,64})$/;

/**
 * One commit is "commit" and its hash, parents, time, author, message and then its files, all ended by NUL, which no
 * message and no path can hold.
 */
function parse(out: string, isShallow: boolean): Commit[] {
  const fields = out.split("\0");
  const starts = [...fields.keys()].filter((at) => header.test(fields[at] ?? ""));
  return starts.map((start, index) => {
    const own = fields.slice(start, starts[index + 1]);
    const [id = "", parents = "", at = "", author = "", message = "", ...files] = own;
    return {
      id: header.exec(id)?.[1] ?? "",
      at: Number(at),
      title: changeTitle(message),
      author,
      files: files.map((file) => file.replace(/^\n/, "")).filter((file) => file !== ""),
      isCutOff: isShallow && parents === "",
    };
  });
}

function clock(at: number): string {
  return `${new Date(at * 1000).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
