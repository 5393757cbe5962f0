/** What people do to the app's messages and modals, and the commands they type, as Slack tells them to the app. */
import type { Block, Element } from "./block-kit.ts";
import { findUser } from "./channels.ts";
import { findMessage } from "./threads.ts";
import { answerAt, newResponseUrl } from "./responses.ts";
import { appId, teamId, type Channel, type Message } from "./state.ts";
import { newTrigger } from "./triggers.ts";
import { userPayload, viewAsSlack, type ViewValues } from "./views.ts";
import type { Answer, View, World } from "./world.ts";

export interface Click {
  readonly user: string;
  readonly actionId: string;
  /** Which of several elements with this action id, by block. */
  readonly blockId?: string | undefined;
  /** The button's value, the chosen option's value, or the chosen date, user or channel. */
  readonly value?: string | undefined;
}

export type Place =
  | {
      readonly kind: "message";
      readonly channel: Channel;
      readonly message: Message;
      readonly isEphemeral: boolean;
    }
  | { readonly kind: "view"; readonly view: View; readonly values: ViewValues };

export function findPlace(
  world: World,
  channel: Channel,
  ts: string,
  user: string,
): Place | undefined {
  const message = findMessage(channel, ts);
  if (message !== undefined) return { kind: "message", channel, message, isEphemeral: false };
  const hidden = world.session.ephemerals.find(
    (each) => each.channel === channel.id && each.user === user && each.message.ts === ts,
  );
  return hidden && { kind: "message", channel, message: hidden.message, isEphemeral: true };
}

/** Sends a click to the app; undefined when no such element is there. */
export async function click(world: World, place: Place, press: Click): Promise<Answer | undefined> {
  const blocks = place.kind === "view" ? place.view.blocks : (place.message.blocks ?? []);
  const action = actionOf(blocks, press);
  if (action === undefined) return undefined;
  return world.ask({
    kind: "interactive",
    payload: {
      type: "block_actions",
      user: userPayload(world, press.user),
      api_app_id: appId,
      token: "local",
      trigger_id: newTrigger(world, press.user),
      team: { id: teamId, domain: "local" },
      enterprise: null,
      is_enterprise_install: false,
      ...placePayload(world, place, press.user),
      actions: [{ ...action, action_ts: world.ts() }],
    },
  });
}

function placePayload(world: World, place: Place, user: string): Record<string, unknown> {
  if (place.kind === "view")
    return {
      container: { type: "view", view_id: place.view.id },
      view: viewAsSlack(place.view, place.values),
    };
  const { channel, message, isEphemeral } = place;
  const thread = message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts };
  return {
    container: {
      type: "message",
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: isEphemeral,
      ...thread,
    },
    channel: { id: channel.id, name: channel.kind === "im" ? "directmessage" : channel.name },
    ...(!isEphemeral && { message }),
    state: { values: {} },
    response_url: newResponseUrl(world, {
      channel: channel.id,
      user,
      source: { ts: message.ts, isEphemeral },
      ...(message.thread_ts !== undefined && { threadTs: message.thread_ts }),
    }),
  };
}

function actionOf(blocks: readonly Block[], press: Click): Record<string, unknown> | undefined {
  for (const block of blocks) {
    if (press.blockId !== undefined && block.block_id !== press.blockId) continue;
    for (const element of elementsOf(block)) {
      if (!("action_id" in element) || element.action_id !== press.actionId) continue;
      const chosen = chosenOf(element, press.value);
      if (chosen !== undefined)
        return {
          type: element.type,
          action_id: element.action_id,
          block_id: block.block_id,
          ...chosen,
        };
    }
  }
  return undefined;
}

function elementsOf(block: Block): readonly Element[] {
  if (block.type === "actions") return block.elements;
  if (block.type === "input") return [block.element];
  return block.type === "section" && block.accessory !== undefined ? [block.accessory] : [];
}

/** What the action says was chosen; undefined when the element offers no such value. */
function chosenOf(
  element: Element,
  value: string | undefined,
): Record<string, unknown> | undefined {
  switch (element.type) {
    case "button":
      if (value !== undefined && element.value !== value) return undefined;
      return { text: element.text, value: element.value, style: element.style };
    case "overflow":
    case "radio_buttons":
    case "static_select": {
      const groups = "option_groups" in element ? (element.option_groups ?? []) : [];
      const options = [...(element.options ?? []), ...groups.flatMap((group) => group.options)];
      const option = options.find((each) => each.value === value);
      return option && { selected_option: option };
    }
    case "checkboxes": {
      const values = (value ?? "").split(",");
      return { selected_options: element.options.filter((each) => values.includes(each.value)) };
    }
    case "datepicker":
      return { selected_date: value ?? null };
    case "timepicker":
      return { selected_time: value ?? null };
    case "users_select":
      return { selected_user: value };
    case "channels_select":
      return { selected_channel: value };
    case "conversations_select":
      return { selected_conversation: value };
    case "plain_text_input":
      return { value };
    case "image":
      return undefined;
  }
}

export interface Command {
  readonly user: string;
  readonly channel: Channel;
  /** With its slash. */
  readonly command: string;
  readonly text: string;
}

/** Sends a slash command to the app; an answer in the response is shown, silence is told as Slack tells it. */
export async function runCommand(world: World, typed: Command): Promise<Answer> {
  const { user, channel, command, text } = typed;
  const address = { channel: channel.id, user };
  const answer = await world.ask({
    kind: "slash_commands",
    payload: {
      token: "local",
      team_id: teamId,
      team_domain: "local",
      channel_id: channel.id,
      channel_name: channel.kind === "im" ? "directmessage" : channel.name,
      user_id: user,
      user_name: findUser(world, user)?.name ?? user,
      command,
      text,
      api_app_id: appId,
      is_enterprise_install: "false",
      response_url: newResponseUrl(world, address),
      trigger_id: newTrigger(world, user),
    },
  });
  const problem = commandProblem(answer);
  if (problem !== undefined)
    answerAt(world, address, { text: `${command} failed with the error "${problem}"` });
  else if (answer.outcome === "answered" && answer.body !== undefined && answer.body !== "")
    answerAt(world, address, typeof answer.body === "string" ? { text: answer.body } : answer.body);
  return answer;
}

function commandProblem(answer: Answer): string | undefined {
  if (answer.outcome === "timeout") return "operation_timeout";
  const isTaken = answer.outcome === "answered" && answer.status === 200;
  return isTaken ? undefined : "dispatch_failed";
}
