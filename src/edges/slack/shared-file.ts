/** A file that somebody shared, as text: what Slack says of it, then its bytes, from Slack's own file host alone. */

import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { WebClient } from "@slack/web-api";
import type { SharedFile } from "../../flows/ports.ts";
import { failureWords } from "../outgoing.ts";
import { refusalIn, wordsOf } from "./outcome-of-call.ts";
import { isOwnAddress } from "./own-address.ts";

/** Of the file, and of what a compressed one holds. */
const bytesMax = 5_000_000;
const downloadMsMax = 4_000;
const nothing = { kind: "none" } as const;

type Info = NonNullable<Awaited<ReturnType<WebClient["files"]["info"]>>["file"]>;

/** Rejects with words where Slack is away, so that it can be tried again. */
export async function sharedFile(client: WebClient, id: string): Promise<SharedFile> {
  let file: Info | undefined;
  try {
    ({ file } = await client.files.info({ file: id }));
  } catch (error) {
    const refusal = refusalIn(error);
    if (refusal === "missing_scope") return { kind: "unreadable", because: "no-permission" };
    if (refusal === "file_not_found" || refusal === "file_deleted") return nothing;
    if (refusal === "access_denied") return { kind: "unreadable", because: "not-shown" };
    throw new Error(wordsOf(error), { cause: error });
  }
  if (file === undefined || isNoLog(file)) return nothing;
  const { name } = file;
  const url = file.url_private_download ?? file.url_private;
  if (!isOwnAddress(url, client)) return { kind: "unreadable", because: "not-shown", name };
  try {
    const said = await download(client, url, file.mimetype ?? "");
    if (said === "gone") return nothing;
    if (said === "not-shown") return { kind: "unreadable", because: said, name };
    return await textOf(said, name ?? "");
  } catch (error) {
    throw new Error(failureWords(error), { cause: error });
  }
}

/** Pictures, sounds and films, and what Slack keeps no content of: links elsewhere, and the remains of what was deleted. */
function isNoLog({ mimetype = "", mode, is_external: isExternal }: Info): boolean {
  const isKept = isExternal !== true && mode !== "tombstone" && mode !== "hidden_by_limit";
  return !isKept || /^(?:image|audio|video)\//.test(mimetype);
}

interface Bytes {
  readonly bytes: Buffer;
  readonly isCut: boolean;
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

/** What comes beyond the limit is not waited for. */
async function upTo(max: number, chunks: AsyncIterable<Uint8Array>): Promise<Bytes> {
  const kept: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    kept.push(chunk);
    size += chunk.byteLength;
    if (size > max) break;
  }
  return { bytes: Buffer.concat(kept).subarray(0, max), isCut: size > max };
}

/** UTF-8, as it is or in gzip; a line that the limit cuts is left away. */
async function textOf(file: Bytes, name: string): Promise<SharedFile> {
  const notText = { kind: "unreadable", because: "not-text", name } as const;
  try {
    const { bytes, isCut } = await unpacked(file);
    if (bytes.includes(0)) return notText;
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: isCut });
    const whole = isCut ? text.slice(0, text.lastIndexOf("\n") + 1) : text;
    return { kind: "text", name, text: whole, isCut };
  } catch {
    return notText;
  }
}

async function unpacked({ bytes, isCut }: Bytes): Promise<Bytes> {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isGzip) return { bytes, isCut };
  const inside = await upTo(bytesMax, Readable.from([bytes]).pipe(createGunzip()));
  return { bytes: inside.bytes, isCut: isCut || inside.isCut };
}
