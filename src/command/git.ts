/** The command line of git, which reads and changes by the same words. */

import type { CommandClass } from "./class.ts";
import { has, parted } from "./options.ts";
import { list } from "./program-lists.ts";
import type { Argument } from "./shell.ts";

const gitReading = new Set(
  list(
    "status log show diff blame rev-parse ls-files ls-tree ls-remote describe shortlog cat-file name-rev merge-base rev-list diff-tree for-each-ref whatchanged cherry grep count-objects version show-ref show-branch range-diff var help annotate",
  ),
);
const gitChanging = new Set(
  list(
    "push pull commit merge rebase reset checkout switch restore revert cherry-pick clean rm mv add am apply gc prune fetch clone init filter-branch update-ref update-index worktree submodule fsck repack bundle archive notes replace",
  ),
);

/** With these the verb only lists. */
const listing: Readonly<Record<string, RegExp>> = {
  branch: /^(?:|-a|-r|-v|-vv|-av|-l|--list|--all|--show-current|--contains|--merged|--no-merged)$/,
  tag: /^(?:|-l|--list|-n\d*|--contains|--points-at|--sort=.*)$/,
  remote: /^(?:|-v|show|get-url)$/,
  stash: /^(?:list|show)$/,
  reflog: /^(?:|show|-n\d*)$/,
  config: /^(?:--get|--get-all|--list|-l|get|list)$/,
  bisect: /^(?:log|view)$/,
};
const editing =
  /^(?:-d|-D|-m|-M|-c|-C|-f|--delete|--move|--force|--unset|--add|--set-upstream.*|-u|-e|--edit)$/;
const harmlessOptions = /^(?:-C|--no-pager|-P|--git-dir|--work-tree|--version|--bare)$/;

export function git(words: readonly Argument[]): CommandClass {
  const parts = parted(words, {
    valued: ["-C", "--git-dir", "--work-tree", "-c", "--config-env", "--exec-path"],
    stopsAtRest: true,
  });
  if (parts.options.some(({ name }) => !harmlessOptions.test(name))) return "unknown";
  const [verb, ...after] = parts.rest;
  if (verb === undefined) return has(parts, "--version") ? "read-only" : "unknown";
  if (!verb.isLiteral) return "unknown";
  const said = after.map(({ text }) => text);
  const runsOther = /^(?:--(?:outp|ext-|textc|exe|upl|open)|-O)/;
  if (gitReading.has(verb.text))
    return said.some((word) => runsOther.test(word)) ||
      after.some(({ isOpen }) => isOpen && verb.text === "ls-remote")
      ? "unknown"
      : "read-only";
  if (gitChanging.has(verb.text)) return "state-changing";
  const [next = ""] = said;
  const pattern = listing[verb.text];
  if (pattern === undefined) return "unknown";
  const isListing = pattern.test(next) && !said.some((word) => editing.test(word));
  return isListing ? "read-only" : "state-changing";
}
