/** Block Kit as elements: sections, actions, context, pictures, inputs; what cannot be shown here says so. */
import { h } from "./dom.js";
import { control } from "./controls.js";
import { fileAddress } from "./server.js";
import { inline, link, mrkdwn, textOf, withEmoji } from "./text.js";

/**
 * @typedef {{ press: (element: any, block: any, value?: string) => void, focus: string, inputs?: import("./modal.js").Inputs }} Hands
 *   what interactive elements do: `press` tells the app; `focus` makes their focus keys unique; `inputs` are a modal's
 */

/** @param {readonly any[]} blocks @param {Hands} hands */
export const renderBlocks = (blocks, hands) => blocks.map((block) => renderBlock(block, hands));

function renderBlock(block, hands) {
  switch (block.type) {
    case "section":
      return section(block, hands);
    case "actions":
      return h(
        "div",
        { class: "block actions" },
        block.elements.map((each) => control(each, block, hands)),
      );
    case "context":
      return h("div", { class: "block context" }, block.elements.map(contextElement));
    case "divider":
      return h("hr", { class: "block" });
    case "header":
      return h("h3", { class: "block header" }, withEmoji(block.text.text));
    case "image":
      return picture(block);
    case "markdown":
      return h("div", { class: "block" }, mrkdwn(fromMarkdown(block.text)));
    case "rich_text":
      return h("div", { class: "block text" }, block.elements.map(richText));
    case "input":
      return hands.inputs?.render(block, hands) ?? unknown(block.type);
    default:
      return unknown(block.type);
  }
}

const unknown = (type) =>
  h("p", { class: "block muted" }, `(${type} is not shown in the local workspace)`);

function section(block, hands) {
  return h(
    "div",
    { class: "block section" },
    h(
      "div",
      { class: "body" },
      textOf(block.text),
      block.fields &&
        h(
          "div",
          { class: "fields" },
          block.fields.map((field) => textOf(field)),
        ),
    ),
    block.accessory &&
      (block.accessory.type === "image"
        ? h("img", { class: "thumb", src: source(block.accessory), alt: block.accessory.alt_text })
        : control(block.accessory, block, hands)),
  );
}

const contextElement = (each) =>
  each.type === "image"
    ? h("img", { class: "tiny", src: source(each), alt: each.alt_text })
    : textOf(each, "span");

const source = (image) =>
  image.image_url ?? image.slack_file?.url ?? fileAddress(image.slack_file?.id);

/** Pictures of this machine are shown; others would leave it, so they are a link. */
function picture(block) {
  const url = new URL(source(block), location.href);
  const title = block.title && h("figcaption", {}, block.title.text);
  if (url.origin !== location.origin)
    return h(
      "p",
      { class: "block" },
      "Picture elsewhere: ",
      link(url.href, block.alt_text || url.href),
    );
  const image = h("img", { src: url.href, alt: block.alt_text, loading: "lazy" });
  return h(
    "figure",
    { class: "block picture" },
    title,
    h("a", { href: url.href, target: "_blank" }, image),
  );
}

/** Enough of Markdown to read it: bold, links and headings become mrkdwn. */
const fromMarkdown = (text) =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replace(/^#+ +(.*)$/gm, "*$1*")
    .replace(/\*\*(.+?)\*\*/g, "*$1*")
    .replace(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g, "<$2|$1>");

function richText(element) {
  const children = (element.elements ?? []).map(richText);
  switch (element.type) {
    case "rich_text_section":
      return h("p", {}, children);
    case "rich_text_list":
      return h(
        element.style === "ordered" ? "ol" : "ul",
        {},
        children.map((child) => h("li", {}, child)),
      );
    case "rich_text_quote":
      return h("blockquote", {}, children);
    case "rich_text_preformatted":
      return h("pre", {}, children);
    case "text": {
      const { bold, italic, strike, code } = element.style ?? {};
      const tags = [bold && "strong", italic && "em", strike && "s", code && "code"].filter(
        Boolean,
      );
      return tags.reduce((inner, tag) => h(tag, {}, inner), document.createTextNode(element.text));
    }
    case "link":
      return h("span", {}, link(element.url, element.text ?? element.url));
    case "user":
      return h("span", {}, inline(`<@${element.user_id}>`));
    case "channel":
      return h("span", {}, inline(`<#${element.channel_id}>`));
    case "emoji":
      return h("span", {}, inline(`:${element.name}:`));
    default:
      return document.createTextNode(element.text ?? "");
  }
}
