/** One file of a local clone as it was at a commit. */

import type { RepositoryFile } from "../../flows/ports.ts";
import type { Git } from "./run-git.ts";

const fileBytesMax = 200_000;

/** null: the clone has no such file at that commit. Rejects with a sentence fragment. */
export async function fileIn(
  {
    git,
    folder,
    signal,
  }: { readonly git: Git; readonly folder: string; readonly signal: AbortSignal },
  { path, commit }: { readonly path: string; readonly commit: string },
): Promise<RepositoryFile | null> {
  const object = `${commit}:${path}`;
  const run = (...args: string[]) => git({ folder, args, bytesMax: fileBytesMax, signal });
  // A name that is a branch's as well would be read as that, and a folder would be listed.
  const kind = await run("cat-file", "-t", "--end-of-options", object);
  if (!kind.ok) {
    if (
      /not a valid object name|does not exist|exists on disk, but not in|invalid object name/i.test(
        kind.said,
      )
    )
      return null;
    throw new Error(kind.said);
  }
  if (kind.out.trim() !== "blob") return null;
  const file = await run("cat-file", "blob", object);
  if (!file.ok) throw new Error(file.said);
  if (file.isCut) throw new Error(`it is larger than ${fileBytesMax / 1_000} kB`);
  if (file.out.includes("\0")) throw new Error("it is no text");
  return { text: file.out, url: null };
}
