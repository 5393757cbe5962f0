/** Files and patches of the newest commits. */

import { atMost } from "../at-most.ts";
import type { Clone, Commit } from "./list.ts";

interface Detailed {
  readonly commit: Commit;
  readonly files: readonly string[];
  readonly diff?: string;
}

const patchesMax = 20;
/** Twenty of these fit a process of 256 MB; what is longer was generated, and its first megabyte says so. */
const patchBytesMax = 1_000_000;
const filesMax = 300;
const processesMax = 4;

export async function detailed(
  { git, folder, signal }: Clone,
  commits: readonly Commit[],
): Promise<{ commits: readonly Detailed[]; leftOut: readonly string[] }> {
  const gate = atMost(processesMax);
  const cut: string[] = [];
  const unread: string[] = [];
  const patchOf = async ({ id }: Commit): Promise<string | undefined> => {
    const args = ["show", ...showArguments, "--end-of-options", id];
    const answer = await gate(() => git({ folder, args, bytesMax: patchBytesMax, signal }));
    if (!answer.ok) unread.push(id.slice(0, 7));
    else if (answer.isCut) cut.push(id.slice(0, 7));
    return answer.ok ? answer.out : undefined;
  };
  const whole = commits.filter(({ isCutOff }) => !isCutOff);
  const wanted = new Set(whole.slice(0, patchesMax));
  const read = await Promise.all(
    commits.map(async (commit): Promise<Detailed> => {
      if (commit.isCutOff) return { commit, files: [] };
      const files = commit.files.slice(0, filesMax);
      if (commit.files.length > filesMax) cut.push(commit.id.slice(0, 7));
      const diff = wanted.has(commit) ? await patchOf(commit) : undefined;
      return { commit, files, ...(diff === undefined ? {} : { diff }) };
    }),
  );
  const over = whole.length - patchesMax;
  return {
    commits: read,
    leftOut: [
      ...(over > 0
        ? [`patches of ${over} of ${whole.length} commits: the limit is ${patchesMax}`]
        : []),
      ...(cut.length > 0 ? [`the end of the long patches of ${[...new Set(cut)].join(", ")}`] : []),
      ...(unread.length > 0 ? [`patches of ${unread.join(", ")}: not in ${folder}`] : []),
    ],
  };
}

const showArguments = [
  "--format=",
  "--patch",
  "--diff-merges=first-parent",
  "--no-ext-diff",
  "--no-textconv",
  "--submodule=short",
  "--src-prefix=a/",
  "--dst-prefix=b/",
  "--no-notes",
  "--encoding=UTF-8",
];
