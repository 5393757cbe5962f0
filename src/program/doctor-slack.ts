/** What `doctor` asks of Slack: who the token is, what it may do, and an address for the socket. Each throws with what is wrong. */

import type { WebClient } from "@slack/web-api";
import type { Config } from "../config.ts";
import { guestsOn } from "../edges/slack/guests.ts";
import { namedChannelsOn } from "../edges/slack/named-channels.ts";
import { openLog } from "./log.ts";
import { slackClient } from "./slack.ts";

/** What the bot calls and hears; slack-manifest.json asks for the same. */
const scopesNeeded = [
  "app_mentions:read",
  "channels:history",
  "channels:join",
  "channels:read",
  "chat:write",
  "commands",
  "groups:history",
  "groups:read",
  "im:history",
  "im:read",
];

/** What is missed without each. */
const scopesOptional: readonly (readonly [scope: string, missed: string])[] = [
  ["channels:write.topic", "the topic of incident channels is not kept"],
  ["groups:write.topic", "the topic of private ones is not kept"],
  ["bookmarks:read", "runbooks are not bookmarked"],
  ["bookmarks:write", "runbooks are not bookmarked"],
  ["canvases:write", "a postmortem is no canvas, but a file"],
  ["pins:write", "the message of an incident is not pinned"],
];

/** Alerts open no channel without it. */
const scopeToOpen = "channels:manage";

export async function checkSlack(config: Config): Promise<string> {
  if (config.slack.mode === "local") return "not configured; the local workspace stands in for it";
  const answer = await clientOf(config, config.slack.botToken).auth.test();
  const scopes = answer.response_metadata?.scopes;
  const needed = [...scopesNeeded, ...(config.alerts.declares === null ? [] : [scopeToOpen])];
  const missing = scopes === undefined ? [] : needed.filter((each) => !scopes.includes(each));
  if (missing.length > 0) {
    throw new Error(
      `the token lacks ${missing.join(", ")}; install the app again from slack-manifest.json`,
    );
  }
  const who = `${answer.team ?? answer.team_id} as ${answer.user ?? answer.user_id}`;
  return [who, ...missed(scopes)].join("; ");
}

/** What works without them is no failure. */
function missed(scopes: readonly string[] | undefined): string[] {
  if (scopes === undefined) return [];
  return scopesOptional
    .filter(([scope]) => !scopes.includes(scope))
    .map(([scope, words]) => `without ${scope} ${words}`);
}

/** That the bot sees the channel in which alerts are answered. */
export async function checkAlertChannel(config: Config, channel: string): Promise<string> {
  if (config.slack.mode === "local") return `${channel}, in the local workspace`;
  const client = clientOf(config, config.slack.botToken);
  const found = await namedChannelsOn(client, guestsOn(client)).channelNamed(channel);
  if (found === null) throw new Error(`${channel} is no channel that the bot can see`);
  return `#${found.name}; ${opensWords(config)}`;
}

function opensWords({ alerts: { declares } }: Config): string {
  return declares === null
    ? "no alert opens a channel by itself"
    : `alerts of SEV${declares} or graver open a channel`;
}

/** An address for the socket, which nobody then goes to. */
export async function checkSocket(config: Config, appToken: string): Promise<string> {
  const { url } = await clientOf(config, appToken).apps.connections.open({});
  if (url === undefined) throw new Error("Slack gave no address");
  return "Slack gives an address for it";
}

function clientOf({ slackApiUrl: apiUrl }: Config, token: string): WebClient {
  const access = { botToken: token, ...(apiUrl === null ? {} : { apiUrl }) };
  return slackClient(access, openLog("silent", false));
}
