/** A canvas of ours in a channel: changed where it is known or found by its title, made where it is not. */

import type { WebClient } from "@slack/web-api";
import type { CanvasGiven, CanvasTold } from "../../flows/counterpart.ts";
import type { Addresses } from "../../redaction/redact.ts";
import { redactShown } from "../../redaction/shown.ts";
import { isRefusedWith, outcomeOfError, wordsOf } from "./outcome-of-call.ts";

const canvasType = "application/vnd.slack-docs";
const filesMax = 200;

/** What would be the same an hour later is a refusal; what may pass is thrown. */
export function canvasesOn(
  client: WebClient,
  addresses: Addresses = {},
): (told: CanvasTold) => Promise<CanvasGiven> {
  return async ({ channel, known, ...shown }) => {
    try {
      return await makeItSo(client, { channel, known, ...redactShown(shown, addresses) });
    } catch (error) {
      const { kind, reason } = outcomeOfError(error);
      const isFinal = kind === "refused" || reason === "missing_scope";
      if (!isFinal) throw new Error(wordsOf(error), { cause: error });
      return { kind: "refused", reason, detail: detailOf(error) };
    }
  };
}

async function makeItSo(client: WebClient, told: CanvasTold): Promise<CanvasGiven> {
  const { known } = told;
  if (known !== null && (await isChanged(client, known, told))) return given(client, known, false);
  const found = await canvasNamed(client, told);
  if (found !== null && (await isChanged(client, found, told))) return given(client, found, false);
  const { channel, title } = told;
  const { canvas_id: id } = await client.canvases.create({
    channel_id: channel,
    title,
    document_content: contentOf(told),
  });
  if (id === undefined) throw new Error("Slack named no canvas");
  return given(client, id, true);
}

/** False where somebody deleted it. */
async function isChanged(client: WebClient, id: string, told: CanvasTold): Promise<boolean> {
  const change = { operation: "replace", document_content: contentOf(told) } as const;
  try {
    await client.canvases.edit({ canvas_id: id, changes: [change] });
    return true;
  } catch (error) {
    if (isRefusedWith(error, "canvas_not_found") || isRefusedWith(error, "canvas_deleted"))
      return false;
    throw error;
  }
}

/** One that was made by a request whose answer was lost. */
async function canvasNamed(
  client: WebClient,
  { channel, title }: CanvasTold,
): Promise<string | null> {
  const { user_id: us } = await client.auth.test();
  const { files = [] } = await client.files.list({
    channel,
    ...(us === undefined ? {} : { user: us }),
    count: filesMax,
  });
  const found = files.find((file) => file.mimetype === canvasType && file.title === title);
  return found?.id ?? null;
}

/** Comments of HTML would be read as text there, and an empty picture of "@name" would mention somebody. */
function contentOf({ markdown }: CanvasTold) {
  const text = markdown.replaceAll(/^<!--.*-->\n?/gm, "").replaceAll("![](", String.raw`!\[](`);
  return { type: "markdown", markdown: text } as const;
}

/** Its address is a help, not a promise. */
async function given(client: WebClient, id: string, isNew: boolean): Promise<CanvasGiven> {
  try {
    const { file } = await client.files.info({ file: id });
    return { kind: "given", id, url: file?.permalink ?? null, isNew };
  } catch {
    return { kind: "given", id, url: null, isNew };
  }
}

function detailOf(error: unknown): string | null {
  const data: unknown =
    typeof error === "object" && error !== null ? Reflect.get(error, "data") : null;
  const detail: unknown =
    typeof data === "object" && data !== null ? Reflect.get(data, "detail") : null;
  return typeof detail === "string" ? detail : null;
}
