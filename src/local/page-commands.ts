/** The commands that the workspace itself understands, as Slack does, before the app is asked. */
import {
  archiveChannel,
  findUser,
  isRefused,
  joinChannel,
  leaveChannel,
  renameChannel,
  setTopic,
} from "./channels.ts";
import type { CommandHint } from "./options.ts";
import type { Channel } from "./state.ts";
import type { World } from "./world.ts";

export const builtInCommands: readonly CommandHint[] = [
  { command: "/invite", description: "Add someone to this channel", usageHint: "@name" },
  { command: "/topic", description: "Set the topic of this channel", usageHint: "text" },
  { command: "/rename", description: "Rename this channel", usageHint: "new-name" },
  { command: "/leave", description: "Leave this channel", usageHint: "" },
  { command: "/archive", description: "Archive this channel", usageHint: "" },
];

/** Runs a built-in command. `false`: not one of these; a sentence: why it could not be done. */
export function runBuiltIn(
  world: World,
  channel: Channel,
  user: string,
  typed: { command: string; text: string },
): false | undefined | string {
  const { command, text } = typed;
  switch (command) {
    case "/invite": {
      const name = text.trim().replace(/^@/, "").toLowerCase();
      const guest = world.state.users.find((each) => each.name === name);
      if (guest === undefined) return `There is nobody called ${text.trim() || "that"} here.`;
      if (channel.members.includes(guest.id))
        return `${guest.realName} is already in this channel.`;
      joinChannel(world, channel, guest.id, user);
      return undefined;
    }
    case "/topic":
      setTopic(world, channel, text.trim(), user);
      return undefined;
    case "/rename":
      return sentence(renameChannel(world, channel, text.trim().replace(/^#/, ""), user));
    case "/leave":
      leaveChannel(world, channel, user);
      return undefined;
    case "/archive":
      return channel.name === "general"
        ? "#general cannot be archived."
        : sentence(archiveChannel(world, channel, user));
    default:
      return false;
  }
}

const sentences: Readonly<Record<string, string>> = {
  name_taken: "That name is taken by another channel.",
  invalid_name_required: "A channel needs a name.",
  invalid_name_maxlength: "A channel's name has at most 80 characters.",
  invalid_name_specials: "Use lowercase letters, numbers, hyphens and underscores only.",
  already_archived: "This channel is already archived.",
};

export function sentence(result: object | undefined): string | undefined {
  if (result === undefined || !isRefused(result)) return undefined;
  return sentences[result.refused] ?? `That was refused: ${result.refused}.`;
}

/** What tells a person that they mentioned someone who is not here. */
export function absentees(world: World, channel: Channel, text: string): readonly string[] {
  if (channel.kind === "im") return [];
  const mentioned = [...text.matchAll(/<@([A-Z0-9]+)>/g)].map((match) => match[1] ?? "");
  return [...new Set(mentioned)]
    .filter((id) => !channel.members.includes(id))
    .flatMap((id) => findUser(world, id)?.name ?? []);
}
