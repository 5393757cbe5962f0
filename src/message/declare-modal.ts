/** The form that declares an incident: a title and how bad it is. */

import type { ChannelId, Severity } from "../vocabulary.ts";
import { severities } from "../vocabulary.ts";

export const declareCallback = "incident:declare";
const titleInput = "declare:title";
const severityInput = "declare:severity";
const titleMax = 150;
const usual: Severity = 3;

const severityWords: Readonly<Record<Severity, string>> = {
  1: "SEV1, the gravest",
  2: "SEV2",
  3: "SEV3",
  4: "SEV4",
};

const plain = (text: string) => ({ type: "plain_text", text });

/** `title`: what is filled in already. */
export function declareModal(channel: ChannelId, title: string): Readonly<Record<string, unknown>> {
  const options = severities.map((severity) => ({
    text: plain(severityWords[severity]),
    value: String(severity),
  }));
  return {
    type: "modal",
    callback_id: declareCallback,
    private_metadata: channel,
    title: plain("Declare an incident"),
    submit: plain("Declare"),
    close: plain("Cancel"),
    blocks: [
      {
        type: "input",
        block_id: titleInput,
        label: plain("What is wrong?"),
        hint: plain("Name the service if you can: checkout p99 above 1 s"),
        element: {
          type: "plain_text_input",
          action_id: titleInput,
          max_length: titleMax,
          ...(title === "" ? {} : { initial_value: title.slice(0, titleMax) }),
        },
      },
      {
        type: "input",
        block_id: severityInput,
        label: plain("Severity"),
        element: {
          type: "static_select",
          action_id: severityInput,
          options,
          initial_option: options[usual - 1],
        },
      },
    ],
  };
}

export type Declaration =
  | { readonly ok: true; readonly title: string; readonly severity: Severity }
  /** By the id of the block that is at fault. */
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

/** `values`: by action id. */
export function parseDeclaration(values: Readonly<Record<string, string>>): Declaration {
  const title = (values[titleInput] ?? "").trim();
  if (title === "")
    return { ok: false, errors: { [titleInput]: "Say in a few words what is wrong." } };
  const severity = severities.find((each) => String(each) === values[severityInput]) ?? usual;
  return { ok: true, title: title.slice(0, titleMax), severity };
}
