/** What a test does in the workspace without a browser: people's deeds, and looking at what came of them. */
import {
  archiveChannel,
  createChannel,
  deleteChannel,
  findUser,
  isRefused,
  joinChannel,
  leaveChannel,
  renameChannel,
  type NewChannel,
  type Refused,
} from "./channels.ts";
import { click, findPlace, runCommand } from "./interactions.ts";
import { edit, findMessage, post, react, remove } from "./messages.ts";
import { isInHistory } from "./api/shapes.ts";
import type { Channel, Message, User } from "./state.ts";
import { viewValues, type FilledIn } from "./view-values.ts";
import { closeView, submitView } from "./views.ts";
import type { Answer, Call, Delivery, View, World } from "./world.ts";

export interface Driver {
  readonly users: readonly User[];
  readonly channels: () => readonly Channel[];
  /** A channel by id or name; throws when there is none. */
  readonly channel: (idOrName: string) => Channel;
  readonly createChannel: (input: NewChannel) => Channel;
  readonly rename: (channel: string, name: string, by?: string) => void;
  readonly archive: (channel: string, by?: string) => void;
  readonly deleteChannel: (channel: string) => void;
  readonly invite: (channel: string, user: string, by?: string) => void;
  readonly join: (channel: string, user: string) => void;
  readonly leave: (channel: string, user: string) => void;
  /** Posts as a person, who joins first if need be; `text` is mrkdwn as Slack stores it (`<@U…> hello`). */
  readonly say: (input: {
    channel: string;
    user: string;
    text: string;
    threadTs?: string;
  }) => string;
  readonly editMessage: (input: { channel: string; ts: string; text: string }) => void;
  readonly deleteMessage: (channel: string, ts: string) => void;
  readonly react: (input: { channel: string; ts: string; user: string; name: string }) => void;
  /** Presses a button or chooses an option, on a message (`channel`, `ts`) or in the person's open modal. */
  readonly click: (input: ClickInput) => Promise<Answer>;
  /** Runs a slash command; resolves with the body of the app's response, undefined when empty. */
  readonly command: (input: {
    user: string;
    channel: string;
    command: string;
    text?: string;
  }) => Promise<unknown>;
  /** Submits a modal; values by block id, inputs left out keep their initial value. Resolves with the response's body. */
  readonly submit: (input: { user: string; viewId?: string; values: FilledIn }) => Promise<unknown>;
  readonly closeModal: (user: string) => void;
  /** Messages of the channel itself, oldest first. */
  readonly messages: (channel: string) => readonly Message[];
  /** A thread: its first message and the replies, oldest first. */
  readonly replies: (channel: string, ts: string) => readonly Message[];
  readonly ephemerals: (channel: string, user: string) => readonly Message[];
  /** The modal before this person, the topmost one. */
  readonly modalOf: (user: string) => View | undefined;
  /** Every Web API call received, oldest first. */
  readonly calls: (method?: string) => readonly Call[];
  /** Every event handed to the app, oldest first. */
  readonly deliveries: (type?: string) => readonly Delivery[];
}

export interface ClickInput {
  readonly user: string;
  readonly channel?: string;
  readonly ts?: string;
  readonly actionId: string;
  readonly blockId?: string;
  readonly value?: string;
}

export function openDriver(world: World): Driver {
  const channel = (idOrName: string) => {
    const name = idOrName.replace(/^#/, "");
    return must(
      world.state.channels.find((each) => each.id === idOrName || each.name === name),
      `channel ${idOrName}`,
    );
  };
  const message = (channelId: string, ts: string) =>
    must(findMessage(channel(channelId), ts), `message ${ts}`);
  const modalOf = (user: string) => world.session.views.get(user)?.at(-1);
  return {
    users: world.state.users,
    channels: () => world.state.channels,
    channel,
    createChannel: (input) => allowed(createChannel(world, input)),
    rename: (id, name, by) =>
      void allowed(renameChannel(world, channel(id), name, by ?? channel(id).creator) ?? {}),
    archive: (id, by) =>
      void allowed(archiveChannel(world, channel(id), by ?? channel(id).creator) ?? {}),
    deleteChannel: (id) => deleteChannel(world, channel(id)),
    invite: (id, user, by) => joinChannel(world, channel(id), user, by ?? channel(id).creator),
    join: (id, user) => joinChannel(world, channel(id), user),
    leave: (id, user) => leaveChannel(world, channel(id), user),
    say: (input) => say(world, channel(input.channel), input),
    editMessage: ({ channel: id, ts, text }) => {
      const before = message(id, ts);
      edit(world, channel(id), before, { by: before.user ?? "", text });
    },
    deleteMessage: (id, ts) => remove(world, channel(id), message(id, ts)),
    react: ({ channel: id, ts, user, name }) => {
      const refused = react(world, channel(id), message(id, ts), { user, name });
      if (refused !== undefined) throw new Error(refused);
    },
    click: (input) =>
      press(world, input, input.channel === undefined ? undefined : channel(input.channel)),
    command: async ({ user, channel: id, command, text }) => {
      const answer = await runCommand(world, {
        user,
        channel: channel(id),
        command,
        text: text ?? "",
      });
      return bodyOf(answer);
    },
    submit: async ({ user, viewId, values }) => {
      const view = must(modalOf(user), `modal of ${user}`);
      if (viewId !== undefined && viewId !== view.id) throw new Error(`${viewId} is not on top`);
      return bodyOf(await submitView(world, view, viewValues(view, values)));
    },
    closeModal: (user) => closeView(world, must(modalOf(user), `modal of ${user}`)),
    messages: (id) => channel(id).messages.filter(isInHistory),
    replies: (id, ts) =>
      channel(id).messages.filter((each) => each.ts === ts || each.thread_ts === ts),
    ephemerals: (id, user) =>
      world.session.ephemerals
        .filter((each) => each.channel === channel(id).id && each.user === user)
        .map((each) => each.message),
    modalOf,
    calls: (method) =>
      world.session.calls.filter((call) => method === undefined || call.method === method),
    deliveries: (type) =>
      world.session.deliveries.filter((each) => type === undefined || each.event.type === type),
  };
}

function say(
  world: World,
  channel: Channel,
  { user, text, threadTs }: { user: string; text: string; threadTs?: string },
): string {
  const by = must(findUser(world, user), `user ${user}`);
  joinChannel(world, channel, user);
  return post(world, channel, { by, text, ...(threadTs !== undefined && { threadTs }) }).ts;
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

function must<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new Error(`there is no ${what} in the local workspace`);
  return found;
}
