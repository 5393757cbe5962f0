import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { commands, slashCommand, usageHint } from "../src/message/commands.ts";
import { postmortemCommand, postmortemLanguage } from "../src/message/postmortem-commands.ts";
import { filesUnder, read } from "./repository.ts";

const Manifest = z.object({
  display_information: z.object({ name: z.string(), description: z.string().max(140) }),
  features: z.object({
    app_home: z.object({ messages_tab_enabled: z.boolean() }),
    slash_commands: z.array(
      z.object({
        command: z.string(),
        url: z.url(),
        usage_hint: z.string().max(1000),
        should_escape: z.boolean(),
      }),
    ),
  }),
  oauth_config: z.object({
    scopes: z.strictObject({ bot: z.array(z.string()), bot_optional: z.array(z.string()) }),
  }),
  settings: z.object({
    event_subscriptions: z.object({ request_url: z.url(), bot_events: z.array(z.string()) }),
    interactivity: z.object({ is_enabled: z.boolean(), request_url: z.url() }),
    socket_mode_enabled: z.boolean(),
  }),
});

const manifest = Manifest.parse(JSON.parse(read("slack-manifest.json")));
const { features, oauth_config: oauth, settings } = manifest;
/** All but the local workspace's own app, which is not ours to install. */
const callers = [
  ...filesUnder("src/edges/slack", ".ts"),
  ...filesUnder("src/program", ".ts"),
].filter((path) => path !== "src/program/local.ts");
const slackText = callers.map(read).join("\n");

/** What Slack asks for each method, in public channels, private channels and direct messages (docs.slack.dev). */
const scopesOfMethod: Readonly<Record<string, readonly string[]>> = {
  "auth.test": [],
  "bookmarks.add": ["bookmarks:write"],
  "bookmarks.edit": ["bookmarks:write"],
  "bookmarks.list": ["bookmarks:read"],
  "canvases.create": ["canvases:write"],
  "canvases.edit": ["canvases:write"],
  "chat.getPermalink": [],
  "chat.postEphemeral": ["chat:write"],
  "chat.postMessage": ["chat:write"],
  "chat.update": ["chat:write"],
  "conversations.create": ["channels:manage"],
  "conversations.history": ["channels:history", "groups:history", "im:history"],
  "conversations.info": ["channels:read", "groups:read", "im:read"],
  "conversations.invite": ["channels:manage"],
  "conversations.join": ["channels:join"],
  "conversations.list": ["channels:read", "groups:read"],
  "conversations.members": ["channels:read", "groups:read", "im:read"],
  "conversations.open": ["im:write"],
  "conversations.replies": ["channels:history", "groups:history", "im:history"],
  "conversations.setTopic": ["channels:write.topic", "groups:write.topic"],
  "files.completeUploadExternal": ["files:write"],
  "files.getUploadURLExternal": ["files:write"],
  "files.info": ["files:read"],
  "files.list": ["files:read"],
  "pins.add": ["pins:write"],
  "users.info": ["users:read"],
  "users.list": ["users:read"],
  "views.open": [],
};

/** How a listener's event is subscribed to, with what Slack asks for it. */
const subscriptionsOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  app_mention: { app_mention: "app_mentions:read" },
  channel_archive: { channel_archive: "channels:read" },
  channel_created: { channel_created: "channels:read" },
  channel_deleted: { channel_deleted: "channels:read" },
  channel_rename: { channel_rename: "channels:read" },
  channel_shared: { channel_shared: "channels:read" },
  channel_unarchive: { channel_unarchive: "channels:read" },
  channel_unshared: { channel_unshared: "channels:read" },
  group_archive: { group_archive: "groups:read" },
  group_deleted: { group_deleted: "groups:read" },
  group_rename: { group_rename: "groups:read" },
  group_unarchive: { group_unarchive: "groups:read" },
  reaction_added: { reaction_added: "reactions:read" },
  reaction_removed: { reaction_removed: "reactions:read" },
  member_joined_channel: { member_joined_channel: "channels:read" },
  message: {
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
  },
};

const heard = matches(read("src/edges/slack/listeners.ts"), /\bapp\.event\(\s*"([^"]+)"/g);
const called = matches(slackText, /\bclient\s*\.((?:[a-z]+\.)+[a-zA-Z]+)\(/g);

function matches(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, found = ""]) => found))].toSorted();
}

test("the manifest has the two commands, with the hints that are made from their verbs", () => {
  assert.deepEqual(
    features.slash_commands.map(({ command, usage_hint: hint }) => [command, hint]),
    [
      [slashCommand, usageHint()],
      [postmortemCommand, postmortemLanguage.hint()],
    ],
  );
  for (const { verb } of commands) assert.ok(usageHint().includes(verb), verb);
});

test("people named in a command arrive as their ids", () => {
  assert.ok(features.slash_commands.every(({ should_escape: escapes }) => escapes));
});

test("the app subscribes to exactly the events that are listened to", () => {
  assert.ok(heard.length > 0, "no listener was found");
  const wanted = heard.flatMap((event) => {
    assert.ok(subscriptionsOf[event], `the test does not know the event ${event}`);
    return Object.keys(subscriptionsOf[event]);
  });
  assert.deepEqual(settings.event_subscriptions.bot_events.toSorted(), wanted.toSorted());
});

test("the app asks for exactly the scopes that its calls, events and command need", () => {
  assert.ok(called.includes("chat.postMessage"), "no call was found");
  const wanted = new Set(["commands"]);
  for (const method of called) {
    assert.ok(scopesOfMethod[method], `the test does not know the method ${method}`);
    for (const scope of scopesOfMethod[method]) wanted.add(scope);
  }
  for (const event of heard) {
    for (const scope of Object.values(subscriptionsOf[event] ?? {})) wanted.add(scope);
  }
  assert.deepEqual(oauth.scopes.bot.toSorted(), [...wanted].toSorted());
});

test("what is optional is asked for as well, and is what docs/install.md calls so", () => {
  const { bot, bot_optional: optional } = oauth.scopes;
  assert.deepEqual(
    optional.filter((scope) => !bot.includes(scope)),
    [],
  );
  const told = matches(read("docs/install.md"), /^\| `([a-z:.]+)` +\| optional: /gm);
  assert.deepEqual(told, optional);
});

test("the test knows no method that nobody calls", () => {
  assert.deepEqual(called, Object.keys(scopesOfMethod).toSorted());
});

test("docs/install.md explains each scope and no other", () => {
  const [, section = ""] =
    /^## What each permission is for$([\s\S]*?)^## /m.exec(read("docs/install.md")) ?? [];
  const explained = matches(section, /^\| `([a-z_]+(?::[a-z.]+)?)` +\|/gm);
  assert.deepEqual(explained, oauth.scopes.bot.toSorted());
});

test("everything goes to the one address that takes events, commands and clicks", () => {
  const urls = [
    settings.event_subscriptions.request_url,
    settings.interactivity.request_url,
    ...features.slash_commands.map(({ url }) => url),
  ];
  assert.equal(new Set(urls).size, 1);
  assert.equal(new URL(urls[0] ?? "").pathname, "/slack/events");
  assert.equal(settings.interactivity.is_enabled, true);
  assert.equal(settings.socket_mode_enabled, false);
  assert.equal(features.app_home.messages_tab_enabled, true);
});
