/** What a person filled into a modal, turned into the shape of `view.state.values`. */
import type { Block } from "./block-kit.ts";
import type { ViewValue, ViewValues } from "./views.ts";
import type { View } from "./world.ts";

type InputBlock = Extract<Block, { type: "input" }>;
type InputElement = InputBlock["element"];

/** One value per block id: the text, the chosen option's value (several for checkboxes), the date, the user. */
export type FilledIn = Readonly<Record<string, string | readonly string[] | null>>;

export function viewValues(view: View, filledIn: FilledIn): ViewValues {
  const values: Record<string, Record<string, ViewValue>> = {};
  for (const block of view.blocks) {
    if (block.type !== "input") continue;
    const id = block.block_id ?? "";
    const given = Object.hasOwn(filledIn, id) ? filledIn[id] : initial(block.element);
    const listed = Array.isArray(given) ? given : given === null || given === "" ? [] : [given];
    values[id] = {
      [block.element.action_id ?? ""]: {
        type: block.element.type,
        ...filled(block.element, listed),
      },
    };
  }
  return values;
}

/** Required inputs that were left empty, as problems by block id; Slack checks them before the app hears of it. */
export function missingInputs(view: View, values: ViewValues): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const block of view.blocks) {
    if (block.type !== "input" || block.optional === true) continue;
    const id = block.block_id ?? "";
    const { type: _type, ...rest } = values[id]?.[block.element.action_id ?? ""] ?? {};
    const isEmpty = Object.values(rest).every(
      (value) =>
        value === null || value === undefined || (Array.isArray(value) && value.length === 0),
    );
    if (isEmpty) problems[id] = "Please complete this required field.";
  }
  return problems;
}

function initial(element: InputElement): string | string[] | null {
  switch (element.type) {
    case "plain_text_input":
      return element.initial_value ?? null;
    case "static_select":
    case "radio_buttons":
      return element.initial_option?.value ?? null;
    case "checkboxes":
      return (element.initial_options ?? []).map((option) => option.value);
    case "datepicker":
      return element.initial_date ?? null;
    case "timepicker":
      return element.initial_time ?? null;
    case "users_select":
      return element.initial_user ?? null;
    case "channels_select":
      return element.initial_channel ?? null;
    case "conversations_select":
      return element.initial_conversation ?? null;
  }
}

function filled(element: InputElement, given: readonly unknown[]): Record<string, unknown> {
  const first = given[0] ?? null;
  switch (element.type) {
    case "plain_text_input":
      return { value: first };
    case "static_select": {
      const groups = (element.option_groups ?? []).flatMap((group) => group.options);
      const option = [...(element.options ?? []), ...groups].find((each) => each.value === first);
      return { selected_option: option ?? null };
    }
    case "radio_buttons":
      return { selected_option: element.options.find((each) => each.value === first) ?? null };
    case "checkboxes":
      return { selected_options: element.options.filter((each) => given.includes(each.value)) };
    case "datepicker":
      return { selected_date: first };
    case "timepicker":
      return { selected_time: first };
    case "users_select":
      return { selected_user: first };
    case "channels_select":
      return { selected_channel: first };
    case "conversations_select":
      return { selected_conversation: first };
  }
}
