/** Files of repositories on GitHub that may be runbooks. */

import { z } from "zod";
import {
  mendOf,
  pageBytesMax,
  type AskedPage,
  type FileOnGitHub,
  type PageAnswer,
} from "../../runbook/page.ts";
import { clientOf, type GitHubSettings } from "./client.ts";

/** Where the answer does not say that it is text, octokit gives its bytes. */
const Text = z.union([
  z.string(),
  z.instanceof(ArrayBuffer).transform((bytes) => Buffer.from(bytes).toString()),
]);

/** A repository tells by its tag whether a file changed; it is asked so often at most. */
const freshMs = 5 * 60_000;

export type ReadFile = (
  file: FileOnGitHub,
  asked: AskedPage & { readonly etag: string | null },
  signal: AbortSignal,
) => Promise<PageAnswer>;

/** Never rejects. */
export function runbookFilesRead(settings: GitHubSettings): ReadFile {
  const ask = clientOf(settings);
  return async ({ repo, path, ref }, asked, signal) => {
    const { etag } = asked;
    const question = {
      repo,
      path: `/contents/${path.split("/").map(encodeURIComponent).join("/")}`,
      parameters: { ref },
      schema: Text,
      headers: {
        accept: "application/vnd.github.raw+json",
        ...(etag === null ? {} : { "if-none-match": etag }),
      },
    };
    const answer = await ask(question, signal);
    if (!answer.ok) {
      if (answer.status === 304) return { kind: "same", freshMs };
      const isGone = answer.status === 404;
      const said = isGone ? `${path} is not in ${repo} at ${ref}; ${mendOf(asked)}` : answer.said;
      return { kind: "refused", said, isPassing: answer.status === null || answer.status >= 500 };
    }
    const { value: text } = answer;
    if (text.length > pageBytesMax) {
      const said = `${path} in ${repo} is larger than ${pageBytesMax / 1e6} MB; link a smaller page`;
      return { kind: "refused", said, isPassing: false };
    }
    const format = /\.html?$/i.test(path) ? "html" : "markdown";
    return { kind: "page", page: { text, format }, etag: answer.etag ?? null, freshMs };
  };
}
