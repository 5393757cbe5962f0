/** Form fields of Block Kit's elements, and what is in them. */
import { h } from "./dom.js";
import { names, withEmoji } from "./text.js";

/** The form field of an element, holding its initial value; undefined when it is not shown here. */
export function field(element) {
  const make = makers[element.type];
  return make?.(element, {
    "data-action": element.action_id,
    "aria-label": element.placeholder?.text,
  });
}

const makers = {
  plain_text_input: textField,
  static_select: (element, named) =>
    select(element, optionsOf(element), element.initial_option?.value, named),
  users_select: (element, named) => select(element, peopleOptions(), element.initial_user, named),
  channels_select: (element, named) =>
    select(element, channelOptions(), element.initial_channel, named),
  conversations_select: (element, named) =>
    select(element, channelOptions(), element.initial_conversation, named),
  datepicker: (element, named) =>
    h("input", { ...named, class: "field", type: "date", value: element.initial_date }),
  timepicker: (element, named) =>
    h("input", { ...named, class: "field", type: "time", value: element.initial_time }),
  radio_buttons: (element, named) =>
    group(element, "radio", [element.initial_option?.value], named),
  checkboxes: (element, named) =>
    group(
      element,
      "checkbox",
      (element.initial_options ?? []).map((each) => each.value),
      named,
    ),
};

const peopleOptions = () =>
  [...names.people.values()]
    .filter((person) => !person.isBot)
    .map((person) => ({ text: { text: person.realName }, value: person.id }));

const channelOptions = () =>
  [...names.channels.values()].map((each) => ({ text: { text: `#${each.name}` }, value: each.id }));

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
