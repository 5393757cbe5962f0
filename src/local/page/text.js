/** Text objects as elements: the tree of mrkdwn.js turned into paragraphs, links, mentions and code. */
import { h } from "./dom.js";
import { parse, spans } from "./mrkdwn.js";
import { formatted } from "./time.js";

/** What mentions need to know; main.js keeps it current. */
export const names = { people: new Map(), channels: new Map(), me: "", open: (_channel) => {} };

const emoji = {
  white_check_mark: "✅",
  heavy_check_mark: "✔️",
  x: "❌",
  warning: "⚠️",
  rotating_light: "🚨",
  fire: "🔥",
  eyes: "👀",
  "+1": "👍",
  thumbsup: "👍",
  "-1": "👎",
  tada: "🎉",
  mag: "🔍",
  bulb: "💡",
  hourglass: "⏳",
  large_green_circle: "🟢",
  large_yellow_circle: "🟡",
  large_orange_circle: "🟠",
  red_circle: "🔴",
  large_blue_circle: "🔵",
  white_circle: "⚪",
  black_circle: "⚫",
  arrow_right: "➡️",
  heart: "❤️",
  wave: "👋",
};
export const emojiOf = (name) => emoji[name] ?? `:${name}:`;

/** A `plain_text` or `mrkdwn` object. */
export function textOf(text, tag = "div") {
  if (text === undefined) return null;
  if (text.type === "mrkdwn") return mrkdwn(text.text, tag);
  return h(tag, { class: "text" }, withEmoji(text.text));
}

export const withEmoji = (text) =>
  text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => emoji[name] ?? whole);

export function mrkdwn(source, tag = "div") {
  const element = h(tag, { class: "text" });
  let list;
  let quote;
  for (const line of parse(source)) {
    if (line.kind !== "bullet") list = undefined;
    if (line.kind !== "quote") quote = undefined;
    if (line.kind === "pre") element.append(h("pre", {}, line.text));
    else if (line.kind === "bullet") {
      if (list === undefined) element.append((list = h("ul")));
      list.append(h("li", {}, line.spans.map(span)));
    } else if (line.kind === "quote") {
      if (quote === undefined) element.append((quote = h("blockquote")));
      quote.append(h("p", {}, line.spans.map(span)));
    } else
      element.append(
        h("p", line.spans.length === 0 ? { class: "blank" } : {}, line.spans.map(span)),
      );
  }
  return element;
}

/** One line of mrkdwn without paragraphs, for places that are inline already. */
export const inline = (source) => spans(source).map(span);

function span(part) {
  switch (part.kind) {
    case "text":
      return part.text;
    case "code":
      return h("code", {}, part.text);
    case "emoji":
      return emojiOf(part.text);
    case "bold":
      return h("strong", {}, part.spans.map(span));
    case "italic":
      return h("em", {}, part.spans.map(span));
    case "strike":
      return h("s", {}, part.spans.map(span));
    case "link":
      return link(part.url, part.text);
    case "user":
      return mention(part.id, part.text);
    case "channel":
      return channel(part.id, part.text);
    case "broadcast":
      return h("span", { class: "mention is-me" }, part.text ?? `@${part.id.split("^")[0]}`);
    case "date": {
      const when = formatted(part.seconds, part.format);
      return part.url === undefined ? h("time", { title: part.text }, when) : link(part.url, when);
    }
    default:
      return "";
  }
}

/** Only web and mail addresses become links, so that no text can carry a script. */
export function link(url, text) {
  if (!/^(https?:|mailto:)/i.test(url)) return text;
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, text);
}

function mention(id, label) {
  const name = names.people.get(id)?.name ?? label ?? id;
  return h("span", { class: id === names.me ? "mention is-me" : "mention" }, `@${name}`);
}

function channel(id, label) {
  const known = names.channels.get(id);
  if (known === undefined) return h("span", { class: "mention" }, `#${label ?? id}`);
  return h(
    "button",
    { class: "mention link", type: "button", onclick: () => names.open(id) },
    `#${known.name}`,
  );
}
