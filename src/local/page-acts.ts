/** What a person does on the page: each deed is one POST, checked here and carried out as Slack would. */
import { z } from "zod";
import { canSee, createChannel, findUser, isRefused, joinChannel } from "./channels.ts";
import { composed } from "./compose.ts";
import { click, findPlace, runCommand } from "./interactions.ts";
import { draftedMessage, post, remove } from "./messages.ts";
import { findMessage } from "./threads.ts";
import { react, unreact } from "./reactions.ts";
import { absentees, builtInCommands, runBuiltIn, sentence } from "./page-commands.ts";
import { botUserId, type Channel } from "./state.ts";
import { missingInputs, viewValues } from "./view-values.ts";
import { closeView, submitView } from "./views.ts";
import { whisper, type World } from "./world.ts";

const at = { channel: z.string(), ts: z.string() };
const filledIn = z.record(z.string(), z.union([z.string(), z.array(z.string()), z.null()]));
const press = {
  actionId: z.string(),
  blockId: z.string().optional(),
  value: z.string().optional(),
};
export const actSchema = z.object({
  as: z.string(),
  deed: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("say"),
      channel: z.string(),
      text: z.string().max(12_000),
      thread: z.string().optional(),
    }),
    z.object({ kind: z.literal("join"), channel: z.string() }),
    z.object({ kind: z.literal("create"), name: z.string(), isPrivate: z.boolean() }),
    z.object({ kind: z.literal("seen"), ...at }),
    z.object({ kind: z.literal("react"), ...at, name: z.string().max(60) }),
    z.object({ kind: z.literal("delete"), ...at }),
    z.object({ kind: z.literal("click"), ...at, ...press }),
    z.object({ kind: z.literal("click-in-modal"), values: filledIn, ...press }),
    z.object({ kind: z.literal("submit"), viewId: z.string(), values: filledIn }),
    z.object({ kind: z.literal("close"), viewId: z.string() }),
  ]),
});
export type Act = z.output<typeof actSchema>;
type Deed = Act["deed"];

/** `what` is a sentence for the person when it could not be done. */
export type Done =
  | { readonly ok: true; readonly channel?: string }
  | { readonly ok: false; readonly what: string };
const done: Done = { ok: true };
const cannot = (what: string): Done => ({ ok: false, what });

export async function act(world: World, { as, deed }: Act): Promise<Done> {
  const person = findUser(world, as);
  if (person === undefined || person.bot !== undefined) return cannot("Choose who you are first.");
  switch (deed.kind) {
    case "create": {
      const made = createChannel(world, { name: deed.name, by: as, isPrivate: deed.isPrivate });
      return isRefused(made) ? cannot(sentence(made) ?? "") : { ok: true, channel: made.id };
    }
    case "submit":
    case "close":
    case "click-in-modal":
      return inModal(world, as, deed);
    case "say":
    case "join":
    case "seen":
    case "react":
    case "delete":
    case "click": {
      const channel = world.state.channels.find((each) => each.id === deed.channel);
      if (channel === undefined || !canSee(channel, as)) return cannot("That channel is gone.");
      return inChannel(world, channel, as, deed);
    }
  }
}

type ModalDeed = Extract<Deed, { kind: "submit" | "close" | "click-in-modal" }>;

async function inModal(world: World, as: string, deed: ModalDeed): Promise<Done> {
  const view = world.session.views.get(as)?.at(-1);
  if (view === undefined) return cannot("That dialog is closed already.");
  switch (deed.kind) {
    case "close":
      closeView(world, view);
      return done;
    case "submit": {
      const values = viewValues(view, deed.values);
      const missing = missingInputs(view, values);
      if (Object.keys(missing).length === 0) await submitView(world, view, values);
      else {
        view.errors = missing;
        world.feed.changed();
      }
      return done;
    }
    case "click-in-modal": {
      const place = { kind: "view" as const, view, values: viewValues(view, deed.values) };
      return answered(await click(world, place, { user: as, ...deed }));
    }
  }
}

type ChannelDeed = Extract<Deed, { channel: string }>;

async function inChannel(
  world: World,
  channel: Channel,
  as: string,
  deed: ChannelDeed,
): Promise<Done> {
  switch (deed.kind) {
    case "say":
      return say(world, channel, as, deed);
    case "join":
      if (channel.isArchived) return cannot("This channel is archived.");
      joinChannel(world, channel, as);
      return done;
    case "seen":
      world.state.seen[`${as} ${channel.id}`] = deed.ts;
      world.feed.changed();
      return done;
    case "react":
    case "delete": {
      const message = findMessage(channel, deed.ts);
      if (message === undefined) return cannot("That message is gone.");
      if (deed.kind === "react") {
        const mark = { user: as, name: deed.name };
        if (react(world, channel, message, mark) !== undefined)
          unreact(world, channel, message, mark);
        return done;
      }
      if (message.user !== as) return cannot("Only its author can delete a message.");
      remove(world, channel, message);
      return done;
    }
    case "click": {
      const place = findPlace(world, channel, deed.ts, as);
      if (place === undefined) return cannot("That message is gone.");
      return answered(await click(world, place, { user: as, ...deed }));
    }
  }
}

function answered(answer: Awaited<ReturnType<typeof click>>): Done {
  if (answer === undefined) return cannot("That button is gone.");
  if (answer.outcome === "answered" && answer.status === 200) return done;
  return cannot("Hindsight did not answer in time. Try again.");
}

async function say(
  world: World,
  channel: Channel,
  as: string,
  deed: Extract<Deed, { kind: "say" }>,
): Promise<Done> {
  if (channel.isArchived) return cannot("This channel is archived.");
  if (!channel.members.includes(as)) return cannot("Join the channel to post here.");
  const typed = /^(\/[a-z][\w-]*)(?:\s+([\s\S]*))?$/i.exec(deed.text.trim());
  if (typed !== null)
    return command(world, channel, as, { command: typed[1] ?? "", text: typed[2] ?? "" });
  const by = findUser(world, as);
  if (by === undefined || deed.text.trim() === "") return done;
  const text = composed(world, deed.text.trim());
  const threadTs = deed.thread === undefined || deed.thread === "" ? undefined : deed.thread;
  post(world, channel, { by, text, ...(threadTs !== undefined && { threadTs }) });
  whisperAbsentees(world, channel, as, text);
  return done;
}

function whisperAbsentees(world: World, channel: Channel, as: string, text: string): void {
  const names = absentees(world, channel, text);
  const by = findUser(world, botUserId);
  if (names.length === 0 || by === undefined) return;
  const advice = names.map((name) => `\`/invite @${name}\``).join(" or ");
  const note = `Not in this channel yet: ${names.join(", ")}. To add them: ${advice}`;
  const message = draftedMessage(world, channel, { by, text: note });
  whisper(world, channel.id, as, message);
}

async function command(
  world: World,
  channel: Channel,
  as: string,
  typed: { command: string; text: string },
): Promise<Done> {
  const known = [...(world.options.commands ?? []), ...builtInCommands].map((each) => each.command);
  if (!known.includes(typed.command))
    return cannot(`There is no command ${typed.command}. Known: ${known.join(", ")}.`);
  const result = runBuiltIn(world, channel, as, typed);
  if (typeof result === "string") return cannot(result);
  if (result === false) {
    const text = composed(world, typed.text);
    await runCommand(world, { user: as, channel, command: typed.command, text });
  }
  return done;
}
