/** One message: who, when, what, its files, reactions and thread, and what can be done with it. */
import { renderBlocks } from "./blocks.js";
import { h, tellPerson } from "./dom.js";
import { openMenu } from "./menu.js";
import { act } from "./server.js";
import { emojiOf, inline, mrkdwn, names } from "./text.js";
import { clock, dateOf, dayName, fullTime } from "./time.js";

/** Messages of one person within this time stand together under one name, in seconds. */
const togetherSeconds = 180;

/** What the list shows: messages with the day's beginnings and the line of what is new between them. */
export function rows(messages, newAfter) {
  const result = [];
  let before;
  for (const message of messages) {
    const day = dateOf(message.ts).toDateString();
    const isNewDay = before === undefined || dateOf(before.ts).toDateString() !== day;
    if (isNewDay) result.push({ kind: "day", key: day, date: dateOf(message.ts) });
    const isFirstNew =
      newAfter !== "" &&
      message.user !== names.me &&
      Number(message.ts) > Number(newAfter) &&
      !(
        before !== undefined &&
        Number(before.ts) > Number(newAfter) &&
        result.some((row) => row.kind === "new")
      );
    if (isFirstNew && !result.some((row) => row.kind === "new"))
      result.push({ kind: "new", key: "new" });
    const continues =
      !isNewDay &&
      before?.user === message.user &&
      !isNote(before) &&
      !before.isEphemeral &&
      !message.isEphemeral &&
      Number(message.ts) - Number(before.ts) < togetherSeconds;
    result.push({ kind: "message", key: message.ts, message, continues });
    before = message;
  }
  return result;
}

const isNote = (message) =>
  /^channel_(join|leave|name|topic|archive|unarchive)$/.test(message.subtype ?? "");

/** @param {any} row of `rows` @param {{ channel: any, isThread: boolean, openThread: (ts: string) => void }} place */
export function renderRow(row, place) {
  if (row.kind === "day")
    return h("div", { class: "day", role: "separator" }, h("span", {}, dayName(row.date)));
  if (row.kind === "new")
    return h("div", { class: "new", role: "separator" }, h("span", {}, "New"));
  const { message } = row;
  if (isNote(message)) return note(message);
  if (message.subtype === "tombstone")
    return h("article", { class: "message note" }, h("p", { class: "muted" }, message.text));
  const author = names.people.get(message.user);
  const when = dateOf(message.ts);
  const time = h("time", { datetime: when.toISOString(), title: fullTime(when) }, clock(when));
  return h(
    "article",
    {
      class: `message${row.continues ? " continues" : ""}${message.isEphemeral ? " ephemeral" : ""}`,
      "data-ts": message.ts,
    },
    row.continues ? h("div", { class: "gutter" }, time) : avatar(author),
    h(
      "div",
      { class: "main" },
      message.isEphemeral && h("p", { class: "only-you" }, "Only visible to you"),
      !row.continues &&
        h(
          "header",
          {},
          h("strong", {}, author?.realName ?? message.user),
          author?.isBot && h("span", { class: "tag" }, "app"),
          time,
        ),
      content(message, place),
      (message.files ?? []).map(file),
      reactions(message, place),
      !place.isThread && message.reply_count > 0 && threadLink(message, place),
    ),
    !message.isEphemeral && place.channel.isMember && tools(message, place),
  );
}

function note(message) {
  const name = names.people.get(message.user)?.realName ?? message.user;
  const text = message.text.replace(/^<@[A-Z0-9]+> /, "");
  const when = dateOf(message.ts);
  return h(
    "article",
    { class: "message note" },
    h(
      "p",
      { class: "muted" },
      `${name} `,
      inline(text),
      " ",
      h("time", { title: fullTime(when) }, clock(when)),
    ),
  );
}

export function avatar(person) {
  const name = person?.realName ?? "?";
  return h(
    "div",
    { class: `avatar ${person?.isBot ? "bot" : (person?.name ?? "")}`, "aria-hidden": "true" },
    name.slice(0, 1),
  );
}

