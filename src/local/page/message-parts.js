/** The parts of a message around its text: face, files, reactions, the way to its thread, what can be done with it. */
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { act } from "./server.js";
import { emojiOf, names } from "./text.js";
import { clock, dateOf } from "./time.js";

export function avatar(person) {
  const name = person?.realName ?? "?";
  const kind = person?.isBot ? "bot" : (person?.name ?? "");
  return h("div", { class: `avatar ${kind}`, "aria-hidden": "true" }, name.slice(0, 1));
}

/** A shared file: pictures are shown, anything else is a download. Its private addresses are for apps with a token. */
export function file(each) {
  if (/^image\/(png|jpeg|gif|webp)$/.test(each.mimetype))
    return h(
      "figure",
      { class: "block picture" },
      h("figcaption", {}, each.title),
      h(
        "a",
        { href: each.permalink, target: "_blank" },
        h("img", { src: each.permalink, alt: each.alt_txt ?? each.title, loading: "lazy" }),
      ),
    );
  const size = each.size < 1000 ? `${each.size} B` : `${(each.size / 1000).toFixed(1)} kB`;
  return h(
    "a",
    { class: "file", href: each.permalink, download: each.name },
    h("strong", {}, each.title),
    h("span", { class: "muted" }, size),
  );
}

export function reactions(message, place) {
  const list = message.reactions ?? [];
  if (list.length === 0) return null;
  const one = (each) =>
    h(
      "button",
      {
        type: "button",
        class: each.users.includes(names.me) ? "reaction mine" : "reaction",
        title: each.users.map((id) => names.people.get(id)?.realName ?? id).join(", "),
        "aria-label": `${each.name}, ${each.count}`,
        "data-focus": `${message.ts} ${each.name}`,
        onclick: () => mark(message, place, each.name),
      },
      `${emojiOf(each.name)} ${each.count}`,
    );
  return h("div", { class: "reactions" }, list.map(one));
}

const mark = (message, place, name) =>
  void act(names.me, { kind: "react", channel: place.channel.id, ts: message.ts, name });

export function threadLink(message, place) {
  const count = message.reply_count;
  const faces = (message.reply_users ?? []).slice(0, 3).map((id) => avatar(names.people.get(id)));
  return h(
    "button",
    {
      type: "button",
      class: "replies",
      "data-focus": `${message.ts} replies`,
      onclick: () => place.openThread(message.ts),
    },
    h("span", { class: "faces" }, faces),
    h("strong", {}, `${count} ${count === 1 ? "reply" : "replies"}`),
    h("span", { class: "muted" }, `last at ${clock(dateOf(message.latest_reply))}`),
  );
}

export function tools(message, place) {
  const reply = () => place.openThread(message.thread_ts ?? message.ts);
  const more = (event) => openMenu(event.currentTarget, "Message", choices(message, place, reply));
  const labels = { "aria-label": "More about this message", "aria-haspopup": "menu" };
  const tool = (kind, properties, content) =>
    h(
      "button",
      {
        type: "button",
        class: `tool ${kind}`,
        "data-focus": `${message.ts} ${kind}`,
        ...properties,
      },
      content,
    );
  return h(
    "div",
    { class: "tools" },
    !place.isThread && tool("reply", { onclick: reply }, "Reply"),
    tool("more", { ...labels, onclick: more }, icon("more")),
  );
}

function choices(message, place, reply) {
  const react = (name) => ({
    text: `React with ${emojiOf(name)}`,
    run: () => mark(message, place, name),
  });
  const forget = () =>
    void act(names.me, { kind: "delete", channel: place.channel.id, ts: message.ts });
  return [
    ...(place.isThread ? [] : [{ text: "Reply in thread", run: reply }]),
    ...["eyes", "white_check_mark", "+1"].map(react),
    ...(message.user === names.me ? [{ text: "Delete message", run: forget }] : []),
  ];
}
