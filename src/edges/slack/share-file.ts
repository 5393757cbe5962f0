/** Sends a file into a thread, at most once: a chart, drawn as a picture when it is its turn, or a text. */

import type { WebClient } from "@slack/web-api";
import type { OutboxPayload } from "../../flows/change.ts";
import type { DrawChart } from "../../flows/outbox.ts";
import type { MessageTs } from "../../vocabulary.ts";
import { withinSignal } from "../outgoing.ts";
import { outcomeOfError, type CallOutcome } from "./outcome-of-call.ts";
import { isOwnAddress } from "./own-address.ts";
import type { Sending } from "./send.ts";

/** Shorter than a lease, for what waits behind it are messages. */
const uploadMsMax = 8_000;

type FilePayload = Extract<OutboxPayload, { kind: "chart" | "file" }>;

export interface Sharing extends Sending {
  readonly draw: DrawChart;
  /** The message that it goes under. */
  readonly threadTs: MessageTs;
}

/** As it is uploaded. */
interface Upload {
  readonly filename: string;
  readonly bytes: Uint8Array;
  /** For who cannot see a picture. */
  readonly alt?: string;
}

/**
 * Whatever goes wrong is a refusal: the messages say the same, and none of them waits for a file. Slack shares a file
 * only some time after it has said so, so that nobody can look whether it arrived: a row that was tried is not tried again.
 */
export async function shareFile(
  { client, outbox, lease, row, draw, threadTs }: Sharing,
  payload: FilePayload,
): Promise<CallOutcome> {
  if (row.triedAt !== null) return { kind: "refused", reason: "it may have arrived before" };
  const lost = { kind: "moot", reason: "lease lost" } as const;
  try {
    const file = await uploadOf(payload, draw);
    if (!(await outbox.renew(lease, row))) return lost;
    const signal = AbortSignal.timeout(uploadMsMax);
    const id = await withinSignal(signal, upload(client, file, signal));
    if (!(await outbox.renew(lease, row))) return lost;
    await client.files.completeUploadExternal({
      files: [{ id, title: payload.title }],
      channel_id: row.channel,
      thread_ts: threadTs,
      ...(payload.kind === "chart" ? { initial_comment: payload.comment } : {}),
    });
    return { kind: "done", ts: null, isNewPost: true };
  } catch (error) {
    return { kind: "refused", reason: outcomeOfError(error).reason };
  }
}

async function uploadOf(payload: FilePayload, draw: DrawChart): Promise<Upload> {
  if (payload.kind === "file") {
    return { filename: payload.filename, bytes: Buffer.from(payload.text, "utf8") };
  }
  return { filename: "chart.png", bytes: await draw(payload.chart), alt: payload.alt };
}

/** The file's id; nobody sees it until it is shared. */
async function upload(
  client: WebClient,
  { filename, bytes, alt }: Upload,
  signal: AbortSignal,
): Promise<string> {
  // The package's types call it alt_text, Slack's reference alt_txt.
  const file = {
    filename,
    length: bytes.length,
    ...(alt === undefined ? {} : { alt_txt: alt }),
  };
  const { upload_url: url, file_id: id } = await client.files.getUploadURLExternal(file);
  if (!id || !isOwnAddress(url, client)) throw new Error("Slack gave no address to upload to");
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/octet-stream" },
    body: new Uint8Array(bytes),
    redirect: "error",
    signal,
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`the upload was answered with ${answer.status}`);
  return id;
}
