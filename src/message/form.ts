/** The parts of a form: a frame, and inputs of text or of one choice; each block bears the id of its input. */

type Json = Readonly<Record<string, unknown>>;

/** Slack's limits, in characters. */
const titleMax = 24;
const optionMax = 75;
/** What fits into one line. */
const lineMax = 200;

const plain = (text: string, max = 2_000) => ({ type: "plain_text", text: text.slice(0, max) });

/** `about` comes back with what was filled in. */
export function modal(
  frame: {
    readonly callback: string;
    readonly about: string;
    readonly title: string;
    readonly submit: string;
  },
  blocks: readonly Json[],
): Json {
  return {
    type: "modal",
    callback_id: frame.callback,
    private_metadata: frame.about,
    title: plain(frame.title, titleMax),
    submit: plain(frame.submit, titleMax),
    close: plain("Cancel"),
    blocks,
  };
}

export function input(id: string, label: string, element: Json, need?: "optional"): Json {
  return {
    type: "input",
    block_id: id,
    label: plain(label),
    element,
    ...(need === undefined ? {} : { optional: true }),
  };
}

/** Of several lines where it may be long. */
export function textInput(id: string, max: number, filled = ""): Json {
  return {
    type: "plain_text_input",
    action_id: id,
    multiline: max > lineMax,
    max_length: max,
    ...(filled === "" ? {} : { initial_value: filled.slice(0, max) }),
  };
}

/** `options`: words by value. */
export function selectInput(
  id: string,
  options: Readonly<Record<string, string>>,
  chosen: string,
): Json {
  const all = Object.entries(options).map(([value, words]) => ({
    text: plain(words, optionMax),
    value,
  }));
  const initial = all.find(({ value }) => value === chosen);
  return {
    type: "static_select",
    action_id: id,
    options: all,
    ...(initial === undefined ? {} : { initial_option: initial }),
  };
}