function content(message, place) {
  const edited =
    message.edited &&
    h("span", { class: "edited", title: fullTime(dateOf(message.edited.ts)) }, "(edited)");
  const hands = {
    focus: message.ts,
    press: async (element, block, value) => {
      const chosen =
        value === undefined ? {} : { value: Array.isArray(value) ? value.join(",") : value };
      const deed = {
        kind: "click",
        channel: place.channel.id,
        ts: message.ts,
        actionId: element.action_id,
        blockId: block.block_id,
        ...chosen,
      };
      const result = await act(names.me, deed);
      if (!result.ok) tellPerson(result.what);
    },
  };
  const hasBlocks = (message.blocks ?? []).length > 0;
  const body = hasBlocks
    ? renderBlocks(message.blocks, hands)
    : message.text === ""
      ? []
      : [mrkdwn(message.text)];
  return [
    ...body,
    ...(message.attachments ?? []).map(attachment(hands)),
    edited && h("p", { class: "edited-line" }, edited),
  ];
}

const attachment = (hands) => (each) =>
  h(
    "div",
    { class: "attachment" },
    each.pretext && mrkdwn(each.pretext),
    each.title && h("strong", {}, each.title),
    each.blocks
      ? renderBlocks(each.blocks, hands)
      : (each.text ?? each.fallback) && mrkdwn(each.text ?? each.fallback),
  );

function file(each) {
  if (/^image\/(png|jpeg|gif|webp)$/.test(each.mimetype))
    return h(
      "figure",
      { class: "block picture" },
      h("figcaption", {}, each.title),
      h(
        "a",
        { href: each.url_private, target: "_blank" },
        h("img", { src: each.url_private, alt: each.alt_txt ?? each.title, loading: "lazy" }),
      ),
    );
  const size = each.size < 1000 ? `${each.size} B` : `${(each.size / 1000).toFixed(1)} kB`;
  return h(
    "a",
    { class: "file", href: each.url_private_download, download: each.name },
    h("strong", {}, each.title),
    h("span", { class: "muted" }, size),
  );
}

function reactions(message, place) {
  const list = message.reactions ?? [];
  if (list.length === 0) return null;
  return h(
    "div",
    { class: "reactions" },
    list.map((each) =>
      h(
        "button",
        {
          type: "button",
          class: each.users.includes(names.me) ? "reaction mine" : "reaction",
          title: each.users.map((id) => names.people.get(id)?.realName ?? id).join(", "),
          "aria-label": `${each.name}, ${each.count}`,
          "data-focus": `${message.ts} ${each.name}`,
          onclick: () =>
            void act(names.me, {
              kind: "react",
              channel: place.channel.id,
              ts: message.ts,
              name: each.name,
            }),
        },
        `${emojiOf(each.name)} ${each.count}`,
      ),
    ),
  );
}

function threadLink(message, place) {
  const count = message.reply_count;
  return h(
    "button",
    {
      type: "button",
      class: "replies",
      "data-focus": `${message.ts} replies`,
      onclick: () => place.openThread(message.ts),
    },
    h(
      "span",
      { class: "faces" },
      (message.reply_users ?? []).slice(0, 3).map((id) => avatar(names.people.get(id))),
    ),
    h("strong", {}, `${count} ${count === 1 ? "reply" : "replies"}`),
    h("span", { class: "muted" }, `last at ${clock(dateOf(message.latest_reply))}`),
  );
}

function tools(message, place) {
  const mark = (name) =>
    void act(names.me, { kind: "react", channel: place.channel.id, ts: message.ts, name });
  const choices = [
    ...["eyes", "white_check_mark", "+1"].map((name) => ({
      text: `React ${emojiOf(name)}`,
      run: () => mark(name),
    })),
    ...(message.user === names.me
      ? [
          {
            text: "Delete message",
            run: () =>
              void act(names.me, { kind: "delete", channel: place.channel.id, ts: message.ts }),
          },
        ]
      : []),
  ];
  return h(
    "div",
    { class: "tools" },
    !place.isThread &&
      h(
        "button",
        {
          type: "button",
          class: "tool",
          "data-focus": `${message.ts} reply`,
          onclick: () => place.openThread(message.thread_ts ?? message.ts),
        },
        "Reply",
      ),
    h(
      "button",
      {
        type: "button",
        class: "tool",
        "aria-label": "More about this message",
        "aria-haspopup": "menu",
        "data-focus": `${message.ts} more`,
        onclick: (event) => openMenu(event.currentTarget, "Message", choices),
      },
      "⋯",
    ),
  );
}
