/** Turns what a person types into mrkdwn as Slack stores it: escaped, with mentions, channels and links marked up. */
import type { World } from "./world.ts";

export function composed(world: World, typed: string): string {
  return escaped(typed)
    .replace(/(^|[\s(])@([\p{L}\p{N}_-]+)/gu, (whole, before: string, name: string) => {
      const user = world.state.users.find((each) => each.name === name.toLowerCase());
      return user === undefined ? whole : `${before}<@${user.id}>`;
    })
    .replace(/(^|[\s(])#([\p{L}\p{N}_-]+)/gu, (whole, before: string, name: string) => {
      const channel = world.state.channels.find(
        (each) => each.kind === "channel" && each.name === name,
      );
      return channel === undefined ? whole : `${before}<#${channel.id}|${channel.name}>`;
    })
    .replace(/(^|[\s(])(https?:\/\/[^\s<>|]+[^\s<>|.,;:!?)])/g, "$1<$2>");
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
