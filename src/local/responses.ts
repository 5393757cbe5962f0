/** Response addresses (`response_url`) and what an app may do there: answer, answer privately, replace, delete. */
import { z } from "zod";
import { checkBlocks, type Block } from "./block-kit.ts";
import { findUser } from "./channels.ts";
import { newId } from "./ids.ts";
import { draftedMessage, edit, post, remove } from "./messages.ts";
import { findMessage } from "./threads.ts";
import { withIds } from "./block-ids.ts";
import { botUserId, type Channel } from "./state.ts";
import { whisper, type ResponseAddress, type World } from "./world.ts";

const usesMax = 5;
const livesMs = 30 * 60_000;
const addressesMax = 1000;

export function newResponseUrl(
  world: World,
  origin: Pick<ResponseAddress, "channel" | "user" | "source" | "threadTs">,
): string {
  const { responses } = world.session;
  const id = newId("R") + newId("");
  responses.set(id, { ...origin, at: world.now(), uses: 0 });
  for (const old of responses.keys()) if (responses.size > addressesMax) responses.delete(old);
  return `${world.options.publicUrl}/response/${id}`;
}

const reply = z.object({
  text: z.string().optional(),
  blocks: z.array(z.unknown()).optional(),
  attachments: z.array(z.unknown()).optional(),
  response_type: z.enum(["in_channel", "ephemeral"]).optional(),
  replace_original: z.boolean().optional(),
  delete_original: z.boolean().optional(),
  thread_ts: z.string().optional(),
});
type ReplyBody = z.output<typeof reply>;

/** What was POSTed to a response address; `status` and `text` are Slack's. */
export function respond(world: World, id: string, body: unknown): { status: number; text: string } {
  const address = world.session.responses.get(id);
  if (address === undefined) return { status: 404, text: "expired_url" };
  if (address.uses >= usesMax || world.now().getTime() - address.at.getTime() > livesMs)
    return { status: 404, text: "used_url" };
  const problem = answerAt(world, address, body);
  if (problem !== undefined) return { status: 400, text: problem };
  address.uses += 1;
  return { status: 200, text: "ok" };
}

/** Carries out an app's answer to a command or an interaction; returns what is wrong with it. */
export function answerAt(
  world: World,
  address: Omit<ResponseAddress, "at" | "uses">,
  body: unknown,
): string | undefined {
  const read = reply.safeParse(body);
  if (!read.success) return "invalid_payload";
  const answer = read.data;
  const checked = answer.blocks === undefined ? undefined : checkBlocks(answer.blocks);
  if (checked !== undefined && "problems" in checked) return "invalid_blocks";
  const channel = world.state.channels.find((each) => each.id === address.channel);
  if (channel === undefined) return "channel_not_found";
  if (answer.delete_original === true) return removeSource(world, channel, address);
  if (answer.text === undefined && answer.blocks === undefined && answer.attachments === undefined)
    return "no_text";
  if (answer.replace_original === true && address.source !== undefined)
    return replaceSource(world, channel, address, {
      text: answer.text ?? "",
      blocks: checked?.value,
    });
  say(world, channel, address, { ...answer, blocks: checked?.value });
  return undefined;
}

function say(
  world: World,
  channel: Channel,
  address: Omit<ResponseAddress, "at" | "uses">,
  answer: Omit<ReplyBody, "blocks"> & { readonly blocks: Block[] | undefined },
): void {
  const by = findUser(world, botUserId);
  if (by === undefined) return;
  const threadTs = answer.thread_ts ?? address.threadTs;
  const draft = {
    by,
    text: answer.text ?? "",
    ...(answer.blocks !== undefined && { blocks: answer.blocks }),
    ...(answer.attachments !== undefined && { attachments: answer.attachments }),
    ...(threadTs !== undefined && { threadTs }),
  };
  if (answer.response_type === "in_channel") post(world, channel, draft);
  else {
    const message = draftedMessage(world, channel, draft);
    whisper(world, channel.id, address.user, message);
  }
}

function removeSource(
  world: World,
  channel: Channel,
  { source }: Pick<ResponseAddress, "source">,
): string | undefined {
  if (source === undefined) return "no_original";
  if (source.isEphemeral) {
    const { ephemerals } = world.session;
    const at = ephemerals.findIndex(({ message }) => message.ts === source.ts);
    if (at >= 0) ephemerals.splice(at, 1);
    world.feed.changed();
    return undefined;
  }
  const message = findMessage(channel, source.ts);
  if (message === undefined) return "message_not_found";
  remove(world, channel, message);
  return undefined;
}

function replaceSource(
  world: World,
  channel: Channel,
  { source }: Pick<ResponseAddress, "source">,
  content: { text: string; blocks: Block[] | undefined },
): string | undefined {
  if (source === undefined) return "no_original";
  if (source.isEphemeral) {
    const entry = world.session.ephemerals.find(({ message }) => message.ts === source.ts);
    if (entry === undefined) return "message_not_found";
    entry.message = {
      ...entry.message,
      text: content.text,
      blocks: withIds(content.blocks ?? []),
    };
    world.feed.changed();
    return undefined;
  }
  const message = findMessage(channel, source.ts);
  if (message === undefined) return "message_not_found";
  edit(world, channel, message, { by: botUserId, ...content, blocks: content.blocks ?? [] });
  return undefined;
}
