/** Interactive elements of messages and modals that act when they are used: buttons, overflow menus, selects. */
import { h } from "./dom.js";
import { confirmed, openMenu } from "./menu.js";
import { field, valueOf } from "./fields.js";
import { icon } from "./icons.js";
import { withEmoji } from "./text.js";

/** @param {any} element @param {any} block @param {import("./blocks.js").Hands} hands */
export function control(element, block, hands) {
  const focus = `${hands.focus} ${block.block_id} ${element.action_id}`;
  const press = async (value) => {
    if (await confirmed(element.confirm)) hands.press(element, block, value);
  };
  switch (element.type) {
    case "button":
      return button(element, focus, press);
    case "overflow":
      return overflow(element, focus, press);
    case "image":
      return h("img", { class: "thumb", src: element.image_url, alt: element.alt_text });
    default:
      return choice(element, focus, press);
  }
}

function button(element, focus, press) {
  const label = withEmoji(element.text.text);
  const look = {
    class: `button ${element.style ?? ""}`,
    "aria-label": element.accessibility_label,
    "data-focus": focus,
    "data-action": element.action_id,
  };
  if (element.url !== undefined && /^https?:/.test(element.url))
    return h(
      "a",
      {
        ...look,
        href: element.url,
        target: "_blank",
        rel: "noopener noreferrer",
        onclick: () => press(element.value),
      },
      label,
    );
  return h("button", { ...look, type: "button", onclick: () => press(element.value) }, label);
}

function overflow(element, focus, press) {
  const open = (event) =>
    openMenu(
      event.currentTarget,
      "More",
      element.options.map((option) => ({
        text: withEmoji(option.text.text),
        hint: option.description?.text,
        run: () => press(option.value),
      })),
    );
  return h(
    "button",
    {
      class: "button overflow",
      type: "button",
      "aria-label": "More",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "data-focus": focus,
      "data-action": element.action_id,
      onclick: open,
    },
    icon("more"),
  );
}

/** Selects, dates and the like outside of inputs tell the app as soon as something is chosen. */
function choice(element, focus, press) {
  const input = field(element);
  if (input === undefined)
    return h("span", { class: "muted" }, `(${element.type} is not shown here)`);
  input.dataset.focus = focus;
  input.addEventListener("change", () => press(valueOf(input)));
  return input;
}
