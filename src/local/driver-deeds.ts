/** The deeds of a test: on channels, with messages, and towards the app. */
import { makePrivate, share } from "./channel-kind.ts";
import {
  archiveChannel,
  createChannel,
  deleteChannel,
  findUser,
  isRefused,
  joinChannel,
  leaveChannel,
  renameChannel,
  setTopic,
  type Refused,
} from "./channels.ts";
import type { ClickInput, Driver } from "./driver.ts";
import { addFile } from "./files.ts";
import { newId } from "./ids.ts";
import { click, findPlace, runCommand } from "./interactions.ts";
import { edit, post, remove } from "./messages.ts";
import { react, unreact } from "./reactions.ts";
import type { Channel, Message } from "./state.ts";
import { viewValues } from "./view-values.ts";
import { closeView, submitView } from "./views.ts";
import type { Answer, View, World } from "./world.ts";

/** Finds what a test names; throws when it is not there. */
export interface Finder {
  readonly channel: (idOrName: string) => Channel;
  readonly message: (channel: string, ts: string) => Message;
  readonly modal: (user: string) => View;
}

type ChannelDeeds =
  | "addGuest"
  | "createChannel"
  | "rename"
  | "setTopic"
  | "archive"
  | "deleteChannel"
  | "makePrivate"
  | "share"
  | "invite"
  | "join"
  | "leave";

export function channelDeeds(world: World, { channel }: Finder): Pick<Driver, ChannelDeeds> {
  return {
    addGuest: (name, guest) => {
      const id = newId("U");
      world.state.users.push({ id, name, realName: name, guest });
      return id;
    },
    createChannel: (input) => allowed(createChannel(world, input)),
    rename: (id, name, by) =>
      void allowed(renameChannel(world, channel(id), name, by ?? channel(id).creator) ?? {}),
    setTopic: (id, topic, by) => setTopic(world, channel(id), topic, by),
    archive: (id, by) =>
      void allowed(archiveChannel(world, channel(id), by ?? channel(id).creator) ?? {}),
    deleteChannel: (id) => deleteChannel(world, channel(id)),
    makePrivate: (id, by) => makePrivate(world, channel(id), by ?? channel(id).creator),
    share: (id, sharing) => share(world, channel(id), sharing),
    invite: (id, user, by) => joinChannel(world, channel(id), user, by ?? channel(id).creator),
    join: (id, user) => joinChannel(world, channel(id), user),
    leave: (id, user) => leaveChannel(world, channel(id), user),
  };
}

type MessageDeeds = "say" | "shareFile" | "editMessage" | "deleteMessage" | "react" | "unreact";

export function messageDeeds(
  world: World,
  { channel, message }: Finder,
): Pick<Driver, MessageDeeds> {
  return {
    say: (input) => say(world, channel(input.channel), input),
    shareFile: async ({ name, content, text = "", ...input }) => {
      const by = must(findUser(world, input.user), `user ${input.user}`);
      const id = newId("F");
      await world.files.write(id, content);
      const file = addFile(world, { id, name, by, size: content.length });
      return say(world, channel(input.channel), { ...input, text, files: [file] });
    },
    editMessage: ({ channel: id, ts, text }) => {
      const before = message(id, ts);
      edit(world, channel(id), before, { by: before.user ?? "", text });
    },
    deleteMessage: (id, ts) => remove(world, channel(id), message(id, ts)),
    react: ({ channel: id, ts, user, name }) =>
      orThrow(react(world, channel(id), message(id, ts), { user, name })),
    unreact: ({ channel: id, ts, user, name }) =>
      orThrow(unreact(world, channel(id), message(id, ts), { user, name })),
  };
}

function orThrow(refused: string | undefined): void {
  if (refused !== undefined) throw new Error(refused);
}

type AppDeeds = "click" | "command" | "submit" | "closeModal";

export function appDeeds(world: World, { channel, modal }: Finder): Pick<Driver, AppDeeds> {
  return {
    click: (input) =>
      press(world, input, input.channel === undefined ? undefined : channel(input.channel)),
    command: async ({ user, channel: id, command, text }) => {
      const typed = { user, channel: channel(id), command, text: text ?? "" };
      return bodyOf(await runCommand(world, typed));
    },
    submit: async ({ user, viewId, values }) => {
      const view = modal(user);
      if (viewId !== undefined && viewId !== view.id) throw new Error(`${viewId} is not on top`);
      return bodyOf(await submitView(world, view, viewValues(view, values)));
    },
    closeModal: (user) => closeView(world, modal(user)),
  };
}

function say(
  world: World,
  channel: Channel,
  { user, ...said }: { user: string; text: string; threadTs?: string; files?: Message["files"] },
): string {
  const by = must(findUser(world, user), `user ${user}`);
  joinChannel(world, channel, user);
  return post(world, channel, { by, ...said }).ts;
}

async function press(
  world: World,
  input: ClickInput,
  channel: Channel | undefined,
): Promise<Answer> {
  const view = world.session.views.get(input.user)?.at(-1);
  const place =
    channel === undefined
      ? view && { kind: "view" as const, view, values: viewValues(view, {}) }
      : findPlace(world, channel, input.ts ?? "", input.user);
  const answer = await click(world, must(place, "message or modal to click in"), input);
  return must(answer, `element ${input.actionId} ${input.value ?? ""}`);
}

function bodyOf(answer: Answer): unknown {
  if (answer.outcome !== "answered") throw new Error(`the app did not answer: ${answer.outcome}`);
  if (answer.status !== 200) throw new Error(`the app answered ${answer.status}`);
  return answer.body === "" ? undefined : answer.body;
}

function allowed<T extends object>(result: T | Refused): T {
  if (isRefused(result)) throw new Error(result.refused);
  return result;
}

/** What was found, or an error that names what is missing. */
export function must<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new Error(`there is no ${what} in the local workspace`);
  return found;
}
