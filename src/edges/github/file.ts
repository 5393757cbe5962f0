/** One file of a repository on GitHub as it was at a commit. */

import { z } from "zod";
import type { FileAt, RepositoryFile } from "../../flows/ports.ts";
import type { Ask } from "./client.ts";

const fileBytesMax = 200_000;

/** Of a folder GitHub answers a list, of a large file one without content. */
const contents = z.union([
  z.array(z.unknown()).transform(() => null),
  z.object({
    type: z.string(),
    size: z.number(),
    encoding: z.string().optional(),
    content: z.string().optional(),
    html_url: z.string().nullish(),
  }),
]);

/** null: there is no such file, or it is on no GitHub. Rejects with a sentence fragment. */
export async function fileOn(
  ask: Ask,
  { service: { repo = "" }, path, commit }: FileAt,
  signal: AbortSignal,
): Promise<RepositoryFile | null> {
  if (!/^[\w.-]+\/[\w.-]+$/.test(repo)) return null;
  const place = path.split("/").map(encodeURIComponent).join("/");
  const asked = { repo, path: `/contents/${place}`, parameters: { ref: commit } };
  const answer = await ask({ ...asked, schema: contents }, signal);
  if (!answer.ok) {
    if (answer.status === 404) return null;
    throw new Error(answer.said);
  }
  const { value: file } = answer;
  if (file === null || file.type !== "file") return null;
  if (file.size > fileBytesMax || file.encoding !== "base64") {
    throw new Error(`it is larger than ${fileBytesMax / 1_000} kB`);
  }
  const text = Buffer.from(file.content ?? "", "base64").toString("utf8");
  if (text.includes("\0")) throw new Error("it is no text");
  return { text, url: file.html_url ?? null };
}
