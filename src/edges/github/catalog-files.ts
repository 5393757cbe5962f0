/** The catalog's files in a repository on GitHub; while its newest commit is the same nothing else is asked. */

import { z } from "zod";
import { atMost } from "../at-most.ts";
import { clientOf, type Ask, type GitHubSettings } from "./client.ts";

const filesMax = 200;
const fileBytesMax = 2_000_000;
const requestsAtOnce = 6;

interface Place {
  /** "owner/name" */
  readonly repo: string;
  /** A file or a folder; "": the whole repository, of which only catalogs are read. */
  readonly path: string;
  /** null: the default branch. */
  readonly ref: string | null;
}

interface CatalogFile {
  readonly path: string;
  readonly text: string;
}

/** null: nothing has changed since the last reading that did not fail. Rejects with a sentence fragment. */
export type ReadCatalogFiles = (signal: AbortSignal) => Promise<readonly CatalogFile[] | null>;

/** Where the answer does not say that it is text, octokit gives its bytes. */
const Sha = z
  .union([z.string(), z.instanceof(ArrayBuffer).transform((it) => Buffer.from(it).toString())])
  .pipe(z.string().regex(/^[0-9a-f]{40,64}$/));
const Tree = z.object({
  tree: z.array(
    z.object({
      path: z.string(),
      type: z.string(),
      sha: z.string(),
      size: z.number().optional(),
    }),
  ),
  truncated: z.boolean().optional(),
});
const Blob = z.object({ content: z.string(), encoding: z.literal("base64") });

export function catalogOnGitHubRead(settings: GitHubSettings, place: Place): ReadCatalogFiles {
  const ask = clientOf(settings);
  const repository = repositoryOf(ask, place.repo);
  let etag: string | null = null;
  return async (signal) => {
    const newest = await ask(
      {
        repo: place.repo,
        path: `/commits/${place.ref ?? "HEAD"}`,
        schema: Sha,
        headers: {
          accept: "application/vnd.github.sha",
          ...(etag === null ? {} : { "if-none-match": etag }),
        },
      },
      signal,
    );
    if (!newest.ok) {
      if (newest.status === 304) return null;
      throw new Error(newest.said);
    }
    const files = await filesAt(repository, place, newest.value, signal);
    etag = newest.etag ?? null;
    return files;
  };
}

interface Repository {
  readonly value: <T>(path: string, schema: z.ZodType<T>, signal: AbortSignal) => Promise<T>;
  /** By the hash of what they hold, those of the reading before among them. */
  texts: ReadonlyMap<string, string>;
}

function repositoryOf(ask: Ask, repo: string): Repository {
  return {
    texts: new Map(),
    value: async (path, schema, signal) => {
      const answer = await ask({ repo, path, schema }, signal);
      if (!answer.ok) throw new Error(answer.said);
      return answer.value;
    },
  };
}

async function filesAt(
  repository: Repository,
  { repo, path, ref }: Place,
  commit: string,
  signal: AbortSignal,
): Promise<readonly CatalogFile[]> {
  const { tree, truncated } = await repository.value(
    `/git/trees/${commit}?recursive=1`,
    Tree,
    signal,
  );
  if (truncated === true) throw new Error(`${repo} holds too many files to be listed`);
  const blobs = tree.filter((each) => each.type === "blob" && isCatalog(each.path, path));
  const where = `${repo}${path === "" ? "" : `/${path}`}${ref === null ? "" : ` at ${ref}`}`;
  if (blobs.length === 0) throw new Error(`${where} holds no catalog`);
  if (blobs.length > filesMax) {
    throw new Error(`${where} holds ${blobs.length} YAML files; at most ${filesMax} are read`);
  }
  const gate = atMost(requestsAtOnce);
  const read = await Promise.all(
    blobs.map(({ path: name, sha, size = 0 }) =>
      gate(async () => {
        if (size > fileBytesMax) throw new Error(`${name} is larger than ${fileBytesMax / 1e6} MB`);
        const known = repository.texts.get(sha);
        const text = known ?? (await textOf(repository, sha, signal));
        return { sha, file: { path: `${repo}/${name}`, text } };
      }),
    ),
  );
  repository.texts = new Map(read.map(({ sha, file }) => [sha, file.text]));
  return read.map(({ file }) => file).toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

async function textOf(repository: Repository, sha: string, signal: AbortSignal): Promise<string> {
  const { content } = await repository.value(`/git/blobs/${sha}`, Blob, signal);
  return Buffer.from(content, "base64").toString("utf8");
}

/** The YAML at the path or below it; of a whole repository, which holds much else, what is called a catalog. */
function isCatalog(file: string, path: string): boolean {
  if (path === "") return /(^|\/)catalog-info\.ya?ml$|^catalog\.ya?ml$/.test(file);
  return file === path || (file.startsWith(`${path}/`) && /\.ya?ml$/.test(file));
}
