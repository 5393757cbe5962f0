/** Interactive elements of messages and modals that act when they are used: buttons, overflow menus, selects. */
import { h } from "./dom.js";
import { confirmed, openMenu } from "./menu.js";
import { names, withEmoji } from "./text.js";

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
    "⋯",
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

/** The form field of an element, holding its initial value; undefined when it is not shown here. */
export function field(element) {
  const named = { "data-action": element.action_id, "aria-label": element.placeholder?.text };
  switch (element.type) {
    case "plain_text_input":
      return textField(element, named);
    case "static_select":
      return select(element, optionsOf(element), element.initial_option?.value, named);
    case "users_select": {
      const people = [...names.people.values()].filter((person) => !person.isBot);
      const options = people.map((person) => ({
        text: { text: person.realName },
        value: person.id,
      }));
      return select(element, options, element.initial_user, named);
    }
    case "channels_select":
    case "conversations_select": {
      const options = [...names.channels.values()].map((each) => ({
        text: { text: `#${each.name}` },
        value: each.id,
      }));
      return select(
        element,
        options,
        element.initial_channel ?? element.initial_conversation,
        named,
      );
    }
    case "datepicker":
      return h("input", { ...named, class: "field", type: "date", value: element.initial_date });
    case "timepicker":
      return h("input", { ...named, class: "field", type: "time", value: element.initial_time });
    case "radio_buttons":
      return group(element, "radio", [element.initial_option?.value], named);
    case "checkboxes":
      return group(
        element,
        "checkbox",
        (element.initial_options ?? []).map((each) => each.value),
        named,
      );
    default:
      return undefined;
  }
}

function textField(element, named) {
  const shared = {
    ...named,
    class: "field",
    placeholder: element.placeholder?.text,
    minlength: element.min_length,
    maxlength: element.max_length ?? 3000,
  };
  if (element.multiline !== true)
    return h("input", { ...shared, type: "text", value: element.initial_value });
  return h("textarea", { ...shared, rows: "4" }, element.initial_value ?? "");
}

const optionsOf = (element) => [
  ...(element.options ?? []),
  ...(element.option_groups ?? []).flatMap((each) => each.options),
];

function select(element, options, initial, named) {
  return h(
    "select",
    { ...named, class: "field" },
    h(
      "option",
      { value: "", selected: initial === undefined },
      element.placeholder?.text ?? "Choose…",
    ),
    options.map((each) =>
      h(
        "option",
        { value: each.value, selected: each.value === initial },
        withEmoji(each.text.text),
      ),
    ),
  );
}

let groups = 0;
function group(element, type, initial, named) {
  const name = `group-${(groups += 1)}`;
  return h(
    "div",
    { ...named, class: "group", role: type === "radio" ? "radiogroup" : "group" },
    element.options.map((each) =>
      h(
        "label",
        {},
        h("input", { type, name, value: each.value, checked: initial.includes(each.value) }),
        h(
          "span",
          {},
          withEmoji(each.text.text),
          each.description && h("small", {}, each.description.text),
        ),
      ),
    ),
  );
}

/** What is in a field now: a text, or a list for checkboxes. */
export function valueOf(input) {
  if (!input.classList.contains("group")) return input.value;
  const chosen = [...input.querySelectorAll("input:checked")].map((each) => each.value);
  return input.getAttribute("role") === "radiogroup" ? (chosen[0] ?? "") : chosen;
}
