/** A file that somebody shared, as lines of a log: what Slack says of it, then its bytes, from Slack's own hosts alone. */

import type { WebClient } from "@slack/web-api";
import type { SharedFile } from "../../flows/chat.ts";
import { failureWords } from "../outgoing.ts";
import { bytesMax, logOf, upTo, type Bytes } from "./log-file.ts";
import { refusalIn, wordsOf } from "./outcome-of-call.ts";
import { isOwnAddress } from "./own-address.ts";

/** Files of a reading, twice. */
const keptMax = 10;
const downloadMsMax = 4_000;
const nothing = { kind: "none" } as const;

type Info = NonNullable<Awaited<ReturnType<WebClient["files"]["info"]>>["file"]>;

/**
 * Slack is asked each time whether the file is still there; what it holds is kept while it is in use, for one of its size
 * holds the same.
 */
export function sharedFilesOn(client: WebClient): (id: string) => Promise<SharedFile> {
  const kept = new Map<string, SharedFile>();
  return async (id) => {
    const info = await infoOf(client, id);
    if (!info.ok) return info.said;
    const key = `${id} ${info.file.size}`;
    const file = kept.get(key) ?? (await contentOf(client, info.file));
    kept.delete(key);
    if (file.kind === "log") kept.set(key, file);
    for (const oldest of kept.keys()) if (kept.size > keptMax) kept.delete(oldest);
    return file;
  };
}

type Informed =
  | { readonly ok: true; readonly file: Info }
  | { readonly ok: false; readonly said: SharedFile };

/** Rejects with words where Slack is away, so that it can be tried again. */
async function infoOf(client: WebClient, id: string): Promise<Informed> {
  try {
    const { file } = await client.files.info({ file: id });
    return file === undefined || isNoLog(file) ? { ok: false, said: nothing } : { ok: true, file };
  } catch (error) {
    const said = saidOf(refusalIn(error));
    if (said === null) throw new Error(wordsOf(error), { cause: error });
    return { ok: false, said };
  }
}

function saidOf(refusal: string | null): SharedFile | null {
  switch (refusal) {
    case "missing_scope":
      return { kind: "unreadable", because: "no-permission" };
    case "file_not_found":
    case "file_deleted":
      return nothing;
    case "access_denied":
      return { kind: "unreadable", because: "not-shown" };
    case null:
    default:
      return null;
  }
}

/** The same of its bytes. */
async function contentOf(client: WebClient, file: Info): Promise<SharedFile> {
  const { name = "the file" } = file;
  const url = file.url_private_download ?? file.url_private;
  if (!isOwnAddress(url, client)) return { kind: "unreadable", because: "not-shown", name };
  try {
    const said = await download(client, url, file.mimetype ?? "");
    if (said === "gone") return nothing;
    if (said === "not-shown") return { kind: "unreadable", because: said, name };
    return await logOf(said, name);
  } catch (error) {
    throw new Error(failureWords(error), { cause: error });
  }
}

/** Pictures, sounds and films, and what Slack keeps no content of: links elsewhere, and the remains of what was deleted. */
function isNoLog({ mimetype = "", mode, is_external: isExternal }: Info): boolean {
  const isKept = isExternal !== true && mode !== "tombstone" && mode !== "hidden_by_limit";
  return !isKept || /^(?:image|audio|video)\//.test(mimetype);
}

/** Whoever may not see a file is sent to a page to sign in, with status 200 or a redirect. */
async function download(
  client: WebClient,
  url: string,
  type: string,
): Promise<Bytes | "gone" | "not-shown"> {
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${client.token}` },
    redirect: "manual",
    signal: AbortSignal.timeout(downloadMsMax),
  });
  const { status, headers, body } = response;
  const isPage = headers.get("content-type")?.startsWith("text/html") === true;
  const isSignIn = (isPage && type !== "text/html") || (status >= 300 && status < 400);
  if (status === 200 && !isSignIn) {
    return body === null ? { bytes: Buffer.alloc(0), isCut: false } : upTo(bytesMax, body);
  }
  await body?.cancel();
  if (status === 404 || status === 410) return "gone";
  if (isSignIn || status === 401 || status === 403) return "not-shown";
  throw new Error(`HTTP ${status}`);
}
