/** Which later change takes an earlier one back: the former version again, the flag as it was, the revert. */

import type { ChangeRecord } from "./input.ts";

/** Fewer digits of a commit's hash name too many commits. */
const shortHashMin = 7;

/** The first change after `since`, and no later than `now` (Unix seconds), that takes the suspect back; undefined where none does. */
export function undoingOf(
  suspect: ChangeRecord,
  changes: readonly ChangeRecord[],
  { since, now }: { readonly since: number; readonly now: number },
): ChangeRecord | undefined {
  const earlier = changes.filter(({ at }) => at < suspect.at);
  return changes
    .filter(({ at, live }) => live !== false && at > Math.max(since, suspect.at) && at <= now)
    .filter((change) => change.kind === suspect.kind && isSamePlace(change, suspect))
    .toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
    .find((change) => takesBack(change, suspect, earlier));
}

function isSamePlace(one: ChangeRecord, other: ChangeRecord): boolean {
  return (
    one.service !== undefined &&
    one.service === other.service &&
    (one.environment === undefined ||
      other.environment === undefined ||
      one.environment === other.environment)
  );
}

function takesBack(
  change: ChangeRecord,
  suspect: ChangeRecord,
  earlier: readonly ChangeRecord[],
): boolean {
  switch (suspect.kind) {
    case "deploy":
      return goesBack(change, suspect, earlier);
    case "flag":
    case "config":
      return (
        isRevert(change, suspect) ||
        (change.subject !== undefined &&
          change.subject === suspect.subject &&
          isSameVersion(change.after, suspect.before))
      );
    case "commit":
      return false;
  }
}

/** To the version that the suspect replaced, or to one that ran before it. */
function goesBack(
  change: ChangeRecord,
  suspect: ChangeRecord,
  earlier: readonly ChangeRecord[],
): boolean {
  const to = versionOf(change);
  if (to === undefined || isSameVersion(to, versionOf(suspect))) return false;
  return (
    isSameVersion(to, suspect.before) ||
    earlier.some(
      (other) =>
        other.kind === "deploy" &&
        isSamePlace(other, suspect) &&
        other.live !== false &&
        isSameVersion(to, versionOf(other)),
    )
  );
}

function versionOf({ after, deploys }: ChangeRecord): string | undefined {
  return after ?? deploys?.at(-1);
}

/** Git's own words for it; a title that was cut is no match. */
function isRevert({ title }: ChangeRecord, suspect: ChangeRecord): boolean {
  return title === `Revert "${suspect.title}"`;
}

/** The same, or a commit and its short form. */
function isSameVersion(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  const isShortened = short.length >= shortHashMin && /^[0-9a-f]+$/i.test(long);
  return short === long || (isShortened && long.toLowerCase().startsWith(short.toLowerCase()));
}
