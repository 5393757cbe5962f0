/** The form that declares an incident: a title and how bad it is. */

import type { ChannelId, Severity } from "../vocabulary.ts";
import { input, modal, selectInput, textInput } from "./form.ts";
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

/** `title`: what is filled in already. */
export function declareModal(channel: ChannelId, title: string): Readonly<Record<string, unknown>> {
  const options = Object.fromEntries(severities.map((each) => [each, severityWords[each]]));
  const frame = { callback: declareCallback, about: channel, submit: "Declare" };
  return modal({ ...frame, title: "Declare an incident" }, [
    {
      ...input(titleInput, "What is wrong?", textInput(titleInput, titleMax, title)),
      hint: { type: "plain_text", text: "Name the service if you can: checkout p99 above 1 s" },
    },
    input(severityInput, "Severity", selectInput(severityInput, options, String(usual))),
  ]);
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
