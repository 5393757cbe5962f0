/** Everything of the local workspace: Slack's stand-in, the player of recorded incidents, and how one is started. */

import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { WebClient } from "@slack/web-api";
import type { Handler } from "../edges/http/server.ts";
import { createPlayer } from "../edges/recorded/player.ts";
import type { Player } from "../edges/recorded/player.ts";
import { openLocalWorkspace } from "../local/workspace.ts";
import type { LocalWorkspace } from "../local/workspace.ts";
import { commands, slashCommand, usageHint } from "../message/commands.ts";
import { postmortemCommand, postmortemLanguage } from "../message/postmortem-commands.ts";
import { openRunbooks, type DemoRunbooks } from "./demo-runbooks.ts";

const bundleFolder = fileURLToPath(new URL("../../demo/bundles/", import.meta.url));
const channelsMax = 50;

export interface Local extends AsyncDisposable {
  readonly workspace: LocalWorkspace;
  readonly player: Player;
  readonly botToken: string;
  readonly signingSecret: string;
  /** Everything under /local/. */
  readonly handle: Handler;
  /** Plays it in a channel of its own; rejects where there is no such recorded incident. */
  readonly play: (id: string, speed: 1 | 10) => Promise<string>;
  /** Resolves when no play is just being started: then the player knows every channel. */
  readonly settled: () => Promise<unknown>;
}

export async function openLocal(options: {
  readonly dataFolder: string;
  /** http://127.0.0.1:3000 */
  readonly url: string;
  readonly now: () => Date;
}): Promise<Local> {
  const folder = resolve(options.dataFolder);
  mkdirSync(folder, { recursive: true });
  const botToken = `xoxb-local-${secret()}`;
  const alertToken = `xoxb-alerts-${secret()}`;
  const signingSecret = secret();
  const runbooks = openRunbooks(options.url);
  const player = playerIn(folder, options, runbooks);
  const stage = openStage((id, speed) => startPlay({ player, client, id, speed }));
  const workspace = await openLocalWorkspace({
    eventsUrl: `${options.url}/slack/events`,
    signingSecret,
    botToken,
    apps: [{ name: "Alertmanager", token: alertToken }],
    publicUrl: `${options.url}/local`,
    stateFile: join(folder, "workspace.json"),
    now: options.now,
    commands: commandHints,
    plays: {
      list: () => ({ plays: player.list(), playing: player.playing() }),
      start: async (id, speed) => ({ channel: await stage.play(id, speed) }),
    },
  });
  const client = new WebClient(alertToken, { slackApiUrl: workspace.apiUrl });
  makeAlertChannel(workspace);
  return {
    workspace,
    player,
    botToken,
    signingSecret,
    handle: runbooks.before((request, response) => workspace.handle(request, response)),
    ...stage,
    [Symbol.asyncDispose]: () => workspace.close(),
  };
}

function playerIn(
  folder: string,
  { now }: { readonly now: () => Date },
  { links }: DemoRunbooks,
): Player {
  const stateFile = join(folder, "plays.json");
  return createPlayer({ bundleFolder, stateFile, now, runbooks: links });
}

/** Where alerts of the hooks are answered; it stays from one start to the next. */
function makeAlertChannel(workspace: LocalWorkspace): void {
  const somebody = workspace.users.find(({ bot }) => bot === undefined);
  if (somebody === undefined || workspace.channels().some(({ name }) => name === "alerts")) return;
  workspace.createChannel({ name: "alerts", by: somebody.id });
}

const secret = (): string => randomBytes(16).toString("hex");

/** One play is started after the other. */
function openStage(start: Local["play"]): Pick<Local, "play" | "settled"> {
  let starting: Promise<unknown> = Promise.resolve();
  return {
    play: (id, speed) => {
      const started = starting.then(() => start(id, speed));
      starting = started.catch(() => undefined);
      return started;
    },
    settled: () => starting,
  };
}

const commandWords = `Works an incident: ${commands.map(({ verb }) => verb).join(", ")}`;

const commandHints = [
  { command: slashCommand, description: commandWords, usageHint: usageHint() },
  {
    command: postmortemCommand,
    description: "Drafts, edits, publishes and gives out the postmortem of an incident",
    usageHint: postmortemLanguage.hint(),
  },
];

/** As it happens elsewhere: a channel appears, and the alert is posted in it. */
async function startPlay({
  player,
  client,
  id,
  speed,
}: {
  readonly player: Player;
  readonly client: WebClient;
  readonly id: string;
  readonly speed: 1 | 10;
}): Promise<string> {
  const channel = await freshChannel(client, player.channelName(id));
  player.start(id, { channel, speed });
  await inviteEverybody(client, channel);
  await client.chat.postMessage({ channel, text: player.alertText(id) });
  return channel;
}

async function inviteEverybody(client: WebClient, channel: string): Promise<void> {
  const { members = [] } = await client.users.list({});
  const people = members.flatMap(({ id, is_bot: isBot }) => (id && isBot !== true ? [id] : []));
  await client.conversations.invite({ channel, users: people.join(",") });
}

/** `name`, or `name-2` and so on where it was played before. */
async function freshChannel(client: WebClient, name: string): Promise<string> {
  for (let n = 1; n <= channelsMax; n += 1) {
    try {
      const { channel } = await client.conversations.create({
        name: n === 1 ? name : `${name}-${n}`,
      });
      if (channel?.id !== undefined) return channel.id;
    } catch (error) {
      if (!String(error).includes("name_taken")) throw error;
    }
  }
  throw new Error(`${name} was played ${channelsMax} times; remove .hindsight to begin afresh.`);
}
