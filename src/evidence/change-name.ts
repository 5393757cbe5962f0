/** What a change is called: its pull request or short hash and its title, never a person. */

import type { ChangeRecord } from "./input.ts";

const titleCharsMax = 80;

/** `PR #311 "Batch the order query"`, `commit 3f2a91c "…"`, `deploy "v42"`. */
export function changeName(change: ChangeRecord): string {
  const pullRequest = /(?:^|\s|\()#(\d{1,7})\b/.exec(change.title)?.[1];
  const title = impersonal(change)
    .replace(/^Merge pull request #\d+(?: from)?/i, "")
    .replace(/\s*\(#\d+\)\s*$/, "")
    .trim();
  const quoted = title === "" ? "" : ` "${title.slice(0, titleCharsMax)}"`;
  if (pullRequest !== undefined) return `PR #${pullRequest}${quoted}`;
  return `${change.kind}${shortId(change)}${quoted}`;
}

function shortId({ kind, id }: ChangeRecord): string {
  return kind === "commit" && /^[0-9a-f]{7,64}$/i.test(id) ? ` ${id.slice(0, 7)}` : "";
}

/** The first line without mentions, mail addresses, branches of people, and the author's name. */
export function impersonal({ title, author }: Pick<ChangeRecord, "title" | "author">): string {
  const line = (title.split("\n", 1)[0] ?? "").slice(0, 500);
  const unbranched = line.replaceAll(/\bfrom [\w.-]+\/[\w./-]+:?/g, "").replaceAll(/\S*@\S+/g, "");
  return namesOf(author)
    .reduce((text, name) => text.replaceAll(name, ""), unbranched)
    .replaceAll(/\s+/g, " ")
    .trim()
    .replaceAll(/\s+by$/gi, "");
}

/** The name as a whole and its parts of three letters or more, as case-blind whole words. */
function namesOf(author: string | undefined): RegExp[] {
  if (author === undefined) return [];
  const parts = [author, ...author.split(/[^\p{L}\p{N}]+/u)].filter((name) => name.length >= 3);
  return parts.map((name) => {
    const literal = name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    return new RegExp(String.raw`(?<![\p{L}\p{N}])${literal}(?![\p{L}\p{N}])`, "giu");
  });
}
